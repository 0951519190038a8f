"""Drafts as DOCX, written by hand: page breaks, headers, tables, comments and tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from evidencebox.sample.archive import stamp, zip_bytes
from evidencebox.sample.draft import Block, DraftPage

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands beside the text. A comment and changes stand at the first paragraph.

    `rendered_breaks` marks where pages began when last shown, instead of explicit page breaks.
    """

    header: str = ""
    footer: str = ""
    comment: str = ""
    inserted: str = ""
    deleted: str = ""
    author: str = "Records"
    rendered_breaks: bool = False


def to_docx(
    pages: Sequence[DraftPage], title: str, when: datetime, furniture: Furniture | None = None
) -> bytes:
    beside = furniture or Furniture()
    moment = f"{when:%Y-%m-%dT%H:%M:%S}Z"
    parts = {
        "[Content_Types].xml": _content_types(beside),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(title, beside.author, moment),
        "word/document.xml": _document(pages, beside, moment),
        "word/styles.xml": _styles(),
        "word/_rels/document.xml.rels": _document_relations(beside),
        **_side_parts(beside, moment),
    }
    return zip_bytes((name, (_HEAD + text).encode(), stamp(when)) for name, text in parts.items())


def _sides(beside: Furniture) -> list[tuple[str, str]]:
    sides = (("header", beside.header), ("footer", beside.footer), ("comments", beside.comment))
    return [(name, text) for name, text in sides if text]


def _content_types(beside: Furniture) -> str:
    overrides = [("/word/document.xml", f"{_PART}.document.main+xml")]
    overrides.append(("/word/styles.xml", f"{_PART}.styles+xml"))
    overrides.append(("/docProps/core.xml", _CORE_TYPE))
    overrides += [(f"/word/{name}.xml", f"{_PART}.{name}+xml") for name, _ in _sides(beside)]
    body = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def _package_relations() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        [
            ("rId1", f"{_R}/officeDocument", "word/document.xml"),
            ("rId2", core, "docProps/core.xml"),
        ]
    )


def _document_relations(beside: Furniture) -> str:
    targets = [("rStyles", f"{_R}/styles", "styles.xml")]
    targets += [(f"r_{name}", f"{_R}/{name}", f"{name}.xml") for name, _ in _sides(beside)]
    return _relations(targets)


def _core(title: str, author: str, moment: str) -> str:
    kind = 'xsi:type="dcterms:W3CDTF"'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dcterms:created {kind}>{moment}</dcterms:created>"
        f"<dcterms:modified {kind}>{moment}</dcterms:modified></cp:coreProperties>"
    )


def _styles() -> str:
    return (
        f'<w:styles {_W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="30"/>'
        "</w:rPr></w:style></w:styles>"
    )


def _side_parts(beside: Furniture, moment: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for name, text in _sides(beside):
        if name == "comments":
            note = f'<w:comment w:id="0" w:author="{escape(beside.author)}" w:date="{moment}">'
            parts["word/comments.xml"] = (
                f"<w:comments {_W}>{note}{_paragraph(_run(text))}</w:comment></w:comments>"
            )
        else:
            tag = "hdr" if name == "header" else "ftr"
            parts[f"word/{name}.xml"] = f"<w:{tag} {_W}>{_paragraph(_run(text))}</w:{tag}>"
    return parts


def _document(pages: Sequence[DraftPage], beside: Furniture, moment: str) -> str:
    blocks: list[str] = []
    changes = _changes(beside, moment)
    for number, page in enumerate(pages):
        if number and not beside.rendered_breaks:
            blocks.append(_BREAK)
        begun = bool(number) and beside.rendered_breaks
        for block in page.blocks:
            tail = changes if block.kind == "para" else ""
            changes = "" if tail else changes
            blocks.append(_block_xml(block, begun, tail))
            begun = False
    references = "".join(
        f'<w:{name}Reference w:type="default" r:id="r_{name}"/>'
        for name, _ in _sides(beside)
        if name != "comments"
    )
    section = f'<w:sectPr>{references}<w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'
    return (
        f'<w:document {_W} xmlns:r="{_R}"><w:body>{"".join(blocks)}{section}</w:body></w:document>'
    )


def _changes(beside: Furniture, moment: str) -> str:
    by = f'w:author="{escape(beside.author)}" w:date="{moment}"'
    text = ""
    if beside.inserted:
        text += f'<w:ins w:id="11" {by}>{_run(" " + beside.inserted)}</w:ins>'
    if beside.deleted:
        run = f'<w:r><w:delText xml:space="preserve"> {escape(beside.deleted)}</w:delText></w:r>'
        text += f'<w:del w:id="12" {by}>{run}</w:del>'
    if beside.comment:
        text += (
            '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>'
            '<w:r><w:commentReference w:id="0"/></w:r>'
        )
    return text


def _block_xml(block: Block, begun: bool, tail: str) -> str:
    if block.kind == "title":
        return _paragraph(_run(block.rows[0][0], begun), "Heading1")
    if block.kind == "para":
        return _paragraph(_run(block.rows[0][0], begun) + tail)
    if block.kind == "fields":
        return "".join(
            _paragraph(_run(f"{key}: {value}", begun and not number))
            for number, (key, value) in enumerate(block.rows)
        )
    grid = '<w:gridCol w:w="1800"/>' * len(block.rows[0])
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(_run(c))}</w:tc>" for c in row) + "</w:tr>"
        for row in block.rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _run(text: str, begun: bool = False) -> str:
    rendered = "<w:lastRenderedPageBreak/>" if begun else ""
    pieces = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{rendered}{pieces}</w:r>"
