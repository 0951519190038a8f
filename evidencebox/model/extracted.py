"""What an extractor finds, inside frames: pages, metadata, notices, children, and how it ended.

Encoders make values fit, and decoders trust nothing: see `messages`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from evidencebox.model.documents import (
    DocumentType,
    Layer,
    Notice,
    Outcome,
    Page,
    Span,
    Status,
)
from evidencebox.model.extraction import ChildHead
from evidencebox.model.fields import (
    NAME_MAX,
    WRONG,
    clean,
    fit,
    int_field,
    json_bytes,
    json_frame,
    json_object,
    name_field,
    one_of,
    text_field,
    word_field,
)
from evidencebox.model.frames import PIECE, Frame, FrameType, ProtocolError, encode

LABEL_MAX = 1024


SENTENCE_MAX = 4096


META_MAX = 65_536


SPANS_MAX = 10_000


_LENGTH = struct.Struct(">I")


FROM_WORKER = frozenset(Status) - {Status.TIMEOUT, Status.QUARANTINED, Status.PENDING}


_STAGES = ("read", "extract", "index")


def page_frames(page: Page) -> Iterator[bytes]:
    """PAGE, and as many TEXT frames as its UTF-8 text needs beyond the first PIECE bytes."""
    text = clean(page.text).encode()
    spans = [
        [span.start, span.end, span.kind, fit(span.label, LABEL_MAX)]
        for span in page.spans[:SPANS_MAX]
    ]
    head = {
        "number": page.number,
        "label": fit(page.label, LABEL_MAX),
        "layer": page.layer.value,
        "bytes": len(text),
        "spans": spans,
    }
    packed = json_bytes(head)
    if len(packed) + _LENGTH.size + PIECE > 4 * PIECE:
        packed = json_bytes({**head, "spans": []})
    yield encode(FrameType.PAGE, _LENGTH.pack(len(packed)) + packed + text[:PIECE])
    for start in range(PIECE, len(text), PIECE):
        yield encode(FrameType.TEXT, text[start : start + PIECE])


def read_page(payload: bytes, more: Callable[[], Frame | None], longest: int) -> Page:
    """PAGE with its TEXT frames, which `more` fetches; `longest` is in code points."""
    if len(payload) < _LENGTH.size:
        raise ProtocolError(WRONG)
    (size,) = _LENGTH.unpack_from(payload)
    rest = _LENGTH.size + size
    value = json_object(
        payload[_LENGTH.size : rest], frozenset({"number", "label", "layer", "bytes", "spans"})
    )
    length = int_field(value["bytes"], 0, 4 * longest)
    text = _page_text(payload[rest:], length, more)
    if len(text) > longest:
        raise ProtocolError("more text than the limit")
    return Page(
        int_field(value["number"], 1, 1 << 31),
        text,
        text_field(value["label"], LABEL_MAX),
        one_of(Layer, value["layer"]),
        _spans(value["spans"], len(text)),
    )


def _page_text(first: bytes, length: int, more: Callable[[], Frame | None]) -> str:
    pieces, have = [first], len(first)
    while have < length:
        frame = more()
        if frame is None or frame.kind is not FrameType.TEXT or not frame.payload:
            raise ProtocolError("a page whose text is cut off")
        pieces.append(frame.payload)
        have += len(frame.payload)
    if have > length:
        raise ProtocolError("a page with more text than it says")
    try:
        return b"".join(pieces).decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("text that is not UTF-8") from None


def _spans(value: object, length: int) -> tuple[Span, ...]:
    if type(value) is not list or len(value) > SPANS_MAX:
        raise ProtocolError(WRONG)
    spans = []
    for item in value:
        if type(item) is not list or len(item) != 4:
            raise ProtocolError(WRONG)
        end = int_field(item[1], 0, length)
        start = int_field(item[0], 0, end)
        spans.append(Span(start, end, word_field(item[2]), text_field(item[3], LABEL_MAX)))
    return tuple(spans)


def meta_frame(key: str, value: str) -> bytes:
    """META. The value must be within META_MAX."""
    return json_frame(FrameType.META, {"key": fit(key, LABEL_MAX), "value": fit(value, META_MAX)})


def read_meta(payload: bytes) -> tuple[str, str]:
    """META: key and value."""
    value = json_object(payload, frozenset({"key", "value"}))
    return text_field(value["key"], LABEL_MAX), text_field(value["value"], META_MAX)


def notice_frame(code: str, detail: str) -> bytes:
    """NOTICE."""
    return json_frame(FrameType.NOTICE, {"code": code, "detail": fit(detail, SENTENCE_MAX)})


def read_notice(payload: bytes) -> Notice:
    """NOTICE."""
    value = json_object(payload, frozenset({"code", "detail"}))
    return Notice(word_field(value["code"]), text_field(value["detail"], SENTENCE_MAX))


def child_frame(head: ChildHead) -> bytes:
    """CHILD. Its bytes follow in CHILD_DATA frames."""
    return json_frame(
        FrameType.CHILD,
        {
            "name": head.name[:NAME_MAX],
            "relation": head.relation,
            "media_type": fit(head.media_type, 255),
            "part": fit(head.part, LABEL_MAX),
        },
    )


def read_child(payload: bytes) -> ChildHead:
    """CHILD."""
    value = json_object(payload, frozenset({"name", "relation", "media_type", "part"}))
    return ChildHead(
        name_field(value["name"]),
        word_field(value["relation"]),
        text_field(value["media_type"], 255),
        text_field(value["part"], LABEL_MAX),
    )


def outcome_frame(outcome: Outcome) -> bytes:
    """OUTCOME."""
    return json_frame(
        FrameType.OUTCOME,
        {
            "status": outcome.status.value,
            "type": outcome.type.value,
            "media_type": fit(outcome.media_type, 255),
            "reason": fit(outcome.reason, SENTENCE_MAX),
            "stage": outcome.stage,
            "engine": fit(outcome.engine, 255),
            "version": outcome.version,
        },
    )


def read_outcome(payload: bytes) -> Outcome:
    """OUTCOME. Some statuses are the parent's to give and are refused here."""
    value = json_object(
        payload,
        frozenset({"status", "type", "media_type", "reason", "stage", "engine", "version"}),
    )
    status = one_of(Status, value["status"])
    stage = word_field(value["stage"])
    if status not in FROM_WORKER or stage not in _STAGES:
        raise ProtocolError("an outcome that a worker cannot give")
    return Outcome(
        status,
        one_of(DocumentType, value["type"]),
        text_field(value["media_type"], 255),
        text_field(value["reason"], SENTENCE_MAX),
        stage,
        text_field(value["engine"], 255),
        int_field(value["version"], 0, 1 << 31),
    )
