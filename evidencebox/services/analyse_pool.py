"""Inversion in worker processes: batches of text in, index segments out.

No parser runs here, but the same care is taken: a batch that crashes a worker costs that batch,
and `isolate` finds the document at fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from evidencebox.index.segment import Segment
from evidencebox.model.batches import entry_frames, read_fault
from evidencebox.model.extraction import MIB, Hint, Limits
from evidencebox.model.frames import Frame, FrameType, ProtocolError, encode
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.messages import Request, request_frame
from evidencebox.services.executor import RECYCLE_AFTER, Channel, Executor, Fault
from evidencebox.services.seat import Alone
from evidencebox.services.worker_process import Transport

LIMITS = Limits(base_seconds=120.0, seconds_per_mib=10.0, memory_bytes=4096 * MIB)
"""For a batch. Inverting says nothing while it works, so there is no stall limit of its own."""

_OUT_BASE = 64 * MIB
_OUT_RATIO = 16


class BatchError(Exception):
    """A batch could not be inverted: one sentence, no text of any document."""


@dataclass(frozen=True, slots=True)
class EntryFailure:
    """A document that cannot be indexed, and why."""

    document: DocumentId
    reason: str


class AnalysePool:
    """The analysers."""

    def __init__(
        self,
        workers: int,
        command: Sequence[str] | None = None,
        recycle_after: int = RECYCLE_AFTER,
        queue_size: int | None = None,
        transport: Transport | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self._limits = limits
        self._executor = Executor("analyse", workers, command, recycle_after, queue_size, transport)

    @property
    def tier(self) -> str:
        """See `Executor.tier`."""
        return self._executor.tier

    def __enter__(self) -> AnalysePool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, entries: Sequence[IndexEntry]) -> Future[Segment]:
        """Queues a batch; blocks while the queue is full.

        The future raises BatchError where the batch failed; then `isolate` it. It may also raise
        `WorkerStartError` or `ExecutorClosedError`.
        """
        return self._executor.submit(_InvertJob(tuple(entries), self._limits))

    def isolate(self, entries: Sequence[IndexEntry]) -> tuple[list[Segment], list[EntryFailure]]:
        """Inverts a batch that failed, by halves: segments in order, and the documents at fault.

        Blocks. A batch that fails only as a whole comes out as several segments and no failure.
        """
        if not entries:
            return [], []
        try:
            return [self.submit(entries).result()], []
        except BatchError as error:
            if len(entries) == 1:
                return [], [EntryFailure(entries[0].document, str(error))]
        middle = len(entries) // 2
        first, failures = self.isolate(entries[:middle])
        second, more = self.isolate(entries[middle:])
        return first + second, failures + more

    def close(self, *, finish: bool = False) -> None:
        """See `Executor.close`."""
        self._executor.close(finish=finish)


class _InvertJob(Alone):
    """One batch's conversation."""

    def __init__(self, entries: tuple[IndexEntry, ...], limits: Limits) -> None:
        self._entries = entries
        self._limits = limits
        self._size = sum(_size(entry) for entry in entries)

    @property
    def total_seconds(self) -> float:
        return self._limits.total_seconds(self._size)

    @property
    def stall_seconds(self) -> float:
        return self.total_seconds

    @property
    def memory_bytes(self) -> int:
        return self._limits.memory_bytes

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        hint = Hint(size=self._size)
        request = Request(channel.token, "invert", "entries", hint, self._limits)
        return request_frame(request), None

    def converse(self, channel: Channel) -> Segment:
        for entry in self._entries:
            channel.send(b"".join(entry_frames(entry)))
        channel.send(encode(FrameType.END))
        data = self._segment(channel)
        try:
            return Segment.from_bytes(data)
        except ValueError:
            raise ProtocolError("a segment that cannot be read") from None

    def _segment(self, channel: Channel) -> bytes:
        pieces, size = [], 0
        while (frame := channel.receive()).kind is FrameType.SEGMENT:
            pieces.append(frame.payload)
            size += len(frame.payload)
            if size > _OUT_BASE + _OUT_RATIO * self._size:
                raise ProtocolError("a segment larger than its texts can make it")
        self._check_end(frame)
        return b"".join(pieces)

    def _check_end(self, frame: Frame) -> None:
        if frame.kind is FrameType.FAULT:
            raise BatchError(f"Indexing stopped with an error ({read_fault(frame.payload)}).")
        if frame.kind is not FrameType.END:
            raise ProtocolError(f"a {frame.kind.name} frame out of place")

    def fault(self, fault: Fault) -> Segment:
        raise BatchError(f"The indexer {fault.sentence()} while indexing.")

    def close(self) -> None:
        self._entries = ()


def _size(entry: IndexEntry) -> int:
    """Code points to be indexed, near enough to bytes for time and size limits."""
    return sum(len(page.text) for page in entry.pages) + sum(map(len, entry.fields.values()))
