"""Documents without a look of their own, set by us from their text: mail, cells, plain text, Word.

To read and to cite, not to admire. Every sheet of paper says that it was typeset and from what. A
page of the document begins a new sheet, so that citations agree with those on screen; only the
parts of a message follow each other.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Preformatted,
    Spacer,
)

from evidencebox.export import fonts
from evidencebox.model.documents import DocumentType, Page
from evidencebox.model.layout import cells

LETTER: Final = (612.0, 792.0)
_MARGIN: Final = 54.0
_COLUMNS: Final = 8
"""Of a sheet side by side on paper; more stand in bands below one another."""
_WIDE: Final = 5
_CELL: Final = 400
"""Characters of a cell in one row of paper; longer ones go on below."""
_MONO_COLUMNS: Final = 92
_HEADER_NAME: Final = re.compile(r"^[A-Za-z][A-Za-z0-9-]*:", re.MULTILINE)
_MARKS: Final = {
    "deleted": ("<strike>", "</strike>"),
    "inserted": ("<u>", "</u>"),
    "hidden": ('<font color="#7a5c00">[hidden: ', "]</font>"),
    "comment": ('<font color="#33506e">[comment: ', "]</font>"),
    "note": ('<font color="#33506e">', "</font>"),
    "annotation": ('<font color="#33506e">[annotation: ', "]</font>"),
    "header": ('<font color="#666666">', "</font>"),
    "footer": ('<font color="#666666">', "</font>"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on every sheet. `source` names the document, `digest` is its SHA-256."""

    source: str
    digest: str
    type: DocumentType
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and for each of its sheets the page of the document that stands on it.

    `missing`: characters that the typeface lacks, shown as boxes.
    """

    pdf: bytes
    pages: tuple[int, ...]
    missing: int = 0


def typeset(heading: Heading, pages: Sequence[Page], size: tuple[float, float] = LETTER) -> Typeset:
    """Sets the pages. What a document holds beside its text (`children`) is named at the end."""
    fonts.ready()
    into = io.BytesIO()
    setter = _Setter(heading, size)
    document = _Paper(into, heading, size, bool(pages) and setter.is_wide(pages[0]))
    document.build(list(setter.story(pages)))
    return Typeset(into.getvalue(), tuple(document.of_sheets), setter.missing)


class _Paper(BaseDocTemplate):  # type: ignore[misc]
    """Counts which page of the document each sheet belongs to."""

    def __init__(
        self, into: io.BytesIO, heading: Heading, size: tuple[float, float], wide: bool
    ) -> None:
        self.of_sheets: list[int] = []
        self._heading = heading
        self._now = self._first = (0, "")
        super().__init__(into, pagesize=size, title="", author="", creator="", invariant=1)
        templates = [self._template("upright", size), self._template("wide", landscape(size))]
        self.addPageTemplates(templates[::-1] if wide else templates)

    def _template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        width, height = size
        frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN, 0, 0, 0, 0)
        return PageTemplate(name, [frame], self._head, self._foot, pagesize=size)

    def begin(self, number: int, label: str) -> None:
        """The document's page that comes now; a sheet is cited by the first that is on it."""
        self._now = (number, label)
        if self.frame._atTop:
            self._first = self._now

    def _head(self, _canvas: Any, _: BaseDocTemplate) -> None:
        self._first = self._now

    def _foot(self, canvas: Any, _: BaseDocTemplate) -> None:
        number, label = self._first
        self.of_sheets.append(number)
        canvas.saveState()
        canvas.setFillColor(colors.HexColor(0x555555))
        canvas.setFont(fonts.PLAIN, 6.5)
        width = canvas._pagesize[0]
        where = f"page {number}" + (f" ({label})" if label and label != str(number) else "")
        said = f"Typeset by EvidenceBox from the text of {self._heading.source}, {where}"
        room = width - 2 * _MARGIN
        text = _cut(fonts.drawable(said, fonts.PLAIN)[0], room)
        canvas.drawString(_MARGIN, _MARGIN - 14, text)
        canvas.drawString(_MARGIN, _MARGIN - 23, f"SHA-256 {self._heading.digest}")
        canvas.restoreState()


def _cut(text: str, room: float) -> str:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    while text and stringWidth(text, fonts.PLAIN, 6.5) > room:
        text = text[:-2].rstrip(" …") + "…"
    return text


class _Begin(Flowable):  # type: ignore[misc]
    """Says on paper nothing, to the template which page begins."""

    def __init__(self, number: int, label: str) -> None:
        super().__init__()
        self._number, self._label = number, label
        self.width = self.height = 0

    def wrap(self, *_: object) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self._doctemplateAttr("begin")(self._number, self._label)


