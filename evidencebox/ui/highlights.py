"""What is highlighted on a page, each kind with its name, and a way to switch it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from evidencebox.model.coding import Suggested
from evidencebox.model.documents import Page
from evidencebox.model.suggestions import Answer
from evidencebox.ui.bits import row
from evidencebox.ui.languages import told, tr
from evidencebox.ui.page_text import Marks, Range
from evidencebox.ui.theme import Theme, font

HITS, PEOPLE = SETS = ("Search", "People")
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
            painter.setBrush(QColor(tokens.hit if self.name == HITS else tokens.officer))
            painter.drawRoundedRect(swatch, 2.5, 2.5)
        else:
            painter.setPen(QPen(QColor(tokens.outline), 1))
            painter.drawRoundedRect(swatch, 2.5, 2.5)
        if self.name == PEOPLE and on:
            painter.setPen(QPen(QColor(tokens.officer_line), 1.6))
            painter.drawLine(swatch.bottomLeft(), swatch.bottomRight())
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
        self.chips = {name: LegendChip(theme, name) for name in (HITS, PEOPLE)}
        for chip in self.chips.values():
            chip.toggled.connect(lambda _: self.changed.emit())
        self.setLayout(row(*self.chips.values(), spacing=2))

    def filtered(self, marks: Marks) -> Marks:
        """Only what is to be shown; says how many there are of each kind."""
        self.chips[HITS].show_count(len(marks.hits))
        self.chips[PEOPLE].show_count(len(marks.people))
        for name, found in ((HITS, marks.hits), (PEOPLE, marks.people)):
            self.chips[name].setVisible(bool(found))
        if not self.chips[HITS].isChecked():
            marks = replace(marks, hits=(), current=None)
        return marks if self.chips[PEOPLE].isChecked() else replace(marks, people=())


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
