"""A case that is there is opened: by a passphrase or, where that is lost, by the recovery code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from evidencebox.ui.bits import button, label, row
from evidencebox.ui.card import CapsHint, Card, alias
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.languages import tr
from evidencebox.ui.strength import newcomer_mistake


class UnlockPage(Card):
    """Asks for the passphrase of a case.

    Signals:
        submitted(str): the passphrase.
        another_asked(): another case is wanted.
        code_asked(): the passphrase is lost; the recovery code is to open it.
        restore_asked(str): the passphrase, to put a damaged case back from a backup with.
        key_store_asked(): this system's key store is to open it.
    """

    submitted = Signal(str)
    another_asked = Signal()
    code_asked = Signal()
    restore_asked = Signal(str)
    key_store_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Unlock"))
        self.passphrase = self.field(tr("Passphrase"), secret=True)
        self.passphrase.returnPressed.connect(self._submit)
        self.body.addWidget(CapsHint(self.passphrase))
        self.hint = label("", "secondary", wrap=True)
        self.hint.hide()
        self.body.addWidget(self.hint)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.unlock = button(tr("Unlock"), "primary", clicked=self._submit)
        self.another = button(tr("Another case"), "link", clicked=self.another_asked.emit)
        self.lost = button(tr("Passphrase lost"), "link", clicked=self.code_asked.emit)
        self.restore = button(tr("Check backup…"), clicked=self._restore)
        self.restore.setToolTip(tr("Puts back what was decided from the newest backup that holds"))
        self.restore.hide()
        self.body.addWidget(self.restore)
        self.key_store = button(tr("Open by the key store"), clicked=self.key_store_asked.emit)
        self.key_store.setToolTip(tr("The key store of this computer, where it was let open it"))
        self.key_store.hide()
        self.body.addWidget(self.key_store)
        self.body.addSpacing(4)
        links = QWidget()
        flow = FlowLayout(links, 12)
        for each in (self.another, self.lost):
            flow.addWidget(each)
        line = row(links, self.unlock)
        line.setStretch(0, 1)
        self.body.addLayout(line)

    def ask(self, folder: Path) -> None:
        """Asks for a case."""
        self.title.setText(tr("Unlock “%1”").replace("%1", alias(folder)))
        self.hint.hide()
        self.complain("")
        self.restore.hide()
        self.key_store.hide()
        self.passphrase.clear()
        self.passphrase.setFocus()

    def tell(self, words: str) -> None:
        """A quiet line below the passphrase."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def offer_restore(self) -> None:
        """The case is damaged: a backup may be put back."""
        self.restore.show()

    def offer_key_store(self) -> None:
        """A key store is one of the ways into this case."""
        self.key_store.show()

    def _restore(self) -> None:
        if self.passphrase.text() and self.passphrase.isEnabled():
            self.restore_asked.emit(self.passphrase.text())

    def work(self, on: bool) -> None:
        super().work(on)
        self.restore.setEnabled(not on)
        self.key_store.setEnabled(not on)
        self.unlock.setEnabled(not on)
        self.unlock.setText(tr("Unlocking…") if on else tr("Unlock"))
        self.passphrase.setEnabled(not on)
        # The line loses the focus, and what is typed meanwhile must not press what gets it.
        self.another.setEnabled(not on)
        self.lost.setEnabled(not on)

    def complain(self, sentence: str) -> None:
        super().complain(sentence)
        if sentence:
            self.passphrase.selectAll()
            self.passphrase.setFocus()

    def _submit(self) -> None:
        if self.passphrase.text() and self.passphrase.isEnabled():
            self.submitted.emit(self.passphrase.text())

    def hideEvent(self, event: QHideEvent) -> None:
        self.passphrase.clear()
        super().hideEvent(event)


class LostPage(Card):
    """The passphrase is lost: the recovery code, and who gets a new one.

    Signals:
        submitted(str, str, str): code, reviewer's name, new passphrase.
        left(): not now.
    """

    submitted = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Open by the recovery code"),
            tr(
                "You become a reviewer of your own in this case; what was decided under the lost "
                "passphrase keeps its author."
            ),
        )
        self.code = self.field(tr("Recovery code, from your paper"))
        self.reviewer = self.field(tr("Your name, as it stands beside every decision"))
        self.first = self.field(tr("New passphrase"), secret=True)
        self.again = self.field(tr("New passphrase, once more"), secret=True)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.open = button(tr("Open"), "primary", clicked=self._submit)
        back = button(tr("Back"), clicked=self.left.emit)
        self.body.addLayout(row(None, back, self.open))

    def work(self, on: bool) -> None:
        super().work(on)
        self.open.setEnabled(not on)

    def mistake(self) -> str:
        """What is missing, in one sentence; empty where nothing is."""
        if not self.code.text().strip():
            return tr("Type the recovery code from your paper.")
        return newcomer_mistake(self.reviewer.text(), self.first.text(), self.again.text())

    def _submit(self) -> None:
        mistake = self.mistake()
        self.complain(mistake)
        if not mistake:
            self.submitted.emit(self.code.text(), self.reviewer.text().strip(), self.first.text())

    def hideEvent(self, event: QHideEvent) -> None:
        for line in (self.code, self.first, self.again):
            line.clear()
        super().hideEvent(event)
