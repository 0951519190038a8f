"""What stands in the frames between an analyser and its parent: entries in, segments out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidencebox.model.extracted import page_frames, read_page
from evidencebox.model.fields import (
    WRONG,
    clean,
    fit,
    int_field,
    json_frame,
    json_object,
    text_field,
    word_field,
)
from evidencebox.model.frames import PIECE, Frame, FrameType, ProtocolError
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry

_HEX = re.compile(r"[0-9a-f]{64}")
_ENTRY = frozenset({"document", "pages", "fields", "keywords", "date", "size"})


def entry_frames(entry: IndexEntry) -> Iterator[bytes]:
    """ENTRY, then its pages. Raises ValueError where the fields are over the frame's maximum."""
    yield json_frame(
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
    value = json_object(
        payload, frozenset({"document", "pages", "fields", "keywords", "date", "size"})
    )
    document = text_field(value["document"], 64)
    if not _HEX.fullmatch(document):
        raise ProtocolError(WRONG)
    pages = []
    for _ in range(int_field(value["pages"], 0, 1 << 24)):
        frame = more()
        if frame is None or frame.kind is not FrameType.PAGE:
            raise ProtocolError("an entry whose pages are cut off")
        pages.append(read_page(frame.payload, more, longest))
    date = value["date"]
    return IndexEntry(
        DocumentId(document),
        tuple(pages),
        {word_field(key): text_field(text, 16 * PIECE) for key, text in _mapping(value["fields"])},
        {word_field(key): _words(words) for key, words in _mapping(value["keywords"])},
        None if date is None else int_field(date, -(1 << 62)),
        int_field(value["size"]),
    )


def _mapping(value: object) -> list[tuple[object, object]]:
    if type(value) is not dict or len(value) > 256:
        raise ProtocolError(WRONG)
    return list(value.items())


def _words(value: object) -> tuple[str, ...]:
    if type(value) is not list:
        raise ProtocolError(WRONG)
    return tuple(text_field(word, PIECE) for word in value)


def fault_frame(error: str) -> bytes:
    """FAULT: the class name of what went wrong in an analyser."""
    return json_frame(FrameType.FAULT, {"error": fit(error, 200)})


def read_fault(payload: bytes) -> str:
    """FAULT: a class name."""
    return text_field(json_object(payload, frozenset({"error"}))["error"], 200)
