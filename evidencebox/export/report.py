"""Reports as DOCX and PDF: the same text, tables and figures, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Image as Drawing
from reportlab.platypus import (
    KeepTogether,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)

from evidencebox.config import resource
from evidencebox.export import fonts
from evidencebox.export.tables import MADE, Column, encodable

_INK: Final = "#1F3347"
_RULE: Final = "#C5CCD3"
_BAR: Final = (47, 93, 138)
_WIDE: Final = 456.0
"""Points that a table or figure takes: letter paper, an inch and a frame's padding off."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Bars, each with its label and number."""

    title: str
    bars: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a report: its columns' widths are shares of the page."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a report."""

    title: str
    paragraphs: Sequence[str] = ()
    parts: Sequence[Figure | Grid] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`facts` stand on the title page, `blanks` are lines for the signer to fill in."""

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    blanks: Sequence[str] = ()
    notice: str = ""
    plain: bool = field(default=False)
    """Without a title page: a letter or a certificate."""


# --- figures ------------------------------------------------------------------------------------


def picture(figure: Figure) -> bytes:
    """The bars as a PNG, 6.5 inches wide at 200 dots an inch."""
    across, line, left, room = 1300, 46, 380, 110
    image = Image.new("RGB", (across, line * max(1, len(figure.bars)) + 16), "white")
    draw = ImageDraw.Draw(image)
    face = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), 24)
    most = max((number for _, number in figure.bars), default=0) or 1
    for row, (label, number) in enumerate(figure.bars):
        top = 8 + row * line
        shown = encodable(label) if len(label) < 28 else encodable(label[:26]) + "…"
        draw.text((left - 16, top + line // 2), shown, fill="black", font=face, anchor="rm")
        width = (across - left - room) * number // most
        if number:
            draw.rectangle((left, top + 6, left + max(2, width), top + line - 6), fill=_BAR)
        text = f"{number:,}"
        draw.text((left + width + 12, top + line // 2), text, fill="black", font=face, anchor="lm")
    draw.line((left, 4, left, image.height - 4), fill=(120, 130, 140), width=2)
    into = io.BytesIO()
    image.save(into, "PNG")
    return into.getvalue()


# --- DOCX ---------------------------------------------------------------------------------------


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
        document.add_heading(_clean(title), 1)
        for text in section.paragraphs:
            document.add_paragraph(_clean(text))
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
    document.add_heading(_clean(report.title), 0)
    if report.subtitle:
        document.add_paragraph(_clean(report.subtitle)).runs[0].font.size = Pt(14)
    if report.facts:
        table = document.add_table(rows=0, cols=2)
        for name, value in report.facts:
            cells = table.add_row().cells
            cells[0].width, cells[1].width = Inches(1.9), Inches(4.6)
            cells[0].text, cells[1].text = _clean(name), _clean(value)
    if report.notice:
        document.add_paragraph()
        document.add_paragraph(_clean(report.notice)).runs[0].italic = True
    if not report.plain:
        for blank in report.blanks:
            document.add_paragraph(f"{blank}: " + "_" * 40).paragraph_format.space_before = Pt(18)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _docx_part(document: Any, part: Figure | Grid) -> None:
    if part.title:
        document.add_heading(_clean(part.title), 2)
    if isinstance(part, Figure):
        if part.bars:
            document.add_picture(io.BytesIO(picture(part)), width=Inches(6.5))
        return
    table = document.add_table(rows=1, cols=len(part.columns), style="Light Grid Accent 1")
    table.autofit = False
    widths = _shares(part.columns, 6.5)
    _docx_row(table.rows[0], [column.title for column in part.columns], widths)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in part.rows:
        _docx_row(table.add_row(), row, widths)
    document.add_paragraph()


def _docx_row(row: Any, values: Sequence[str | int], widths: Sequence[float]) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = Inches(width)
        cell.text = _clean(_shown(value))
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)


def _shares(columns: Sequence[Column], whole: float) -> list[float]:
    total = sum(column.width for column in columns)
    return [whole * column.width / total for column in columns]


def _shown(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c if c >= " " or c in "\t\n" else " " for c in encodable(text))


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


# --- PDF ----------------------------------------------------------------------------------------


def to_pdf(report: Report) -> bytes:
    """The report as a PDF on letter paper, with bookmarks."""
    fonts.ready()
    styles = _styles()
    story: list[Any] = [] if report.plain else [Spacer(1, 150)]
    story.append(Paragraph(_marked(report.title), styles["title"]))
    if report.subtitle:
        story.append(Paragraph(_marked(report.subtitle), styles["subtitle"]))
    story += [_facts(report.facts, styles)] if report.facts else []
    if report.notice:
        story += [Spacer(1, 12), Paragraph(_marked(report.notice), styles["body"])]
    blanks = [Paragraph(f"{_marked(b)}: {'_' * 40}", styles["blank"]) for b in report.blanks]
    if not report.plain:
        story += [Spacer(1, 24), *blanks, PageBreak()]
    for number, section in enumerate(report.sections, start=1):
        title = section.title if report.plain else f"{number}. {section.title}"
        story.append(Paragraph(_marked(title), styles["heading"]))
        story += [Paragraph(_marked(text), styles["body"]) for text in section.paragraphs]
        for part in section.parts:
            story += _pdf_part(part, styles)
        if report.plain and number == 1:
            story += [KeepTogether([Spacer(1, 12), *blanks])]
    into = io.BytesIO()
    template = SimpleDocTemplate(
        into,
        pagesize=LETTER,
        leftMargin=72,
        rightMargin=72,
        topMargin=72,
        bottomMargin=72,
        title=encodable(report.title),
        author="",
        creator="EvidenceBox",
    )
    template.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return into.getvalue()


def _foot(canvas: Any, template: Any) -> None:
    canvas.saveState()
    canvas.setFont(fonts.PLAIN, 8)
    canvas.setFillColor(colors.HexColor("#555555"))
    canvas.drawRightString(LETTER[0] - 72, 40, f"Page {template.page}")
    canvas.drawString(72, 40, template.title[:80])
    canvas.restoreState()


def _styles() -> dict[str, ParagraphStyle]:
    ink = colors.HexColor(_INK)
    bold, plain = {"fontName": fonts.BOLD, "textColor": ink}, {"fontName": fonts.PLAIN}
    made = {
        "title": ParagraphStyle("title", fontSize=24, leading=30, spaceAfter=8, **bold),
        "subtitle": ParagraphStyle("subtitle", fontSize=13, leading=18, spaceAfter=18, **plain),
        "heading": ParagraphStyle(
            "heading", fontSize=14, leading=18, spaceBefore=16, spaceAfter=6, keepWithNext=1, **bold
        ),
        "part": ParagraphStyle(
            "part", fontSize=10.5, leading=14, spaceBefore=10, spaceAfter=4, keepWithNext=1, **bold
        ),
        "body": ParagraphStyle("body", fontSize=9.5, leading=14, spaceAfter=6, **plain),
        "blank": ParagraphStyle("blank", fontSize=9.5, leading=14, spaceBefore=16, **plain),
        "cell": ParagraphStyle("cell", fontSize=7.5, leading=10, splitLongWords=1, **plain),
        "top": ParagraphStyle(
            "top", fontSize=7.5, leading=10, fontName=fonts.BOLD, textColor=colors.white
        ),
    }
    return made


def _facts(facts: Sequence[tuple[str, str]], styles: dict[str, ParagraphStyle]) -> Any:
    rows = [[Paragraph(_marked(cell), styles["body"]) for cell in pair] for pair in facts]
    table = LongTable(rows, colWidths=[130, _WIDE - 130])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)])
    return table


def _pdf_part(part: Figure | Grid, styles: dict[str, ParagraphStyle]) -> list[Any]:
    title = [Paragraph(_marked(part.title), styles["part"])] if part.title else []
    if isinstance(part, Figure):
        if not part.bars:
            return []
        data = picture(part)
        with Image.open(io.BytesIO(data)) as image:
            height = _WIDE * image.height / image.width
        return [KeepTogether([*title, Drawing(io.BytesIO(data), _WIDE, height), Spacer(1, 8)])]
    top = [Paragraph(_marked(column.title), styles["top"]) for column in part.columns]
    rows = [[Paragraph(_marked(_shown(cell)), styles["cell"]) for cell in row] for row in part.rows]
    table = LongTable([top, *rows], colWidths=_shares(part.columns, _WIDE), repeatRows=1)
    table.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor(_INK)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.HexColor(_RULE)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return [*title, table, Spacer(1, 8)]


def _marked(text: str) -> str:
    """For Paragraph, which reads mark-up; with boxes for what the typeface lacks."""
    return escape(fonts.drawable(_clean(text), fonts.PLAIN)[0]).replace("\n", "<br/>")
