"""A list of queries run as one batch: hits for each, every line, and a way into each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from evidencebox.errors import UserError
from evidencebox.model.views import ListLine, ListReport
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import told, tr
from evidencebox.ui.rows import RowsModel, RowsTable
from evidencebox.ui.session import Session

COLUMNS = ("Line", "Name", "Query", "Documents", "Only here", "With families", "Problem")
ROSTER = "roster"
_NUMBERS = (0, 3, 4, 5)
_WIDTHS = (48, 150, 240, 90, 90, 110)
_EMPTY = ListReport((), 0, 0, 0.0)


def query_cells(line: ListLine) -> tuple[str, ...]:
    """What stands in the columns of a query; no figures where it was not understood."""
    counts = (len(line.documents), line.unique, line.with_families)
    figures = ("", "", "") if line.error else tuple(f"{count:,}" for count in counts)
    return (str(line.line), line.label, line.query, *figures, line.error)


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
        self._report = _EMPTY
        self.model = RowsModel([tr(each) for each in COLUMNS], query_cells, _NUMBERS)
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
        self.table = RowsTable(self.model, tr("Queries of the list"), _WIDTHS)
        self.table.doubleClicked.connect(lambda _: self._open_line())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
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
        self._report = report
        self.model.show(report.lines)
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
        lines = self.model.rows
        self.go.setEnabled(0 <= place < len(lines) and not lines[place].error)

    def _open_line(self) -> None:
        if self.go.isEnabled():
            self.searched.emit(self.model.rows[self.table.currentIndex().row()].query)
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
            self._report,
            file,
            then=lambda _: self.said.setText(done),
            refused=self._refused,
        )
