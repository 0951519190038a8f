"""A row of the results, painted by hand so that the list stays calm and fast."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidencebox.model.views import ResultRow
from evidencebox.ui.results_model import (
    DATE,
    HARM,
    ID,
    NAME,
    REVIEWED,
    ROW_ROLE,
    TYPE,
    ResultsModel,
    pills,
)
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.theme import Theme, font, scaled

_QUIET = frozenset({ID, DATE, TYPE})
_PILL, _PILL_SHARE = 11, 0.5


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a row."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.with_pills = True

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = self._theme.tokens
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, QColor(tokens.selection if chosen else tokens.panel))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(tokens.line)
        )
        row: ResultRow | None = index.data(ROW_ROLE)
        if index.column() == REVIEWED:
            self._mark(painter, area, row)
            self._tick(painter, area, index)
        else:
            self._words(painter, area, index, row)
        painter.restore()

    def _mark(self, painter: QPainter, area: QRectF, row: ResultRow | None) -> None:
        """A full dot is still to do, a ring is done: less ink as the work gets less."""
        if row is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(0, 0, 8, 8)
        dot.moveCenter(area.center())
        colour = QColor(self._theme.tokens.text)
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush if row.reviewed else colour)
        painter.drawEllipse(dot)

    def _tick(
        self, painter: QPainter, area: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A marked row has a bar at its edge, besides what its cell says to a screen reader."""
        model = index.model()
        if isinstance(model, ResultsModel) and model.is_marked(model.ids[index.row()]):
            bar = QRectF(area.left(), area.top(), 4, area.height() - 1)
            painter.fillRect(bar, QColor(self._theme.tokens.accent))

    def _words(
        self,
        painter: QPainter,
        area: QRectF,
        index: QModelIndex | QPersistentModelIndex,
        row: ResultRow | None,
    ) -> None:
        tokens = self._theme.tokens
        column = index.column()
        left = area.left() + 8
        if column == HARM and row is not None and row.harm is not None:
            centre = area.center()
            ring = scaled(12)
            centre.setX(left + ring / 2)
            draw_ring(painter, centre, ring, row.harm)
            left += ring + 5
        quiet = column in _QUIET or row is None
        painter.setPen(QColor(tokens.secondary if quiet else tokens.text))
        painter.setFont(font())
        right = area.right() - 4
        if column == NAME and row is not None and self.with_pills:
            right = self._pills(painter, area, row)
            painter.setPen(QColor(tokens.text))
            painter.setFont(font())
        space = QRectF(left, area.top(), max(0.0, right - left), area.height() - 1)
        words = QFontMetrics(painter.font()).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(space.width())
        )
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def _pills(self, painter: QPainter, area: QRectF, row: ResultRow) -> float:
        """Labels and categories at the right of a name, as many as half of it has room for, and
        how many more. Returns where they begin."""
        small = font(_PILL)
        tokens, metrics = self._theme.tokens, QFontMetrics(small)
        right, least = area.right() - 6, area.right() - _PILL_SHARE * area.width()
        named = pills(row)
        shown = fitting(
            [metrics.horizontalAdvance(words) + 14 for words, _ in named], right - least
        )
        if len(shown) < len(named):
            named = [*named[: len(shown)], (f"+{len(named) - len(shown)}", False)]
            shown = [*shown, metrics.horizontalAdvance(named[-1][0]) + 8]
        painter.setFont(small)
        high = metrics.height() + 3
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (words, label), width in reversed(list(zip(named, shown, strict=True))):
            pill = QRectF(right - width, area.center().y() - high / 2, width, high)
            painter.setPen(QPen(QColor(tokens.accent if label else tokens.line), 1))
            painter.setBrush(QColor(tokens.wash) if label else Qt.BrushStyle.NoBrush)
            if not words.startswith("+"):
                painter.drawRoundedRect(pill, 8, 8)
            painter.setPen(QColor(tokens.accent if label else tokens.secondary))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
            right -= width + 4
        return right - 2


def fitting(widths: Sequence[int], room: float) -> list[int]:
    """The first of some widths that stand side by side in a room."""
    shown = []
    for width in widths:
        room -= width + 4
        if room < 0:
            break
        shown.append(width)
    return shown
