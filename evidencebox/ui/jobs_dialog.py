"""What runs in the background, and what ran: each with how far it is and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from evidencebox.model.views import Progress
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.importing import Ended, progress_words, share
from evidencebox.ui.languages import tr

if TYPE_CHECKING:
    from evidencebox.ui.import_flow import ImportFlow

_STEPS = 1000


class JobsDialog(Dialog):
    """The import with its stage; each search and act is over before it could be listed."""

    def __init__(self, imports: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imports = imports
        self.setWindowTitle(tr("What is running"))
        body = column(self, (24, 22, 24, 20), 12)
        body.addStrut(472)
        body.addWidget(label(tr("What is running"), "display"))
        self.words = label("", wrap=True)
        self.words.setAccessibleName(tr("How far it is"))
        body.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Import"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        body.addWidget(self.bar)
        hint = tr("Locking the case does not stop it, and closing the window waits for it.")
        self.hint = label(hint, "secondary", wrap=True)
        body.addWidget(self.hint)
        body.addSpacing(8)
        body.addStretch(1)
        self.stop = button(tr("Stop import"), clicked=self._stop)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(None, self.stop, close))
        imports.progressed.connect(self.show_progress)
        imports.ended.connect(self.show_ended)
        self._idle(tr("Nothing is running.") if not imports.asked else tr("Import: starting"))
        if imports.latest is not None:
            self.show_progress(imports.latest)

    def show_progress(self, progress: Progress) -> None:
        """Takes how far the import is."""
        part = share(progress)
        self.words.setText(progress_words(progress))
        self.bar.setRange(0, _STEPS if part is not None else 0)
        self.bar.setValue(round((part or 0.0) * _STEPS))
        self.bar.show()
        self.hint.show()
        self.stop.show()
        self.stop.setEnabled(True)

    def show_ended(self, ended: Ended) -> None:
        """The import is over."""
        self._idle(ended.words())

    def _idle(self, words: str) -> None:
        self.words.setText(words)
        for part in (self.bar, self.hint, self.stop):
            part.setVisible(self._imports.asked)
        self.bar.setRange(0, 0 if self._imports.asked else 1)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._imports.cancel()
