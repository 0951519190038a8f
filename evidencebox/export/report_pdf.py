"""Reports as PDF on letter paper, with bookmarks: the same bytes for the same report."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
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
from evidencebox.export.tables import encodable

_INK: Final = "#1F3347"
_RULE: Final = "#C5CCD3"
_SECTION, _PART = 150.0, 90.0
"""A heading with less room below it goes to the next page, with what it is the heading of."""
_SHORT, _LOW = 24, 300.0
"""A table of no more rows, and no higher, stands on one page."""
_FEW: Final = 2
"""Paragraphs that stand on one page with what follows them."""
_EDGE: Final = 72.0
_PADDING: Final = 6.0
"""What a frame leaves free inside its margins."""
_WIDE: Final = LETTER[0] - 2 * _EDGE
_TITLES: Final = {"title": 24.0, "plain": 15.0}


def to_pdf(report: Report) -> bytes:
    """The report as a PDF on letter paper, with bookmarks."""
    fonts.ready()
    first = _Pages(report, 0)
    first.build(_story(report))
    whole = _Pages(report, first.page)  # now that their number is known
    whole.build(_story(report))
    return whole.into.getvalue()


class _Pages(SimpleDocTemplate):  # type: ignore[misc]
    """Pages with a foot, and a bookmark for each section."""

    def __init__(self, report: Report, count: int) -> None:
        self.into = io.BytesIO()
        self._count, self._foot = count, " · ".join(filter(None, (report.title, report.firm)))
        across, up = {"leftMargin": _EDGE - _PADDING}, {"topMargin": _EDGE, "bottomMargin": _EDGE}
        super().__init__(
            self.into,
            pagesize=LETTER,
            rightMargin=_EDGE - _PADDING,
            title=encodable(report.title),
            author=encodable(report.firm),
            creator="EvidenceBox",
            **across,
            **up,
        )

    def build(self, story: list[Any]) -> None:
        super().build(story, onFirstPage=self._end, onLaterPages=self._end)

    def _end(self, canvas: Any, _: object) -> None:
        canvas.saveState()
        canvas.setFont(fonts.PLAIN, 8)
        canvas.setFillColor(colors.HexColor("#555555"))
        canvas.drawRightString(LETTER[0] - _EDGE, 40, f"Page {self.page} of {self._count}")
        canvas.drawString(_EDGE, 40, fonts.drawable(clean(self._foot), fonts.PLAIN)[0][:80])
        canvas.restoreState()

    def afterFlowable(self, flowable: Any) -> None:
        """A section's heading is where its bookmark leads."""
        if isinstance(flowable, Paragraph) and flowable.style.name == "heading":
            title, key = flowable.getPlainText(), f"section-{self.page}-{flowable.getPlainText()}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title, key, 0)


def _story(report: Report) -> list[Any]:
    styles = _styles()
    story = _front(report, styles)
    for number, section in enumerate(captioned(report), start=1):
        begun = [Paragraph(_marked(section.title), styles["heading"])] if section.title else []
        begun += [Paragraph(_marked(text), styles["body"]) for text in section.paragraphs]
        rest = [_part(part, styles) for part in section.parts]
        if (
            rest
            and rest[0]
            and isinstance(rest[0][0], KeepTogether)
            and len(section.paragraphs) <= _FEW
        ):
            # A few words do not stay behind when their table or figure goes to the next page.
            story.append(KeepTogether([*begun, *rest.pop(0)[0]._content]))
        else:
            story += [CondPageBreak(_SECTION), *begun]
        story += [flowable for part in rest for flowable in part]
        # What is signed is the first part of a plain paper; lists follow the signature.
        if report.plain and number == 1:
            story += _blanks(report.blanks, styles)
    return story


def _front(report: Report, styles: dict[str, ParagraphStyle]) -> list[Any]:
    """What stands before the first section; a page of its own unless the paper is a plain one."""
    story: list[Any] = [] if report.plain else [Spacer(1, 130)]
    if report.firm:
        story.append(Paragraph(_marked(report.firm), styles["firm"]))
    title = styles["plain" if report.plain else "title"]
    story.append(Paragraph(_marked(report.title), title))
    if report.subtitle:
        story.append(Paragraph(_marked(report.subtitle), styles["subtitle"]))
    story += [_facts(report.facts, styles)] if report.facts else []
    if report.notice:
        story += [Spacer(1, 12), Paragraph(_marked(report.notice), styles["body"])]
    if not report.plain:
        story += [*_blanks(report.blanks, styles), PageBreak()]
    return story


