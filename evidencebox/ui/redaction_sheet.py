"""A sheet on which boxes are drawn, by mouse or by keys; nothing on it is decoded here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from evidencebox.model.redactions import WHOLE, SheetBox
from evidencebox.ui.languages import tr
from evidencebox.ui.sheet_view import SheetView
from evidencebox.ui.theme import Theme
from evidencebox.ui.tokens import LIGHT

STEP, FINE = 100, 10
"""How far a key moves a box: one per cent, a tenth with Ctrl."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class RedactionSheet(SheetView):
    """Before it is burned in: boxes by hand, found by strings, and dotted what is only suggested.

    Signals:
        drawn(int, int, int, int): a rectangle was drawn; sides in parts of `WHOLE`.
        asked_new(): a box is wanted by key.
        chosen(int): a box by hand is the current one; -1 for none.
        nudged(int, int, bool): the current box moves, or with True grows; in parts of `WHOLE`.
        dropped(): the current box is to go.
    """

    drawn = Signal(int, int, int, int)
    asked_new = Signal()
    chosen = Signal(int)
    nudged = Signal(int, int, bool)
    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Before: the sheet with what is to go"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.boxes: Sequence[SheetBox] = ()
        self.current = -1
        self._from: QPointF | None = None
        self._to = QPointF()

    def show_boxes(self, boxes: Sequence[SheetBox]) -> None:
        """Takes what is to go on this sheet."""
        self.boxes = boxes
        if self.current >= len(self.by_hand):
            self.current = -1
        self.update()

    @property
    def by_hand(self) -> list[SheetBox]:
        """Those that were drawn, in order."""
        return [box for box in self.boxes if box.by_hand >= 0]

    def choose(self, at: int) -> None:
        """Makes a box by hand the current one."""
        self.current = at
        self.update()

    # Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self.has_picture:
            for box in self.boxes:
                self._paint(painter, box)
        if self._from is not None:
            painter.setPen(QPen(QColor(LIGHT.danger), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._from, self._to).normalized())
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.drawRect(self.sheet_area().adjusted(-1, -1, 0, 0))

    def _paint(self, painter: QPainter, box: SheetBox) -> None:
        """Paper is white in every theme. Kind is said by line and hatching, not by colour alone."""
        place = self._place(box)
        hand = box.by_hand >= 0
        colour = QColor(LIGHT.danger if hand else LIGHT.accent)
        style = Qt.PenStyle.DotLine if box.suggested else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 1.6, style))
        wash = QColor(colour)
        wash.setAlpha(46)
        pattern = Qt.BrushStyle.BDiagPattern if hand else Qt.BrushStyle.SolidPattern
        painter.setBrush(QBrush(wash, pattern) if not box.suggested else Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        if hand and box.by_hand == self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 3))
            painter.drawRect(place.adjusted(-2, -2, 2, 2))

    def _place(self, box: SheetBox) -> QRectF:
        area = self.sheet_area()
        across, down = area.width() / WHOLE, area.height() / WHOLE
        return QRectF(
            area.left() + box.left * across,
            area.top() + box.top * down,
            max(2.0, (box.right - box.left) * across),
            max(2.0, (box.bottom - box.top) * down),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position()
        if not self.has_picture or not self.sheet_area().contains(at.toPoint()):
            return
        hit = next((b.by_hand for b in reversed(self.by_hand) if self._place(b).contains(at)), -1)
        self.choose(hit)
        self.chosen.emit(hit)
        if hit < 0:
            self._from = self._to = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            area = self.sheet_area()
            x = min(max(event.position().x(), area.left()), area.right() + 1)
            y = min(max(event.position().y(), area.top()), area.bottom() + 1)
            self._to = QPointF(x, y)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        drawn, self._from = QRectF(self._from, self._to).normalized(), None
        area = self.sheet_area()
        across, down = WHOLE / area.width(), WHOLE / area.height()
        sides = (
            (drawn.left() - area.left()) * across,
            (drawn.top() - area.top()) * down,
            (drawn.right() - area.left()) * across,
            (drawn.bottom() - area.top()) * down,
        )
        self.drawn.emit(*(max(0, min(WHOLE, round(side))) for side in sides))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS and self.current >= 0:
            fine = bool(held & Qt.KeyboardModifier.ControlModifier)
            right, down = (way * (FINE if fine else STEP) for way in _ARROWS[key])
            self.nudged.emit(right, down, bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_N):
            self.asked_new.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current >= 0:
            self.dropped.emit()
        elif key == Qt.Key.Key_Space and self.by_hand:
            at = (self.current + 1) % len(self.by_hand)
            self.choose(at)
            self.chosen.emit(at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
