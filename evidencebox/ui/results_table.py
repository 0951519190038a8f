"""The list of results: one line a document."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
)

from evidencebox.model.ids import DocumentId
from evidencebox.model.views import RELEVANCE
from evidencebox.ui.languages import tr
from evidencebox.ui.results_model import (
    COLUMNS,
    DATE,
    HARM,
    ID,
    NAME,
    OFFICERS,
    REVIEWED,
    TYPE,
    ResultsModel,
)
from evidencebox.ui.row_delegate import RowDelegate
from evidencebox.ui.theme import Theme, grown, scaled

ROW_HEIGHT = 32
_WIDTHS = {REVIEWED: 32, ID: 136, DATE: 104, TYPE: 88, OFFICERS: 128, HARM: 72}
_SORTS = {NAME: "name", DATE: "date", HARM: "harm"}
_NARROWEST = {TYPE: 740, DATE: 560, OFFICERS: 460, ID: 340}
PILLS = len(COLUMNS)
"""No column: labels and categories, which stand behind the name."""
OPTIONAL = (ID, DATE, TYPE, OFFICERS, HARM, PILLS)
"""What a reviewer may do without, by the menu of the head."""
_NAMES = (*COLUMNS, "Labels")


class ResultsTable(QTableView):
    """One row at a time is current; moving to a row opens its document.

    Signals:
        chosen(str): the document that became current.
        entered(): Enter was pressed on it.
        columns_chosen(list): these of the columns that one may do without are wanted.
        sorted(str): another order was asked for, as `date` or `-date`; "relevance" for the first.
    """

    chosen = Signal(str)
    entered = Signal()
    sorted = Signal(str)
    columns_chosen = Signal(list)

    def __init__(self, theme: Theme, model: ResultsModel) -> None:
        super().__init__()
        self._results = model
        self._sort = RELEVANCE
        self.wanted = frozenset(OPTIONAL)
        self.setModel(model)
        self._rows = RowDelegate(theme, self)
        self.setItemDelegate(self._rows)
        self.setAccessibleName(tr("Results"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_headers()
        self.selectionModel().currentRowChanged.connect(self._moved)
        theme.changed.connect(self._fit)
        theme.changed.connect(self.viewport().update)

    def _dress_headers(self) -> None:
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setAccessibleName(tr("Columns"))
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort_by)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._column_menu)
        head.setToolTip(tr("Click to sort: up, down, then by relevance"))
        head.setMinimumSectionSize(32)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in _WIDTHS:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._fit()

    def _fit(self) -> None:
        """Rows and columns as large as the letters ask."""
        self.verticalHeader().setDefaultSectionSize(grown(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(grown(30))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width if column == REVIEWED else grown(width))
        self._show_columns(self.width())

    def _sort_by(self, column: int) -> None:
        """Up, down, and back to relevance; columns that have no order do nothing."""
        key = _SORTS.get(column)
        if key is None:
            return
        turns = {key: f"-{key}", f"-{key}": RELEVANCE}
        self.sorted.emit(turns.get(self._sort, key))

    def show_sort(self, sort: str) -> None:
        """Marks the column that the rows are sorted by."""
        self._sort = sort
        column = next((c for c, key in _SORTS.items() if key == sort.removeprefix("-")), None)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(column is not None)
        if column is not None:
            down = Qt.SortOrder.DescendingOrder
            order = down if sort.startswith("-") else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(column, order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list keeps the names legible, and lets go of what the viewer says too."""
        self._show_columns(event.size().width())
        super().resizeEvent(event)

    def show_columns(self, chosen: Iterable[int]) -> None:
        """Which of the columns that one may do without are wanted."""
        self.wanted = frozenset(chosen)
        self._show_columns(self.width())

    def _show_columns(self, width: int) -> None:
        self._rows.with_pills = PILLS in self.wanted
        self.viewport().update()
        for column in OPTIONAL[:-1]:
            narrow = width < scaled(_NARROWEST.get(column, 0))
            self.setColumnHidden(column, narrow or column not in self.wanted)

    def _column_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Columns"))
        for column in OPTIONAL:
            on = column in self.wanted
            mark = "  \u2713" if on else ""
            action = menu.addAction(f"{tr(_NAMES[column])}{mark}")
            action.triggered.connect(lambda *_, which=column: self._toggle_column(which))
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _toggle_column(self, column: int) -> None:
        self.show_columns(self.wanted ^ {column})
        self.columns_chosen.emit(sorted(self.wanted))

    @property
    def document(self) -> DocumentId | None:
        """The current row's document."""
        row = self.currentIndex().row()
        ids = self._results.ids
        return ids[row] if 0 <= row < len(ids) else None

    def go(self, row: int) -> bool:
        """Makes a row current; False where there is no such row."""
        if not 0 <= row < len(self._results.ids):
            return False
        index = self._results.index(row, NAME)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)
        return True

    def toggle_mark(self) -> None:
        """Marks the current row, or no longer."""
        if self.document is not None:
            self._results.toggle_mark(self.document)

    def step(self, by: int) -> bool:
        """Moves up or down from the current row."""
        row = self.currentIndex().row()
        return self.go(row + by if row >= 0 else 0)

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and self.document is not None:
            self.chosen.emit(self.document)
