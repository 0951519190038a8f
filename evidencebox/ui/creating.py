"""A case is made: where, for whom, behind which passphrase; and its recovery code is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from evidencebox.ui.bits import button, label, row
from evidencebox.ui.card import SUFFIX, CapsHint, Card
from evidencebox.ui.languages import tr
from evidencebox.ui.strength import newcomer_mistake, place_warning, strength_words


class CreatePage(Card):
    """A new case: where, for whom, behind which passphrase.

    Signals:
        submitted(Path, str, str): folder, reviewer's name, passphrase.
        left(): not now.
    """

    submitted = Signal(object, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Create a case"))
        self.name = self.field(tr("Name of the case"))
        self.body.addWidget(label(tr("Kept in"), "strong"))
        self.place = QLineEdit(str(Path.home()))
        self.place.setAccessibleName(tr("Folder the case is kept in"))
        browse = button(
            tr("Choose…"), "", tr("Choose the folder the case is kept in"), self._choose
        )
        self.body.addLayout(row(self.place, browse))
        self.warning = label("", "danger", wrap=True)
        self.warning.setAccessibleName(tr("About this folder"))
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.place.textChanged.connect(lambda _: self._warn())
        self.reviewer = self.field(tr("Your name, as it stands beside every decision"))
        self.first = self.field(tr("Passphrase"), secret=True)
        self.strength = label("", "small", wrap=True)
        self.strength.setAccessibleName(tr("Strength of the passphrase"))
        self.body.addWidget(self.strength)
        self.first.textChanged.connect(lambda text: self.strength.setText(strength_words(text)))
        self.again = self.field(tr("Passphrase, once more"), secret=True)
        self.body.addWidget(CapsHint(self.first, self.again))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.make = button(tr("Create"), "primary", clicked=self._submit)
        back = button(tr("Back"), clicked=self.left.emit)
        self.body.addSpacing(4)
        self.body.addLayout(row(None, back, self.make))

    def work(self, on: bool) -> None:
        super().work(on)
        self.make.setEnabled(not on)
        self.make.setText(tr("Creating…") if on else tr("Create"))

    def _warn(self) -> None:
        warning = place_warning(Path(self.place.text()).expanduser())
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def folder(self) -> Path:
        """The case folder as typed."""
        return Path(self.place.text()).expanduser() / f"{self.name.text().strip()}{SUFFIX}"

    def mistake(self) -> str:
        """What is missing, in one sentence; empty where nothing is."""
        name = self.name.text().strip()
        if not name or any(char in name for char in '/\\:*?"<>|'):
            return tr('Give the case a name without any of / \\ : * ? " < > |.')
        if self.folder().exists():
            return tr("A case of this name is there already. Choose another name.")
        return newcomer_mistake(self.reviewer.text(), self.first.text(), self.again.text())

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Keep the case in"), self.place.text())
        if folder:
            self.place.setText(folder)

    def _submit(self) -> None:
        mistake = self.mistake()
        self.complain(mistake)
        if not mistake:
            name = self.reviewer.text().strip()
            self.submitted.emit(self.folder(), name, self.first.text())

    def hideEvent(self, event: QHideEvent) -> None:
        self.first.clear()
        self.again.clear()
        super().hideEvent(event)


def same_code(shown: str, typed: str) -> bool:
    """True where a code was typed as shown, whatever the case, blanks and dashes."""

    def bare(text: str) -> str:
        kept = unicodedata.normalize("NFKC", text).casefold()
        return "".join(char for char in kept if char.isalnum())

    return bool(bare(shown)) and bare(shown) == bare(typed)


def in_lines(code: str, groups: int = 4) -> str:
    """A code with four of its groups on each line, as it is best copied by hand."""
    parts = code.split("-")
    lines = ["-".join(parts[i : i + groups]) for i in range(0, len(parts), groups)]
    return "\n".join(lines)


class RecoveryPage(Card):
    """Shows the recovery code once, and asks it back before it lets go.

    Signals:
        confirmed(): it was typed back.
    """

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Recovery code"),
            tr(
                "It opens the case when the passphrase is lost. Write it on paper and keep it "
                "somewhere else: it is shown this once."
            ),
        )
        self._shown = ""
        self.code = label("", "code", wrap=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName(tr("Recovery code"))
        self.body.addWidget(self.code)
        self.noted = button(tr("I have written it down"), "primary", clicked=self._ask_back)
        self.typed = QLineEdit()
        self.typed.setAccessibleName(tr("Recovery code, typed back"))
        self.typed.setPlaceholderText(tr("Type the code from your paper"))
        self.typed.returnPressed.connect(self._check)
        self.again = button(tr("Show it again"), clicked=self._show_again)
        self.check = button(tr("Confirm"), "primary", clicked=self._check)
        self.body.addWidget(self.typed)
        self.body.addWidget(self.problem)
        self.body.addLayout(row(None, self.again, self.noted, self.check))

    def show_code(self, code: str) -> None:
        """Takes the code of a new case."""
        self._shown = code
        self._show_again()

    def _show_again(self) -> None:
        self.code.setText(in_lines(self._shown))
        self._side(asking=False)
        self.noted.setFocus()

    def _ask_back(self) -> None:
        self.code.clear()
        self.typed.clear()
        self._side(asking=True)
        self.typed.setFocus()

    def _side(self, asking: bool) -> None:
        self.complain("")
        for widget in (self.typed, self.again, self.check):
            widget.setVisible(asking)
        self.code.setVisible(not asking)
        self.noted.setVisible(not asking)

    def _check(self) -> None:
        if not same_code(self._shown, self.typed.text()):
            self.complain(tr("This is not the code. Compare it with your paper, or show it again."))
            return
        self._shown = ""
        self.typed.clear()
        self.confirmed.emit()
