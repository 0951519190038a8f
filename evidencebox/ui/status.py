"""The bottom line: what was just done, what runs, what needs a look, and the ledger."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar

from evidencebox.model.views import Progress
from evidencebox.ui.bits import IconButton, button, label, set_role
from evidencebox.ui.importing import progress_words, share
from evidencebox.ui.languages import several, tr
from evidencebox.ui.sayings import sentence
from evidencebox.ui.theme import Theme


class Said(QLabel):
    """As much of a sentence as there is room for; all of it where the pointer rests."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        right = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), right, room.width())
        self.setToolTip(self.text() if words != self.text() else "")
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(
            QPainter(self),
            room,
            align,
            self.palette(),
            self.isEnabled(),
            words,
            self.foregroundRole(),
        )


class StatusLine(QFrame):
    """One quiet line.

    Signals:
        undone(), import_asked(), failures_asked(), ledger_asked()
    """

    undone = Signal()
    import_asked = Signal()
    failures_asked = Signal()
    ledger_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(30)
        self._words = Said("footnote")
        self._words.setAccessibleName(tr("What was just done"))
        self._undo = button(tr("Undo"), "footlink", clicked=self.undone.emit)
        self._running = button("", "footquiet", tr("Import"), self.import_asked.emit)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("Import"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(140, 6)
        self._failures = IconButton(theme, "warning", "", "footquiet", tr("Files that need a look"))
        self._failures.clicked.connect(self.failures_asked)
        self._ledger = button(
            tr("Ledger \u2713"), "footquiet", tr("Check the ledger"), self.ledger_asked.emit
        )
        self._shut = label("", "footnote")
        self._shut.setContentsMargins(0, 0, 0, 2)  # on the line of the buttons' words
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 12, 0)
        line.setSpacing(3)
        line.addWidget(self._words)
        line.addWidget(self._undo)
        line.addStretch(1)
        line.addWidget(self._running)
        line.addWidget(self._bar)
        line.addSpacing(12)
        line.addWidget(self._failures)
        line.addSpacing(8)
        line.addWidget(self._shut)
        line.addSpacing(8)
        line.addWidget(self._ledger)
        self.clear()

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, words: str, undo: bool = False, problem: bool = False) -> None:
        """What was just done, with Undo where it can be undone."""
        set_role(self._words, "footwrong" if problem else "footnote")
        self._words.setText(f"{sentence(words)} ·" if undo else sentence(words))
        self._undo.setVisible(undo)

    def show_progress(self, progress: Progress | None) -> None:
        """What runs; None where nothing does."""
        self._running.setVisible(progress is not None)
        self._bar.setVisible(progress is not None)
        if progress is not None:
            part = share(progress)
            self._running.setText(progress_words(progress))
            self._bar.setRange(0, 1000 if part is not None else 0)
            self._bar.setValue(round((part or 0.0) * 1000))

    def show_failures(self, count: int) -> None:
        """How many files need a look."""
        self._failures.setVisible(count > 0)
        words = several(count, "1 file needs a look", "%1 files need a look")
        self._failures.setText(words)
        self._failures.setAccessibleName(words)

    def show_sandbox(self, tier: str) -> None:
        """How far the readers of the case's files were shut in; nothing before an import."""
        words = {"full": tr("Sandbox: full"), "none": tr("Sandbox: none")}
        self._shut.setText(words.get(tier, tr("Sandbox: partial")))
        self._shut.setAccessibleName(self._shut.text())
        self._shut.setVisible(bool(tier))

    def show_ledger(self, verified: bool) -> None:
        """Whether the ledger was found to be whole."""
        self._ledger.setVisible(verified)

    def clear(self) -> None:
        """Says nothing."""
        self.say("")
        self.show_progress(None)
        self.show_failures(0)
        self.show_sandbox("")
        self.show_ledger(False)
