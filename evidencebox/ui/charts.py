"""Charts drawn by hand: bars, levels over time, what is left to do. Each mark opens its search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
)

from evidencebox.model.exposure import Bar, Stack
from evidencebox.model.harm import Harm
from evidencebox.ui.chart import Chart, Mark
from evidencebox.ui.languages import figure, tr
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.theme import Theme, font, scaled
from evidencebox.ui.tokens import HARM_COLOURS, Tokens

_BAR_ROW = 29
_STACK_HEIGHT = 210
_PAD = 16
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class BarChart(Chart):
    """A line each: what, how much of the most, how many."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._bars: Sequence[Bar] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Takes the lines in their order."""
        self._bars = bars
        self._changed()

    def tall(self) -> int:
        return scaled(44) + max(1, len(self._bars)) * scaled(_BAR_ROW) + 6

    def draw(self, painter: QPainter, width: float, tokens: Tokens) -> list[Mark]:
        _caption(painter, self.title, width, tokens)
        if not self._bars:
            _nothing(painter, width, tokens)
        metrics = QFontMetricsF(font(13))
        named = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0.0)
        named = min(named + 14, width * 0.42)
        counted = scaled(58)
        most = max((bar.count for bar in self._bars), default=0) or 1
        marks = []
        for number, bar in enumerate(self._bars):
            row = QRectF(_PAD, scaled(40) + number * scaled(_BAR_ROW), width - 2 * _PAD, scaled(25))
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideMiddle, named - 8)
            _write(painter, row, _LEFT, words, tokens.text if bar.count else tokens.hush)
            count = figure(bar.count)
            _write(painter, row, _RIGHT, count, tokens.secondary)
            track = QRectF(0, 0, max(8.0, row.width() - named - counted), scaled(9))
            track.moveLeft(row.left() + named)
            track.moveTop(row.center().y() - track.height() / 2)
            _bar(painter, track, bar.count / most, tokens)
            marks.append(Mark(row, f"{bar.label}, {count}", bar.query))
        return marks


