"""Drives the window through searches and documents, and says how long each took to be seen.

For `evidencebox bench desk`, which starts it in a process of its own and reads the lines.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from evidencebox.errors import UserError
from evidencebox.ui.tour import PATIENCE_MS, SIZE, settle, until
from evidencebox.ui.watchdog import Watchdog, percentile
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be measured.

    `searches`: what is typed, one after another. `reading`: the query whose documents are gone
    through, so many of them. `trove`: a folder that is imported while that is done again. Without
    searches, nothing past the passphrase's page.
    """

    searches: tuple[str, ...] = ()
    reading: str = ""
    documents: int = 0
    trove: str = ""

    @classmethod
    def load(cls, file: Path) -> Job:
        """From JSON, as the bench writes it."""
        told = json.loads(file.read_text(encoding="utf-8"))
        return cls(**told | {"searches": tuple(told["searches"])})


def measure(window: Window, case: Path | None, passphrase: str | None, file: Path) -> int:
    """Returns 0. Raises UserError where the case does not open or something is not reached."""
    if case is None:
        raise UserError("There is nothing to measure without a case.")
    window.resize(SIZE)
    window.show()
    window.doors.ask(case)
    QApplication.processEvents()
    window.repaint()
    tell("prompt", 0.0)
    job = Job.load(file)
    try:
        if job.searches and passphrase is not None:
            _Measuring(_entered(window, passphrase), window, job).run()
    finally:
        window.close()
    return 0


def _entered(window: Window, passphrase: str) -> Workspace:
    began = time.perf_counter()
    window.doors.unlock(passphrase)
    until(lambda: window.workspace is not None or bool(window.front.unlock.problem.text()))
    if window.workspace is None:
        raise UserError(window.front.unlock.problem.text())
    settle(window)
    tell("unlocked", (time.perf_counter() - began) * 1000)
    return window.workspace


def tell(name: str, value: float, **more: float) -> None:
    """A line for the bench."""
    sys.stdout.write(json.dumps({"name": name, "value": value, **more}) + "\n")
    sys.stdout.flush()


class _Measuring:
    def __init__(self, space: Workspace, window: Window, job: Job) -> None:
        self._space, self._window, self._job = space, window, job

    def run(self) -> None:
        for text in self._job.searches:
            tell("search", self._search(text), rows=len(self._space.model.ids))
            settle(self._window)
        self._search(self._job.reading)
        settle(self._window)
        self._read("document")
        tell("read", 0.0)
        if self._job.trove:
            self._while_importing()

    def _search(self, text: str) -> float:
        """Milliseconds from asking to the first rows on screen."""
        space = self._space
        answered: list[object] = []
        space.search.found.connect(answered.append)
        began = time.perf_counter()
        space.search.search(text)
        _quickly(lambda: bool(answered) and self._filled())
        space.table.viewport().repaint()
        took = (time.perf_counter() - began) * 1000
        space.search.found.disconnect(answered.append)
        return took

    def _filled(self) -> bool:
        """Whether every row in sight says what it is to say."""
        table, model = self._space.table, self._space.model
        first = max(0, table.rowAt(0))
        last = table.rowAt(table.viewport().height() - 1)
        shown = model.ids[first : (last if last >= 0 else len(model.ids) - 1) + 1]
        return all(model.known(document) is not None for document in shown)

    def _read(self, name: str) -> None:
        """Goes down the list, as quickly as documents come; with the watchdog's figures."""
        watch = Watchdog()
        for _ in range(self._job.documents):
            if not self._next(name):
                break
        watch.stop()
        settle(self._window)
        held = watch.milliseconds
        tell(f"{name} held", percentile(held, 0.99), worst=watch.worst, over=watch.over)
        tell(f"{name} spent", percentile(watch.spent, 0.99), worst=max(watch.spent, default=0.0))

    def _next(self, name: str) -> bool:
        """One step down; False at the end of the list."""
        space = self._space
        if space.table.currentIndex().row() + 1 >= len(space.model.ids):
            return False
        shown: list[str] = []
        space.reading.shown.connect(shown.append)
        began = time.perf_counter()
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(space.table, press)
        wanted = space.table.document
        _quickly(lambda: wanted in shown)
        space.viewer.repaint()
        space.table.viewport().repaint()
        tell(name, (time.perf_counter() - began) * 1000)
        space.reading.shown.disconnect(shown.append)
        return True

    def _while_importing(self) -> None:
        """The same again, from the top, as long as the import runs."""
        files = [0]
        self._window.imports.progressed.connect(lambda p: files.append(p.files))
        self._window.imports.start(Path(self._job.trove))
        until(lambda: files[-1] > 0)
        self._space.table.go(0)
        settle(self._window)
        self._read("document, importing")
        tell("files", files[-1], running=float(self._window.imports.running))
        self._window.imports.cancel()
        until(lambda: not self._window.imports.asked)


def _quickly(reached: Callable[[], bool]) -> None:
    """As `until`, asking again after each event: a timer's step would be in the figure."""
    began = time.perf_counter()
    while not reached():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if (time.perf_counter() - began) * 1000 > PATIENCE_MS:
            raise UserError("The window did not come as far as expected within a minute.")
