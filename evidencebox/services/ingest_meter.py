"""What an ingest has done so far, and telling it. A run ends here where its disk is nearly full."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.views import Progress

PROGRESS_SECONDS = 0.1
DISK_RESERVE = 512 << 20
DISK_FULL = (
    "The disk of the case is nearly full; make room and start the same import again, "
    "it goes on where it stopped."
)


class Meter:
    """Counts, kept by the run's one thread; told ten times a second at most.

    `scanned` says that `total_files` and `total_bytes` are final.
    """

    def __init__(self, folder: Path, progress: Callable[[Progress], None]) -> None:
        self._folder = folder
        self._progress = progress
        self.files = self.total_files = 0
        self.bytes = self.total_bytes = 0
        self.documents = self.failures = 0
        self.scanned = False
        self._began = time.monotonic()
        self._told = 0.0

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self._began

    def report(self, stage: str, *, force: bool = False) -> None:
        """Tells where the run stands. Raises UserError where the case's disk is nearly full."""
        now = time.monotonic()
        if not force and now - self._told < PROGRESS_SECONDS:
            return
        self._told = now
        if shutil.disk_usage(self._folder).free < DISK_RESERVE:
            raise UserError(DISK_FULL)
        self._progress(
            Progress(
                stage,
                min(self.files, self.total_files),
                self.total_files,
                min(self.bytes, self.total_bytes),
                self.total_bytes,
                self.documents,
                self.failures,
                now - self._began,
                self.scanned,
            )
        )
