"""anchor.log: MACed heads of the ledger, so that what was lost or rolled back shows.

A line is written and synced before a commit (intent) and after it (done). At opening, the
database's head must be that of the last intent or of the last done line.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from evidencebox.vault.files import open_private


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
        done = [h for kind, h in known if kind == "done"]
        accepted = {head for kind, head in known[-1:] if kind == "intent"} | set(done[-1:])
        if head in accepted or (not known and head.arrivals == 0):
            return None
        if not known:
            return f"The anchor log is missing, though the ledger has {head.arrivals} acts."
        if head.arrivals < known[-1][1].arrivals:
            lost = (done[-1].arrivals if done else known[-1][1].arrivals) - head.arrivals
            return (
                f"The ledger has {head.arrivals} acts, {lost} fewer than were once recorded here: "
                "case.db was lost in part or rolled back."
            )
        return "The ledger's head is not the one last recorded: case.db was replaced or altered."

    def _append(self, kind: str, head: Head) -> None:
        body = f"{kind} {head.arrivals} {head.digest}"
        descriptor = open_private(self._path, os.O_RDWR | os.O_CREAT)
        try:
            # A line torn by a power cut was never acknowledged: it is cut off, not kept as damage.
            whole = os.read(descriptor, os.fstat(descriptor).st_size).rfind(b"\n") + 1
            os.ftruncate(descriptor, whole)
            os.lseek(descriptor, 0, os.SEEK_END)
            os.write(descriptor, f"{body} {self._mac(body)}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _lines(self) -> list[tuple[str, Head] | None]:
        try:
            text = self._path.read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            return []
        whole = text.split("\n")
        # A power cut can leave the last line half-written; only that one may be.
        return [self._line(line) for line in whole[:-1]]

    def _line(self, line: str) -> tuple[str, Head] | None:
        parts = line.split(" ")
        if len(parts) != 4 or not hmac.compare_digest(self._mac(" ".join(parts[:3])), parts[3]):
            return None
        return parts[0], Head(int(parts[1]), parts[2])

    def _mac(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()
