"""What is marked in the cells of a sheet: from places in its text to cells, and how they look."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidencebox.ui.marks import DATA, HITS, PEOPLE, Mark, Range, paint_double_line
from evidencebox.ui.theme import Theme

Cell = tuple[int, int]
"""Row and column, from 0."""


class CellMarks:
    """The marks of one page, by cell."""

    def __init__(self, starts: Sequence[Sequence[int]] = ()) -> None:
        """`starts`: where each cell begins in the page's text."""
        self._starts = starts
        self._rows = [row[0] for row in starts]
        self._by_cell: dict[Cell, list[Mark]] = {}

    def take(self, marks: Sequence[Mark]) -> None:
        """Takes what is marked; a stretch over several cells is in each of them."""
        found: dict[Cell, list[Mark]] = defaultdict(list)
        for mark in marks:
            for cell in self.cells(mark.place):
                found[cell].append(mark)
        self._by_cell = dict(found)

    def cells(self, place: Range) -> list[Cell]:
        """The cells that a stretch of the text touches."""
        start, end = place
        row = bisect_right(self._rows, start) - 1
        found = []
        while 0 <= row < len(self._rows) and self._rows[row] < end:
            starts = self._starts[row]
            first = max(0, bisect_right(starts, start) - 1)
            stop = next((n for n in range(first, len(starts)) if starts[n] >= end), len(starts))
            found += [(row, column) for column in range(first, stop)]
            row += 1
        return found

    def at(self, cell: Cell) -> list[Mark]:
        """What is marked in a cell."""
        return self._by_cell.get(cell, [])

    def words(self, cell: Cell) -> str:
        """The same in words, a line for each."""
        return "\n".join(dict.fromkeys(mark.words for mark in self.at(cell)))


class CellPainter(QStyledItemDelegate):
    """A cell on the ground of what is marked in it, with the sign of each kind at its foot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.marks = CellMarks()
        self.framed: Cell | None = None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell = index.row(), index.column()
        kinds = {mark.kind for mark in self.marks.at(cell)}
        tokens, box = self._theme.tokens, QRectF(option.rect)
        grounds = ((HITS, tokens.hit), (DATA, tokens.exposed), (PEOPLE, tokens.officer))
        ground = next((colour for kind, colour in grounds if kind in kinds), None)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        shown = QStyleOptionViewItem(option)
        if ground is not None:
            painter.fillRect(box, QColor(ground))
            # The colour of what is chosen would hide it; its frame says as much.
            shown.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, shown, index)
        foot = box.adjusted(2, 0, -3, -2)
        painter.save()
        if PEOPLE in kinds:
            painter.setPen(QPen(QColor(tokens.officer_line), 1.4))
            painter.drawLine(foot.bottomLeft(), foot.bottomRight())
        if DATA in kinds:
            paint_double_line(painter, foot, QColor(tokens.exposed_line))
        if cell == self.framed or (chosen and ground is not None):
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()
