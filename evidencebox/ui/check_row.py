"""A tick box with a ring, a label and a count: one line of the facets."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from evidencebox.model.harm import Harm
from evidencebox.ui.languages import figure, several, tr
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, font, grown, scaled
from evidencebox.ui.tokens import Tokens

HEIGHT = 25


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
    """One value of a facet. A count of zero is dimmed, and can still be ticked off.

    A value can be left out as well: Alt and a click, the menu of the right button, or `-`.

    Signals:
        excluded(bool): it is to be left out, or no longer is.
    """

    excluded = Signal(bool)

    def __init__(
        self, theme: Theme, text: str, count: int, harm: Harm | None = None, depth: int = 0
    ) -> None:
        super().__init__()
        self._left_out = False
        self._indent = 12 * min(depth, 6)
        self._theme = theme
        self._text = one_line(text)
        self._count = count
        self._harm = harm
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_excluded(False)
        theme.changed.connect(self.update)

    def show_excluded(self, on: bool) -> None:
        """Whether the value is left out."""
        self._left_out = on
        parts = [self._text, several(self._count, "1 document", "%1 documents")]
        self.setAccessibleName(", ".join([*parts, *([tr("left out")] if on else [])]))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and self.isDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.excluded.emit(not self._left_out)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Minus:
            self.excluded.emit(not self._left_out)
            return
        super().keyPressEvent(event)

    def filter_menu(self) -> QMenu:
        """What the right button offers."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Filter"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        only = menu.addAction(tr("No longer only these") if self.isChecked() else tr("Only these"))
        only.triggered.connect(lambda *_: self.click())
        without = menu.addAction(
            tr("No longer leave out") if self._left_out else tr("Leave these out") + "\t-"
        )
        without.triggered.connect(lambda *_: self.excluded.emit(not self._left_out))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.filter_menu().popup(event.globalPos())

    def sizeHint(self) -> QSize:
        return QSize(grown(180), max(HEIGHT, self.fontMetrics().height() + 8))

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
        size = scaled(14)
        box = QRectF(7 + self._indent, middle - size / 2, size, size)
        draw_box(painter, box, tokens, self.isChecked(), dimmed)
        if self._left_out:
            painter.setPen(QPen(QColor(tokens.danger), 2))
            across = QPointF(4, 0)
            painter.drawLine(box.center() - across, box.center() + across)
        left = box.right() + 8
        if self._harm is not None:
            painter.setOpacity(0.5 if dimmed else 1.0)
            draw_ring(painter, QPointF(left + scaled(13) / 2, middle), scaled(13), self._harm)
            painter.setOpacity(1.0)
            left += scaled(13) + 8
        self._write(painter, left, tokens, dimmed)

    def _write(self, painter: QPainter, left: float, tokens: Tokens, dimmed: bool) -> None:
        painter.setFont(font(12))
        metrics = QFontMetrics(painter.font())
        figures = figure(self._count)
        width = metrics.horizontalAdvance(figures)
        right = self.width() - 8
        painter.setPen(QColor(tokens.hush if dimmed else tokens.secondary))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        place = QRectF(right - width - 2, 0, width + 2, self.height())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, figures)
        plain = font()
        plain.setStrikeOut(self._left_out)
        painter.setFont(plain)
        painter.setPen(QColor(tokens.hush if dimmed else tokens.text))
        space = QRectF(left, 0, max(0.0, place.left() - left - 8), self.height())
        words = QFontMetrics(painter.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, int(space.width())
        )
        painter.drawText(space, middle | Qt.AlignmentFlag.AlignLeft, words)
