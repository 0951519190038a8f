"""What is highlighted on a page, each kind with its name, and a way to switch it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from evidencebox.model.coding import Suggested
from evidencebox.model.documents import Page
from evidencebox.model.suggestions import Answer, Element
from evidencebox.ui.bits import label, row
from evidencebox.ui.languages import told, tr
from evidencebox.ui.page_text import Marks, Range, paint_double_line
from evidencebox.ui.theme import Theme, font

HITS, PEOPLE, DATA = SETS = ("Search", "People", "Exposed data")
ELSEWHERE = "The marks of a scan stand in Text."
_TEXT = 12


class LegendChip(QAbstractButton):
    """A swatch and a name; unchecked, its highlights are not shown."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self.name = theme, name
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_count(0)
        self.toggled.connect(lambda _: self._name())
        theme.changed.connect(self.update)

    def show_count(self, count: int) -> None:
        """How many stand on the page."""
        self._words = f"{tr(self.name)} {count:,}" if count else tr(self.name)
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        state = tr("shown") if self.isChecked() else tr("not shown")
        words = told("Highlights: %1, %2 on this page, %3", tr(self.name), self._count, state)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(_TEXT)).horizontalAdvance(self._words)
        return QSize(words + 32, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, middle, on = self._theme.tokens, self.height() / 2, self.isChecked()
        swatch = QRectF(6, middle - 6, 14, 12)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            grounds = (tokens.hit, tokens.officer, tokens.exposed)
            painter.setBrush(QColor(grounds[SETS.index(self.name)]))
            painter.drawRoundedRect(swatch, 2.5, 2.5)
        else:
            painter.setPen(QPen(QColor(tokens.outline), 1))
            painter.drawRoundedRect(swatch, 2.5, 2.5)
        if self.name == PEOPLE and on:
            painter.setPen(QPen(QColor(tokens.officer_line), 1.6))
            painter.drawLine(swatch.bottomLeft(), swatch.bottomRight())
        if self.name == DATA and on:
            paint_double_line(painter, swatch, QColor(tokens.exposed_line))
        painter.setFont(font(_TEXT))
        painter.setPen(QColor(tokens.secondary if on else tokens.hush))
        area = QRectF(self.rect()).adjusted(26, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, flags, self._words)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)


class HighlightLegend(QWidget):
    """The kinds.

    Signals:
        changed(): other kinds are to be shown.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._twin: HighlightLegend | None = None
        self.elsewhere = label(tr(ELSEWHERE), "secondary")
        self.elsewhere.hide()
        self.chips = {name: LegendChip(theme, name) for name in SETS}
        for chip in self.chips.values():
            chip.toggled.connect(lambda _: self.changed.emit())
            chip.hide()
        self.setLayout(row(*self.chips.values(), self.elsewhere, spacing=2))

    def twin(self, *names: str) -> HighlightLegend:
        """The same for another place, with these kinds: what is switched in one is in both."""
        made = HighlightLegend(self._theme)
        for name in SETS:
            if name in names:
                self.chips[name].toggled.connect(made.chips[name].setChecked)
                made.chips[name].toggled.connect(self.chips[name].setChecked)
            else:
                made.chips.pop(name).deleteLater()
        self._twin = made
        return made

    def filtered(self, marks: Marks, placed: bool = True) -> Marks:
        """Only what is to be shown; says how many there are of each kind.

        `placed`: whether it is known where they stand on the page as it looks.
        """
        counts = dict(zip(SETS, map(len, (marks.hits, marks.people, marks.exposed)), strict=True))
        self._count(counts)
        if self._twin is not None:
            self._twin._count(counts if placed else dict.fromkeys(SETS, 0))
            marked = any(counts[name] for name in self._twin.chips)
            self._twin.elsewhere.setVisible(marked and not placed)
        if not self.chips[HITS].isChecked():
            marks = replace(marks, hits=(), current=None)
        if not self.chips[PEOPLE].isChecked():
            marks = replace(marks, people=())
        return marks if self.chips[DATA].isChecked() else replace(marks, exposed=())

    def _count(self, counts: Mapping[str, int]) -> None:
        for name, chip in self.chips.items():
            chip.show_count(counts[name])
            chip.setVisible(bool(counts[name]))


def people_on(page: Page, suggestions: Sequence[Suggested]) -> tuple[Range, ...]:
    """Where a page names people of the roster; not where a reviewer said that it does not."""
    spans = {
        (mention.start, mention.end)
        for each in suggestions
        for mention in each.mentions
        if mention.page == page.number
        and mention.layer is page.layer
        and mention.decision is not Answer.DIFFERENT
        # The text may have been read anew since.
        and page.text[mention.start : mention.end] == mention.text
    }
    return tuple(sorted(spans))


def exposed_on(page: Page, elements: Sequence[Element]) -> tuple[Range, ...]:
    """Where a page exposes data, what overlaps as one; not where a reviewer said that it is none.

    Elements of another page or layer, and such as do not fit its text, are passed over.
    """
    spans: list[Range] = []
    for each in sorted(elements, key=lambda each: (each.start, each.end)):
        here = each.page == page.number and each.layer is page.layer
        if not here or each.decision is Answer.DIFFERENT or each.end > len(page.text):
            continue
        if spans and each.start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(each.end, spans[-1][1])
        else:
            spans.append((each.start, each.end))
    return tuple(spans)
