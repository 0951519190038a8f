"""Before a case is open: welcome, unlock, create, and the recovery code."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.shown import one_line

SUFFIX = ".evidencebox"
_CARD_WIDTH = 440
SHORTEST_PASSPHRASE = 12


def alias(folder: Path) -> str:
    """What a case is called on screen: its folder's name without the suffix."""
    return one_line(folder.name.removesuffix(SUFFIX))


class Card(QWidget):
    """A page with one card in its middle."""

    def __init__(self, title: str, words: str = "") -> None:
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(_CARD_WIDTH)
        self.body: QVBoxLayout = column(card, (32, 28, 32, 28), 10)
        self.title = label(title, "display", wrap=True)
        self.body.addWidget(self.title)
        self.words = label(words, "secondary", wrap=True)
        self.words.setVisible(bool(words))
        self.body.addWidget(self.words)
        self.body.addSpacing(6)
        self.problem = label("", "danger", wrap=True)
        self.problem.setAccessibleName("Problem")
        self.problem.hide()
        self.busy = QProgressBar()
        self.busy.setAccessibleName("Working")
        self.busy.setRange(0, 0)
        self.busy.setFixedHeight(4)
        self.busy.setTextVisible(False)
        self.busy.hide()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        down = QVBoxLayout(self)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)

    def complain(self, sentence: str) -> None:
        """Shows a sentence, and waits no longer."""
        self.work(False)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def work(self, on: bool) -> None:
        """Shows that something runs."""
        self.busy.setVisible(on)
        if on:
            self.problem.hide()

    def field(self, name: str, secret: bool = False) -> QLineEdit:
        """A named line of the card."""
        self.body.addWidget(label(name, "strong"))
        made = QLineEdit()
        made.setAccessibleName(name)
        if secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(made)
        return made


class WelcomePage(Card):
    """Nothing is open and nothing was asked for.

    Signals:
        create_asked()
        open_asked(Path)
    """

    create_asked = Signal()
    open_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            "EvidenceBox",
            "Find who was harmed by a leak, how, and on which page. "
            "Everything is kept encrypted in a case on this machine; nothing leaves it.",
        )
        self.new = button("Create a case", "primary", clicked=self.create_asked.emit)
        self.open = button("Open a case…", clicked=self._choose)
        self.body.addWidget(self.new)
        self.body.addWidget(self.open)
        self.body.addWidget(self.problem)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, f"A case folder (…{SUFFIX})")
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
        super().__init__("Unlock")
        self.passphrase = self.field("Passphrase", secret=True)
        self.passphrase.returnPressed.connect(self._submit)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.unlock = button("Unlock", "primary", clicked=self._submit)
        another = button("Another case", "link", clicked=self.another_asked.emit)
        self.lost = button("Passphrase lost", "link", clicked=self.code_asked.emit)
        self.restore = button("Put back from a backup", clicked=self._restore)
        self.restore.hide()
        self.body.addWidget(self.restore)
        self.body.addSpacing(4)
        self.body.addLayout(row(another, self.lost, None, self.unlock))

    def ask(self, folder: Path) -> None:
        """Asks for a case."""
        self.title.setText(f"Unlock “{alias(folder)}”")
        self.complain("")
        self.restore.hide()
        self.passphrase.clear()
        self.passphrase.setFocus()

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
        self.unlock.setText("Unlocking…" if on else "Unlock")
        self.passphrase.setEnabled(not on)

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
        super().__init__("Create a case")
        self.name = self.field("Name of the case")
        self.body.addWidget(label("Kept in", "strong"))
        self.place = QLineEdit(str(Path.home()))
        self.place.setAccessibleName("Folder the case is kept in")
        browse = button("Choose…", "", "Choose the folder the case is kept in", self._choose)
        self.body.addLayout(row(self.place, browse))
        self.reviewer = self.field("Your name, as it stands beside every decision")
        self.first = self.field("Passphrase", secret=True)
        self.again = self.field("Passphrase, once more", secret=True)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.make = button("Create", "primary", clicked=self._submit)
        back = button("Back", clicked=self.left.emit)
        self.body.addSpacing(4)
        self.body.addLayout(row(None, back, self.make))

    def work(self, on: bool) -> None:
        super().work(on)
        self.make.setEnabled(not on)
        self.make.setText("Creating…" if on else "Create")

    def folder(self) -> Path:
        """The case folder as typed."""
        return Path(self.place.text()).expanduser() / f"{self.name.text().strip()}{SUFFIX}"

    def mistake(self) -> str:
        """What is missing, in one sentence; empty where nothing is."""
        name = self.name.text().strip()
        if not name or any(char in name for char in '/\\:*?"<>|'):
            return 'Give the case a name without any of / \\ : * ? " < > |.'
        if self.folder().exists():
            return "A case of this name is there already. Choose another name."
        if not self.reviewer.text().strip():
            return "Give your name: it stands beside every decision."
        if len(self.first.text()) < SHORTEST_PASSPHRASE:
            return f"Choose a passphrase of at least {SHORTEST_PASSPHRASE} characters."
        if self.first.text() != self.again.text():
            return "The two passphrases are not the same."
        return ""

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Keep the case in", self.place.text())
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
            "Open by the recovery code",
            "You become a reviewer of your own in this case; what was decided under the lost "
            "passphrase keeps its author.",
        )
        self.code = self.field("Recovery code, from your paper")
        self.reviewer = self.field("Your name, as it stands beside every decision")
        self.first = self.field("New passphrase", secret=True)
        self.again = self.field("New passphrase, once more", secret=True)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.busy)
        self.open = button("Open", "primary", clicked=self._submit)
        back = button("Back", clicked=self.left.emit)
        self.body.addLayout(row(None, back, self.open))

    def work(self, on: bool) -> None:
        super().work(on)
        self.open.setEnabled(not on)

    def mistake(self) -> str:
        """What is missing, in one sentence; empty where nothing is."""
        if not self.code.text().strip():
            return "Type the recovery code from your paper."
        if not self.reviewer.text().strip():
            return "Give your name: it stands beside every decision."
        if len(self.first.text()) < SHORTEST_PASSPHRASE:
            return f"Choose a passphrase of at least {SHORTEST_PASSPHRASE} characters."
        if self.first.text() != self.again.text():
            return "The two passphrases are not the same."
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
            "Recovery code",
            "It opens the case when the passphrase is lost. Write it on paper and keep it "
            "somewhere else: it is shown this once.",
        )
        self._shown = ""
        self.code = label("", "code", wrap=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName("Recovery code")
        self.body.addWidget(self.code)
        self.noted = button("I have written it down", "primary", clicked=self._ask_back)
        self.typed = QLineEdit()
        self.typed.setAccessibleName("Recovery code, typed back")
        self.typed.setPlaceholderText("Type the code from your paper")
        self.typed.returnPressed.connect(self._check)
        self.again = button("Show it again", clicked=self._show_again)
        self.check = button("Confirm", "primary", clicked=self._check)
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
            self.complain("This is not the code. Compare it with your paper, or show it again.")
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
        self.lost = LostPage()
        for page in (self.welcome, self.unlock, self.making, self.recovery, self.lost):
            self.addWidget(page)

    def show_page(self, page: Card) -> None:
        """Brings a page to the front, with no old complaint."""
        page.complain("")
        self.setCurrentWidget(page)
