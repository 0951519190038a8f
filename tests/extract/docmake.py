"""Word 97 files made by hand: just what the reader needs, at known places."""

from __future__ import annotations

import struct

from evidencebox.extract.ole import Tree
from evidencebox.extract.olewrite import container

TEXT_AT = 0x600
DELETED = struct.pack("<HB", 0x0800, 1)
INSERTED = struct.pack("<HB", 0x0801, 1)
HIDDEN = struct.pack("<HB", 0x083C, 1)
ROW_END = struct.pack("<HB", 0x2417, 1)
NEW_PAGE = struct.pack("<HB", 0x2407, 1)


def by(author: int, packed: int = 0) -> bytes:
    """The author and time of an insertion."""
    return struct.pack("<HHHI", 0x4804, author, 0x6805, packed)


def picture_at(place: int) -> bytes:
    return struct.pack("<HI", 0x6A03, place)


def page(runs: list[tuple[int, int, bytes]], end: int, paragraphs: bool) -> bytes:
    """A page of formatted runs by bytes of the stream, gaps filled with plain ones."""
    full: list[tuple[int, int, bytes]] = []
    at = TEXT_AT
    for start, stop, grpprl in [*sorted(runs), (end, end, b"")]:
        if start > at:
            full.append((at, start, b""))
        if stop > start:
            full.append((start, stop, grpprl))
        at = stop
    entry = 13 if paragraphs else 1
    bounds = [start for start, _, _ in full] + [end]
    out = bytearray(512)
    struct.pack_into(f"<{len(bounds)}I", out, 0, *bounds)
    top = 510
    for index, (_, _, grpprl) in enumerate(full):
        if not grpprl:
            continue
        body = b"\0\0" + grpprl if paragraphs else grpprl
        if paragraphs:
            body += b"\0" * (1 - len(body) % 2)
        top = (top - len(body) - 1) // 2 * 2
        size = (len(body) + 1) // 2 if paragraphs else len(body)
        out[top : top + 1 + len(body)] = bytes([size]) + body
        out[4 * len(bounds) + entry * index] = top // 2
    out[511] = len(full)
    return bytes(out)


def strings(*names: str) -> bytes:
    """A table of strings."""
    packed = b"".join(struct.pack("<H", len(n)) + n.encode("utf-16-le") for n in names)
    return b"\xff\xff" + struct.pack("<HH", len(names), 0) + packed


def places(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def word(
    *stories: str,
    looks: list[tuple[int, int, bytes]] | None = None,
    paragraphs: list[tuple[int, int, bytes]] | None = None,
    tables: dict[int, bytes] | None = None,
    wide: bool = False,
    flags: int = 0,
    order: list[tuple[int, int]] | None = None,
    more: Tree | None = None,
) -> bytes:
    """A document of up to eight stories; runs count in characters of all of them.

    `order` gives the pieces as stretches of the stored text, where it is not one; `more` is
    further streams.
    """
    text = "".join(stories)
    width = 2 if wide else 1
    raw = text.encode("utf-16-le" if wide else "cp1252")
    end = TEXT_AT + len(raw)
    body = bytearray(TEXT_AT) + raw
    body += bytes(-len(body) % 512)
    number = len(body) // 512
    for index, runs in enumerate([looks or [], paragraphs or []]):
        at = [(TEXT_AT + a * width, TEXT_AT + b * width, grpprl) for a, b, grpprl in runs]
        body += page(at, end, paragraphs=index == 1)
    parts = dict(tables or {})
    parts[12] = struct.pack("<III", TEXT_AT, end, number)
    parts[13] = struct.pack("<III", TEXT_AT, end, number + 1)
    parts[33] = pieces(order or [(0, len(raw) // width)], wide)
    table = bytearray(b"\0\0\0\0")
    for index, data in parts.items():
        struct.pack_into("<II", body, 154 + 8 * index, len(table), len(data))
        table += data
    struct.pack_into("<HHHHHH", body, 0, 0xA5EC, 0xC1, 0, 0x0409, 0, 0x0200 | flags)
    struct.pack_into("<II", body, 0x18, TEXT_AT, end)
    lengths = [len(story.encode("utf-16-le")) // 2 for story in stories]
    struct.pack_into(f"<{len(lengths)}I", body, 0x4C, *lengths)
    struct.pack_into("<H", body, 0x98, 93)
    tree: Tree = {"WordDocument": bytes(body), "1Table": bytes(table), **(more or {})}
    return container(tree)


def pieces(order: list[tuple[int, int]], wide: bool, change: int = 0) -> bytes:
    """The piece table."""
    starts, entries, at = [0], b"", 0
    for start, stop in order:
        at += stop - start
        starts.append(at)
        place = TEXT_AT + 2 * start if wide else (TEXT_AT + start) * 2 | 0x4000_0000
        entries += struct.pack("<HIH", 0, place, change)
    table = places(*starts) + entries
    return b"\x02" + struct.pack("<I", len(table)) + table


def old_word(text: bytes, language: int = 0x0409, flags: int = 0, font: int = 0) -> bytes:
    """A Word 6 file: eight-bit text in one stretch, a font made for a charset."""
    body = bytearray(TEXT_AT) + text
    struct.pack_into("<HHHHHH", body, 0, 0xA5DC, 101, 0, language, 0, flags)
    struct.pack_into("<II", body, 0x18, TEXT_AT, TEXT_AT + len(text))
    struct.pack_into("<I", body, 0x34, len(text))
    fonts = bytes([0, 0, 12, 0, 0, 0, font, 0]) + b"Example\0"
    struct.pack_into("<II", body, 0x58 + 8 * 15, len(body), len(fonts))
    return container({"WordDocument": bytes(body) + fonts})
