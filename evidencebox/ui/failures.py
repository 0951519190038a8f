"""The files that could not be read, or not wholly: each with its stage and its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from evidencebox.model.views import Failure
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import told, tr
from evidencebox.ui.rows import RowsModel, RowsTable
from evidencebox.ui.sayings import sentence

COLUMNS = ("File", "Status", "Stage", "Reason")
_WIDTHS = (270, 100, 80)


def failure_cells(failure: Failure) -> tuple[str, ...]:
    """What stands in the columns of a file."""
    status = tr(failure.status.capitalize())
    return (failure.path, status, failure.stage, sentence(failure.reason))


class FailuresDialog(Dialog):
    """The list.

    Signals:
        opened(str): a document was chosen, to see what was read of it.
        retry_asked(list | None): these documents are to be read again; None: all.
        passwords_asked(): passwords are to be added.
    """

    opened = Signal(str)
    retry_asked = Signal(object)
    passwords_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Files that need a look"))
        self.resize(900, 520)
        self._model = RowsModel([tr(each) for each in COLUMNS], failure_cells)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Files that need a look"), "display"))
        words = tr(
            "These could not be read, or not wholly. They stay in the case, and can be found by "
            "name, path and hash."
        )
        body.addWidget(label(words, "secondary", wrap=True))
        self.table = RowsTable(self._model, tr("Files that need a look"), _WIDTHS)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.doubleClicked.connect(lambda _: self._choose())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        body.addWidget(self.table, 1)
        self._none = label(tr("Every file was read."), "secondary")
        body.addWidget(self._none)
        self._open = button(tr("Open document"), clicked=self._choose)
        self.passwords = button(tr("Add passwords…"), clicked=self._ask_passwords)
        self.one = button(tr("Retry this one"), clicked=self._retry_one)
        self.alike = button("", clicked=self._retry_alike)
        self.all = button(tr("Retry all"), clicked=lambda: self._retry(None))
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(self.passwords, None, self.one, self.alike, self.all))
        body.addLayout(row(None, self._open, close))
        self.show_failures(())

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Takes the list."""
        self._model.show(failures)
        self.table.setVisible(bool(failures))
        self._none.setVisible(not failures)
        if failures:
            self.table.selectRow(0)
        self._offer()

    def _current(self) -> Failure | None:
        number = self.table.currentIndex().row()
        return self._model.rows[number] if 0 <= number < len(self._model.rows) else None

    def _offer(self) -> None:
        current = self._current()
        has_document = current is not None and current.document is not None
        self._open.setVisible(has_document)
        self.one.setVisible(has_document)
        alike = self._alike()
        self.alike.setVisible(1 < len(alike) < len(self._model.rows))
        words = (
            told("Retry all: %1 (%2)", tr(current.status.capitalize()), len(alike))
            if current is not None
            else tr("Retry")
        )
        self.alike.setText(words)
        self.alike.setAccessibleName(words)
        self.all.setVisible(bool(self._model.rows))

    def _alike(self) -> list[str]:
        """The documents with the status of the chosen one."""
        current = self._current()
        status = current.status if current is not None else None
        return [f.document for f in self._model.rows if f.document and f.status == status]

    def _retry_one(self) -> None:
        current = self._current()
        if current is not None and current.document is not None:
            self._retry([current.document])

    def _retry_alike(self) -> None:
        if alike := self._alike():
            self._retry(alike)

    def _retry(self, documents: list[str] | None) -> None:
        self.retry_asked.emit(documents)
        self.accept()

    def _ask_passwords(self) -> None:
        self.accept()
        self.passwords_asked.emit()

    def _choose(self) -> None:
        current = self._current()
        if current is not None and current.document is not None:
            self.opened.emit(current.document)
            self.accept()
