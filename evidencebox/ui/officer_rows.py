"""The affected officers of the open document: one line a tag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from evidencebox.ui.coding_state import CodingRow
from evidencebox.ui.languages import told, tr
from evidencebox.ui.reading import anchor_words
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, font, grown, scaled


class OfficerRow(QAbstractButton):
    """One officer on one anchor; checked means that a digit codes this line."""

    def __init__(self, theme: Theme, row: CodingRow) -> None:
        super().__init__()
        self._theme = theme
        self.row = row
        self._name = one_line(row.officer.name)
        badge = f"#{one_line(row.officer.badge)} · " if row.officer.badge else ""
        self._rest = badge + anchor_words(row.anchor)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        harm = row.tag.tag.harm if row.tag else None
        level = tr("not coded yet")
        if harm is not None:
            level = told("harm %1 %2", int(harm), tr(harm.word))
        self.setAccessibleName(f"{self._name}, {self._rest}, {level}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, grown(33))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        on = self.isChecked()
        style = Qt.PenStyle.SolidLine if self.row.tag else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(tokens.accent if on else tokens.line), 1.2, style))
        painter.setBrush(QColor(tokens.wash if on else tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), 7, 7)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        right = self._level(painter)
        self._words(painter, right)

    def _level(self, painter: QPainter) -> float:
        """Draws the level at the right; returns where it begins."""
        right = self.width() - 10.0
        if self.row.tag is None:
            return right
        painter.setFont(font(13, QFont.Weight.Medium))
        painter.setPen(QColor(self._theme.tokens.text))
        wide = scaled(9)
        place = QRectF(right - wide, 0, wide + 1, self.height())
        harm = self.row.tag.tag.harm
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(int(harm)))
        ring = scaled(25) / 2
        draw_ring(painter, QPointF(right - wide - 4 - ring / 2, self.height() / 2), ring, harm)
        return right - wide - 4 - ring - 7

    def _words(self, painter: QPainter, right: float) -> None:
        tokens = self._theme.tokens
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(font(13, QFont.Weight.Medium))
        metrics = QFontMetrics(painter.font())
        room = int(right - 10)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRectF(10, 0, room, self.height()), line, name)
        left = 10 + metrics.horizontalAdvance(name) + 8
        painter.setFont(font(12))
        rest = QFontMetrics(painter.font()).elidedText(
            self._rest, Qt.TextElideMode.ElideRight, int(max(0.0, right - left))
        )
        painter.setPen(QColor(tokens.secondary))
        painter.drawText(QRectF(left, 0, max(0.0, right - left), self.height()), line, rest)


class OfficerRows(QWidget):
    """The list.

    Signals:
        focused(CodingRow): a line was chosen.
    """

    focused = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[OfficerRow] = []
        # An exclusive group gives arrow keys between the lines.
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self.setAccessibleName(tr("Affected officers"))

    def show_rows(self, rows: Sequence[CodingRow], chosen: CodingRow | None) -> None:
        """Draws the lines anew; the focus stays in the list if it was there."""
        had_focus = any(line.hasFocus() for line in self._lines)
        for line in self._lines:
            self._group.removeButton(line)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(row, row == chosen) for row in rows]
        if had_focus:
            self.focus()

    def focus(self) -> bool:
        """Puts the focus on the chosen line; False where there is none."""
        for line in self._lines:
            if line.isChecked():
                line.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _line(self, row: CodingRow, chosen: bool) -> OfficerRow:
        line = OfficerRow(self._theme, row)
        self._group.addButton(line)
        self._column.addWidget(line)
        line.setChecked(chosen)
        line.clicked.connect(lambda *_: self.focused.emit(row))
        return line
