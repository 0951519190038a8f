"""A new case stands: what it begins with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from evidencebox.ui.bits import button, label, row
from evidencebox.ui.card import Card, alias
from evidencebox.ui.importing import trove_problem
from evidencebox.ui.languages import tr


class BeginPage(Card):
    """A new case stands: where its trove is and who is on the roster, both to be given later too.

    Signals:
        confirmed()
    """

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("What comes first"))
        self.summary = label("", "secondary", wrap=True)
        self.body.addWidget(self.summary)
        self.trove = self._line(tr("Folder of the trove"), self._choose_trove)
        self.body.addWidget(
            label(tr("It is only read, and may be on a removable drive."), "small", wrap=True)
        )
        self.roster = self._line(tr("Roster of officers, CSV or XLSX"), self._choose_roster)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.later = button(tr("Both later"), clicked=self._skip)
        self.begin = button(tr("Begin"), "primary", clicked=self._begin)
        self.body.addSpacing(4)
        self.body.addLayout(row(None, self.later, self.begin))

    def _line(self, name: str, choose: Callable[[], None]) -> QLineEdit:
        self.body.addWidget(label(name, "strong", wrap=True))
        made = QLineEdit()
        made.setAccessibleName(name)
        self.body.addLayout(row(made, button(tr("Choose…"), "", f"{name}: {tr('choose')}", choose)))
        return made

    def about(self, folder: Path | None) -> None:
        """Takes the case that was made."""
        if folder is not None:
            words = tr(
                "The case “%1” was made and is encrypted. Its recovery code is on your paper."
            )
            self.summary.setText(words.replace("%1", alias(folder)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.trove.setFocus()

    def _choose_trove(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the trove"))
        if folder:
            self.trove.setText(folder)

    def _choose_roster(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, tr("Roster"), "", "(*.csv *.xlsx)")
        if file:
            self.roster.setText(file)

    def _skip(self) -> None:
        self.trove.clear()
        self.roster.clear()
        self.confirmed.emit()

    def _begin(self) -> None:
        trove, roster = self.trove.text().strip(), self.roster.text().strip()
        problem = trove_problem(Path(trove).expanduser()) if trove else ""
        if not problem and roster and not Path(roster).expanduser().is_file():
            problem = tr("There is no such roster file.")
        self.complain(problem)
        if not problem:
            self.confirmed.emit()
