"""A list of queries run as one batch: hits for each, every line, and a way into each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTableView,
    QWidget,
)

from evidencebox.errors import UserError
from evidencebox.model.views import ListReport
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import told, tr
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import grown

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Line", "Name", "Query", "Documents", "Only here", "With families", "Problem")
ROSTER = "roster"
_NUMBERS = (0, 3, 4, 5)
_EMPTY = ListReport((), 0, 0, 0.0)


class ListModel(QAbstractTableModel):
    """One row a query."""

    def __init__(self) -> None:
        super().__init__()
        self.report = _EMPTY

    def show(self, report: ListReport) -> None:
        """Takes a report."""
        self.beginResetModel()
        self.report = report
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.report.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        return tr(COLUMNS[section]) if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self.report.lines[index.row()]
        counts = (len(line.documents), line.unique, line.with_families)
        figures = ("", "", "") if line.error else tuple(f"{count:,}" for count in counts)
        cells = (str(line.line), line.label, line.query, *figures, line.error)
        return one_line(cells[index.column()])


class ListDialog(Dialog):
    """Choose a file or the roster, look at the report, open a line's search, export it all.

    Signals:
        searched(str): a line's query is to be searched for in the window.
    """

    searched = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("Search a list"))
        self.resize(980, 560)
        self.model = ListModel()
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Search a list"), "display"))
        words = tr(
            "A CSV file with a query a line, or a column named query; or a query for each officer "
            "of the roster. A line that cannot be understood is reported, and the others run."
        )
        body.addWidget(label(words, "secondary", wrap=True))
        self._file = button(tr("Choose a file…"), clicked=self._choose_file)
        self._roster = button(tr("Use the roster"), clicked=lambda: self.run(ROSTER))
        body.addLayout(row(self._file, self._roster, None))
        self.table = self._table()
        body.addWidget(self.table, 1)
        self.said = label("", "secondary", wrap=True)
        self.said.setAccessibleName(tr("How the list went"))
        body.addWidget(self.said)
        self.go = button(tr("Open search"), clicked=self._open_line)
        self.export = button(tr("Export…"), clicked=self._choose_export)
        close = button(tr("Close"), "primary", clicked=self.accept)
        body.addLayout(row(None, self.export, self.go, close))
        self._show(_EMPTY)
        self.finished.connect(lambda _: self._session.forget("list"))

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(tr("Queries of the list"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(grown(30))
        head = table.horizontalHeader()
        head.setAccessibleName(tr("Columns"))
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate((48, 150, 240, 90, 90, 110)):
            table.setColumnWidth(section, grown(width))
        head.setSectionResizeMode(6, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(lambda _: self._open_line())
        table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        return table

    def run(self, source: str) -> None:
        """Runs a file's list, or the roster's."""
        self.said.setText(tr("Searching…"))
        for each in (self._file, self._roster):
            each.setEnabled(False)
        self._session.read(
            "list",
            self._session.desk.run_list,
            source,
            then=self._show,
            refused=self._refused,
            failed=lambda _: self._idle(),
        )

    def _show(self, report: ListReport) -> None:
        self._idle()
        self.model.show(report)
        words = ""
        if report.lines:
            words = told(
                "%1 documents for %2 queries, %3 with families.",
                report.total,
                len(report.lines),
                report.with_families,
            )
        if report.failed:
            words += " " + told("Not run: %1.", report.failed)
        self.said.setText(words)
        self.export.setEnabled(bool(report.lines))
        self._offer()

    def _refused(self, error: UserError) -> None:
        self.said.setText(str(error))

    def _idle(self) -> None:
        for each in (self._file, self._roster):
            each.setEnabled(True)

    def _offer(self) -> None:
        place = self.table.currentIndex().row()
        lines = self.model.report.lines
        self.go.setEnabled(0 <= place < len(lines) and not lines[place].error)

    def _open_line(self) -> None:
        if self.go.isEnabled():
            self.searched.emit(self.model.report.lines[self.table.currentIndex().row()].query)
            self.accept()

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self, tr("List of queries"), "", "CSV (*.csv *.txt *.tsv)"
        )
        if file:
            self.run(file)

    def _choose_export(self) -> None:
        file, _ = QFileDialog.getSaveFileName(
            self, tr("Export the report"), "report.csv", "CSV (*.csv)"
        )
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """Writes the report as CSV."""
        done = told("Written to %1. It stands there unencrypted.", file.name)
        self._session.read(
            "list export",
            self._session.desk.write_list,
            self.model.report,
            file,
            then=lambda _: self.said.setText(done),
            refused=self._refused,
        )
