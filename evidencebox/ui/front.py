"""Before a case is open: welcome, unlock, create, and the recovery code."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
)

from evidencebox.ui.beginning import BeginPage
from evidencebox.ui.bits import button, label, row
from evidencebox.ui.card import SUFFIX, CapsHint, Card, alias
from evidencebox.ui.languages import told, tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.strength import place_warning, strength_words

SHORTEST_PASSPHRASE = 12


class WelcomePage(Card):
    """Nothing is open and nothing was asked for.

    Signals:
        create_asked()
        open_asked(Path)
        sample_asked()
        recent_asked(str): the alias of a case that was open before.
    """

    create_asked = Signal()
    open_asked = Signal(object)
    sample_asked = Signal()
    recent_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            tr("EvidenceBox"),
            tr(
                "Find who was harmed by a leak, how, and on which page. "
                "Everything is kept encrypted in a case on this machine; nothing leaves it."
            ),
        )
        self.new = button(tr("Create a case"), "primary", clicked=self.create_asked.emit)
        self.open = button(tr("Open a case…"), clicked=self._choose)
        self.sample = button(tr("Try the sample case"), clicked=self.sample_asked.emit)
        self.sample.hide()
        for each in (self.new, self.open, self.sample):
            self.body.addWidget(each)
        self.hint = label(tr("In the sample, every name and document is made up."), "secondary")
        self.hint.hide()
        self.body.addWidget(self.hint)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.recent_title = label(tr("Recent cases"), "strong")
        self.recent_title.hide()
        self.body.addSpacing(4)
        self.body.addWidget(self.recent_title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(6)
        self.body.addLayout(self._recent)

    def show_recent(self, aliases: Sequence[str]) -> None:
        """Takes what the cases opened last are called."""
        while (old := self._recent.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name in aliases:
            words = tr("Open the case %1").replace("%1", name)
            made = button(one_line(name), "card", words, partial(self.recent_asked.emit, name))
            self._recent.addWidget(made)
        self.recent_title.setVisible(bool(aliases))

    def offer_sample(self) -> None:
        """There is a sample to be tried."""
        self.sample.show()
        self.hint.show()

    def work(self, on: bool) -> None:
        super().work(on)
        self.sample.setEnabled(not on)
        self.sample.setText(tr("Making the sample, once…") if on else tr("Try the sample case"))

    def choose(self) -> None:
        """Asks for the folder of a case."""
        self._choose()

    def _choose(self) -> None:
        title = tr("A case folder") + f" (…{SUFFIX})"
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.open_asked.emit(Path(folder))


class UnlockPage(Card):
    """Asks for the passphrase of a case.

    Signals:
        submitted(str): the passphrase.
        another_asked(): another case is wanted.
        code_asked(): the passphrase is lost; the recovery code is to open it.
        restore_asked(str): the passphrase, to put a damaged case back from a backup with.
    """

    submitted = Signal(str)
    another_asked = Signal()
    code_asked = Signal()
    restore_asked = Signal(str)

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
        self.body.addSpacing(4)
        self.body.addLayout(row(self.another, self.lost, None, self.unlock))

    def ask(self, folder: Path) -> None:
        """Asks for a case."""
        self.title.setText(tr("Unlock “%1”").replace("%1", alias(folder)))
        self.hint.hide()
        self.complain("")
        self.restore.hide()
        self.passphrase.clear()
        self.passphrase.setFocus()

    def tell(self, words: str) -> None:
        """A quiet line below the passphrase."""
        self.hint.setText(words)
        self.hint.show()

    def offer_restore(self) -> None:
        """The case is damaged: a backup may be put back."""
        self.restore.show()

    def _restore(self) -> None:
        if self.passphrase.text() and self.passphrase.isEnabled():
            self.restore_asked.emit(self.passphrase.text())

    def work(self, on: bool) -> None:
        super().work(on)
        self.restore.setEnabled(not on)
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
        if not self.reviewer.text().strip():
            return tr("Give your name: it stands beside every decision.")
        if len(self.first.text()) < SHORTEST_PASSPHRASE:
            return told("Choose a passphrase of at least %1 characters.", SHORTEST_PASSPHRASE)
        if self.first.text() != self.again.text():
            return tr("The two passphrases are not the same.")
        return ""

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
        if not self.reviewer.text().strip():
            return tr("Give your name: it stands beside every decision.")
        if len(self.first.text()) < SHORTEST_PASSPHRASE:
            return told("Choose a passphrase of at least %1 characters.", SHORTEST_PASSPHRASE)
        if self.first.text() != self.again.text():
            return tr("The two passphrases are not the same.")
        return ""

    def _submit(self) -> None:
        mistake = self.mistake()
        self.complain(mistake)
        if not mistake:
            self.submitted.emit(self.code.text(), self.reviewer.text().strip(), self.first.text())

    def hideEvent(self, event: QHideEvent) -> None:
        for line in (self.code, self.first, self.again):
            line.clear()
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


class Front(QStackedWidget):
    """The pages."""

    def __init__(self) -> None:
        super().__init__()
        self.welcome, self.unlock = WelcomePage(), UnlockPage()
        self.making, self.recovery = CreatePage(), RecoveryPage()
        self.lost, self.beginning = LostPage(), BeginPage()
        pages = (self.welcome, self.unlock, self.making, self.recovery, self.lost, self.beginning)
        for page in pages:
            self.addWidget(page)

    def show_page(self, page: Card) -> None:
        """Brings a page to the front, with no old complaint."""
        page.complain("")
        self.setCurrentWidget(page)
