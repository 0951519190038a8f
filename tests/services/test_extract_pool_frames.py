"""Mutated streams of frames against the parent's side: refused or read, never anything else."""

from __future__ import annotations

import io
from typing import cast

import hypothesis
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.documents import Notice, Outcome, Page, Span, Status
from evidencebox.model.extracted import (
    child_frame,
    meta_frame,
    notice_frame,
    outcome_frame,
    page_frames,
)
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.frames import MAXIMUM, FrameType, ProtocolError, encode
from evidencebox.services.extract_job import ExtractJob
from evidencebox.services.faults import WorkerEndedError, WorkerRefusedError
from evidencebox.services.slot import Channel, Slot
from evidencebox.services.worker_process import WorkerProcess

LIMITS = Limits(pages=20, chars=5000, ratio=2, ratio_after_bytes=1000)

FRAMES = [
    *page_frames(Page(1, "Officer May lives here. " * 5, "p. 1", spans=(Span(0, 7, "note"),))),
    meta_frame("title", "Background"),
    notice_frame("mismatch", "The name says otherwise."),
    child_frame(ChildHead("a.txt", "attachment", "text/plain", "2")),
    encode(FrameType.CHILD_DATA, b"bytes of a child"),
    encode(FrameType.BEAT),
    encode(FrameType.CHILD_END),
    *page_frames(Page(2, "Änderung", "p. 2")),
    child_frame(ChildHead("b.txt", "attachment")),
    encode(FrameType.CHILD_ABORT),
    outcome_frame(Outcome(Status.OK, engine="own", version=1)),
]


class Stream:
    """Stands where a worker process stands; what it is asked to read is bounded."""

    transport = "pipes"

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        assert size <= max(MAXIMUM.values())
        return self._data.read(size)

    def write(self, data: bytes, descriptor: int | None = None) -> None:
        assert descriptor is None


class Checked:
    """A receiver that holds what it is given to the limits and the order."""

    def __init__(self) -> None:
        self.chars = self.bytes = 0
        self.last = {"text": 0, "ocr": 0}
        self.open = False

    def page(self, page: Page) -> None:
        assert self.last[page.layer] < page.number
        self.last[page.layer] = page.number
        self.chars += len(page.text)
        assert self.chars <= LIMITS.chars
        assert all(0 <= span.start <= span.end <= len(page.text) for span in page.spans)
        page.text.encode()

    def meta(self, key: str, value: str) -> None:
        (key + value).encode()

    def notice(self, notice: Notice) -> None:
        (notice.code + notice.detail).encode()

    def child(self, head: ChildHead) -> Checked:
        assert not self.open
        self.open = True
        return self

    def write(self, data: bytes, /) -> None:
        assert self.open
        self.bytes += len(data)
        assert self.bytes <= 2 * LIMITS.ratio * LIMITS.ratio_after_bytes

    def close(self) -> None:
        assert self.open
        self.open = False

    abort = close


def converse(data: bytes) -> Outcome:
    receiver = Checked()
    job = ExtractJob([], Hint(size=100), LIMITS, receiver)
    channel = Channel(Slot(), cast(WorkerProcess, Stream(data)))
    try:
        return job.converse(channel)
    finally:
        job.close()
        assert not receiver.open


def survive(data: bytes) -> None:
    try:
        outcome = converse(data)
    except (ProtocolError, WorkerEndedError):
        return
    except WorkerRefusedError as refused:
        outcome = refused.result
    assert isinstance(outcome, Outcome)


EDITS = st.lists(
    st.tuples(st.sampled_from("fidc"), st.integers(0, 1 << 16), st.binary(max_size=8)),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, edits: list[tuple[str, int, bytes]]) -> bytes:
    out = bytearray(data)
    for kind, at, new in edits:
        at %= len(out) + 1
        if kind == "f":
            out[at : at + len(new)] = new
        elif kind == "i":
            out[at:at] = new
        elif kind == "d":
            del out[at : at + len(new)]
        else:
            out[at:at] = out[at // 2 : at]
    return bytes(out)


def test_the_stream_itself_is_good() -> None:
    assert converse(b"".join(FRAMES)).status is Status.OK


@given(EDITS)
@hypothesis.settings(max_examples=1000)
def test_mutated_bytes(edits: list[tuple[str, int, bytes]]) -> None:
    survive(mutated(b"".join(FRAMES), edits))


@given(st.lists(st.sampled_from(FRAMES), max_size=40))
@hypothesis.settings(max_examples=500)
def test_frames_in_any_order(frames: list[bytes]) -> None:
    survive(b"".join(frames))


@pytest.mark.long
def test_mutated_bytes_long() -> None:
    @given(st.permutations(FRAMES), EDITS)
    @hypothesis.settings(max_examples=10_000)
    def survives(frames: list[bytes], edits: list[tuple[str, int, bytes]]) -> None:
        survive(mutated(b"".join(frames), edits))

    before = psutil.Process().memory_info().rss
    survives()
    assert psutil.Process().memory_info().rss - before < 200 << 20
