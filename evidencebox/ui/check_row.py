"""A tick box with a ring, a label and a count: one line of the facets."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from evidencebox.model.harm import Harm
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, font
from evidencebox.ui.tokens import Tokens

HEIGHT = 25
_BOX = 14


def draw_box(painter: QPainter, box: QRectF, tokens: Tokens, checked: bool, dimmed: bool) -> None:
    """A tick box: an outline, or filled with a tick, so that it never depends on colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not checked:
        painter.setPen(QPen(QColor(tokens.hush if dimmed else tokens.outline), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(QColor(tokens.on_accent), 1.7))
    left, top, size = box.left(), box.top(), box.width()
    painter.drawPolyline(
        [
            QPointF(left + size * 0.24, top + size * 0.53),
            QPointF(left + size * 0.43, top + size * 0.71),
            QPointF(left + size * 0.77, top + size * 0.32),
        ]
    )


class CheckRow(QAbstractButton):
    """One value of a facet. A count of zero is dimmed, and can still be ticked off."""

    def __init__(self, theme: Theme, text: str, count: int, harm: Harm | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._text = one_line(text)
        self._count = count
        self._harm = harm
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._text}, {count} document{'' if count == 1 else 's'}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(180, max(HEIGHT, self.fontMetrics().height() + 8))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        middle = self.height() / 2
        dimmed = self._count == 0 and not self.isChecked()
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(tokens.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5), 5, 5)
        box = QRectF(7, middle - _BOX / 2, _BOX, _BOX)
        draw_box(painter, box, tokens, self.isChecked(), dimmed)
        left = box.right() + 8
        if self._harm is not None:
            painter.setOpacity(0.5 if dimmed else 1.0)
            draw_ring(painter, QPointF(left + 6.5, middle), 13, self._harm)
            painter.setOpacity(1.0)
            left += 21
        self._write(painter, left, tokens, dimmed)

    def _write(self, painter: QPainter, left: float, tokens: Tokens, dimmed: bool) -> None:
        painter.setFont(font(12))
        metrics = QFontMetrics(painter.font())
        figures = self.locale().toString(self._count)
        width = metrics.horizontalAdvance(figures)
        right = self.width() - 8
        painter.setPen(QColor(tokens.hush if dimmed else tokens.secondary))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        place = QRectF(right - width - 2, 0, width + 2, self.height())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, figures)
        painter.setFont(font())
        painter.setPen(QColor(tokens.hush if dimmed else tokens.text))
        space = QRectF(left, 0, max(0.0, place.left() - left - 8), self.height())
        words = QFontMetrics(painter.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, int(space.width())
        )
        painter.drawText(space, middle | Qt.AlignmentFlag.AlignLeft, words)
