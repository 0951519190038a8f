"""What is marked in the cells of a sheet: from places in its text to cells, and how they look."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidencebox.ui.marks import DATA, HITS, PEOPLE, TAGGED, Marks, Range, paint_double_line
from evidencebox.ui.theme import Theme

Cell = tuple[int, int]
"""Row and column, from 0."""


class CellMarks:
    """The marks of one page, by cell."""

    def __init__(self, starts: Sequence[Sequence[int]] = ()) -> None:
        """`starts`: where each cell begins in the page's text."""
        self._starts = starts
        self._rows = [row[0] for row in starts]
        self._marks = Marks()
        self._by_cell: dict[Cell, list[int]] = {}

    def take(self, marks: Marks) -> None:
        """Takes what is marked; a stretch over several cells is in each of them."""
        found: dict[Cell, list[int]] = defaultdict(list)
        for number, place in enumerate(marks.places if self._rows else ()):
            for cell in self.cells(place):
                found[cell].append(number)
        self._marks, self._by_cell = marks, dict(found)

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

    def kinds(self, cell: Cell) -> set[str]:
        """Which kinds of marks stand in a cell."""
        return {self._marks.kind(number) for number in self._by_cell.get(cell, ())}

    def words(self, cell: Cell) -> str:
        """What is marked in a cell, a line for each."""
        return "\n".join(dict.fromkeys(map(self._marks.words, self._by_cell.get(cell, ()))))


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
        kinds = self.marks.kinds(cell)
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
        if TAGGED in kinds:
            painter.setPen(QPen(QColor(tokens.accent), 1.6, Qt.PenStyle.DotLine))
            painter.drawLine(foot.bottomLeft(), foot.bottomRight())
        if cell == self.framed or (chosen and ground is not None):
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()
