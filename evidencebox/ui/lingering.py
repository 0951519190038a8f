"""What goes on with the keys after a lock, said where the passphrase is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from evidencebox.ui.languages import tr
from evidencebox.ui.unlocking import UnlockPage

_LOOK_MS = 500


class Lingering(QObject):
    """Looks twice a second while something goes on: an import, or the backup of a large case."""

    def __init__(self, page: UnlockPage, importing: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._importing = page, importing
        self._backing_up: Callable[[], bool] = lambda: False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, backing_up: Callable[[], bool]) -> None:
        """The case was locked."""
        self._backing_up = backing_up
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """A case is open again."""
        self._timer.stop()

    def _look(self) -> None:
        words = []
        if self._importing():
            words.append(tr("An import goes on, and holds the keys until it ends."))
        if self._backing_up():
            words.append(tr("A backup is being made, and holds the keys until it ends."))
        self._page.tell(" ".join(words))
        if not words:
            self._timer.stop()
