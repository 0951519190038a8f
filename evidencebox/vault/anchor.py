"""anchor.log: MACed heads of the ledger, so that what was lost or rolled back shows.

A line is written and synced before a commit (intent) and after it (done). At opening, the
database's head must be that of the furthest done line, or of an intent beyond it: a process may
have been killed between any two steps, any number of times, and two threads' done lines may come
in either order. An act counts as recorded once its done line is there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ledger import FIRST
from evidencebox.vault.files import open_private, sync, sync_folder, write_all, write_private
from evidencebox.vault.lock import wait_and_lock

_LOOK = 256 << 10
"""Bytes at the end of the log, some 700 acts, that are looked at when a case is opened."""

_ALTERED = "The anchor log has lines that were altered: someone edited anchor.log."
_WENT_ON = (
    "There were two different ledgers of {} acts: case.db was rolled back once and work went on."
)
_TAIL = 4096
"""More than any line has: a torn last line is looked for here only."""


@dataclass(frozen=True, slots=True)
class Head:
    """How many acts have arrived, and the receipt chain's head over them, hex."""

    arrivals: int
    digest: str


class Anchor:
    """The log of one case. `key` is derived for this MAC alone."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def intent(self, head: Head) -> None:
        """Before the commit that would bring the ledger to `head`."""
        self._append("intent", head)

    def done(self, head: Head) -> None:
        """After the commit."""
        self._append("done", head)

    def problem(self, head: Head) -> str | None:
        """One sentence where the database's `head` does not fit the log, else None.

        Looks at the last lines, however long the log has become; `verify` sees to all of them.
        """
        lines = self._lines(_LOOK)
        if any(line is None for line in lines):
            return _ALTERED
        known = [line for line in lines if line is not None]
        if not known and head.arrivals:
            return f"The anchor log is missing, though the ledger has {head.arrivals} acts."
        furthest = Head(0, FIRST)
        done: dict[int, str] = {}
        for kind, recorded in known:
            if kind == "done":
                if done.setdefault(recorded.arrivals, recorded.digest) != recorded.digest:
                    return _WENT_ON.format(recorded.arrivals)
                furthest = max(furthest, recorded, key=lambda h: h.arrivals)
        begun = {h for kind, h in known if kind == "intent" and h.arrivals > furthest.arrivals}
        if head == furthest or head in begun:
            return None
        lost = furthest.arrivals - head.arrivals
        if lost > 0:
            return (
                f"The ledger has {head.arrivals} acts, {lost} fewer than were once recorded here: "
                "case.db was lost in part or rolled back."
            )
        return "The ledger's head is not the one last recorded: case.db was replaced or altered."

    def recorded(self) -> list[Head]:
        """Every head that was acknowledged. Raises UserError where a line was altered."""
        lines = self._lines()
        if any(line is None for line in lines):
            raise UserError(_ALTERED)
        return [line[1] for line in lines if line is not None and line[0] == "done"]

    def furthest(self) -> int:
        """How many acts were once recorded here, as far as whole lines say."""
        return max((line[1].arrivals for line in self._lines() if line is not None), default=0)

    def rewrap(self, path: Path, key: bytes) -> None:
        """Writes the same lines under another key to `path`. Raises UserError where any fails."""
        lines = self._lines()
        if any(line is None for line in lines):
            raise UserError(
                "The anchor log has lines that were altered: check the ledger.",
                option="evidencebox verify CASE",
            )
        other = Anchor(path, key)
        bodies = [
            f"{kind} {head.arrivals} {head.digest}".encode()
            for kind, head in (line for line in lines if line is not None)
        ]
        write_private(path, b"".join(b + b" " + other._mac(b) + b"\n" for b in bodies))

    def _append(self, kind: str, head: Head) -> None:
        body = f"{kind} {head.arrivals} {head.digest}".encode()
        try:
            descriptor = open_private(self._path, os.O_RDWR | os.O_CREAT)
            try:
                # Two threads or processes must not cut off each other's lines as torn.
                wait_and_lock(descriptor)
                whole = _whole(descriptor)
                os.ftruncate(descriptor, whole)
                os.lseek(descriptor, whole, os.SEEK_SET)
                write_all(descriptor, body + b" " + self._mac(body) + b"\n")
                sync(descriptor)
                if not whole:
                    sync_folder(self._path.parent)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise UserError(
                f"{self._path.name} cannot be written: {error.strerror}. "
                "Make room on the disk or mend it, then look whether the last entry was kept."
            ) from None

    def _lines(self, last: int = 0) -> list[tuple[str, Head] | None]:
        """All lines, or those that begin in the `last` bytes."""
        try:
            with self._path.open("rb") as handle:
                size = os.fstat(handle.fileno()).st_size
                skipped = size - last if 0 < last < size else 0
                handle.seek(max(0, skipped - 1))
                data = handle.read()
        except FileNotFoundError:
            return []
        if skipped:
            # From the end of the line that begins before.
            data = data[data.find(b"\n") + 1 :]
        *lines, torn = data.split(b"\n")
        # A power cut can leave the last line half-written; only that one may be, and only cut
        # short: a whole line with something else in place of its end was altered.
        if self._line(torn[:-1]) is not None:
            return [None]
        return [self._line(line) for line in lines]

    def _line(self, line: bytes) -> tuple[str, Head] | None:
        body, _, mac = line.rpartition(b" ")
        if not hmac.compare_digest(self._mac(body), mac):
            return None
        kind, arrivals, digest = body.decode().split(" ")
        return kind, Head(int(arrivals), digest)

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, hashlib.sha256).hexdigest().encode()


def begun(path: Path, key: bytes, head: Head) -> Anchor:
    """A new log at `path`, in place of any there, that knows `head` as done."""
    path.unlink(missing_ok=True)
    anchor = Anchor(path, key)
    anchor.done(head)
    return anchor


def _whole(descriptor: int) -> int:
    """How many bytes the whole lines have: one torn by a power cut was never acknowledged."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL)
    os.lseek(descriptor, start, os.SEEK_SET)
    end = os.read(descriptor, _TAIL).rfind(b"\n") + 1
    if end or not start:
        return start + end
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, size).rfind(b"\n") + 1
