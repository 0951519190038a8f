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
        """One sentence where the database's `head` does not fit the log, else None."""
        lines = self._lines()
        if any(line is None for line in lines):
            return "The anchor log has lines that were altered: someone edited anchor.log."
        known = [line for line in lines if line is not None]
        if not known and head.arrivals:
            return f"The anchor log is missing, though the ledger has {head.arrivals} acts."
        furthest = Head(0, FIRST)
        for kind, recorded in known:
            if kind == "done" and recorded.arrivals >= furthest.arrivals:
                furthest = recorded
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

    def rewrap(self, path: Path, key: bytes) -> None:
        """Writes the same lines under another key to `path`. Raises UserError where any fails."""
        lines = self._lines()
        if any(line is None for line in lines):
            raise UserError("The anchor log has lines that were altered: see `evidencebox verify`.")
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

    def _lines(self) -> list[tuple[str, Head] | None]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return []
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
