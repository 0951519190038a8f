"""Nothing is open: a new case, one that is there, the sample, or one that was open before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from evidencebox.ui.bits import button, label
from evidencebox.ui.card import SUFFIX, Card
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line


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
        words = tr("In the sample, every name and document is made up.")
        self.hint = label(words, "secondary", wrap=True)
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
