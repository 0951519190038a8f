"""Analysers that look through documents for something: batches of texts in, what they hold out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from evidencebox.model.batches import entry_frames, read_fault
from evidencebox.model.extraction import MIB, Hint
from evidencebox.model.frames import FrameType, ProtocolError, encode
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.messages import Request, request_frame
from evidencebox.services.analyse_pool import LIMITS, BatchError
from evidencebox.services.executor import Channel, Executor, Fault
from evidencebox.services.seat import Alone

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_OUT_BASE = 64 * MIB
_SHARE = 16
"""Batches that a child takes, which then knows roster or rules already."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How analysers that look for `what` are spoken to.

    `role`: of the worker; `asked`: the request's kind; `ratio`: most bytes out for each of text.
    """

    what: str
    role: str
    asked: str
    ratio: int


class LookBatch(Protocol[T_co]):
    """Documents to be looked through at once."""

    @property
    def size(self) -> int:
        """Code points of all pages."""
        ...

    def entries(self) -> Iterable[IndexEntry]:
        """What the analyser gets: roster or rules first, then an entry a document."""
        ...

    def unpacked(self, data: bytes) -> Sequence[T_co]:
        """What it says, one a document. Raises ProtocolError for what does not fit the batch."""
        ...


class LookPool(Generic[T]):
    """To be closed, and best used in a `with`."""

    def __init__(self, talk: Talk, workers: int) -> None:
        self._talk = talk
        self._executor = Executor(talk.role, workers)

    def __enter__(self) -> LookPool[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.close()

    def submit(self, batch: LookBatch[T]) -> Future[Sequence[T]]:
        """Looks through a batch. The future raises BatchError where that is not possible."""
        return self._executor.submit(_LookJob(self._talk, batch))


class _LookJob(Alone, Generic[T]):
    """One batch's conversation."""

    share = _SHARE
    memory_bytes = LIMITS.memory_bytes

    def __init__(self, talk: Talk, batch: LookBatch[T]) -> None:
        self._talk = talk
        self._batch: LookBatch[T] | None = batch
        self._size = batch.size
        self.family = talk.what
        self.total_seconds = self.stall_seconds = LIMITS.total_seconds(self._size)

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        # Beside the texts stand a roster, rules, lists of mentions.
        hint = Hint(size=self._size + MIB)
        asked = Request(channel.token, self._talk.asked, "entries", hint, LIMITS)
        return request_frame(asked), None

    def converse(self, channel: Channel) -> Sequence[T]:
        assert self._batch is not None
        for entry in self._batch.entries():
            channel.send(b"".join(entry_frames(entry)))
        channel.send(encode(FrameType.END))
        what, pieces, size = self._talk.what, [], 0
        while (frame := channel.receive()).kind is FrameType.SEGMENT:
            pieces.append(frame.payload)
            size += len(frame.payload)
            if size > _OUT_BASE + self._talk.ratio * self._size:
                raise ProtocolError(f"more {what} than the texts can hold")
        if frame.kind is FrameType.FAULT:
            raise BatchError(f"Finding {what} stopped with an error ({read_fault(frame.payload)}).")
        if frame.kind is not FrameType.END:
            raise ProtocolError(f"a {frame.kind.name} frame out of place")
        return self._batch.unpacked(b"".join(pieces))

    def fault(self, fault: Fault) -> Sequence[T]:
        raise BatchError(f"The analyser {fault.sentence()} while finding {self._talk.what}.")

    def close(self) -> None:
        self._batch = None
