"""Python's collector of cycles, kept to the drawing thread.

It runs in whatever thread happens to allocate. Where that is one of the lanes, the widgets in the
cycles it finds are destroyed there, beside the drawing thread, which Qt does not survive: a crash
that came once in many runs. Anki's window does the same.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 250


class Collector(QObject):
    """Collects by a timer of the drawing thread, as often as the collector itself would have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collects the oldest generation whose time has come, and what is younger."""
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        ripe = [generation for generation, (count, most) in enumerate(due) if count > most]
        if ripe:
            gc.collect(ripe[-1])

    def set_aside(self) -> None:
        """A case is open: what stands now, most of it the program itself, is looked at no more.

        Through all of that the oldest generation takes a tenth of a second, each time.
        """
        gc.freeze()

    def take_back(self) -> None:
        """The case is left: what was set aside is looked at again, and let go."""
        gc.unfreeze()

    def stop(self) -> None:
        """Leaves it to Python again."""
        self._timer.stop()
        gc.enable()
