"""What is highlighted on a page, each kind with its name, and a way to switch it off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from evidencebox.model.coding import Suggested
from evidencebox.model.documents import Page
from evidencebox.model.suggestions import Answer, Element
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.kinds import KINDS
from evidencebox.ui.languages import told, tr
from evidencebox.ui.marks import DATA, HITS, PEOPLE, SETS, Marks, Range, paint_double_line
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, font, grown

_TEXT = 12
_GAP = 2
_SWATCH = 14


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
        self.count = count
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        state = tr("shown") if self.isChecked() else tr("not shown")
        words = told("Highlights: %1, %2 on this page, %3", tr(self.name), self.count, state)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(_TEXT)).horizontalAdvance(self._words)
        return QSize(words + grown(_SWATCH) + 18, grown(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, middle, on = self._theme.tokens, self.height() / 2, self.isChecked()
        high = grown(_SWATCH - 2)
        swatch = QRectF(6, middle - high / 2, grown(_SWATCH), high)
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
        area = QRectF(self.rect()).adjusted(grown(_SWATCH) + 12, 0, 0, 0)
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
        self._twins: list[HighlightLegend] = []
        self.chips = {name: LegendChip(theme, name) for name in SETS}
        for chip in self.chips.values():
            chip.toggled.connect(lambda _: self.changed.emit())
            chip.hide()
        line = FlowLayout(self, _GAP)
        for chip in self.chips.values():
            line.addWidget(chip)

    def sizeHint(self) -> QSize:
        """All in one line, where there is room for it."""
        shown = [chip.sizeHint() for chip in self.chips.values() if not chip.isHidden()]
        wide = sum(size.width() + _GAP for size in shown) - _GAP
        return QSize(max(0, wide), max((size.height() for size in shown), default=0))

    def twin(self) -> HighlightLegend:
        """The same for another place: what is switched in one is in both."""
        made = HighlightLegend(self._theme)
        for name in SETS:
            self.chips[name].toggled.connect(made.chips[name].setChecked)
            made.chips[name].toggled.connect(self.chips[name].setChecked)
        self._twins.append(made)
        return made

    def filtered(self, marks: Marks) -> Marks:
        """Only what is to be shown; says how many there are of each kind."""
        counts = dict(zip(SETS, map(len, (marks.hits, marks.people, marks.exposed)), strict=True))
        self._count(counts)
        for each in self._twins:
            each._count(counts)
        if not self.chips[HITS].isChecked():
            marks = replace(marks, hits=(), current=None)
        split = len(marks.people)
        if not self.chips[DATA].isChecked():
            marks = replace(marks, exposed=(), names=marks.names[:split])
        if not self.chips[PEOPLE].isChecked():
            marks = replace(marks, people=(), names=marks.names[split:])
        return marks

    def _count(self, counts: Mapping[str, int]) -> None:
        for name, chip in self.chips.items():
            chip.show_count(counts[name])
            chip.setVisible(bool(counts[name]))


def people_on(page: Page, suggestions: Sequence[Suggested]) -> dict[Range, str]:
    """Where a page names people of the roster, and whom; not where a reviewer said that it does
    not."""
    spans = [
        ((mention.start, mention.end), each.officer.name)
        for each in suggestions
        for mention in each.mentions
        if mention.page == page.number
        and mention.layer is page.layer
        and mention.decision is not Answer.DIFFERENT
        # The text may have been read anew since.
        and page.text[mention.start : mention.end] == mention.text
    ]
    return {
        place: told("Officer: %1", _joined(name for where, name in spans if where == place))
        for place in sorted({where for where, _ in spans})
    }


def exposed_on(page: Page, elements: Sequence[Element]) -> dict[Range, str]:
    """Where a page exposes data, and of which kinds, what overlaps as one; not where a reviewer
    said that it is none.

    Elements of another page or layer, and such as do not fit its text, are passed over.
    """
    spans: list[Range] = []
    kinds: list[list[str]] = []
    for each in sorted(elements, key=lambda each: (each.start, each.end)):
        here = each.page == page.number and each.layer is page.layer
        if not here or each.decision is Answer.DIFFERENT or each.end > len(page.text):
            continue
        if spans and each.start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(each.end, spans[-1][1])
            kinds[-1].append(each.kind)
        else:
            spans.append((each.start, each.end))
            kinds.append([each.kind])
    names = (_joined(tr(KINDS.get(kind, kind)) for kind in here) for here in kinds)
    return {place: told("Exposed data: %1", name) for place, name in zip(spans, names, strict=True)}


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(map(one_line, names)))
