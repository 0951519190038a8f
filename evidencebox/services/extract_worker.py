"""An extractor's main loop: a request and a document in, frames out. Holds no key and no path.

Imports `evidencebox.extract` and `evidencebox.model`, nothing heavier; a test holds it to that.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, cast

from evidencebox.model.documents import Outcome, Page, Status
from evidencebox.model.extracted import (
    META_MAX,
    child_frame,
    meta_frame,
    notice_frame,
    outcome_frame,
    page_frames,
)
from evidencebox.model.extraction import ChildHead, ChildWriter, Hint, Limits, Sink
from evidencebox.model.frames import PIECE, FrameType, ProtocolError, encode
from evidencebox.model.messages import Request
from evidencebox.model.passwords import KnownPassword
from evidencebox.model.pictures import picture_frames, read_order
from evidencebox.services.worker import (
    BEAT_FRAME,
    AskedSource,
    ParentGoneError,
    WorkerChannel,
    ask_passwords,
    open_channel,
    say_ready,
)
from evidencebox.services.worker_loop import Tiers, run

Ask = Callable[[], Sequence[KnownPassword]]
Extract = Callable[[BinaryIO, Hint, Limits, Sink, Ask], Outcome]

_BEAT_SECONDS = 1.0
_GATHER = 64 << 10


class FrameSink:
    """Writes what an extractor finds as frames. One child at a time."""

    def __init__(self, channel: WorkerChannel) -> None:
        self._channel = channel
        self._in_child = False

    def page(self, page: Page) -> None:
        for frame in page_frames(page):
            self._channel.send(frame)

    def meta(self, key: str, value: str) -> None:
        if len(value) > META_MAX:
            self.warn("metadata_cut", f"A metadata value was cut at {META_MAX:,} characters.")
        self._channel.send(meta_frame(key, value))

    def warn(self, code: str, detail: str) -> None:
        self._channel.send(notice_frame(code, detail))

    def beat(self) -> None:
        if self._channel.idle_for() >= _BEAT_SECONDS:
            self._channel.send(BEAT_FRAME)
            self._channel.flush()

    @contextmanager
    def child(self, head: ChildHead) -> Iterator[ChildWriter]:
        if self._in_child:
            raise RuntimeError("a child inside a child: its parent has to be closed first")
        self._in_child = True
        self._channel.send(child_frame(head))
        writer = _ChildOut(self._channel)
        try:
            yield writer
        except BaseException:
            self._close_child(FrameType.CHILD_ABORT)
            raise
        writer.flush()
        self._close_child(FrameType.CHILD_END)

    def _close_child(self, kind: FrameType) -> None:
        self._in_child = False
        self._channel.send(encode(kind))

    def finish(self, outcome: Outcome) -> None:
        """The last frame; a child that was left open is given up first."""
        if self._in_child:
            self._close_child(FrameType.CHILD_ABORT)
        self._channel.send(outcome_frame(outcome))
        self._channel.flush()


class _ChildOut:
    """Gathers small writes into frames of a sensible size."""

    def __init__(self, channel: WorkerChannel) -> None:
        self._channel = channel
        self._gathered = bytearray()

    def write(self, data: bytes, /) -> None:
        self._gathered += data
        if len(self._gathered) >= _GATHER:
            self.flush()

    def flush(self) -> None:
        view = memoryview(bytes(self._gathered))
        self._gathered.clear()
        for start in range(0, len(view), PIECE):
            piece = bytes(view[start : start + PIECE])
            self._channel.send(encode(FrameType.CHILD_DATA, piece))


def main(tiers: Tiers = None) -> int:
    """Serves requests until the parent closes the stream. `tiers`: see `worker_loop.run`."""
    channel = open_channel()
    try:
        from evidencebox.extract import extract, preload

        preload()  # now: inside the sandbox no module's file can be read any more
    except Exception as error:  # said to the parent, which shows it: nothing was read yet
        say_ready(channel, "extract", error=f"{type(error).__name__}: {error}")
        return 1
    return run(channel, "extract", lambda own, request: answer(own, request, extract), tiers)


def answer(channel: WorkerChannel, request: Request, extract: Extract) -> None:
    """One document, once its request was read, to its outcome."""
    channel.send(encode(FrameType.BEGIN, request.token))
    channel.flush()
    if request.mode == "render":
        _draw(channel, request)
        return
    sink = FrameSink(channel)
    sink.finish(_outcome(channel, request, sink, extract))


def _draw(channel: WorkerChannel, request: Request) -> None:
    """One page of a document, as ordered, to its pixels and its outcome."""
    from evidencebox.extract.render import render

    frame = channel.receive()
    if frame.kind is not FrameType.ORDER:
        raise ProtocolError("a page to draw, without an order")
    order = read_order(frame.payload)
    try:
        with _source(channel, request) as source:
            picture, outcome = render(
                source, request.hint, request.limits, order, lambda: ask_passwords(channel)
            )
    except MemoryError:
        reason = "Drawing it takes more memory than is allowed."
        picture, outcome = None, Outcome(Status.LIMIT, reason=reason)
    if picture is not None:
        for piece in picture_frames(picture):
            channel.send(piece)
    channel.send(outcome_frame(outcome))
    channel.flush()


def _outcome(
    channel: WorkerChannel, request: Request, sink: FrameSink, extract: Extract
) -> Outcome:
    try:
        with _source(channel, request) as source:
            return extract(
                source, request.hint, request.limits, sink, lambda: ask_passwords(channel)
            )
    except (ParentGoneError, ProtocolError):
        raise
    except MemoryError:
        return Outcome(Status.LIMIT, reason="Reading this file needs more memory than is allowed.")
    except Exception as error:
        # The class alone: a parser's message may quote the document.
        name = type(error).__name__
        return Outcome(Status.FAILED, reason=f"The reader stopped with an error ({name}).")


def _source(channel: WorkerChannel, request: Request) -> BinaryIO:
    """The document as a seekable file that is only read."""
    if request.source == "descriptor":
        source = os.fdopen(channel.descriptors.popleft(), "rb")
        source.seek(0)
        return source
    if request.source == "ask":
        asked = AskedSource(channel, request.hint.size)
        return cast(BinaryIO, io.BufferedReader(asked, 256 << 10))
    return _streamed(channel)


def _streamed(channel: WorkerChannel) -> BinaryIO:
    """What comes as DATA frames, kept in memory and never on disk. Raises MemoryError."""
    held: io.BytesIO | None = io.BytesIO()
    while (frame := channel.receive()).kind is FrameType.DATA:
        try:
            if held is not None:
                held.write(frame.payload)
        except MemoryError:
            held = None  # the rest is still to be read, or the parent could not stop writing
    if frame.kind is not FrameType.END:
        raise ProtocolError("something else than data inside a document")
    if held is None:
        raise MemoryError
    held.seek(0)
    return held
