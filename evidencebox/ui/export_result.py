"""How far an export is, and what came of it: files, head, and whether every byte holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QListWidget, QProgressBar, QWidget

from evidencebox.model.exports import Exported, Request, Verdict
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.export_words import level_words, title_of
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.work import how_far

_HOLDS = "Verified: all %1 files are exactly as they were made."
_BROKEN = "DO NOT HAND THIS OUT. %1 of what was written is not as it was made:"
_FACTS = ("What", "Folder", "Files", "Of people", "Left out", "Encrypted", "Digest of all files")
_HEAD = (
    "Write this head of the ledger on paper. Against it anybody can tell later whether the record "
    "of this export was changed."
)


class Progressing(QWidget):
    """A bar and a way to stop."""

    def __init__(self, title: str, stop: Callable[[], object]) -> None:
        super().__init__()
        body = column(self, (0, 0, 0, 0), 12)
        self.title = label(title, "display")
        self.words = label("", "secondary", wrap=True)
        self.words.setAccessibleName(tr("How far it is"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("How far it is"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        hint = tr("Searching and tagging go on meanwhile. Locking the case stops it, and leaves "
                  "nothing of it.")  # fmt: skip
        self.stop = button(tr("Stop"), clicked=stop)
        for each in (self.title, self.words, self.bar, label(hint, "secondary", wrap=True)):
            body.addWidget(each)
        body.addStretch(1)
        body.addLayout(row(None, self.stop))

    def begin(self) -> None:
        """Nothing is known yet."""
        self.stop.setEnabled(True)
        self.show_far(0, 0)

    def show_far(self, done: int, total: int) -> None:
        """Takes how far it is."""
        self.words.setText(how_far(done, total))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_stopping(self) -> None:
        """It was asked to end."""
        self.stop.setEnabled(False)
        self.words.setText(tr("Stopping…"))
        self.bar.setRange(0, 0)

    def show_checking(self) -> None:
        """It is made, and every byte is read back."""
        self.stop.setEnabled(False)
        self.words.setText(tr("Verifying every byte…"))
        self.bar.setRange(0, 0)


class Outcome(QWidget):
    """What was made, and the verdict on it, which cannot be overlooked where it is bad."""

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self._folder = Path()
        body = column(self, (0, 0, 0, 0), 12)
        self.title = label("", "display")
        body.addWidget(self.title)
        self.verdict = label("", "strong", wrap=True)
        self.verdict.setAccessibleName(tr("Verdict"))
        self.wrong = QListWidget()
        self.wrong.setAccessibleName(tr("What is not as it was made"))
        self._card = QFrame()
        card = column(self._card, (14, 12, 14, 12), 8)
        card.addWidget(self.verdict)
        card.addWidget(self.wrong)
        body.addWidget(self._card)
        body.addLayout(self._make_facts())
        self.head = label("", "code", wrap=True)
        self.head.setAccessibleName(tr("Head of the ledger"))
        by = Qt.TextInteractionFlag
        self.head.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self._paper = label(tr(_HEAD), "secondary", wrap=True)
        body.addWidget(self._paper)
        body.addWidget(self.head)
        body.addStretch(1)
        self.open = button(tr("Open the folder"), clicked=self._open)
        self.close_button = button(tr("Close"), "primary", clicked=close)
        body.addLayout(row(None, self.open, self.close_button))

    def _make_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        self.facts: dict[str, QLabel] = {}
        for number, name in enumerate(_FACTS):
            self.facts[name] = label("", wrap=True)
            self.facts[name].setAccessibleName(tr(_FACTS[number]))
            grid.addWidget(label(tr(_FACTS[number]), "secondary"), number, 0)
            grid.addWidget(self.facts[name], number, 1)
        return grid

    def _say(self, request: Request, made: Exported, left: str) -> None:
        size = self.locale().formattedDataSize(made.bytes)
        files = tr("%1 files, %2").replace("%1", f"{made.files:,}").replace("%2", size)
        guarded = tr("to the passphrase you chose") if request.passphrase else tr("not at all")
        said = (title_of(request.kind), str(request.out), files, level_words(request.pii), left,
                guarded, made.payload or "–")  # fmt: skip
        for name, words in zip(_FACTS, said, strict=True):
            self.facts[name].setText(words)

    def show_made(
        self, request: Request, made: Exported, verdict: Verdict, left: str = "–"
    ) -> None:
        """Takes what came of it, and in words what stayed behind."""
        self._folder = request.out
        self._say(request, made, left)
        self.head.setText(made.head)
        self.wrong.clear()
        self.wrong.setVisible(not verdict.holds)
        self._paper.setVisible(verdict.holds)
        self.head.setVisible(verdict.holds)
        set_role(self._card, "goodcard" if verdict.holds else "warncard")
        set_role(self.title, "display" if verdict.holds else "alarm")
        set_role(self.verdict, "good" if verdict.holds else "danger")
        if verdict.holds:
            self.title.setText(tr("Exported and verified"))
            self.verdict.setText(tr(_HOLDS).replace("%1", f"{verdict.files:,}"))
            return
        self.title.setText(tr("The export does not verify"))
        self.verdict.setText(tr(_BROKEN).replace("%1", f"{len(verdict.wrong):,}"))
        for name, problem in verdict.wrong:
            self.wrong.addItem(one_line(f"{name}: {problem}"))

    def show_unverified(self, request: Request, sentence: str) -> None:
        """It was made, and could not be read back."""
        nothing = Exported(request.out.name, 0, 0, "", "")
        self.show_made(request, nothing, Verdict(0, ((request.out.name, sentence),)))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
