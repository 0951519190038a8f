"""Asking for passwords of encrypted documents. What is typed leaves the line once it is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from evidencebox.model.passwords import LONGEST
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import several, told, tr

_WORDS = (
    "They are kept encrypted in the case, and handed only to a reader whose document turned out to "
    "be locked. From now on an import tries them at once."
)


class PasswordDialog(Dialog):
    """One line at a time, or a file with one password a line.

    Signals:
        given(str): a password that was typed.
        chosen(Path): a file with passwords.
        retry_asked(): what is locked is to be tried again.
    """

    given = Signal(str)
    chosen = Signal(object)
    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Passwords of documents"))
        self.resize(520, 260)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Passwords of documents"), "display"))
        body.addWidget(label(tr(_WORDS), "secondary", wrap=True))
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Password"))
        self.line.setPlaceholderText(tr("A password that may have been used"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.line.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
        self.line.returnPressed.connect(self._give)
        self._add = button(tr("Add"), clicked=self._give)
        self._file = button(tr("From a file…"), "", tr("Add passwords from a file"), self._choose)
        body.addLayout(row(self.line, self._add, self._file))
        self._said = label("", "secondary", wrap=True)
        body.addWidget(self._said)
        body.addStretch(1)
        self.retry = button(tr("Try what is locked"), "primary", clicked=self._retry)
        body.addLayout(row(None, button(tr("Close"), clicked=self.reject), self.retry))

    def say(self, added: int, known: int) -> None:
        """How many were new, and how many the case knows now."""
        first = several(added, "1 password added", "%1 passwords added")
        first = first if added else tr("It was known already")
        self._said.setText(told("%1; the case knows %2.", first, known))

    def complain(self, sentence: str) -> None:
        """Why nothing was added."""
        self._said.setText(sentence)

    def _give(self) -> None:
        typed = self.line.text()
        self._forget()
        if typed:
            self.given.emit(typed)

    def _forget(self) -> None:
        # Not `clear`, which would keep it for an undo.
        self.line.setText("")

    def _choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, tr("Passwords, one a line"))
        if file:
            self.chosen.emit(Path(file))

    def _retry(self) -> None:
        self._give()
        self.retry_asked.emit()
        self.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        self._forget()
        super().hideEvent(event)
