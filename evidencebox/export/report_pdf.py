"""Reports as PDF on letter paper, with bookmarks: the same bytes for the same report."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    KeepTogether,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)
from reportlab.platypus import Image as Drawing

from evidencebox.export import fonts
from evidencebox.export.report import Figure, Grid, Report, clean, picture, shares, shown
from evidencebox.export.tables import encodable

_INK: Final = "#1F3347"
_RULE: Final = "#C5CCD3"
_TOGETHER: Final = 150.0
_WIDE: Final = 456.0
"""Points that a table or figure takes: letter paper, an inch and a frame's padding off."""


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
        # A heading does not stand at a page's foot with its table on the next.
        story += [CondPageBreak(_TOGETHER), Paragraph(_marked(title), styles["heading"])]
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
    rows = [[Paragraph(_marked(shown(cell)), styles["cell"]) for cell in row] for row in part.rows]
    table = LongTable([top, *rows], colWidths=shares(part.columns, _WIDE), repeatRows=1)
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
    return escape(fonts.drawable(clean(text), fonts.PLAIN)[0]).replace("\n", "<br/>")
