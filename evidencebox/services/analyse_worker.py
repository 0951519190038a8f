"""An analyser's main loop: a batch of texts in, an index segment's bytes out. Holds no key.

Imports `evidencebox.index.invert` and `evidencebox.model`; a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidencebox.model.batches import fault_frame, read_entry
from evidencebox.model.frames import PIECE, FrameType, ProtocolError, encode
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.messages import read_request
from evidencebox.services.worker import (
    ParentGoneError,
    WorkerChannel,
    limit_memory,
    open_channel,
    say_ready,
)

Invert = Callable[[Sequence[IndexEntry]], bytes]


def main() -> int:
    """Serves batches until the parent closes the stream."""
    channel = open_channel()
    try:
        from evidencebox.index.invert import invert
    except Exception as error:  # said to the parent, which shows it: nothing was read yet
        say_ready(channel, "analyse", f"{type(error).__name__}: {error}")
        return 1
    say_ready(channel, "analyse")
    return serve(channel, lambda entries: invert(entries).to_bytes())


def serve(channel: WorkerChannel, invert: Invert) -> int:
    """The loop itself."""
    try:
        while True:
            _one(channel, invert)
    except ParentGoneError:
        return 0


def _one(channel: WorkerChannel, invert: Invert) -> None:
    frame = channel.receive()
    if frame.kind is not FrameType.REQUEST:
        raise ProtocolError("a task that does not begin with a request")
    request = read_request(frame.payload)
    limit_memory(request.limits.memory_bytes)
    channel.send(encode(FrameType.BEGIN, request.token))
    channel.flush()
    try:
        segment = invert(_entries(channel, request.limits.total_chars(request.hint.size)))
    except ParentGoneError:
        raise
    except Exception as error:  # the class alone: a message may quote the text
        channel.send(fault_frame(type(error).__name__))
        channel.flush()
        return
    for start in range(0, len(segment), PIECE):
        channel.send(encode(FrameType.SEGMENT, segment[start : start + PIECE]))
    channel.send(encode(FrameType.END))
    channel.flush()


def _entries(channel: WorkerChannel, longest: int) -> list[IndexEntry]:
    entries = []
    while (frame := channel.receive()).kind is FrameType.ENTRY:
        entries.append(read_entry(frame.payload, channel.receive, longest))
    if frame.kind is not FrameType.END:
        raise ProtocolError("something else than an entry inside a batch")
    return entries
