"""A stand-alone MSG from the properties of an item that has no bytes of its own, as in a PST.

Same properties, same bytes. `RENDERING` stands in each, and rises when the form changes: a message
is known by its hash, so another form is another document.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from evidencebox.extract.olewrite import container

RENDERING: Final = 1
MESSAGE_ID: Final = bytes.fromhex("0b0d020000000000c000000000000046")
_NAMED: Final = 0x8000
_FIXED: Final = {0x2: 2, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 2, 0x14: 8, 0x40: 8}
_ENDING: Final = {0x1E: 1, 0x1F: 2}
_MANY: Final = (0x101E, 0x101F, 0x1102)


@dataclass(frozen=True, slots=True)
class Raw:
    """One property as stored: its number, its type, its bytes."""

    number: int
    kind: int
    data: bytes


@dataclass(slots=True)
class RawItem:
    """A message (or other item) as stored. An attachment has bytes or is an item itself."""

    properties: list[Raw]
    recipients: list[list[Raw]] = field(default_factory=list)
    attachments: list[tuple[list[Raw], bytes | RawItem | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers from 0x8000 stand for: the three tables of a store, by number."""

    guids: bytes
    rows: Mapping[int, tuple[int, int]]
    texts: bytes


def names_of(guids: bytes, rows: bytes, texts: bytes) -> Names:
    """The tables as they are kept: each row a key or an offset, flags, and the number."""
    whole = rows[: len(rows) // 8 * 8]
    return Names(
        guids,
        {index: (key, flags) for key, flags, index in struct.iter_unpack("<IHH", whole)},
        texts,
    )


def message(item: RawItem, names: Names) -> bytes:
    """The item as the bytes of an MSG file."""
    used = sorted({raw.number for raw in _all(item) if raw.number >= _NAMED})
    numbers = {number: _NAMED + at for at, number in enumerate(used)}
    tree = _item(item, numbers, top=True)
    tree["__nameid_version1.0"] = _name_tables(used, names)
    tree["evidencebox rendering"] = str(RENDERING).encode()
    return container(tree, MESSAGE_ID)


def _all(item: RawItem) -> Iterable[Raw]:
    yield from item.properties
    for raws in item.recipients:
        yield from raws
    for raws, held in item.attachments:
        yield from raws
        if isinstance(held, RawItem):
            yield from _all(held)


def _item(item: RawItem, numbers: dict[int, int], *, top: bool) -> dict[str, Any]:
    counts = len(item.recipients), len(item.attachments)
    head = struct.pack("<8x4I", *counts, *counts) + (bytes(8) if top else b"")
    tree = _storage(item.properties, numbers, head)
    for at, raws in enumerate(item.recipients):
        tree[f"__recip_version1.0_#{at:08X}"] = _storage(raws, numbers, bytes(8))
    for at, (raws, held) in enumerate(item.attachments):
        inner = _storage(raws, numbers, bytes(8))
        if isinstance(held, RawItem):
            inner["__substg1.0_3701000D"] = _item(held, numbers, top=False)
        elif held is not None:
            inner["__substg1.0_37010102"] = held
        tree[f"__attach_version1.0_#{at:08X}"] = inner
    return tree


def _storage(raws: list[Raw], numbers: dict[int, int], head: bytes) -> dict[str, Any]:
    """Short values stand in the table, long ones in streams; the first of a number stands."""
    tree: dict[str, Any] = {}
    rows: dict[int, bytes] = {}
    for raw in raws:
        number = numbers.get(raw.number, raw.number)
        if number in rows:
            continue
        name = f"__substg1.0_{number:04X}{raw.kind:04X}"
        if raw.kind in _FIXED:
            value = raw.data[:8].ljust(8, b"\0")
        else:
            value = struct.pack("<II", len(raw.data) + _ENDING.get(raw.kind, 0), 0)
            values = _several(raw.data) if raw.kind in _MANY else []
            lengths = b"".join(struct.pack("<I", len(each)) for each in values)
            tree[name] = lengths if raw.kind in _MANY else raw.data
            tree |= {f"{name}-{at:08X}": each for at, each in enumerate(values)}
        rows[number] = struct.pack("<HHI", raw.kind, number, 6) + value
    tree["__properties_version1.0"] = head + b"".join(rows[number] for number in sorted(rows))
    return tree


def _several(data: bytes) -> list[bytes]:
    """The values of a property with several of them: a count, their places, then they."""
    count = int.from_bytes(data[:4], "little")
    if count > (len(data) - 4) // 4:
        return []
    places = [*struct.unpack_from(f"<{count}I", data, 4), len(data)]
    return [data[start:end] for start, end in pairwise(places)]


def _name_tables(used: list[int], names: Names) -> dict[str, bytes]:
    """The names in use alone, numbered from 0x8000 without a gap, as the format has it."""
    rows, texts = b"", b""
    for at, number in enumerate(used):
        key, flags = names.rows.get(number - _NAMED, (0, 0))
        if flags & 1:
            length = int.from_bytes(names.texts[key : key + 4], "little")
            said = names.texts[key + 4 : key + 4 + length]
            key = len(texts)
            texts += struct.pack("<I", len(said)) + said + bytes(-len(said) % 4)
        rows += struct.pack("<IHH", key, flags, at)
    return {
        "__substg1.0_00020102": names.guids,
        "__substg1.0_00030102": rows,
        "__substg1.0_00040102": texts,
    }
