"""Analysers that look for officers: batches of documents in, mentions out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from evidencebox.analysis.mentions import Found
from evidencebox.model.batches import entry_frames, read_fault
from evidencebox.model.extraction import MIB, Hint
from evidencebox.model.frames import FrameType, ProtocolError, encode
from evidencebox.model.messages import Request, request_frame
from evidencebox.services.analyse_pool import LIMITS, BatchError
from evidencebox.services.analyse_worker import NAMES
from evidencebox.services.executor import Channel, Executor, Fault
from evidencebox.services.mention_work import Batch, unpacked
from evidencebox.services.seat import Alone

_OUT_BASE = 64 * MIB
_OUT_RATIO = 40
"""A list of names alone yields some forty bytes of mentions for each of text."""


class MentionPool:
    """To be closed, and best used in a `with`."""

    def __init__(self, workers: int, command: Sequence[str] | None = None) -> None:
        self._executor = Executor("analyse", workers, command)

    def __enter__(self) -> MentionPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.close()

    def submit(self, batch: Batch) -> Future[list[Found]]:
        """Looks through a batch. The future raises BatchError where that is not possible."""
        return self._executor.submit(_NamesJob(batch))


class _NamesJob(Alone):
    """One batch's conversation. Batches share a child, which then knows the roster already."""

    family = "names"
    share = 16
    memory_bytes = LIMITS.memory_bytes

    def __init__(self, batch: Batch) -> None:
        self._batch: Batch | None = batch
        self._size = sum(len(page.text) for entry in batch.entries for page in entry.pages)
        self.total_seconds = self.stall_seconds = LIMITS.total_seconds(self._size)

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        hint = Hint(size=self._size)
        return request_frame(Request(channel.token, NAMES, "entries", hint, LIMITS)), None

    def converse(self, channel: Channel) -> list[Found]:
        assert self._batch is not None
        for entry in (self._batch.roster, *self._batch.entries):
            channel.send(b"".join(entry_frames(entry)))
        channel.send(encode(FrameType.END))
        pieces, size = [], 0
        while (frame := channel.receive()).kind is FrameType.SEGMENT:
            pieces.append(frame.payload)
            size += len(frame.payload)
            if size > _OUT_BASE + _OUT_RATIO * self._size:
                raise ProtocolError("more mentions than the texts can hold")
        if frame.kind is FrameType.FAULT:
            raise BatchError(f"Finding names stopped with an error ({read_fault(frame.payload)}).")
        if frame.kind is not FrameType.END:
            raise ProtocolError(f"a {frame.kind.name} frame out of place")
        return unpacked(b"".join(pieces), self._batch)

    def fault(self, fault: Fault) -> list[Found]:
        raise BatchError(f"The analyser {fault.sentence()} while finding names.")

    def close(self) -> None:
        self._batch = None
