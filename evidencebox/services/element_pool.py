"""Analysers that look for elements: batches of documents in, elements out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from evidencebox.model.batches import entry_frames, read_fault
from evidencebox.model.extraction import MIB, Hint
from evidencebox.model.frames import FrameType, ProtocolError, encode
from evidencebox.model.messages import Request, request_frame
from evidencebox.model.suggestions import Element
from evidencebox.services.analyse_pool import LIMITS, BatchError
from evidencebox.services.element_work import ElementBatch
from evidencebox.services.element_worker import ROLE
from evidencebox.services.executor import Channel, Executor, Fault
from evidencebox.services.seat import Alone

_OUT_BASE = 64 * MIB
_OUT_RATIO = 60
"""A list of numbers alone yields some sixty bytes of elements for each of text."""


class ElementPool:
    """To be closed, and best used in a `with`."""

    def __init__(self, workers: int, command: Sequence[str] | None = None) -> None:
        self._executor = Executor(ROLE, workers, command)

    def __enter__(self) -> ElementPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.close()

    def submit(self, batch: ElementBatch) -> Future[list[list[Element]]]:
        """Looks through a batch. The future raises BatchError where that is not possible."""
        return self._executor.submit(_ElementsJob(batch))


class _ElementsJob(Alone):
    """One batch's conversation. Batches share a child, which then knows the rules already."""

    family = "elements"
    share = 16
    memory_bytes = LIMITS.memory_bytes

    def __init__(self, batch: ElementBatch) -> None:
        self._batch: ElementBatch | None = batch
        self._size = sum(len(page.text) for _, pages, _ in batch.documents for page in pages)
        self.total_seconds = self.stall_seconds = LIMITS.total_seconds(self._size)

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        # Beside the texts stand lists of mentions.
        hint = Hint(size=self._size + MIB)
        return request_frame(Request(channel.token, "elements", "entries", hint, LIMITS)), None

    def converse(self, channel: Channel) -> list[list[Element]]:
        assert self._batch is not None
        for entry in self._batch.entries():
            channel.send(b"".join(entry_frames(entry)))
        channel.send(encode(FrameType.END))
        pieces, size = [], 0
        while (frame := channel.receive()).kind is FrameType.SEGMENT:
            pieces.append(frame.payload)
            size += len(frame.payload)
            if size > _OUT_BASE + _OUT_RATIO * self._size:
                raise ProtocolError("more elements than the texts can hold")
        if frame.kind is FrameType.FAULT:
            raise BatchError(f"Finding elements stopped: an error ({read_fault(frame.payload)}).")
        if frame.kind is not FrameType.END:
            raise ProtocolError(f"a {frame.kind.name} frame out of place")
        return self._batch.unpacked(b"".join(pieces))

    def fault(self, fault: Fault) -> list[list[Element]]:
        raise BatchError(f"The analyser {fault.sentence()} while finding elements.")

    def close(self) -> None:
        self._batch = None
