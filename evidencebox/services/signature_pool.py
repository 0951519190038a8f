"""Signing of texts in the analysers: batches of pages in, signatures out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from evidencebox.analysis.near_duplicates import RECORD, Signature, unpack
from evidencebox.model.batches import entry_frames, read_fault
from evidencebox.model.extraction import Hint
from evidencebox.model.frames import FrameType, ProtocolError, encode
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.messages import Request, request_frame
from evidencebox.services.analyse_pool import LIMITS, BatchError
from evidencebox.services.analyse_worker import SIGN
from evidencebox.services.executor import Channel, Executor, Fault
from evidencebox.services.seat import Alone


class SignaturePool:
    """Analysers that sign."""

    def __init__(self, workers: int, command: Sequence[str] | None = None) -> None:
        self._executor = Executor("analyse", workers, command)

    def __enter__(self) -> SignaturePool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.close()

    def submit(self, entries: Sequence[IndexEntry]) -> Future[list[Signature]]:
        """Signs the pages of entries. The future raises BatchError where that is not possible."""
        return self._executor.submit(_SignJob(tuple(entries)))


class _SignJob(Alone):
    """One batch's conversation."""

    memory_bytes = LIMITS.memory_bytes

    def __init__(self, entries: tuple[IndexEntry, ...]) -> None:
        self._entries = entries
        self._size = sum(len(page.text) for entry in entries for page in entry.pages)
        self.total_seconds = self.stall_seconds = LIMITS.total_seconds(self._size)

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        hint = Hint(size=self._size)
        return request_frame(Request(channel.token, SIGN, "entries", hint, LIMITS)), None

    def converse(self, channel: Channel) -> list[Signature]:
        for entry in self._entries:
            channel.send(b"".join(entry_frames(entry)))
        channel.send(encode(FrameType.END))
        data = b""
        while (frame := channel.receive()).kind is FrameType.SEGMENT:
            data += frame.payload
            if len(data) > len(self._entries) * RECORD.itemsize:
                raise ProtocolError("more signatures than texts")
        if frame.kind is FrameType.FAULT:
            raise BatchError(f"Signing stopped with an error ({read_fault(frame.payload)}).")
        if frame.kind is not FrameType.END:
            raise ProtocolError(f"a {frame.kind.name} frame out of place")
        try:
            return unpack(data, len(self._entries))
        except ValueError:
            raise ProtocolError("signatures that cannot be read") from None

    def fault(self, fault: Fault) -> list[Signature]:
        raise BatchError(f"The analyser {fault.sentence()} while signing.")

    def close(self) -> None:
        self._entries = ()
