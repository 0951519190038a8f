"""A list in a dialog, a thing a row: it is read, chosen from and led on from, never written in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import grown, scaled

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")

_WHOLE = 110
"""A column as narrow as this holds what must be read whole."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Things of one kind, each in as many cells as there are titles."""

    def __init__(
        self,
        titles: Sequence[str],
        cells: Callable[[Row], Sequence[str]],
        figures: Collection[int] = (),
    ) -> None:
        """`figures`: columns of numbers, which stand at the right."""
        super().__init__()
        self._titles, self._cells, self._figures = titles, cells, figures
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Takes the list."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        return self._titles[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._figures:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        # What is cut short can be read where the pointer rests.
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return one_line(self._cells(self.rows[index.row()])[index.column()])
        return None


class RowsTable(QTableView):
    """Shows such a list; the last column takes the room that is left."""

    def __init__(self, model: RowsModel[Row], name: str, widths: Sequence[int]) -> None:
        """`widths`: of the columns but the last, in pixels at letters of 100 %."""
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(grown(30))
        head = self.horizontalHeader()
        head.setAccessibleName(tr("Columns"))
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        last = model.columnCount() - 1
        for section, width in enumerate(widths[:last]):
            # Badges, ids and levels are read whole; names and words may end in dots.
            self.setColumnWidth(section, scaled(width) if width <= _WHOLE else grown(width))
        head.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
