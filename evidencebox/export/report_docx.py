"""Reports as DOCX: the same bytes for the same report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from evidencebox.export.report import (
    Figure,
    Grid,
    Report,
    captioned,
    clean,
    numeric,
    picture,
    shares,
    shown,
)
from evidencebox.export.tables import MADE, encodable

_INK, _RULE = "1F3347", "C5CCD3"
_WIDE: Final = 6.5
"""Inches of a page's text."""
_BLANK: Final = (1.2, 3.6)
"""Inches of a line to be filled in: its name, the line."""


def to_docx(report: Report) -> bytes:
    """The report as a Word document."""
    document = docx.Document()
    said = document.core_properties
    said.title, said.author, said.comments = encodable(report.title), encodable(report.firm), ""
    said.created = said.modified = MADE
    said.revision, said.last_modified_by = 1, ""
    _look(document, report)
    _front(document, report)
    for number, section in enumerate(captioned(report), start=1):
        if section.title:
            document.add_heading(clean(section.title), 1)
        for text in section.paragraphs:
            written = document.add_paragraph(clean(text))
            # The words before a table stand on its page; one with a heading has that.
            last = text is section.paragraphs[-1] and bool(section.parts)
            written.paragraph_format.keep_with_next = last and not section.parts[0].title
        for part in section.parts:
            _part(document, part)
        # What is signed is the first part of a plain paper; lists follow the signature.
        if report.plain and number == 1:
            _blanks(document, report.blanks)
    into = io.BytesIO()
    document.save(into)
    return settled(into.getvalue())


def _look(document: Any, report: Report) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    sizes = {"Title": 16 if report.plain else 26, "Heading 1": 15, "Heading 2": 11}
    for name, size in sizes.items():
        named = document.styles[name]
        named.font.name, named.font.size = "Calibri", Pt(size)
        named.font.bold = True
        named.font.color.rgb = RGBColor.from_string(_INK)
        # The template's theme font would win over the one that is named.
        fonts_of = named.element.rPr.rFonts
        for which in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts_of.attrib.pop(qn(which), None)
    # The template's rule below a title belongs to no paper of ours.
    for border in document.styles["Title"].element.pPr.findall(qn("w:pBdr")):
        document.styles["Title"].element.pPr.remove(border)
    for section in document.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(1)
        _foot(section.footer.paragraphs[0], report)


def _foot(line: Any, report: Report) -> None:
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(Inches(_WIDE), WD_TAB_ALIGNMENT.RIGHT)
    # The template's own stops lie before ours.
    line.style.paragraph_format.tab_stops.clear_all()
    line.add_run(clean(" · ".join(filter(None, (report.title, report.firm)))[:80]) + "\tPage ")
    _field(line, "PAGE")
    line.add_run(" of ")
    _field(line, "NUMPAGES")
    line.style.font.size = Pt(8.5)


def _field(paragraph: Any, name: str) -> None:
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = name
        run._r.append(mark)


def _front(document: Any, report: Report) -> None:
    """What stands before the first section; a page of its own unless the paper is a plain one."""
    if not report.plain:
        for _ in range(5):
            document.add_paragraph()
    if report.firm:
        document.add_paragraph(clean(report.firm)).runs[0].font.size = Pt(12)
    document.add_heading(clean(report.title), 0)
    if report.subtitle:
        document.add_paragraph(clean(report.subtitle)).runs[0].font.size = Pt(13)
    if report.facts:
        table = document.add_table(rows=0, cols=2)
        for name, value in report.facts:
            cells = table.add_row().cells
            cells[0].width, cells[1].width = Inches(1.9), Inches(4.6)
            cells[0].text, cells[1].text = clean(name), clean(value)
    if report.notice:
        document.add_paragraph()
        document.add_paragraph(clean(report.notice)).runs[0].italic = True
    if not report.plain:
        _blanks(document, report.blanks)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _blanks(document: Any, blanks: Sequence[str]) -> None:
    """Lines to be filled in, all of one length, and all on one page."""
    if not blanks:
        return
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for number, blank in enumerate(blanks, start=1):
        row = table.add_row()
        row.height = Pt(34)
        _unbroken(row)
        for cell, width in zip(row.cells, _BLANK, strict=True):
            cell.width = Inches(width)
        row.cells[0].text = clean(blank)
        _rule(row.cells[1], "000000")
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
            cell.paragraphs[0].paragraph_format.keep_with_next = number < len(blanks)
    for column, width in zip(table.columns, _BLANK, strict=True):
        column.width = Inches(width)
    document.add_paragraph()


def _part(document: Any, part: Figure | Grid) -> None:
    if part.title:
        document.add_heading(clean(part.title), 2)
    if isinstance(part, Figure):
        if part.bars:
            document.add_picture(io.BytesIO(picture(part)), width=Inches(_WIDE))
        return
    table = document.add_table(rows=1, cols=len(part.columns))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths, right = shares(part.columns, _WIDE), numeric(part)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)  # some programs go by these, others by the cells'
    _row(table.rows[0], [column.title for column in part.columns], widths, right, head=True)
    for row in part.rows:
        _row(table.add_row(), row, widths, right)
    document.add_paragraph()


def _row(
    row: Any,
    values: Sequence[str | int | float],
    widths: Sequence[float],
    right: Sequence[bool],
    *,
    head: bool = False,
) -> None:
    _unbroken(row)
    if head:
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeat)
    for cell, value, width, number in zip(row.cells, values, widths, right, strict=True):
        cell.width = Inches(width)
        cell.text = clean(shown(value))
        written = cell.paragraphs[0]
        written.paragraph_format.space_after = Pt(1)
        written.paragraph_format.space_before = Pt(1)
        written.paragraph_format.keep_with_next = head
        if number:
            written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in written.runs:
            run.font.size = Pt(8)
            run.font.bold = head
            run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF) if head else None
        _rule(cell, _RULE, _INK if head else "")


def _unbroken(row: Any) -> None:
    """No page ends within the row."""
    kept = OxmlElement("w:cantSplit")
    kept.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(kept)


def _rule(cell: Any, colour: str, ground: str = "") -> None:
    """A thin line below the cell, and its ground."""
    said = cell._tc.get_or_add_tcPr()
    borders, line = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    said.append(borders)
    if ground:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", ground)):
            shade.set(qn(f"w:{name}"), value)
        said.append(shade)


def settled(data: bytes) -> bytes:
    """An Office file whose members bear no time: the same content, the same bytes."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            head = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            head.compress_type, head.create_system, head.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(head, old.read(name))
    return into.getvalue()