class _Setter:
    def __init__(self, heading: Heading, size: tuple[float, float]) -> None:
        self._heading = heading
        self._size = size
        self.missing = 0
        self._body = ParagraphStyle(
            "body", fontName=fonts.PLAIN, fontSize=9.5, leading=13, splitLongWords=1
        )
        self._small = ParagraphStyle("small", parent=self._body, fontSize=7.5, leading=9.5)
        self._mono = ParagraphStyle("mono", fontName=fonts.MONO, fontSize=8.5, leading=11)

    def story(self, pages: Sequence[Page]) -> Iterator[Flowable]:
        for place, page in enumerate(pages):
            wide = self.is_wide(page)
            yield NextPageTemplate("wide" if wide else "upright")
            if place:
                beside = self._is_beside(page)
                yield Spacer(0, 10) if beside else PageBreak()
                if beside and page.label and self._heading.type is DocumentType.WORD:
                    yield self._paragraph(f"[{page.label}]", self._small)
            yield _Begin(page.number, page.label)
            yield from self._page(page, wide)
        if not pages:
            yield self._paragraph("There is no text in this document.", self._body)
        if self._heading.children:
            yield Spacer(0, 12)
            names = "; ".join(self._heading.children)
            yield self._paragraph(f"Attached or embedded: {names}", self._small)

    def _is_beside(self, page: Page) -> bool:
        """Whether it goes on upon the same sheet.

        The parts of a message are one letter on paper; running heads, notes and comments of a
        written document, which are pages of their own to a reader, follow its text.
        """
        named = bool(page.label) and not any(char.isdigit() for char in page.label)
        return self._heading.type is DocumentType.MAIL or (
            named and self._heading.type is DocumentType.WORD
        )

    def is_wide(self, page: Page) -> bool:
        """Whether its columns want the paper on its side."""
        return self._is_sheet() and max(map(len, cells(page)), default=0) > _WIDE

    def _is_sheet(self) -> bool:
        return self._heading.type in (DocumentType.SHEET, DocumentType.CSV, DocumentType.DATABASE)

    def _page(self, page: Page, wide: bool) -> Iterator[Flowable]:
        if not page.text.strip():
            yield self._paragraph("[This page has no text.]", self._small)
        elif self._is_sheet():
            yield from self._tables(cells(page), wide)
        elif self._heading.type is DocumentType.TEXT:
            yield from self._as_typed(page.text)
        else:
            yield from self._written(page)

    # --- running text

    def _written(self, page: Page) -> Iterator[Flowable]:
        """Paragraph by paragraph, the names of headers in bold, marks of spans shown."""
        names = _names(page)
        at = 0
        for line in page.text.split("\n"):
            yield self._line(line, at, page, names)
            at += len(line) + 1

    def _line(self, line: str, at: int, page: Page, names: list[tuple[int, int]]) -> Flowable:
        if not line.strip():
            return Spacer(0, 6)
        last = at + len(line)
        marked = [(s.start, s.end, _MARKS[s.kind]) for s in page.spans if s.kind in _MARKS]
        marked += [(start, end, ("<b>", "</b>")) for start, end in names]
        marked = [(max(s, at), min(e, last), m) for s, e, m in marked if s < last and e > at]
        edges = sorted({at, last, *(s for s, _, _ in marked), *(e for _, e, _ in marked)})
        out = ""
        for start, end in itertools.pairwise(edges):
            piece = escape(self._drawable(page.text[start:end]))
            for low, high, (opened, closed) in marked:
                if low <= start and end <= high:
                    piece = opened + piece + closed
            out += piece
        indent = min(len(line) - len(line.lstrip(" \t")), 24)
        return Paragraph(out, self._indented(indent))

    def _indented(self, spaces: int) -> ParagraphStyle:
        if not spaces:
            return self._body
        return ParagraphStyle("in", parent=self._body, leftIndent=spaces * 4)

    def _paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(self._drawable(text)), style)

    def _as_typed(self, text: str) -> Iterator[Flowable]:
        """Columns stay where they were typed; lines that are too long go on in the next."""
        lines = [piece for line in text.expandtabs(8).split("\n") for piece in _pieces(line)]
        for start in range(0, len(lines), 50):
            yield Preformatted(
                self._drawable("\n".join(lines[start : start + 50]), fonts.MONO), self._mono
            )

    def _drawable(self, text: str, font: str = fonts.PLAIN) -> str:
        out, missing = fonts.drawable(text, font)
        self.missing += missing
        return out

    # --- cells

    def _tables(self, rows: list[list[str]], wide: bool) -> Iterator[Flowable]:
        across = max(map(len, rows), default=0)
        for first in range(0, across, _COLUMNS):
            last = min(first + _COLUMNS, across)
            if across > _COLUMNS:
                said = f"Columns {first + 1} to {last} of {across}"
                yield self._paragraph(said, self._small)
            for start in range(0, len(rows), 100):
                yield self._table(
                    [row[first:last] for row in rows[start : start + 100]], last - first, wide
                )
            yield Spacer(0, 8)

    def _table(self, rows: list[list[str]], across: int, wide: bool) -> Flowable:
        room = (max(self._size) if wide else min(self._size)) - 2 * _MARGIN
        longest = [
            max([4, *(min(len(row[n]), 40) for row in rows if n < len(row))]) for n in range(across)
        ]
        widths = [room * length / sum(longest) for length in longest]
        data: list[list[Any]] = []
        for row in rows:
            padded = [*row, *[""] * (across - len(row))]
            for start in range(0, max(1, *(len(cell) for cell in padded)), _CELL):
                data.append([self._cell(cell[start : start + _CELL]) for cell in padded])
        grid = [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor(0xAAAAAA)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ]
        return LongTable(data, widths, style=grid)

    def _cell(self, text: str) -> Paragraph | str:
        return self._paragraph(text, self._small) if text else ""


def _names(page: Page) -> list[tuple[int, int]]:
    """Where the names of a message's headers stand, with their colons."""
    return [
        (span.start + match.start(), span.start + match.end())
        for span in page.spans
        if span.kind == "mail_header"
        for match in _HEADER_NAME.finditer(page.text[span.start : span.end])
    ]


def _pieces(line: str) -> Iterator[str]:
    for start in range(0, max(1, len(line)), _MONO_COLUMNS):
        yield line[start : start + _MONO_COLUMNS]
