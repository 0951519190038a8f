"""An analyser's main loop: a batch of texts in; a segment's bytes, signatures or mentions out.

Holds no key. Imports `evidencebox.index.invert`, `evidencebox.analysis` and `evidencebox.model`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidencebox.model.batches import fault_frame, read_entry
from evidencebox.model.frames import PIECE, FrameType, ProtocolError, encode
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.messages import Request
from evidencebox.services.worker import (
    ParentGoneError,
    WorkerChannel,
    open_channel,
    say_ready,
)
from evidencebox.services.worker_loop import Tiers, run

SIGN = "sign"
NAMES = "names"
"""The modes of a request for signatures, and for mentions; any other is for a segment."""

Invert = Callable[[Sequence[IndexEntry]], bytes]


def main(tiers: Tiers = None) -> int:
    """Serves batches until the parent closes the stream. `tiers`: see `worker_loop.run`."""
    channel = open_channel()
    try:
        from evidencebox.analysis.near_duplicates import pack, signature
        from evidencebox.index.invert import invert
        from evidencebox.services.mention_work import names

        signature(["numpy imports some of itself at first use, which it cannot once shut in"])
    except Exception as error:  # said to the parent, which shows it: nothing was read yet
        say_ready(channel, "analyse", error=f"{type(error).__name__}: {error}")
        return 1

    def sign(entries: Sequence[IndexEntry]) -> bytes:
        return pack([signature(page.text for page in entry.pages) for entry in entries])

    def segment(entries: Sequence[IndexEntry]) -> bytes:
        return invert(entries).to_bytes()

    def one(own: WorkerChannel, request: Request) -> None:
        work = {SIGN: sign, NAMES: names}.get(request.mode, segment)
        answer(own, request, work)

    return run(channel, "analyse", one, tiers)


def answer(channel: WorkerChannel, request: Request, invert: Invert) -> None:
    """One batch, once its request was read, to its segment's bytes."""
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
