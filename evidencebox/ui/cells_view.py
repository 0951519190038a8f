"""A sheet's page as cells: read-only, plain text, one page's rows at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from evidencebox.model.documents import Page
from evidencebox.model.layout import cells
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line

Index = QModelIndex | QPersistentModelIndex
LONGEST = 2_000
"""Characters of a cell that are shown; the Text tab has them all."""
_COLUMNS = 1_024
_WIDTH, _HEIGHT = 120, 26
_WIDEST = 420
_MEASURED_COLUMNS, _MEASURED_ROWS = 60, 100
"""Cells that are measured for the width of columns: a hostile sheet has thousands of each."""
_ROOT = QModelIndex()


def column_name(number: int) -> str:
    """A, B, … Z, AA: as every sheet names them."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class CellsModel(QAbstractTableModel):
    """The cells of one page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[str]] = []
        self._columns = 0

    def show_rows(self, rows: list[list[str]]) -> None:
        """Takes other rows; none clears it."""
        self.beginResetModel()
        self._rows = rows
        self._columns = min(_COLUMNS, max(map(len, rows), default=0))
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows[index.row()]
        return one_line(row[index.column()][:LONGEST]) if index.column() < len(row) else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        across = orientation is Qt.Orientation.Horizontal
        return column_name(section) if across else str(section + 1)


class CellsView(QTableView):
    """The page of a sheet that is open."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = CellsModel(self)
        self.setModel(self.cells)
        self.setAccessibleName(tr("Cells"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setAccessibleName(tr("Columns of the sheet"))
        across.setDefaultSectionSize(_WIDTH)
        across.setMaximumSectionSize(_WIDEST)
        across.setResizeContentsPrecision(_MEASURED_ROWS)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setDefaultSectionSize(_HEIGHT)
        # Rows that the sheet leaves out are not on the page either: a number would be a wrong one.
        down.setVisible(False)
        for head in (across, down):
            head.setHighlightSections(False)
            head.setSectionsClickable(False)

    def show_page(self, page: Page | None) -> None:
        """Shows the rows of a page, from the first."""
        self.cells.show_rows(cells(page) if page is not None else [])
        for column in range(min(self.cells.columnCount(), _MEASURED_COLUMNS)):
            self.resizeColumnToContents(column)
        self.scrollToTop()

    def clear(self) -> None:
        """Forgets what was there."""
        self.cells.show_rows([])