class StackChart(Chart):
    """Columns of levels, such as years: each level has its colour, its number and its ring."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._stacks: Sequence[Stack] = ()

    def show_stacks(self, stacks: Sequence[Stack]) -> None:
        """Takes the columns in their order."""
        self._stacks = stacks
        self._changed()

    def tall(self) -> int:
        return scaled(44 + 26) + _STACK_HEIGHT + scaled(24)

    def draw(self, painter: QPainter, width: float, tokens: Tokens) -> list[Mark]:
        _caption(painter, self.title, width, tokens)
        self._legend(painter, tokens)
        if not self._stacks:
            _nothing(painter, width, tokens)
            return []
        top = scaled(70)
        base = top + _STACK_HEIGHT - 8.0
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(_PAD, base), QPointF(width - _PAD, base))
        step = min(96.0, (width - 2 * _PAD) / len(self._stacks))
        most = max(sum(stack.counts.values()) for stack in self._stacks) or 1
        every = max(1, -(-scaled(40) // max(1, int(step))))
        marks = []
        for number, stack in enumerate(self._stacks):
            left = _PAD + number * step
            bar = QRectF(left + step * 0.14, 0, step * 0.72, 0)
            total = self._column(painter, bar, base, (_STACK_HEIGHT - 30) / most, stack)
            whole = QRectF(left, top, step, _STACK_HEIGHT + scaled(20))
            if number % every == 0:
                foot = QRectF(left - 20, base + 4, step + 40, scaled(18))
                _write(painter, foot, _MIDDLE, stack.label, tokens.secondary, 11)
            head = QRectF(left - 20, total - scaled(17), step + 40, scaled(16))
            count = sum(stack.counts.values())
            if count and every == 1:
                _write(painter, head, _MIDDLE, f"{count:,}", tokens.secondary, 11)
            marks.append(Mark(whole, self._words(stack), stack.query))
        return marks

    def _column(
        self, painter: QPainter, bar: QRectF, base: float, unit: float, stack: Stack
    ) -> float:
        """Draws the levels of one column from the base up; returns where it ends."""
        for harm in Harm:
            count = stack.counts.get(harm, 0)
            if not count:
                continue
            part = QRectF(bar.left(), base - count * unit, bar.width(), count * unit)
            painter.fillRect(part.adjusted(0, 1, 0, 0), QColor(HARM_COLOURS[harm]))
            if part.height() > scaled(15) and part.width() > scaled(12):
                _write(painter, part, _MIDDLE, str(int(harm)), "#FFFFFF", 11, bold=True)
            base -= count * unit
        return base

    def _legend(self, painter: QPainter, tokens: Tokens) -> None:
        left, line = float(_PAD), scaled(38)
        for harm in Harm:
            draw_ring(painter, QPointF(left + 6, line + scaled(9)), 12, harm)
            words = f"{int(harm)} {tr(harm.word)}"
            wide = QFontMetricsF(font(12)).horizontalAdvance(words) + 6
            place = QRectF(left + 17, line, wide, scaled(18))
            _write(painter, place, _LEFT, words, tokens.secondary, 12)
            left += wide + 28

    def _words(self, stack: Stack) -> str:
        parts = [f"{stack.counts[h]:,} {int(h)} {tr(h.word)}" for h in Harm if stack.counts.get(h)]
        return f"{stack.label}: {', '.join(parts) or tr('nothing')}"


class LeftChart(Chart):
    """What is left to review, day by day: a line that falls, with its pace in words."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._total, self._days = 0, tuple[Bar, ...]()

    def show_days(self, total: int, days: Sequence[Bar]) -> None:
        """Takes how many documents there are, and how many were marked as reviewed each day."""
        self._total, self._days = total, tuple(days)
        self._changed()

    def tall(self) -> int:
        return scaled(44 + 26) + _STACK_HEIGHT + scaled(24)

    def pace(self) -> str:
        """How many a day, and how many days that leaves; by the days on which somebody worked."""
        done = sum(day.count for day in self._days)
        if not done:
            return tr("nothing reviewed yet")
        rate = done / len(self._days)
        left = max(0, self._total - done)
        words = tr("%1 a day · %2 left · about %3 working days")
        for sign, value in (("%1", rate), ("%2", left), ("%3", -(-left // max(rate, 1)))):
            words = words.replace(sign, f"{value:,.0f}")
        return words

    def draw(self, painter: QPainter, width: float, tokens: Tokens) -> list[Mark]:
        _caption(painter, self.title, width, tokens)
        line = QRectF(_PAD, scaled(38), width - 2 * _PAD, scaled(18))
        _write(painter, line, _LEFT, self.pace(), tokens.secondary, 12)
        top, base = float(scaled(74)), scaled(70) + _STACK_HEIGHT - 8.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(_PAD, base), QPointF(width - _PAD, base))
        step = (width - 2 * _PAD) / max(1, len(self._days))
        left, before, marks = self._total, QPointF(_PAD, top), []
        for number, day in enumerate(self._days):
            left = max(0, left - day.count)
            at = QPointF(_PAD + (number + 1) * step, 0)
            at.setY(base - (base - top) * left / max(1, self._total))
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawLine(before, at)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(at, 3, 3)
            words = tr("%1: %2 reviewed, %3 left").replace("%1", day.label)
            words = words.replace("%2", f"{day.count:,}").replace("%3", f"{left:,}")
            marks.append(Mark(QRectF(at.x() - step, top, step, base - top), words, ""))
            before = at
        if self._days:
            foot = QRectF(_PAD, base + 4, width - 2 * _PAD, scaled(18))
            _write(painter, foot, _LEFT, self._days[0].label, tokens.secondary, 11)
            if len(self._days) > 1:
                _write(painter, foot, _RIGHT, self._days[-1].label, tokens.secondary, 11)
        return marks


def _caption(painter: QPainter, title: str, width: float, tokens: Tokens) -> None:
    place = QRectF(_PAD, scaled(12), width - 2 * _PAD, scaled(18))
    _write(painter, place, _LEFT, title.upper(), tokens.secondary, 11, bold=True)


def _nothing(painter: QPainter, width: float, tokens: Tokens) -> None:
    place = QRectF(_PAD, scaled(40), width - 2 * _PAD, scaled(25))
    _write(painter, place, _LEFT, tr("Nothing to show yet."), tokens.secondary)


def _write(
    painter: QPainter,
    place: QRectF,
    how: Qt.AlignmentFlag,
    words: str,
    colour: str,
    size: int = 13,
    bold: bool = False,
) -> None:
    painter.setFont(font(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
    painter.setPen(QColor(colour))
    painter.drawText(place, how | Qt.TextFlag.TextSingleLine, words)


def _bar(painter: QPainter, track: QRectF, share: float, tokens: Tokens) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    round_ = track.height() / 2
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(track, round_, round_)
    if share > 0:
        painter.setBrush(QColor(tokens.accent))
        filled = QRectF(track)
        filled.setWidth(max(track.height(), track.width() * share))
        painter.drawRoundedRect(filled, round_, round_)
