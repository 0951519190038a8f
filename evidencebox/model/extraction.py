"""The contract of an extractor: bytes in, pages, metadata, children and notices out."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from evidencebox.model.documents import Page

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost; reaching one gives a visible status and a reason.

    Seconds, bytes, code points and counts. A container has no cap on its total size or number of
    children, only on the ratio of what comes out to what went in.
    """

    stall_seconds: float = 60.0
    base_seconds: float = 30.0
    seconds_per_mib: float = 2.0
    max_seconds: float = 3600.0
    memory_bytes: int = 2048 * MIB
    chars: int = 50_000_000
    pages: int = 10_000
    pixels_per_side: int = 10_000
    depth: int = 10
    ratio: int = 100
    ratio_after_bytes: int = MIB
    header_bytes: int = 65_536
    password_seconds: float = 12.0
    dangerous: bool = True
    """Whether formats whose readers are most at risk may be read at all."""

    def total_seconds(self, size: int) -> float:
        """How long a document of `size` bytes may take."""
        return min(self.base_seconds + self.seconds_per_mib * size / MIB, self.max_seconds)

    def total_chars(self, size: int) -> int:
        """How many code points it may yield: plain text, which cannot amplify, one for a byte."""
        return max(self.chars, size)

    def total_pages(self, size: int) -> int:
        """How many pages text that is not compressed may yield: one for every 512 bytes."""
        return max(self.pages, size // 512)


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of an item before its bytes are read: its name as a label, never a path."""

    name: str = ""
    media_type: str = ""
    size: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ChildHead:
    """A child about to be written: `relation` is attachment, member, message or embedded."""

    name: str
    relation: str
    media_type: str = ""
    part: str = ""


class ChildWriter(Protocol):
    """Takes a child's bytes, piece by piece."""

    def write(self, data: bytes, /) -> None: ...


class Sink(Protocol):
    """Where an extractor puts what it finds, in order, so that nothing need be held in memory."""

    def page(self, page: Page) -> None: ...

    def meta(self, key: str, value: str) -> None: ...

    def child(self, head: ChildHead) -> AbstractContextManager[ChildWriter]: ...

    def warn(self, code: str, detail: str) -> None: ...

    def beat(self) -> None:
        """Says that work goes on; a worker silent for `Limits.stall_seconds` is killed."""
