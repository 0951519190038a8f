"""Frames and what stands in them: what goes in comes out, and nothing else is let through."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model import batches, extracted, messages
from evidencebox.model.documents import DocumentType, Layer, Notice, Outcome, Page, Span, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.frames import (
    MAXIMUM,
    PIECE,
    Frame,
    FrameType,
    ProtocolError,
    TruncatedError,
    encode,
    read_frame,
)
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.passwords import LONGEST, MOST, KnownPassword

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
WORD = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


def payload(data: bytes) -> bytes:
    """The only frame's payload."""
    frame = read_frame(io.BytesIO(data).read)
    assert frame is not None
    return frame.payload


def reader(frames: bytes) -> Callable[[], Frame | None]:
    stream = io.BytesIO(frames)
    return lambda: read_frame(stream.read)


def read_page(data: bytes, longest: int = 10_000_000) -> Page:
    more = reader(data)
    frame = more()
    assert frame is not None
    assert frame.kind is FrameType.PAGE
    return extracted.read_page(frame.payload, more, longest)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    text = draw(TEXT)
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = [
        Span(low, high, draw(WORD), draw(TEXT)) for low, high in draw(st.lists(bounds, max_size=3))
    ]
    number = draw(st.integers(1, 1 << 31))
    return Page(number, text, draw(TEXT), draw(st.sampled_from(Layer)), tuple(spans))


@given(st.sampled_from(FrameType), st.binary(max_size=200))
def test_a_frame_comes_back(kind: FrameType, data: bytes) -> None:
    data = data[: MAXIMUM[kind]]
    more = reader(encode(kind, data) + encode(FrameType.BEAT))
    assert more() == Frame(kind, data)
    assert more() == Frame(FrameType.BEAT, b"")
    assert more() is None


@pytest.mark.parametrize("kind", FrameType)
def test_a_frame_over_its_maximum_is_refused_before_it_is_read(kind: FrameType) -> None:
    asked: list[int] = []
    stream = io.BytesIO(struct.pack(">BI", kind, MAXIMUM[kind] + 1) + b"x" * 100)

    def read(size: int) -> bytes:
        asked.append(size)
        return stream.read(size)

    with pytest.raises(ProtocolError, match="more than"):
        read_frame(read)
    assert asked == [5]
    with pytest.raises(ValueError, match="frame of"):
        encode(kind, bytes(MAXIMUM[kind] + 1))


@given(st.integers(0, 255).filter(lambda code: code not in set(FrameType)))
def test_an_unknown_type_is_refused(code: int) -> None:
    with pytest.raises(ProtocolError, match="unknown frame type"):
        read_frame(io.BytesIO(bytes([code]) + bytes(4)).read)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_truncated_frame_is_refused(data: bytes, choice: st.DataObject) -> None:
    whole = encode(FrameType.DATA, data)
    cut = choice.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(TruncatedError):
        read_frame(io.BytesIO(whole[:cut]).read)


@given(pages())
def test_a_page_comes_back(page: Page) -> None:
    assert read_page(b"".join(extracted.page_frames(page))) == page


def test_a_page_of_many_frames_comes_back() -> None:
    page = Page(3, "äöü€𝄞 " * 400_000, "long", spans=(Span(0, 2_400_000, "note"),))
    frames = list(extracted.page_frames(page))
    assert len(frames) > 3
    assert read_page(b"".join(frames)) == page


def test_lone_surrogates_become_replacement_characters_and_offsets_hold() -> None:
    page = Page(1, "a\ud800b\udcffc", spans=(Span(4, 5, "note"),))
    got = read_page(b"".join(extracted.page_frames(page)))
    assert got.text == "a\ufffdb\ufffdc"
    assert got.text[got.spans[0].start] == "c"


def test_a_page_over_the_limit_is_refused_by_what_it_claims() -> None:
    frames = list(extracted.page_frames(Page(1, "x" * 3_000_000)))
    with pytest.raises(ProtocolError):
        read_page(frames[0], longest=10_000)


def page_with(**changes: object) -> bytes:
    head: dict[str, object] = {
        "number": 1, "label": "", "layer": "text", "bytes": 4, "spans": [],
    }  # fmt: skip
    packed = json.dumps(head | changes).encode()
    return encode(FrameType.PAGE, struct.pack(">I", len(packed)) + packed + b"text")


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"number": True},
        {"number": 1.0},
        {"number": "1"},
        {"number": 1 << 40},
        {"label": None},
        {"label": "x" * 2000},
        {"label": "\ud800"},
        {"layer": "both"},
        {"bytes": 3},
        {"bytes": 5},
        {"bytes": -1},
        {"bytes": 1 << 60},
        {"spans": None},
        {"spans": [[0, 5, "note", ""]]},
        {"spans": [[3, 2, "note", ""]]},
        {"spans": [[-1, 2, "note", ""]]},
        {"spans": [[0, 2, "<b>", ""]]},
        {"spans": [[0, 2, "note"]]},
        {"spans": [[0, 2, "note", ""]] * 10_001},
        {"extra": 1},
    ],
)
def test_a_page_that_lies_is_refused(changes: dict[str, object]) -> None:
    assert read_page(page_with()) == Page(1, "text")
    with pytest.raises(ProtocolError):
        read_page(page_with(**changes))


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(ProtocolError):
        read_page(page_with()[:-1] + b"\xff")


