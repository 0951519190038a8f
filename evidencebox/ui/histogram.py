"""Dates as bars: documents by year, month or day, and a stretch of them to choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from evidencebox.model.filters import Filter
from evidencebox.model.views import DATE, FacetValue
from evidencebox.ui.languages import figure, several, told, tr
from evidencebox.ui.theme import Theme, font, scaled

_BARS = 58
_FOOT = 18
_PREFIX = "date:"


def marks_of(clause: str) -> tuple[str, str] | None:
    """The first and the last bucket of a chosen clause; None for one that is no stretch."""
    if not clause.startswith(_PREFIX) or clause[len(_PREFIX)] in "<>":
        return None
    first, _, last = clause.removeprefix(_PREFIX).partition("..")
    return first, last or first


class Histogram(QWidget):
    """Bars over time. Drag over them, or walk with the arrow keys, hold Shift, and press Enter.

    Signals:
        chosen(Filter): a stretch; the filters of the group are to be this one alone.
        cleared(): no stretch any more.
    """

    chosen = Signal(object)
    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: Sequence[FacetValue] = ()
        self._taken: tuple[int, int] | None = None
        self._place, self._anchor = 0, 0
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_values(self, values: Sequence[FacetValue], clause: str | None) -> None:
        """Takes buckets in their order, and the clause that is chosen."""
        self._values = values
        marks = marks_of(clause) if clause else None
        self._taken = self._range(*marks) if marks else None
        last = max(0, len(values) - 1)
        self._place, self._anchor = min(self._place, last), min(self._anchor, last)
        if self._taken is not None and not self.hasFocus():
            self._anchor, self._place = self._taken
        self._tell()
        self.update()

    def _range(self, first: str, last: str) -> tuple[int, int] | None:
        """The buckets of a stretch that may have been chosen in longer or shorter ones."""
        inside = [
            number
            for number, value in enumerate(self._values)
            if value.label[: len(first)] >= first[: len(value.label)]
            and value.label[: len(last)] <= last[: len(value.label)]
        ]
        return (inside[0], inside[-1]) if inside else None

    @property
    def selection(self) -> tuple[int, int]:
        """The first and the last bucket that are marked, not chosen yet."""
        return min(self._anchor, self._place), max(self._anchor, self._place)

    def choose(self) -> None:
        """Takes the marked stretch; the same one again lets it go."""
        if not self._values:
            return
        first, last = self.selection
        if self._taken == (first, last):
            self.cleared.emit()
            return
        one, other = self._values[first].label, self._values[last].label
        if first == last:
            self.chosen.emit(Filter(DATE, f"{_PREFIX}{one}", one))
        else:
            self.chosen.emit(Filter(DATE, f"{_PREFIX}{one}..{other}", told("%1 to %2", one, other)))

    def words(self) -> str:
        """The marked stretch, for a tip and a screen reader."""
        if not self._values:
            return tr("No dates")
        first, last = self.selection
        count = sum(value.count for value in self._values[first : last + 1])
        named = self._values[first].label
        if last > first:
            named = told("%1 to %2", named, self._values[last].label)
        return f"{named}, {several(count, '1 document', '%1 documents')}"

    def _tell(self) -> None:
        self.setAccessibleName(told("Dates: %1", self.words()))
        self.setAccessibleDescription(
            tr("Arrow keys move, with Shift they mark a stretch, Enter chooses it, Esc lets it go.")
        )
        if self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
            QAccessible.updateAccessibility(event)

    def _move(self, place: int, stretch: bool) -> None:
        self._place = min(max(0, place), max(0, len(self._values) - 1))
        if not stretch:
            self._anchor = self._place
        self._tell()
        self.update()

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(180, _BARS + scaled(_FOOT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stretch = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._values) - 1,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key], stretch)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose()
        elif key == Qt.Key.Key_Escape and self._taken is not None:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._values:
            self._dragging = True
            stretch = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(self._at(event.position().x()), stretch)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._values:
            return
        place = self._at(event.position().x())
        if self._dragging:
            self._move(place, True)
            tip = self.words()
        else:
            value = self._values[place]
            tip = f"{value.label}: {figure(value.count)}"
        QToolTip.showText(event.globalPosition().toPoint(), tip, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.choose()

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def _at(self, x: float) -> int:
        left, width = self._ground()
        return min(max(0, int((x - left) / width * len(self._values))), len(self._values) - 1)

    def _ground(self) -> tuple[float, float]:
        return 8.0, max(1.0, self.width() - 16.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        left, width = self._ground()
        if self._values:
            self._bars(painter, left, width)
            self._captions(painter, left, width)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(left, _BARS + 0.5), QPointF(left + width, _BARS + 0.5))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _bars(self, painter: QPainter, left: float, width: float) -> None:
        tokens = self._theme.tokens
        step = width / len(self._values)
        most = max((value.count for value in self._values), default=0) or 1
        first, last = self.selection
        marked = self.hasFocus() or self._dragging
        if marked:
            wash = QRectF(left + first * step, 3, (last - first + 1) * step, _BARS - 3)
            painter.fillRect(wash, QColor(tokens.wash))
        gap = 1.0 if step >= 4 else 0.0
        for number, value in enumerate(self._values):
            if not value.count:
                continue
            tall = max(2.0, (_BARS - 6) * value.count / most)
            inside = self._taken is None or self._taken[0] <= number <= self._taken[1]
            painter.fillRect(
                QRectF(left + number * step, _BARS - tall, max(1.0, step - gap), tall),
                QColor(tokens.accent if inside else tokens.hush),
            )

    def _captions(self, painter: QPainter, left: float, width: float) -> None:
        painter.setFont(font(11))
        painter.setPen(QColor(self._theme.tokens.secondary))
        place = QRectF(left, _BARS + 2, width, scaled(_FOOT) - 2)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        first, last = self._values[0].label, self._values[-1].label
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, first)
        room = width - QFontMetrics(painter.font()).horizontalAdvance(f"{first}  {last}")
        if len(self._values) > 1 and room >= 0:
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, self._values[-1].label)
