"""What all archives share: a page that lists the members, each member a child inside the limits."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from backports.zstd import ZstdError

from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import protected
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

CHUNK: Final = 1 << 16
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ZstdError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What a member may raise when its bytes are damaged."""


class UnreadableError(Exception):
    """The member is packed in a way that is not read."""


class LockedError(Exception):
    """The member is encrypted."""


class TooGreatError(Exception):
    """To unpack the member would take more memory than a document may use."""


class Archive:
    """Lists members and writes them, and says at the end what of them could not be read."""

    def __init__(self, job: Job, packed: int | None = None) -> None:
        """`packed`: how many bytes went in, against which the ratio is held."""
        self.job = job
        self._flow = Flow(job, "members")
        self._budget = Budget(job, job.size if packed is None else packed)
        self._full = False
        self.files = self.links = self.devices = 0
        self.locked = self.broken = self.unreadable = self.great = 0

    def entry(self, name: str, size: int, date: str = "", note: str = "") -> None:
        """One line of the listing. Where its pages are full it ends; the members go on."""
        if self._full:
            return
        if self.job.pages + 3 > self.job.page_limit:
            self._full = True
            self.job.gap("listing", "Only the first of its members are listed.", Status.LIMIT)
            return
        extra = f"\t{note}" if note else ""
        self._flow.add(f"{name}\t{size}\t{date}{extra}\n" if date or note else f"{name}\t{size}\n")

    def link(self, name: str, target: str, date: str = "") -> None:
        """A link is listed, never followed."""
        self.links += 1
        self.entry(name, 0, date, f"link to {target}")

    def device(self, name: str, date: str = "") -> None:
        """A device, pipe or socket: listed, nothing else."""
        self.devices += 1
        self.entry(name, 0, date, "device")

    def listed(self) -> None:
        """Hands over the listing as far as it came."""
        self._flow.close()

    def member(self, name: str, packed: int, pieces: Iterable[bytes]) -> bool:
        """Writes one member; False if it broke off. What came out before stays a child.

        `packed` is how many bytes it takes up. At the ratio of the whole archive: `Stop`.
        """
        try:
            self._copy(name, packed, iter(pieces))
        except Overflow as overflow:
            if overflow.whole:
                self.listed()
                raise Stop(Status.LIMIT, overflow.reason) from overflow
            self.job.gap("ratio", overflow.reason, Status.LIMIT)
        except UnreadableError:
            self.unreadable += 1
        except LockedError:
            self.locked += 1
        except TooGreatError:
            self.great += 1
        except BROKEN:
            self.broken += 1
            self.job.beat()
            return False
        return True

    def _copy(self, name: str, packed: int, pieces: Iterator[bytes]) -> None:
        self._budget.open_member(packed)
        piece = next(pieces, b"")  # before the child is there: a method may not be readable at all
        with self.job.child(ChildHead(name, "member")) as writer:
            while piece:
                self._budget.charge(len(piece))
                writer.write(piece)
                piece = next(pieces, b"")

    def most(self, packed: int) -> int:
        """How many bytes a member that takes up `packed` may have, for what gives it whole."""
        return self._budget.most(packed)

    def overflow(self) -> None:
        """Raises what `member` takes for a member past its ratio."""
        raise Overflow(False, self.job.limits.ratio)

    def drop(self, pieces: Iterable[bytes], packed: int) -> None:
        """Unpacks what is in the way of a member, inside the same limits."""
        self._budget.open_member(packed)
        for piece in pieces:
            self._budget.charge(len(piece))
            self.job.beat()

    def close(self) -> None:
        """Ends the listing and says what was not read."""
        self.listed()
        job = self.job
        job.meta("members", str(self.files))
        if self.links:
            job.warn("links", f"{self.links} of its members are links, which are not followed.")
        if self.devices:
            job.warn("devices", f"{self.devices} of its members are devices, pipes or sockets.")
        if self.locked:
            status = Status.ENCRYPTED if self.locked >= self.files else Status.PARTIAL
            each = protected(f"{self.locked} of its members are encrypted: each", job.keys)
            job.gap("encrypted_member", each, status)
        if self.unreadable:
            status = Status.UNSUPPORTED if self.unreadable >= self.files else Status.PARTIAL
            reason = f"{self.unreadable} of its members are packed in a way that is not read yet."
            job.gap("unread_member", reason, status)
        if self.great:
            reason = f"{self.great} of its members need more memory than a document may use."
            job.gap("memory", reason, Status.LIMIT)
        if self.broken:
            reason = f"{self.broken} of its members could not be read to their end."
            job.gap("broken_member", reason)


class Solid:
    """What is packed as one, from which the members are taken in turn."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""
        self.whole = True

    def take(self, size: int, check: int | None) -> Iterator[bytes]:
        """The next `size` bytes. `whole` is False until they all came."""
        self.whole = False
        found = 0
        while size:
            piece = self._left or self._more()
            now, self._left = piece[:size], piece[size:]
            size -= len(now)
            found = zlib.crc32(now, found)
            yield now
        self.whole = True
        if check is not None and found != check:
            raise ValueError("check sum")

    def _more(self) -> bytes:
        for piece in self._pieces:
            if piece:
                return piece
        raise EOFError


def part(source: BinaryIO, at: int, size: int) -> Iterator[bytes]:
    """A stretch of the source in pieces; `EOFError` where the source ends first."""
    while size > 0:
        source.seek(at)
        piece = source.read(min(size, CHUNK))
        if not piece:
            raise EOFError
        at += len(piece)
        size -= len(piece)
        yield piece


def rest(source: BinaryIO, at: int) -> Iterator[bytes]:
    """All of the source from `at`, in pieces."""
    while True:
        source.seek(at)
        piece = source.read(CHUNK)
        if not piece:
            return
        at += len(piece)
        yield piece
