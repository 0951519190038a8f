"""What was read, on its way into the index: gathered, inverted by the analysers, committed.

A batch is committed to the index first and to the catalogue after: a crash in between indexes it
again and loses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Protocol

from evidencebox.index.database import Index
from evidencebox.index.segment import Segment
from evidencebox.model.documents import Outcome, Status
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.entry import index_entry
from evidencebox.services.gather import Gathering
from evidencebox.services.indexing import put
from evidencebox.store.found import Reading
from evidencebox.store.intake import Intake

BATCH_CHARS = 8_000_000
BATCH_DOCUMENTS = 1000
BATCH_SECONDS = 5.0


class Coordinator(Protocol):
    """Whose thread all this happens in."""

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        """Has a call made in the coordinator's thread. Any thread."""
        ...

    def taken(self, gathering: Gathering) -> None:
        """Its pages are in a batch now: it holds nothing any more."""
        ...

    def indexed(self, readings: Sequence[Reading]) -> None:
        """The index has them; next is the catalogue."""
        ...


@dataclass(frozen=True, slots=True)
class _Batch:
    """Entries and readings stand side by side."""

    entries: list[IndexEntry]
    readings: list[Reading]


class Batches:
    """Gathers what was read until it is worth a segment."""

    def __init__(
        self, index: Index, intake: Intake, analyse: AnalysePool, coordinator: Coordinator
    ) -> None:
        self._index = index
        self._intake = intake
        self._analyse = analyse
        self._coordinator = coordinator
        self._gathered: list[tuple[Gathering, Outcome]] = []
        self._chars = 0
        self._since = 0.0
        self.inverting = 0

    @property
    def overfull(self) -> bool:
        """What was read waits in memory for the index, so the readers wait for the index too."""
        return self._chars > 2 * BATCH_CHARS or len(self._gathered) > 4 * BATCH_DOCUMENTS

    @property
    def under_way(self) -> bool:
        """Whether anything is not committed yet."""
        return bool(self._gathered or self.inverting)

    def add(self, gathering: Gathering, outcome: Outcome) -> None:
        """Takes what was read of one document."""
        if not self._gathered:
            self._since = time.monotonic()
        self._gathered.append((gathering, outcome))
        self._chars += gathering.chars

    def flush(self, *, starved: bool) -> None:
        """Sends a batch off where it is full or old; `starved`: nothing else is coming."""
        old = time.monotonic() - self._since > BATCH_SECONDS
        full = self._chars >= BATCH_CHARS or len(self._gathered) >= BATCH_DOCUMENTS
        if not self._gathered or not (full or old or starved):
            return
        gathered, self._gathered, self._chars = self._gathered, [], 0
        places = self._intake.places([g.document for g, _ in gathered])
        entries, readings = [], []
        for gathering, outcome in gathered:
            reading = gathering.reading(outcome)
            self._coordinator.taken(gathering)
            readings.append(reading)
            locations, parents = places[gathering.document]
            entries.append(
                index_entry(
                    gathering.digests.sha256,
                    locations,
                    outcome.type,
                    outcome.status,
                    reading.metadata,
                    reading.date,
                    gathering.digests.size,
                    (parents, len(reading.children)),
                    gathering.pages,
                    gathering.notices,
                )
            )
        self._invert(_Batch(entries, readings))

    def _invert(self, batch: _Batch) -> None:
        self.inverting += 1
        future = self._analyse.submit(batch.entries)
        future.add_done_callback(lambda done: self._coordinator.post(self._inverted, batch, done))

    def _inverted(self, batch: _Batch, done: Future[Segment]) -> None:
        self.inverting -= 1
        failed = put(self._index, self._analyse, batch.entries, done)
        self._coordinator.indexed(
            [
                _not_indexed(reading, failed[entry.document])
                if entry.document in failed
                else reading
                for entry, reading in zip(batch.entries, batch.readings, strict=True)
            ]
        )


def _not_indexed(reading: Reading, why: str) -> Reading:
    outcome = replace(
        reading.outcome, status=Status.FAILED, stage="index", reason=f"It was not indexed: {why}"
    )
    return replace(reading, outcome=outcome)
