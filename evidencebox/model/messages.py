"""What stands inside frames: small JSON objects, checked field by field, or raw bytes.

Encoders are used by the side that may be trusted with its own values and make them fit (lone
surrogates become U+FFFD, over-long labels are cut). Decoders trust nothing and raise
`ProtocolError`. Lengths are code points unless they say bytes.
"""

from __future__ import annotations

import dataclasses
import json
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar

from evidencebox.model.documents import (
    DocumentType,
    Layer,
    Notice,
    Outcome,
    Page,
    Span,
    Status,
)
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.frames import PIECE, Frame, FrameType, ProtocolError, encode
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry

NAME_MAX = 8192
LABEL_MAX = 1024
SENTENCE_MAX = 4096
META_MAX = 65_536
SPANS_MAX = 10_000
TOKEN_BYTES = 16

_LENGTH = struct.Struct(">I")
_READ = struct.Struct(">QI")
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_HEX = re.compile(r"[0-9a-f]{64}")
_FROM_WORKER = frozenset(Status) - {Status.TIMEOUT, Status.QUARANTINED, Status.PENDING}
_STAGES = ("read", "extract", "index")
_WRONG = "a field of the wrong type or length"
_T = TypeVar("_T")


# --- reading fields -----------------------------------------------------------------------------


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("not a number")


