"""Harm as a shape: a ring filled by quarters, so that colour only repeats what it says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidencebox.model.harm import Harm
from evidencebox.ui.tokens import HARM_COLOURS, HARM_EDGES

_QUARTER = 90 * 16
_TOP = 90 * 16


def draw_ring(painter: QPainter, centre: QPointF, diameter: float, harm: Harm) -> None:
    """Draws the ring of a level: empty for none, full for very high, clockwise from the top."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(HARM_COLOURS[harm])
    stroke = max(1.4, diameter / 9)
    outer = QRectF(0, 0, diameter - stroke, diameter - stroke)
    outer.moveCenter(centre)
    painter.setPen(QPen(QColor(HARM_EDGES.get(harm, colour.name())), stroke))
    painter.setBrush(colour if harm is Harm.VERY_HIGH else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(outer)
    if Harm.NONE < harm < Harm.VERY_HIGH:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(outer, _TOP, -int(harm) * _QUARTER)
    painter.restore()
