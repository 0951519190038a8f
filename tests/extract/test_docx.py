"""Word: everything that is written in the file, marked by what it is."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{}/{}" Target="{}"/></Relationships>'
)


def raw(body: str, **more: str) -> bytes:
    """A minimal document around a body; `more` are further members by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELS.format(R, "officeDocument", "word/document.xml"))
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, text in more.items():
            package.writestr(name, text)
    return out.getvalue()


def run(text: str, style: str = "") -> str:
    return f"<w:r>{style}<w:t>{text}</w:t></w:r>"


def test_a_real_document(read: Any) -> None:
    document = docx.Document()
    document.core_properties.title = "Internal affairs"
    document.core_properties.author = "R. Clerk"
    document.add_paragraph("The first paragraph.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "a", "b", "c"
    document.add_paragraph("before").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("after")
    document.sections[0].header.paragraphs[0].text = "the header"
    document.sections[0].footer.paragraphs[0].text = "the footer"
    out = io.BytesIO()
    document.save(out)
    found = read(out.getvalue(), "x.docx")
    assert found.status == "ok"
    assert "The first paragraph.\na\tb\nc" in found.pages[0].text
    assert found.pages[0].text.rstrip().endswith("before")
    assert found.pages[1].text.strip() == "after"
    assert found.spans("header") == ["the header\n"]
    assert found.spans("footer") == ["the footer\n"]
    assert found.metadata["title"] == ["Internal affairs"]
    assert found.metadata["author"] == ["R. Clerk"]


def test_tracked_changes_moves_and_hidden_text_are_marked(read: Any) -> None:
    body = (
        f"<w:p>{run('kept ')}<w:ins w:author='Roe' w:date='2021-01-01T00:00:00Z'>"
        f"{run('put')}</w:ins>"
        f"<w:del w:author='Doe'><w:r><w:delText>struck</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('from')}</w:moveFrom><w:moveTo>{run('to')}</w:moveTo>"
        f"{run('unseen', '<w:rPr><w:vanish/></w:rPr>')}{run('seen')}</w:p>"
    )
    found = read(raw(body), "x.docx")
    assert found.spans("inserted") == ["put", "to"]
    assert found.spans("deleted") == ["struck", "from"]
    assert found.spans("hidden") == ["unseen"]
    labels = {span.label for span in found.pages[0].spans}
    assert {"Roe 2021-01-01T00:00:00Z", "Doe", "moved"} <= labels


def test_a_field_tells_the_file_it_shows(read: Any) -> None:
    said = ('LINK Excel.Sheet.8 "C:\\in\\rota.xls" \\a', "PAGEREF _x", "LINKED y")
    body = "".join(f"<w:r><w:instrText> {each} </w:instrText></w:r>" for each in said)
    found = read(raw(f"<w:p>{body}{run('four')}</w:p>"), "x.docx")
    assert found.spans("link") == [' <LINK Excel.Sheet.8 "C:\\in\\rota.xls" \\a>']
    assert "four" in found.text
    assert "PAGEREF" not in found.text


def test_content_controls_text_boxes_and_alternates(read: Any) -> None:
    box = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtContent><w:p>{run('controlled')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('around')}</w:p>"
    )
    found = read(raw(body), "x.docx")
    assert found.text == "controlled\nboxed\naround\n"


def test_notes_and_comments(read: Any) -> None:
    relations = "".join(
        f'<Relationship Id="i{n}" Type="{R}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(["footnotes", "comments"])
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    )
    found = read(
        raw(
            f"<w:p>{run('body')}</w:p>",
            **{
                "word/_rels/document.xml.rels": rels,
                "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p>'
                f"{run('a footnote')}</w:p></w:footnote></w:footnotes>",
                "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="0" '
                f'w:author="Roe"><w:p>{run("a comment")}</w:p></w:comment></w:comments>',
            },
        ),
        "x.docx",
    )
    assert [page.label for page in found.pages] == ["", "footnotes", "comments"]
    assert "[2] a footnote" in found.spans("note")[0]
    assert "Roe: a comment" in found.spans("comment")[0]


def test_break_and_where_it_was_last_drawn_are_one_page(read: Any) -> None:
    body = (
        f"<w:p>{run('one')}<w:r><w:br w:type='page'/></w:r></w:p>"
        f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>"
        f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>three</w:t></w:r></w:p>"
    )
    assert [page.text.strip() for page in read(raw(body), "x.docx").pages] == [
        "one",
        "two",
        "three",
    ]


def test_pictures_and_objects_are_embedded_children(read: Any) -> None:
    found = read(raw(f"<w:p>{run('x')}</w:p>", **{"word/media/image1.png": "PNG"}), "x.docx")
    child = found.children[0]
    assert (child.head.name, child.head.relation, child.data) == ("image1.png", "embedded", b"PNG")


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_refused(read: Any, prolog: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "word/document.xml", f"{prolog}<w:document xmlns:w='{W}'>&e;&b;</w:document>"
        )
    found = read(out.getvalue(), "x.docx")
    assert found.status == "partial"
    assert not found.text.strip()
    assert "refused" in found.codes


def test_a_broken_part_keeps_what_came_before(read: Any) -> None:
    found = read(raw(f"<w:p>{run('kept')}</w:p><w:p></w:oops>"), "x.docx")
    assert found.status == "partial"
    assert "kept" in found.text


def test_a_truncated_document_is_read_as_far_as_it_goes(read: Any) -> None:
    data = raw(f"<w:p>{run('kept words')}</w:p>", **{"word/media/image1.png": "PNG"})
    found = read(data[: data.find(b"PK\x01\x02")], "x.docx")
    assert found.status == "partial"
    assert "kept words" in found.text


def test_a_bomb_in_a_part_stops(read: Any) -> None:
    body = f"<w:p>{run('x')}</w:p>" * 200_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document xmlns:w='{W}'>{body}</w:document>")
    found = read(out.getvalue(), "x.docx", depth=3)
    assert found.status == "limit"