def _object(payload: bytes, keys: frozenset[str]) -> dict[str, Any]:
    """A JSON object with exactly these keys. Their values are not checked yet."""
    try:
        value = json.loads(payload.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ProtocolError("a payload that is not JSON") from None
    if type(value) is not dict or value.keys() != keys:
        raise ProtocolError("a payload with the wrong fields")
    return value


def _text(value: object, maximum: int) -> str:
    if type(value) is not str or len(value) > maximum or _LONE.search(value):
        raise ProtocolError(_WRONG)
    return value


def _name(value: object) -> str:
    """A name may carry bytes that are not UTF-8, as os.fsdecode escapes them: they are evidence."""
    if type(value) is not str or len(value) > NAME_MAX:
        raise ProtocolError(_WRONG)
    _text(_ESCAPED_BYTE.sub("", value), NAME_MAX)
    return value


def _word(value: object) -> str:
    if type(value) is not str or not _WORD.fullmatch(value):
        raise ProtocolError(_WRONG)
    return value


def _int(value: object, low: int = 0, high: int = 1 << 62) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ProtocolError(_WRONG)
    return value


def _one_of(kind: Callable[[str], _T], value: object) -> _T:
    try:
        return kind(_text(value, 64))
    except ValueError:
        raise ProtocolError("a word that is not on the list") from None


# --- making fields ------------------------------------------------------------------------------


def clean(text: str) -> str:
    """The text with every lone surrogate as U+FFFD, so that offsets still hold."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def _fit(text: str, maximum: int) -> str:
    return clean(text[:maximum])


def _json(kind: FrameType, value: dict[str, Any]) -> bytes:
    return encode(kind, json.dumps(value, separators=(",", ":")).encode("ascii"))


# --- the start of a worker and of a task --------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Ready:
    """What a worker says of itself at start. `tier` names its sandbox; `error` why it cannot work.

    No document has been seen yet, so `error` may be shown and logged.
    """

    protocol: int
    role: str
    tier: str
    error: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One task. `mode` is extract or invert; `source` says how a document's bytes come.

    descriptor: a read-only file descriptor travels with the frame. stream: DATA frames follow, then
    END. ask: the worker sends READ and is answered with DATA.
    """

    token: bytes
    mode: str
    source: str
    hint: Hint
    limits: Limits


def ready_frame(ready: Ready) -> bytes:
    """READY."""
    return _json(
        FrameType.READY,
        {
            "protocol": ready.protocol,
            "role": ready.role,
            "tier": ready.tier,
            "error": _fit(ready.error, 500),
        },
    )


def read_ready(payload: bytes) -> Ready:
    """READY."""
    value = _object(payload, frozenset({"protocol", "role", "tier", "error"}))
    return Ready(
        _int(value["protocol"], 0, 1000),
        _word(value["role"]),
        _word(value["tier"]),
        _text(value["error"], 500),
    )


def request_frame(request: Request) -> bytes:
    """REQUEST."""
    hint = dataclasses.asdict(request.hint)
    hint["name"], hint["media_type"] = hint["name"][:NAME_MAX], _fit(hint["media_type"], 255)
    return _json(
        FrameType.REQUEST,
        {
            "token": request.token.hex(),
            "mode": request.mode,
            "source": request.source,
            "hint": hint,
            "limits": dataclasses.asdict(request.limits),
        },
    )


def read_request(payload: bytes) -> Request:
    """REQUEST. The worker's own parent is trusted; this checks for mistakes, not for malice."""
    value = _object(payload, frozenset({"token", "mode", "source", "hint", "limits"}))
    try:
        return Request(
            bytes.fromhex(value["token"]),
            _word(value["mode"]),
            _word(value["source"]),
            Hint(**value["hint"]),
            Limits(**value["limits"]),
        )
    except (TypeError, ValueError):
        raise ProtocolError("a request with the wrong fields") from None


def read_frame_at(offset: int, length: int) -> bytes:
    """READ: `length` bytes (at most PIECE) of the source, from `offset`."""
    return encode(FrameType.READ, _READ.pack(offset, length))


def read_read(payload: bytes) -> tuple[int, int]:
    """READ: offset and length, in bytes."""
    if len(payload) != _READ.size:
        raise ProtocolError(_WRONG)
    offset, length = _READ.unpack(payload)
    return _int(offset), _int(length, 1, PIECE)


# --- what an extractor finds --------------------------------------------------------------------


def page_frames(page: Page) -> Iterator[bytes]:
    """PAGE, and as many TEXT frames as its UTF-8 text needs beyond the first PIECE bytes."""
    text = clean(page.text).encode()
    spans = [
        [span.start, span.end, span.kind, _fit(span.label, LABEL_MAX)]
        for span in page.spans[:SPANS_MAX]
    ]
    head = {
        "number": page.number,
        "label": _fit(page.label, LABEL_MAX),
        "layer": page.layer.value,
        "bytes": len(text),
        "spans": spans,
    }
    packed = json.dumps(head, separators=(",", ":")).encode("ascii")
    if len(packed) + _LENGTH.size + PIECE > 4 * PIECE:
        packed = json.dumps({**head, "spans": []}, separators=(",", ":")).encode("ascii")
    yield encode(FrameType.PAGE, _LENGTH.pack(len(packed)) + packed + text[:PIECE])
    for start in range(PIECE, len(text), PIECE):
        yield encode(FrameType.TEXT, text[start : start + PIECE])


def read_page(payload: bytes, more: Callable[[], Frame | None], longest: int) -> Page:
    """PAGE with its TEXT frames, which `more` fetches; `longest` is in code points."""
    if len(payload) < _LENGTH.size:
        raise ProtocolError(_WRONG)
    (size,) = _LENGTH.unpack_from(payload)
    rest = _LENGTH.size + size
    value = _object(
        payload[_LENGTH.size : rest], frozenset({"number", "label", "layer", "bytes", "spans"})
    )
    length = _int(value["bytes"], 0, 4 * longest)
    text = _page_text(payload[rest:], length, more)
    if len(text) > longest:
        raise ProtocolError("more text than the limit")
    return Page(
        _int(value["number"], 1, 1 << 31),
        text,
        _text(value["label"], LABEL_MAX),
        _one_of(Layer, value["layer"]),
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
        raise ProtocolError(_WRONG)
    spans = []
    for item in value:
        if type(item) is not list or len(item) != 4:
            raise ProtocolError(_WRONG)
        end = _int(item[1], 0, length)
        start = _int(item[0], 0, end)
        spans.append(Span(start, end, _word(item[2]), _text(item[3], LABEL_MAX)))
    return tuple(spans)


def meta_frame(key: str, value: str) -> bytes:
    """META. The value must be within META_MAX."""
    return _json(FrameType.META, {"key": _fit(key, LABEL_MAX), "value": _fit(value, META_MAX)})


def read_meta(payload: bytes) -> tuple[str, str]:
    """META: key and value."""
    value = _object(payload, frozenset({"key", "value"}))
    return _text(value["key"], LABEL_MAX), _text(value["value"], META_MAX)


def notice_frame(code: str, detail: str) -> bytes:
    """NOTICE."""
    return _json(FrameType.NOTICE, {"code": code, "detail": _fit(detail, SENTENCE_MAX)})


def read_notice(payload: bytes) -> Notice:
    """NOTICE."""
    value = _object(payload, frozenset({"code", "detail"}))
    return Notice(_word(value["code"]), _text(value["detail"], SENTENCE_MAX))


def child_frame(head: ChildHead) -> bytes:
    """CHILD. Its bytes follow in CHILD_DATA frames."""
    return _json(
        FrameType.CHILD,
        {
            "name": head.name[:NAME_MAX],
            "relation": head.relation,
            "media_type": _fit(head.media_type, 255),
            "part": _fit(head.part, LABEL_MAX),
        },
    )


def read_child(payload: bytes) -> ChildHead:
    """CHILD."""
    value = _object(payload, frozenset({"name", "relation", "media_type", "part"}))
    return ChildHead(
        _name(value["name"]),
        _word(value["relation"]),
        _text(value["media_type"], 255),
        _text(value["part"], LABEL_MAX),
    )


def outcome_frame(outcome: Outcome) -> bytes:
    """OUTCOME."""
    return _json(
        FrameType.OUTCOME,
        {
            "status": outcome.status.value,
            "type": outcome.type.value,
            "media_type": _fit(outcome.media_type, 255),
            "reason": _fit(outcome.reason, SENTENCE_MAX),
            "stage": outcome.stage,
            "engine": _fit(outcome.engine, 255),
            "version": outcome.version,
        },
    )


def read_outcome(payload: bytes) -> Outcome:
    """OUTCOME. Some statuses are the parent's to give and are refused here."""
    value = _object(
        payload,
        frozenset({"status", "type", "media_type", "reason", "stage", "engine", "version"}),
    )
    status = _one_of(Status, value["status"])
    stage = _word(value["stage"])
    if status not in _FROM_WORKER or stage not in _STAGES:
        raise ProtocolError("an outcome that a worker cannot give")
    return Outcome(
        status,
        _one_of(DocumentType, value["type"]),
        _text(value["media_type"], 255),
        _text(value["reason"], SENTENCE_MAX),
        stage,
        _text(value["engine"], 255),
        _int(value["version"], 0, 1 << 31),
    )


# --- what an analyser gets ----------------------------------------------------------------------


def entry_frames(entry: IndexEntry) -> Iterator[bytes]:
    """ENTRY, then its pages. Raises ValueError where the fields are over the frame's maximum."""
    yield _json(
        FrameType.ENTRY,
        {
            "document": entry.document,
            "pages": len(entry.pages),
            "fields": {key: clean(text) for key, text in entry.fields.items()},
            "keywords": {key: [clean(v) for v in values] for key, values in entry.keywords.items()},
            "date": entry.date,
            "size": entry.size,
        },
    )
    for page in entry.pages:
        yield from page_frames(page)


def read_entry(payload: bytes, more: Callable[[], Frame | None], longest: int) -> IndexEntry:
    """ENTRY with its pages, which `more` fetches; `longest` bounds one page, in code points."""
    value = _object(payload, frozenset({"document", "pages", "fields", "keywords", "date", "size"}))
    document = _text(value["document"], 64)
    if not _HEX.fullmatch(document):
        raise ProtocolError(_WRONG)
    pages = []
    for _ in range(_int(value["pages"], 0, 1 << 24)):
        frame = more()
        if frame is None or frame.kind is not FrameType.PAGE:
            raise ProtocolError("an entry whose pages are cut off")
        pages.append(read_page(frame.payload, more, longest))
    date = value["date"]
    return IndexEntry(
        DocumentId(document),
        tuple(pages),
        {_word(key): _text(text, 16 * PIECE) for key, text in _mapping(value["fields"])},
        {_word(key): _words(words) for key, words in _mapping(value["keywords"])},
        None if date is None else _int(date, -(1 << 62)),
        _int(value["size"]),
    )


def _mapping(value: object) -> list[tuple[object, object]]:
    if type(value) is not dict or len(value) > 256:
        raise ProtocolError(_WRONG)
    return list(value.items())


def _words(value: object) -> tuple[str, ...]:
    if type(value) is not list:
        raise ProtocolError(_WRONG)
    return tuple(_text(word, PIECE) for word in value)


def fault_frame(error: str) -> bytes:
    """FAULT: the class name of what went wrong in an analyser."""
    return _json(FrameType.FAULT, {"error": _fit(error, 200)})


def read_fault(payload: bytes) -> str:
    """FAULT: a class name."""
    return _text(_object(payload, frozenset({"error"}))["error"], 200)
