"""Reports as DOCX: the same bytes for the same report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from evidencebox.export.report import Figure, Grid, Report, clean, picture, shares, shown
from evidencebox.export.tables import MADE, encodable


def to_docx(report: Report) -> bytes:
    """The report as a Word document."""
    document = docx.Document()
    said = document.core_properties
    said.title, said.author, said.comments = encodable(report.title), "", ""
    said.created = said.modified = MADE
    said.revision, said.last_modified_by = 1, ""
    _look(document)
    _docx_title(document, report)
    for number, section in enumerate(report.sections, start=1):
        title = section.title if report.plain else f"{number}. {section.title}"
        document.add_heading(clean(title), 1)
        for text in section.paragraphs:
            written = document.add_paragraph(clean(text))
            # The words before a table or figure stand on its page.
            last = text is section.paragraphs[-1]
            written.paragraph_format.keep_with_next = last and bool(section.parts)
        for part in section.parts:
            _docx_part(document, part)
        # What is signed is the first part of a plain paper; lists follow the signature.
        for blank in report.blanks if report.plain and number == 1 else ():
            document.add_paragraph(f"{blank}: " + "_" * 40).paragraph_format.space_before = Pt(18)
    into = io.BytesIO()
    document.save(into)
    return settled(into.getvalue())


def _look(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    for level, size in ((0, 26), (1, 15), (2, 12)):
        named = document.styles["Title" if level == 0 else f"Heading {level}"]
        named.font.name, named.font.size = "Calibri", Pt(size)
        named.font.color.rgb = RGBColor(0x1F, 0x33, 0x47)
        # The template's theme font would win over the one that is named.
        fonts_of = named.element.rPr.rFonts
        for which in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts_of.attrib.pop(qn(which), None)
    for section in document.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(1)
        line = section.footer.paragraphs[0]
        line.add_run("Page ")
        _field(line, "PAGE")
        line.add_run(" of ")
        _field(line, "NUMPAGES")


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


def _docx_title(document: Any, report: Report) -> None:
    if not report.plain:
        for _ in range(6):
            document.add_paragraph()
    document.add_heading(clean(report.title), 0)
    if report.subtitle:
        document.add_paragraph(clean(report.subtitle)).runs[0].font.size = Pt(14)
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
        for blank in report.blanks:
            document.add_paragraph(f"{blank}: " + "_" * 40).paragraph_format.space_before = Pt(18)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _docx_part(document: Any, part: Figure | Grid) -> None:
    if part.title:
        document.add_heading(clean(part.title), 2)
    if isinstance(part, Figure):
        if part.bars:
            document.add_picture(io.BytesIO(picture(part)), width=Inches(6.5))
        return
    table = document.add_table(rows=1, cols=len(part.columns), style="Light Grid Accent 1")
    table.autofit = False
    widths = shares(part.columns, 6.5)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)  # some programs go by these, others by the cells'
    # No bold first column: what stands in it is a number or a name like the others.
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstColumn"), "0")
    look.set(qn("w:val"), "0420")  # the same as bits: a first row, no bands of columns
    _docx_row(table.rows[0], [column.title for column in part.columns], widths)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in part.rows:
        _docx_row(table.add_row(), row, widths)
    document.add_paragraph()


def _docx_row(row: Any, values: Sequence[str | int | float], widths: Sequence[float]) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = Inches(width)
        cell.text = clean(shown(value))
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)


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
