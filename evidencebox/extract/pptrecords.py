"""The records of old presentations, and which of them are the current ones."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.oleart import Record, kids, records, walk

DOCUMENT, SLIDE, NOTES, MASTER, HANDOUT = 1000, 1006, 1008, 1016, 4041
SLIDE_ATOM, NOTES_ATOM, PERSIST_ATOM, SHOW_INFO = 1007, 1009, 1011, 1017
LISTS, HEADERS, HEADERS_ATOM, STRING = 4080, 4057, 4058, 4026
TEXT_HEAD, WIDE_TEXT, NARROW_TEXT, OUTLINE_REF = 3999, 4000, 4008, 3998
PLACEHOLDER, ACTION, ACTION_ATOM = 3011, 4082, 4083
LINK, LINK_ATOM, OLE_ATOM, OLE_DATA = 4055, 4051, 4035, 4113
OLE_HOLDERS: Final = (4044, 4046, 4078)
SOUND, SOUND_DATA = 2022, 2023
TAGS, TAG, TAG_DATA, COMMENT, COMMENT_ATOM = 5000, 5002, 5003, 12000, 12001
_EDIT, _DIRECTORY, _USER = 4085, 6002, 4086
_LOCKED: Final = 0xF3D1C4DF
_MAX_EDITS: Final = 10_000


class Objects:
    """The persistent objects of a presentation as its last save left them."""

    def __init__(self, stream: bytes, user: bytes) -> None:
        self._stream = stream
        self.places: dict[int, int] = {}
        self.document_id = self.lock_id = 0
        self._left = len(stream) // 4
        self.encrypted = len(user) >= 20 and struct.unpack_from("<I", user, 12)[0] == _LOCKED
        last = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else 0
        self.whole = self._edits(last)

    def _edits(self, at: int) -> bool:
        """Follows the saves from the last one back; False if the chain is broken."""
        seen: set[int] = set()
        while at not in seen and len(seen) < _MAX_EDITS:
            seen.add(at)
            edit = next(records(self._stream, at), None)
            if edit is None or edit.kind != _EDIT or edit.end - edit.start < 20:
                return False
            before, directory, document = struct.unpack_from("<III", self._stream, edit.start + 8)
            if edit.end - edit.start >= 32:
                locked = struct.unpack_from("<I", self._stream, edit.start + 28)[0]
                self.encrypted = self.encrypted or locked != 0
                self.lock_id = self.lock_id or locked
            self.document_id = self.document_id or document
            self._directory(directory)
            if not before:
                return True
            at = before
        return False

    def _directory(self, at: int) -> None:
        record = next(records(self._stream, at), None)
        if record is None or record.kind != _DIRECTORY:
            return
        at = record.start
        # honest saves share no directory
        self._left -= (record.end - at) // 4
        while at + 4 <= record.end and self._left >= 0:
            packed = struct.unpack_from("<I", self._stream, at)[0]
            first, count = packed & 0xFFFFF, packed >> 20
            at += 4
            for number in range(first, first + min(count, (record.end - at) // 4)):
                self.places.setdefault(number, struct.unpack_from("<I", self._stream, at)[0])
                at += 4

    def get(self, number: int, *wanted: int) -> Record | None:
        """An object by its number; None where it is not of a wanted kind."""
        place = self.places.get(number)
        record = next(records(self._stream, place), None) if place is not None else None
        return record if record and record.kind in wanted else None


def first(record: Record, kind: int, instance: int = -1) -> Record | None:
    """The first inner record of a kind."""
    for kid in kids(record):
        if kid.kind == kind and instance in (-1, kid.instance):
            return kid
    return None


def string(record: Record) -> str:
    return record.body[: (record.end - record.start) // 2 * 2].decode("utf-16-le", "replace")


def strings(record: Record) -> dict[int, str]:
    """The strings of a container by their instance."""
    return {kid.instance: string(kid) for kid in kids(record) if kid.kind == STRING}


def number(record: Record | None, at: int, form: str = "<I") -> int:
    """A number in an atom's body, 0 where it is too short."""
    if record is None or record.start + at + struct.calcsize(form) > record.end:
        return 0
    return int(struct.unpack_from(form, record.data, record.start + at)[0])


def inner(record: Record, closed: int = -1) -> Iterator[Record]:
    """All records in a container, at any depth, but for those inside of `closed` ones."""
    return walk(record.data, record.start, record.end, closed)
