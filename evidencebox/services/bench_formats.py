"""How well and how fast each format is read: the table in docs/formats.md.

Every file of a folder, and what is inside it, goes through one worker, one at a time, so that a
time is that of one document and not of the queue.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evidencebox.model.documents import Notice, Outcome, Page
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.scan import open_file, walk

_HELD = 256 << 20
"""Bytes of one document's children at most; a larger family is left out of the table."""


@dataclass(frozen=True, slots=True)
class FormatLine:
    """One format: documents, how many gave text, their statuses, milliseconds."""

    format: str
    engine: str
    documents: int
    with_text: int
    statuses: dict[str, int]
    median_ms: float
    worst_ms: float


@dataclass(slots=True)
class _Tally:
    engines: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    with_text: int = 0
    times: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    hint: Hint
    data: bytes


class _Kept:
    """A `Receiver` that counts letters and keeps children."""

    def __init__(self, depth: int) -> None:
        self.letters = 0
        self.children: list[_Item] = []
        self._depth = depth

    def page(self, page: Page) -> None:
        self.letters += sum(c.isalnum() for c in page.text)

    def meta(self, key: str, value: str) -> None:
        """Metadata is not text."""

    def notice(self, notice: Notice) -> None:
        """The outcome says what matters here."""

    def child(self, head: ChildHead) -> _ChildKept:
        return _ChildKept(self.children, head, self._depth + 1)


class _ChildKept:
    def __init__(self, into: list[_Item], head: ChildHead, depth: int) -> None:
        self._into, self._head, self._depth = into, head, depth
        self._pieces: list[bytes] = []

    def write(self, data: bytes, /) -> None:
        self._pieces.append(data)

    def close(self) -> None:
        data = b"".join(self._pieces)
        hint = Hint(self._head.name, self._head.media_type, len(data), self._depth)
        self._into.append(_Item(hint, data))

    def abort(self) -> None:
        self._pieces.clear()


def measure(folder: Path) -> Iterator[FormatLine]:
    """A line for each media type found below `folder`, most documents first."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    seen: set[bytes] = set()
    with ExtractPool(1) as pool:
        for each in walk(folder, lambda: False):
            if each.kind == "file":
                with os.fdopen(open_file(folder, each.raw), "rb") as handle:
                    data = handle.read()
                name = each.path.rsplit("/", 1)[-1]
                _read_all(pool, _Item(Hint(name, "", len(data), 0), data), tallies, seen)
    for name, tally in sorted(tallies.items(), key=lambda item: -len(item[1].times)):
        yield FormatLine(
            name,
            ", ".join(engine for engine, _ in tally.engines.most_common(2)),
            len(tally.times),
            tally.with_text,
            dict(tally.statuses.most_common()),
            statistics.median(tally.times),
            max(tally.times),
        )


def _read_all(
    pool: ExtractPool, first: _Item, tallies: dict[str, _Tally], seen: set[bytes]
) -> None:
    waiting = deque([first])
    while waiting:
        item = waiting.popleft()
        digest = hashlib.sha256(item.data).digest()
        if digest in seen:
            continue
        seen.add(digest)
        kept = _Kept(item.hint.depth)
        began = time.perf_counter()
        outcome = pool.submit(iter([item.data]), item.hint, Limits(), kept).result()
        _count(tallies[outcome.media_type], outcome, kept, time.perf_counter() - began)
        if sum(len(child.data) for child in kept.children) <= _HELD:
            waiting.extend(kept.children)


def _count(tally: _Tally, outcome: Outcome, kept: _Kept, seconds: float) -> None:
    tally.engines[outcome.engine or "-"] += 1
    tally.statuses[outcome.status.value] += 1
    tally.with_text += kept.letters > 0
    tally.times.append(seconds * 1000)
