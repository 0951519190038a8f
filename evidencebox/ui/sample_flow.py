"""The sample case: made in a process of its own while nobody waits, opened when it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from evidencebox.ui.ports import Sample

_SOON_MS = 1_500


class SampleFlow(QObject):
    """Has the sample made once, and says when it can be opened.

    Signals:
        ready(): the sample was wanted, and is there.
        failed(): it was wanted, and could not be made.
    """

    ready = Signal()
    failed = Signal()

    def __init__(self, sample: Sample, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sample = sample
        self._wanted = False
        self._process = QProcess(self)
        # What the child says is of made-up people, and of no interest here.
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(lambda *_: self._ended())
        self._process.errorOccurred.connect(lambda _: self._ended())
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.make)

    @property
    def there(self) -> bool:
        """Whether it can be opened at once."""
        return self.sample.folder.is_dir()

    @property
    def making(self) -> bool:
        """Whether it is being made now."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def prepare(self) -> None:
        """Makes it in a while, when the window has been drawn."""
        if not self.there and not self.making:
            self._soon.start()

    def make(self) -> None:
        """Makes it now, where it is not there."""
        self._soon.stop()
        if not self.there and not self.making:
            command = self.sample.command
            self._process.start(command[0], list(command[1:]))

    def want(self) -> None:
        """Says `ready` at once, or when it has been made."""
        if self.there:
            self.ready.emit()
            return
        self._wanted = True
        self.make()

    def stop(self) -> None:
        """The window closes; what was begun is made anew another time."""
        self._soon.stop()
        self._wanted = False
        if self.making:
            self._process.kill()
            self._process.waitForFinished()

    def _ended(self) -> None:
        if self._wanted:
            self._wanted = False
            tell: Callable[[], None] = self.ready.emit if self.there else self.failed.emit
            tell()
