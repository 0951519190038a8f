"""What each OpenDocument element does to the text: opened with its attributes, it may return
what is to be done when it closes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from evidencebox.extract import odfblocks
from evidencebox.extract.pieces import Pieces

if TYPE_CHECKING:
    from evidencebox.extract.odfbody import Closing, OdfBody, Opens

Attributes = dict[str, str]
SPACES: Final = re.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 200
SKIPPED: Final = frozenset(
    [
        *(f"text:{kind}-source" for kind in (
            "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
            "alphabetical-index", "bibliography",
        )),
        "office:settings", "office:font-face-decls", "office:font-decls", "math:annotation",
        "text:format-change", "draw:page-thumbnail", "draw:glue-point",
    ]
)  # fmt: skip
FIELDS: Final = frozenset(
    ["text:page-number", "presentation:date-time", "presentation:footer", "presentation:header"]
)
"""On master pages these hold only what will stand there."""


def _paragraph(body: OdfBody, attributes: Attributes) -> Closing:
    style = attributes.get("style-name", "")
    if body.styles.breaks(style):
        body.page_break()
    cell = body.cells[-1] if body.cells and body.cells[-1][0] > 0 else None
    if cell:
        if cell[1]:
            body.out.add("\n")
        cell[1] += 1
    unseen = body.styles.hidden("paragraph", style)
    body.hidden += unseen
    body.paragraphs += 1

    def closing() -> None:
        body.paragraphs = max(body.paragraphs - 1, 0)
        if not cell:
            body.add("\n")
        body.hidden -= unseen

    return closing


def _styled(body: OdfBody, attributes: Attributes) -> Closing:
    unseen = body.styles.hidden("text", attributes.get("style-name", ""))
    return _unseen(body) if unseen else None


def _unseen(body: OdfBody) -> Closing:
    body.hidden += 1

    def closing() -> None:
        body.hidden -= 1

    return closing


def _sign(sign: str) -> Opens:
    def opens(body: OdfBody, _: Attributes) -> Closing:
        if body.paragraphs:
            body.add(sign)
        return None

    return opens


def _spaces(body: OdfBody, attributes: Attributes) -> Closing:
    number = attributes.get("c", "1")
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    if body.paragraphs:
        body.add(" " * min(count, _MOST_SPACES))
    return None


def _break(body: OdfBody, _: Attributes) -> Closing:
    body.page_break()
    return None


def _link(body: OdfBody, attributes: Attributes) -> Closing:
    target = attributes.get("href", "").strip()
    if not target or target.startswith("#"):
        return None
    return lambda: body.out.add(f" <{target}>", "link")


def _reference(body: OdfBody, attributes: Attributes) -> Closing:
    """A picture or object: only what lies outside the document is text."""
    target = attributes.get("href", "").strip()
    if "://" in target or target.lower().startswith(("file:", "../")):
        body.out.add(f" <{target}> ", "link")
    return None


def _section(body: OdfBody, attributes: Attributes) -> Closing:
    told = attributes.get("is-hidden") == "true" or attributes.get("display") == "none"
    return _unseen(body) if told else None


def _hidden_field(body: OdfBody, attributes: Attributes) -> Closing:
    if text := attributes.get("string-value", ""):
        body.out.add(text, "hidden")
    return _unseen(body)


def _note(body: OdfBody, attributes: Attributes) -> Closing:
    kind = attributes.get("note-class", "footnote")
    return body.divert(body.side("endnotes" if kind == "endnote" else "footnotes"), "note")


def _endnote(body: OdfBody, _: Attributes) -> Closing:
    return body.divert(body.side("endnotes"), "note")


def _citation(body: OdfBody, _: Attributes) -> Closing:
    return body.grab(lambda text: body.out.add(f"[{text.strip()}] ", body.kind))


def _annotation(body: OdfBody, attributes: Attributes) -> Closing:
    out = body.sheet.comments if body.sheet else body.side("comments")
    body.counts["comments"] = body.counts.get("comments", 0) + 1
    head = body.sheet.reference if body.sheet else f"[{body.counts['comments']}]"
    # StarOffice names the author in attributes, later versions in elements
    who = f"{attributes.get('author', '')} {attributes.get('create-date', '')}".strip()
    out.newline()
    out.add(f"{head} {who}".rstrip() + ": ", "comment")
    return body.divert(out, "comment")


def _creator(body: OdfBody, _: Attributes) -> Closing:
    """Who made a comment or a change, and when."""

    def use(text: str) -> None:
        body.who.append(text.strip()[:200])
        if body.kind == "comment" and text.strip():
            body.out.add(f"{text.strip()} ", "comment")

    return body.grab(use)


def _region(body: OdfBody, attributes: Attributes) -> Closing:
    body.who = []
    name = attributes.get("id", "")
    body.counts["region"] = 0
    body.changes[name] = ("inserted", Pieces(), "")

    def closing() -> None:
        what, pieces, _who = body.changes[name]
        body.changes[name] = (what, pieces, " ".join(body.who)[:200])

    return closing


def _deletion(body: OdfBody, _: Attributes) -> Closing:
    if not body.changes:
        return None
    name = next(reversed(body.changes))
    _what, pieces, who = body.changes[name]
    body.changes[name] = ("deleted", pieces, who)
    return body.divert(pieces, "deleted")


def _change(body: OdfBody, attributes: Attributes) -> Closing:
    body.place(attributes.get("change-id", ""))
    return None


def _change_start(body: OdfBody, attributes: Attributes) -> Closing:
    what, _, who = body.changes.get(attributes.get("change-id", ""), ("", None, ""))
    if what == "inserted":
        body.inserted = ("inserted", who)
    else:
        body.place(attributes.get("change-id", ""))
    return None


def _change_end(body: OdfBody, _: Attributes) -> Closing:
    if body.inserted:
        # what it stands for often follows: the two words are not one
        body.replaced = body.out
    body.inserted = None
    return None


def _define(body: OdfBody, attributes: Attributes) -> Closing:
    body.styles.define(attributes)
    return None


def _properties(body: OdfBody, attributes: Attributes) -> Closing:
    body.styles.properties(attributes)
    return None


_SHAPES: Final = (
    "frame", "custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path",
    "circle", "ellipse", "connector", "caption", "measure", "control", "g",
)  # fmt: skip
_HEADERS: Final = ("header", "header-left", "header-first")
_FOOTERS: Final = ("footer", "footer-left", "footer-first")
OPENS: Final[dict[str, Opens]] = {
    "text:p": _paragraph,
    "text:h": _paragraph,
    "text:span": _styled,
    "text:s": _spaces,
    "text:tab": _sign("\t"),
    "text:tab-stop": _sign("\t"),
    "text:line-break": _sign("\n"),
    "text:ruby-text": _sign(" "),
    "text:soft-page-break": _break,
    "text:a": _link,
    "draw:a": _link,
    "draw:image": _reference,
    "draw:object": _reference,
    "draw:object-ole": _reference,
    "draw:plugin": _reference,
    "draw:floating-frame": _reference,
    "text:section-source": _reference,
    "table:table-source": _reference,
    "text:section": _section,
    "text:hidden-text": _hidden_field,
    "text:hidden-paragraph": _hidden_field,
    "text:note": _note,
    "text:footnote": _note,
    "text:endnote": _endnote,
    "text:note-citation": _citation,
    "text:footnote-citation": _citation,
    "text:endnote-citation": _citation,
    "office:annotation": _annotation,
    "dc:creator": _creator,
    "dc:date": _creator,
    "text:changed-region": _region,
    "text:deletion": _deletion,
    "text:change": _change,
    "text:change-start": _change_start,
    "text:change-end": _change_end,
    "table:tracked-changes": odfblocks.sheet_changes,
    "table:cell-address": odfblocks.tracked_address,
    "table:change-track-table-cell": odfblocks.tracked_cell,
    "table:table": odfblocks.table,
    "table:sub-table": odfblocks.table,
    "table:table-column": odfblocks.column,
    "table:table-row": odfblocks.row,
    "table:table-cell": odfblocks.cell,
    "table:covered-table-cell": odfblocks.cell,
    "draw:text-box": odfblocks.box,
    "svg:title": odfblocks.described,
    "svg:desc": odfblocks.described,
    "draw:page": odfblocks.page,
    "presentation:notes": odfblocks.slide_notes,
    "style:master-page": odfblocks.master,
    "style:handout-master": odfblocks.master,
    "presentation:footer-decl": odfblocks.declared_edge("footers", "footer"),
    "presentation:header-decl": odfblocks.declared_edge("headers", "header"),
    "text:user-field-decl": odfblocks.variable,
    "office:source-code": odfblocks.source_code,
    "office:binary-data": odfblocks.binary,
    "style:style": _define,
    **{f"style:{name}": odfblocks.edge("headers", "header") for name in _HEADERS},
    **{f"style:{name}": odfblocks.edge("footers", "footer") for name in _FOOTERS},
    **{f"draw:{name}": odfblocks.shape for name in _SHAPES},
    **{f"math:{name}": odfblocks.formula for name in ("mi", "mn", "mo", "mtext")},
    **{
        f"form:{name}": odfblocks.form
        for name in (
            "text",
            "textarea",
            "fixed-text",
            "checkbox",
            "radio",
            "button",
            "option",
            "combobox",
            "listbox",
            "frame",
            "formatted-text",
            "number",
            "date",
            "time",
            "hidden",
            "password",
        )
    },
    **{
        f"style:{name}": _properties
        for name in (
            "properties",
            "text-properties",
            "paragraph-properties",
            "table-properties",
            "drawing-page-properties",
            "section-properties",
        )
    },
}
