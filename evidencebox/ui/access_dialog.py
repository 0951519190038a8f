"""What opens the case for whoever has it open: his passphrase, the key store, the recovery code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from evidencebox.errors import UserError
from evidencebox.model.exposure import Ways
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.card import CapsHint
from evidencebox.ui.creating import RecoveryPage
from evidencebox.ui.languages import tr
from evidencebox.ui.sayings import sentence
from evidencebox.ui.session import Session
from evidencebox.ui.strength import passphrase_mistake, strength_words

KEY_STORE = (
    "Whoever is logged in to this computer as you could then open the case without its passphrase. "
    "A window that was locked, and every export, ask for the passphrase all the same."
)
CODE = (
    "The code on your paper opens the case when a passphrase is lost. Where the paper was seen or "
    "lost, make another: the old one is void at once."
)


def secret_line(body: QVBoxLayout, name: str) -> QLineEdit:
    """A named line that shows dots."""
    body.addWidget(label(name, "strong"))
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    body.addWidget(made)
    return made


class AccessDialog(Dialog):
    """The passphrase as it is now stands first: every change of a way in asks for it.

    Signals:
        changed(str): what was done, in words.
    """

    changed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._access = session, session.desk.access
        self.setWindowTitle(tr("Passphrase, key store and recovery code"))
        body = column(self, (24, 22, 24, 20), 10)
        body.addStrut(520)
        body.addWidget(label(self.windowTitle(), "display"))
        self.now = secret_line(body, tr("Your passphrase, as it is now"))
        self._add_passphrase(body)
        self._add_key_store(body)
        self._add_code(body)
        self.said = label("", "secondary", wrap=True)
        self.said.setAccessibleName(tr("What was just done"))
        body.addWidget(self.said)
        body.addStretch(1)
        close = button(tr("Close"), "primary", clicked=self.accept)
        body.addLayout(row(None, close))
        self.finished.connect(lambda _: self._leave())
        self._show(Ways(here=False, key_stores=0, manages=False))
        self._read()

    def _add_passphrase(self, body: QVBoxLayout) -> None:
        self.first = secret_line(body, tr("New passphrase"))
        strength = label("", "small", wrap=True)
        strength.setAccessibleName(tr("Strength of the passphrase"))
        strength.hide()
        body.addWidget(strength)
        self.first.textChanged.connect(lambda text: strength.setText(strength_words(text)))
        self.first.textChanged.connect(lambda text: strength.setVisible(bool(text)))
        self.again = secret_line(body, tr("New passphrase, once more"))
        body.addWidget(CapsHint(self.now, self.first, self.again))
        self.change = button(tr("Change the passphrase"), clicked=self._change)
        body.addLayout(row(None, self.change))

    def _add_key_store(self, body: QVBoxLayout) -> None:
        self.use = button(tr("Let it open the case"), clicked=self._use)
        self.leave = button(tr("No key store any more"), clicked=self._give_up)
        self._part(body, tr("Key store of this computer"), tr(KEY_STORE), self.leave, self.use)

    def _add_code(self, body: QVBoxLayout) -> None:
        self.renew = button(tr("Make a new recovery code"), clicked=self._renew)
        self._part(body, tr("Recovery code"), tr(CODE), self.renew)

    @staticmethod
    def _part(body: QVBoxLayout, title: str, words: str, *buttons: QPushButton) -> None:
        body.addWidget(label(title, "strong"))
        body.addWidget(label(words, "secondary", wrap=True))
        body.addLayout(row(None, *buttons))

    # What is asked

    def _read(self) -> None:
        self._session.read("ways", self._access.ways, then=self._show)

    def _show(self, ways: Ways) -> None:
        self.change.setEnabled(True)
        self.use.setEnabled(not ways.here)
        self.leave.setEnabled(ways.key_stores > 0)
        self.renew.setEnabled(ways.manages)

    def _change(self) -> None:
        mistake = passphrase_mistake(self.first.text(), self.again.text())
        if self._confirmed() and not self._complains(mistake):
            self._run(self._access.change_passphrase, self.now.text(), self.first.text())

    def _use(self) -> None:
        if self._confirmed():
            self._run(self._access.use_key_store, self.now.text())

    def _give_up(self) -> None:
        self._run(self._access.leave_key_stores)

    def _renew(self) -> None:
        if self._confirmed():
            self._run(self._access.new_code, self.now.text(), then=self._show_code)

    def _show_code(self, code: str) -> None:
        self._forget()
        self.said.setText("")
        dialog = CodeDialog(code, self)
        said = tr("The new recovery code is on your paper; the old one opens this case no more.")
        dialog.accepted.connect(lambda: self._tell(said))
        dialog.open()

    def _confirmed(self) -> bool:
        if self.now.text():
            return True
        self.now.setFocus()
        self._complains(tr("Type your passphrase as it is now, in the first line."))
        return False

    def _complains(self, mistake: str) -> bool:
        if mistake:
            self.said.setText(mistake)
        return bool(mistake)

    def _run(
        self, verb: Callable[..., str], *about: str, then: Callable[[str], None] | None = None
    ) -> None:
        # A passphrase is stretched for about a second: nothing is pressed twice meanwhile.
        self.said.setText(tr("One moment…"))
        for each in (self.change, self.use, self.leave, self.renew):
            each.setEnabled(False)
        self._session.write(
            verb, *about, then=then or self._done, refused=self._refused, failed=self._failed
        )
        # Behind it in time, so that the buttons stand as things are when it is done.
        self._session.write(self._access.ways, then=self._show)

    def _done(self, said: str) -> None:
        self._forget()
        self._tell(sentence(said))

    def _tell(self, words: str) -> None:
        self.said.setText(words)
        self.changed.emit(words)

    def _refused(self, error: UserError) -> None:
        self.said.setText(sentence(str(error)))

    def _failed(self, _: Exception) -> None:
        # What is to be said of it follows; a slip is mended in the first line.
        self.said.setText("")
        self.now.selectAll()
        self.now.setFocus()

    def _forget(self) -> None:
        for line in (self.now, self.first, self.again):
            # Not `clear`, which would keep it for an undo.
            line.setText("")

    def _leave(self) -> None:
        self._forget()
        self._session.forget("ways")


class CodeDialog(Dialog):
    """Shows a new recovery code, and asks it back before it says that it is on paper."""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Recovery code"))
        self.resize(560, 420)
        self.page = RecoveryPage()
        self.page.confirmed.connect(self.accept)
        column(self, (0, 0, 0, 0)).addWidget(self.page)
        self.page.show_code(code)


class ReviewerDialog(Dialog):
    """Somebody is added to the case, or taken out of it: with the passphrase of who does it.

    Signals:
        given(str, str, str): name, the newcomer's passphrase (empty: he is taken out), one's own.
    """

    given = Signal(str, str, str)

    def __init__(self, leaving: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaving = leaving
        title = tr("Take out %1").replace("%1", leaving) if leaving else tr("Add a reviewer")
        self.setWindowTitle(title)
        body = column(self, (24, 22, 24, 20), 10)
        body.addStrut(420)
        body.addWidget(label(title, "display", wrap=True))
        if leaving:
            words = tr("Decisions stay, with their author. Nothing opens this case for them then.")
            body.addWidget(label(words, "secondary", wrap=True))
        else:
            self._add_newcomer(body)
        self.own = secret_line(body, tr("Your own passphrase"))
        self.problem = label("", "danger", wrap=True)
        self.problem.setAccessibleName(tr("Problem"))
        body.addWidget(self.problem)
        body.addStretch(1)
        words = tr("Take out") if leaving else tr("Add")
        self.go = button(words, "danger" if leaving else "primary", clicked=self._give)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.go))

    def _add_newcomer(self, body: QVBoxLayout) -> None:
        words = tr("They type a passphrase of their own here, which nobody else needs to know.")
        body.addWidget(label(words, "secondary", wrap=True))
        body.addWidget(label(tr("Name"), "strong"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name"))
        body.addWidget(self.name)
        self.first = secret_line(body, tr("Their passphrase"))
        self.again = secret_line(body, tr("Their passphrase, once more"))
        body.addWidget(CapsHint(self.first, self.again))

    def _mistake(self) -> str:
        if not self._leaving:
            if not self.name.text().strip():
                return tr("Give their name: it stands beside every decision.")
            if mistake := passphrase_mistake(self.first.text(), self.again.text()):
                return mistake
        return "" if self.own.text() else tr("Type your own passphrase.")

    def _give(self) -> None:
        mistake = self._mistake()
        self.problem.setText(mistake)
        if mistake:
            return
        if self._leaving:
            self.given.emit(self._leaving, "", self.own.text())
        else:
            self.given.emit(self.name.text().strip(), self.first.text(), self.own.text())
        self.accept()
