"""A sheet's page as cells: read-only, plain text, one page's rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from evidencebox.model.documents import Page
from evidencebox.model.layout import cell_starts, cells
from evidencebox.ui.cell_marks import CellMarks, CellPainter
from evidencebox.ui.languages import tr
from evidencebox.ui.marks import Marks, Range, show_words
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme

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
        self.marks = CellMarks()

    def show_rows(self, rows: list[list[str]], starts: Sequence[Sequence[int]] = ()) -> None:
        """Takes other rows, and where their cells begin in the text; none clears it."""
        self.beginResetModel()
        self._rows, self.marks = rows, CellMarks(starts)
        self._columns = min(_COLUMNS, max(map(len, rows), default=0))
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.marks.words((index.row(), index.column())) or None
        if role != Qt.ItemDataRole.DisplayRole:
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

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cells = CellsModel(self)
        self.setModel(self.cells)
        self._painter = CellPainter(theme)
        self.setItemDelegate(self._painter)
        theme.changed.connect(self.viewport().update)
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
        if page is None:
            self.clear()
            return
        self.cells.show_rows(cells(page), cell_starts(page))
        self._painter.marks, self._painter.framed = self.cells.marks, None
        for column in range(min(self.cells.columnCount(), _MEASURED_COLUMNS)):
            self.resizeColumnToContents(column)
        self.scrollToTop()

    def show_marks(self, marks: Marks, bring: bool = True) -> None:
        """Shows what is marked in the cells; `bring` brings the current hit's into sight."""
        self.cells.marks.take(marks)
        current = None if marks.current is None else marks.hits[marks.current]
        self._frame(current, bring)

    def show_focus(self, place: Range) -> None:
        """Frames the cell of one of the marks, and brings it into sight."""
        self._frame(place, bring=True)

    def _frame(self, place: Range | None, bring: bool) -> None:
        found = self.cells.marks.cells(place) if place is not None else []
        self._painter.framed = found[0] if found else None
        if found and bring:
            index = self.cells.index(*found[0])
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self.viewport().update()

    def spot(self) -> QRect:
        """Where the framed cell stands in the viewport; empty where there is none."""
        framed = self._painter.framed
        return QRect() if framed is None else self.visualRect(self.cells.index(*framed))

    def clear(self) -> None:
        """Forgets what was there."""
        self.cells.show_rows([])
        self._painter.marks, self._painter.framed = self.cells.marks, None

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            at = event.pos()  # type: ignore[attr-defined]
            index = self.indexAt(at)
            show_words(self.viewport(), at, self.cells.marks.words((index.row(), index.column())))
            return True
        return super().viewportEvent(event)