def _styles() -> dict[str, ParagraphStyle]:
    ink = colors.HexColor(_INK)
    bold, plain = {"fontName": fonts.BOLD, "textColor": ink}, {"fontName": fonts.PLAIN}
    cell = {"fontSize": 7.5, "leading": 10, "splitLongWords": 1}
    top = {"fontName": fonts.BOLD, "textColor": colors.white}
    right = {"alignment": TA_RIGHT}
    apart = {"spaceBefore": 16, "spaceAfter": 6}
    made = [
        ParagraphStyle("firm", fontSize=11, leading=15, spaceAfter=14, **plain),
        ParagraphStyle("subtitle", fontSize=12, leading=17, spaceAfter=16, **plain),
        ParagraphStyle("heading", fontSize=14, leading=18, **apart, **bold),
        ParagraphStyle("part", fontSize=9.5, leading=13, spaceBefore=10, spaceAfter=4, **bold),
        ParagraphStyle("body", fontSize=9.5, leading=14, spaceAfter=6, **plain),
        ParagraphStyle("blank", fontSize=9.5, leading=12, **plain),
        ParagraphStyle("cell", **cell, **plain),
        ParagraphStyle("number", **cell, **plain, **right),
        ParagraphStyle("top", **cell, **top),
        ParagraphStyle("topnumber", **cell, **top, **right),
    ]
    for name, size in _TITLES.items():
        made.append(ParagraphStyle(name, fontSize=size, leading=size + 6, spaceAfter=8, **bold))
    return {style.name: style for style in made}


def _facts(facts: Sequence[tuple[str, str]], styles: dict[str, ParagraphStyle]) -> Any:
    rows = [[Paragraph(_marked(cell), styles["body"]) for cell in pair] for pair in facts]
    table = LongTable(rows, colWidths=[130, _WIDE - 130])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)])
    return table


def _blanks(blanks: Sequence[str], styles: dict[str, ParagraphStyle]) -> list[Any]:
    """Lines to be filled in, all of one length, and all on one page."""
    if not blanks:
        return []
    rows = [[Paragraph(_marked(blank), styles["blank"]), ""] for blank in blanks]
    table = LongTable(rows, colWidths=[90, 250], rowHeights=34, hAlign="LEFT")
    line = ("LINEBELOW", (1, 0), (1, -1), 0.6, colors.black)
    table.setStyle(
        [line, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    )
    return [KeepTogether([Spacer(1, 12), table])]


def _part(part: Figure | Grid, styles: dict[str, ParagraphStyle]) -> list[Any]:
    title = [Paragraph(_marked(part.title), styles["part"])] if part.title else []
    if isinstance(part, Figure):
        if not part.bars:
            return []
        data = picture(part)
        with Image.open(io.BytesIO(data)) as image:
            height = _WIDE * image.height / image.width
        return [KeepTogether([*title, Drawing(io.BytesIO(data), _WIDE, height), Spacer(1, 8)])]
    right = numeric(part)
    tops = [styles["topnumber" if number else "top"] for number in right]
    cells = [styles["number" if number else "cell"] for number in right]
    top = [Paragraph(_marked(c.title), look) for c, look in zip(part.columns, tops, strict=True)]
    rows = [
        [Paragraph(_marked(shown(cell)), look) for cell, look in zip(row, cells, strict=True)]
        for row in part.rows
    ]
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
    if len(rows) <= _SHORT and table.wrap(_WIDE, LETTER[1])[1] <= _LOW:
        return [KeepTogether([*title, table, Spacer(1, 8)])]
    return [CondPageBreak(_PART), *title, table, Spacer(1, 8)]


def _marked(text: str) -> str:
    """For Paragraph, which reads mark-up; with boxes for what the typeface lacks."""
    return escape(fonts.drawable(clean(text), fonts.PLAIN)[0]).replace("\n", "<br/>")
