"""What an ingest has still to read: children that wait in the spool, and files of the trove."""

from __future__ import annotations

from collections import deque

from evidencebox.services.trove_reader import SCAN_BATCH
from evidencebox.store.found import Unread, Waiting
from evidencebox.store.intake import Intake


class Pending:
    """Two queues over the catalogue's tables, which say more than can be held at once.

    `maybe_files` and `maybe_children`: whether the tables may have more than the queues do. `busy`
    is the run's own set of documents under way; children join it when they are queued.
    """

    def __init__(self, intake: Intake, busy: set[int]) -> None:
        self._intake = intake
        self._busy = busy
        self._files: deque[Unread] = deque()
        self._children: deque[Waiting] = deque()
        self._after = 0
        self.maybe_files = self.maybe_children = True

    @property
    def any(self) -> bool:
        """Whether there is, or may be, anything to read."""
        return bool(self._files or self._children or self.maybe_files or self.maybe_children)

    def again(self) -> None:
        """Looks through the tables anew."""
        self._after = 0
        self.maybe_files = self.maybe_children = True

    def child(self) -> Waiting | None:
        """The next child, the deepest first."""
        if not self._children and self.maybe_children:
            self._children.extend(self._intake.waiting(self._busy, SCAN_BATCH))
            self.maybe_children = bool(self._children)
            self._busy.update(child.document for child in self._children)
        return self._children.popleft() if self._children else None

    def file(self) -> Unread | None:
        """The next file, in the order of the scan."""
        if not self._files and self.maybe_files:
            self._files.extend(self._intake.unread(self._after, SCAN_BATCH))
            self.maybe_files = bool(self._files)
        if not self._files:
            return None
        unread = self._files.popleft()
        self._after = unread.location
        return unread