@given(TEXT, TEXT)
def test_metadata_comes_back(key: str, value: str) -> None:
    assert extracted.read_meta(payload(extracted.meta_frame(key, value))) == (key, value)


@given(WORD, TEXT)
def test_a_notice_comes_back(code: str, detail: str) -> None:
    frame = extracted.notice_frame(code, detail)
    assert extracted.read_notice(payload(frame)) == Notice(code, detail)


@given(TEXT, WORD, TEXT, TEXT)
def test_a_childs_head_comes_back(name: str, relation: str, media: str, part: str) -> None:
    head = ChildHead(name, relation, media, part)
    assert extracted.read_child(payload(extracted.child_frame(head))) == head


def test_a_childs_name_keeps_bytes_that_are_not_utf8() -> None:
    head = ChildHead(b"caf\xe9.txt".decode("utf-8", "surrogateescape"), "member")
    got = extracted.read_child(payload(extracted.child_frame(head)))
    assert got.name.encode("utf-8", "surrogateescape") == b"caf\xe9.txt"


@given(st.sampled_from(sorted(extracted.FROM_WORKER)), st.sampled_from(DocumentType), TEXT)
def test_an_outcome_comes_back(status: Status, kind: DocumentType, reason: str) -> None:
    outcome = Outcome(status, kind, "text/plain", reason, "extract", "own", 7)
    assert extracted.read_outcome(payload(extracted.outcome_frame(outcome))) == outcome


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.QUARANTINED, Status.PENDING])
def test_some_outcomes_are_not_a_workers_to_give(status: Status) -> None:
    with pytest.raises(ProtocolError):
        extracted.read_outcome(payload(extracted.outcome_frame(Outcome(status))))


@given(TEXT, st.integers(0, 1 << 40))
def test_a_request_comes_back(name: str, size: int) -> None:
    request = messages.Request(
        bytes(range(16)), "extract", "stream", Hint(name, "text/plain", size, 2), Limits(pages=7)
    )
    assert messages.read_request(payload(messages.request_frame(request))) == request


@given(st.lists(pages(), max_size=4), st.dictionaries(WORD, TEXT), st.none() | st.integers())
def test_an_index_entry_comes_back(
    found: list[Page], fields: dict[str, str], date: int | None
) -> None:
    date = None if date is None else max(-(1 << 40), min(date, 1 << 40))
    entry = IndexEntry(
        DocumentId("0a" * 32), tuple(found), fields, {"type": ("mail", "x y")}, date, 12
    )
    more = reader(b"".join(batches.entry_frames(entry)))
    frame = more()
    assert frame is not None
    assert batches.read_entry(frame.payload, more, 1000) == entry
    assert more() is None


DECODERS: list[Callable[[bytes], object]] = [
    messages.read_ready,
    messages.read_passwords,
    messages.read_request,
    extracted.read_meta,
    extracted.read_notice,
    extracted.read_child,
    extracted.read_outcome,
    batches.read_fault,
    messages.read_read,
    lambda data: extracted.read_page(data, lambda: None, 1000),
    lambda data: batches.read_entry(data, lambda: None, 1000),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
HOSTILE = st.one_of(
    st.binary(max_size=100),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.sampled_from([b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000, b'{"key":NaN,"value":""}']),
)


@pytest.mark.parametrize("decode", DECODERS)
@given(HOSTILE)
def test_hostile_payloads_are_refused(decode: Callable[[bytes], object], data: bytes) -> None:
    try:
        decode(data)
    except ProtocolError:
        return
    assert decode is messages.read_read
    assert len(data) == 12


@given(st.lists(TEXT, max_size=20))
def test_passwords_come_back(texts: list[str]) -> None:
    known = [KnownPassword(f"p{n}", text) for n, text in enumerate(texts)]
    assert messages.read_passwords(payload(messages.passwords_frame(known))) == known


def test_the_most_and_longest_passwords_fit_a_frame() -> None:
    known = [KnownPassword(f"p{n}", "\U0001f511" * LONGEST) for n in range(MOST)]
    assert len(messages.passwords_frame(known)) <= MAXIMUM[FrameType.PASSWORDS]


def test_a_password_is_in_no_repr() -> None:
    assert "hunter2" not in repr(KnownPassword("p1", "hunter2"))


def test_pieces_fit_their_frames() -> None:
    assert MAXIMUM[FrameType.DATA] == MAXIMUM[FrameType.CHILD_DATA] == PIECE
