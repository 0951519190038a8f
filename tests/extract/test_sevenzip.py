"""7z archives, built here byte by byte: coders, solid folders, encryption, bombs, damage."""

from __future__ import annotations

import base64
import bz2
import lzma
import random
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits

WORDS = b"statement of the witness, page one\n" * 40
LZMA2 = (b"\x21", b"\x18")
RAW2: list[dict[str, Any]] = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 24}]


def number(value: int) -> bytes:
    return bytes([value]) if value < 128 else b"\xff" + struct.pack("<Q", value)


def chain(*coders: tuple[bytes, bytes]) -> bytes:
    """A folder whose coders follow each other, the one next to the packed stream last."""
    out = number(len(coders))
    for method, properties in coders:
        out += bytes([len(method) | (0x20 if properties else 0)]) + method
        if properties:
            out += number(len(properties)) + properties
    return out + b"".join(number(at) + number(at + 1) for at in range(len(coders) - 1))


def info(packed: bytes, coders: bytes, sizes: list[int], start: int = 0) -> bytes:
    return (
        b"\x06" + number(start) + number(1) + b"\x09" + number(len(packed)) + b"\0"
        b"\x07\x0b" + number(1) + b"\0" + coders + b"\x0c" + b"".join(map(number, sizes)) + b"\0"
    )


def seven(
    files: dict[str, bytes],
    packed: bytes | None = None,
    coders: tuple[tuple[bytes, bytes], ...] = (LZMA2,),
    *,
    attributes: int = 0,
    wrap: bool = False,
) -> bytes:
    """One solid folder of all files, packed with LZMA2 unless bytes are given."""
    data = b"".join(files.values())
    if packed is None:
        packed = lzma.compress(data, lzma.FORMAT_RAW, filters=RAW2)
    streams = info(packed, chain(*coders), [len(data)] * len(coders))
    counts = b"\x08\x0d" + number(len(files))
    if len(files) > 1:
        counts += b"\x09" + b"".join(number(len(one)) for one in list(files.values())[:-1])
    counts += b"\x0a\x01" + b"".join(struct.pack("<I", zlib.crc32(d)) for d in files.values())
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in files)
    marks = b"\x01\0" + struct.pack("<I", attributes) * len(files)
    ticks = b"\x01\0" + struct.pack("<Q", 132_617_088_000_000_000) * len(files)
    head = b"\x01\x04" + streams + counts + b"\0\0" + b"\x05" + number(len(files))
    for kind, section in ((17, names), (20, ticks), (21, marks)):
        head += bytes([kind]) + number(len(section)) + section
    head += b"\0\0"
    if wrap:
        small = lzma.compress(head, lzma.FORMAT_RAW, filters=RAW2)
        encoded = b"\x17" + info(small, chain(LZMA2), [len(head)], len(packed)) + b"\0"
        packed, head = packed + small, encoded
    start = struct.pack("<QQI", len(packed), len(head), zlib.crc32(head))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + packed + head


@pytest.mark.parametrize("wrap", [False, True])
def test_members_are_children_and_listed(read: Any, wrap: bool) -> None:
    files = {"a/b.txt": WORDS, "ü": b"\0\1", "last.txt": WORDS * 3}
    found = read(seven(files, wrap=wrap), "x.7z")
    assert {c.head.name: c.data for c in found.children} == files
    assert f"a/b.txt\t{len(WORDS)}\t2021-04-01" in found.text
    assert found.status == "ok"


def raw(name: int, data: bytes, **more: Any) -> bytes:
    return lzma.compress(data, lzma.FORMAT_RAW, filters=[{"id": name, **more}])


CODE = bytes([0xE8, 5, 0, 0, 0, 0x90, 0x0F, 0x84, 9, 1, 0, 0, 0xE9, 3, 0, 0, 0, 0x55]) * 200


def filtered(name: int, data: bytes, **more: Any) -> bytes:
    """Data as a filter leaves it, with nothing packed."""
    chunked = lzma.compress(
        data, lzma.FORMAT_RAW, filters=[{"id": name, **more}, {**RAW2[0], "mode": lzma.MODE_FAST}]
    )
    return lzma.decompress(chunked, lzma.FORMAT_RAW, filters=RAW2)


CODERS = {
    "copy": (CODE, [(b"\0", b"")]),
    "lzma": (
        raw(lzma.FILTER_LZMA1, CODE, dict_size=1 << 16),
        [(b"\x03\x01\x01", b"\x5d" + struct.pack("<I", 1 << 16))],
    ),
    "bzip2": (bz2.compress(CODE), [(b"\x04\x02\x02", b"")]),
    "deflate": (zlib.compress(CODE)[2:-4], [(b"\x04\x01\x08", b"")]),
    "x86": (
        raw(lzma.FILTER_LZMA2, filtered(lzma.FILTER_X86, CODE), dict_size=1 << 24),
        [(b"\x03\x03\x01\x03", b""), LZMA2],
    ),
    "x86 behind lzma": (
        raw(lzma.FILTER_LZMA1, filtered(lzma.FILTER_X86, CODE), dict_size=1 << 16),
        [(b"\x03\x03\x01\x03", b""), (b"\x03\x01\x01", b"\x5d" + struct.pack("<I", 1 << 16))],
    ),
    "delta": (filtered(lzma.FILTER_DELTA, CODE, dist=4), [(b"\x03", b"\x03"), (b"\0", b"")]),
}


@pytest.mark.parametrize("name", CODERS)
def test_every_coder(read: Any, name: str) -> None:
    packed, coders = CODERS[name]
    found = read(seven({"x": CODE}, packed, tuple(coders)), "x.7z")
    assert [c.data for c in found.children] == [CODE]
    assert found.status == "ok"


BCJ2 = """
N3q8ryccAATwCD3AjQEAAAAAAACKAAAAAAAAAEKRB/UAdD690QuiRgwLwZcJN8UQon7rBkzTOh7sftl1JUbcIE96OjZO
IDAvR1fVRSeZzlnCl2RZlXjLWUvQT13IobimxcxP/f1ee+VGo88qjzMTe8h7VtkzV5a9yD1IJf+tR2RyHg7U0V7U7+gR
rlmlqZoy9WOlxaZUghKRRlisrEt0RY5sOdA6pebC4+zm63BUBfIQQme6eyzK15Y6ZxJMBRlqw4o88d0bELLbvZ9yb9Kk
iguia+FmfuIfDaQ4ZwNTUBlK9alEuCmA+10vP0+/OV+a3k2yy9S5lbQGYBc1p+Xx0ZKpCuWTEvc+ssm0lEFE7FE2Czu5
VyK0hzT3z6yPRCy1gDk475xsdqL121LRDnkUQP9H6h4P9Qp1ASNtLzQW9iJdxVvJV3jMw/yMTH6HCFPSxk5wr2GLN8xu
cWZJKMS3lVAzWwkYjzyEsoyjFTW8zad78DCGYzztf60OPP4hoLgC05bMdj6VZxIopR3mACJku4KWeNEZjRn/DnslEAAA
AAAAAABgHpZBEXEwuuAAAQQGAAQJgWwQBQwABwsBAAQjAwEBBV0AEAAAIwMBAQVdABAAACMDAQEFXQAQAAAUAwMBGwQB
BQAEAQMCAgYBAAyB4ACGkIhwAAgKAatjgRIAAAUBGQcAAAAAAAAAERMAYwBvAGQAZQAuAGUAeABlAAAAGQAUCgEAyIHy
6mh73QEVBgEAIICkgQAA
"""


def test_bcj2(read: Any) -> None:
    """Four streams joined; the checksum of 7-Zip says whether they were joined rightly."""
    found = read(base64.b64decode(BCJ2), "x.7z")
    assert found.status == "ok"
    assert len(found.children[0].data) == 2_160
    assert zlib.crc32(found.children[0].data) == 0x128163AB
    assert found.children[0].data[:1] == b"\xe8"


def test_encrypted(read: Any) -> None:
    found = read(seven({"a": WORDS}, coders=((b"\x06\xf1\x07\x01", b"\x13"),)), "x.7z")
    assert found.status == "encrypted"
    assert not found.children
    assert "a\t1400" in found.text


def test_a_method_that_is_not_read(read: Any) -> None:
    found = read(seven({"a": WORDS}, coders=((b"\x03\x04\x01", b"\0" * 5),)), "x.7z")
    assert found.status == "unsupported"
    assert not found.children


def test_links_are_not_followed(read: Any) -> None:
    found = read(seven({"link": b"/etc/passwd"}, attributes=0xA1FF8000), "x.7z")
    assert not found.children
    assert "links" in found.codes


def test_a_bomb_stops(read: Any) -> None:
    limits = Limits(ratio_after_bytes=1 << 14)
    found = read(seven({"good": WORDS, "bomb": bytes(40 << 20)}), "x.7z", limits=limits)
    assert found.status == "limit"
    assert found.children[0].data == WORDS
    assert sum(len(c.data) for c in found.children) < 3 << 20


def test_a_window_of_gigabytes_is_refused_if_it_is_needed(read: Any) -> None:
    """What is small needs no more memory than its size, whatever its settings ask for."""
    coder = (b"\x21", b"\x27")
    assert read(seven({"a": WORDS}, coders=(coder,)), "x.7z").children[0].data == WORDS
    data = seven({"a": WORDS}, coders=(coder,))
    at = data.rfind(b"\x0c" + number(len(WORDS)))
    huge = data[: at + 2] + struct.pack("<Q", 1 << 40) + data[at + 10 :]
    found = read(huge, "x.7z")
    assert found.status == "limit"


def test_damage_keeps_what_came_before(read: Any) -> None:
    dice = random.Random(7)
    files = {name: dice.randbytes(50_000) for name in "abc"}
    data = bytearray(seven(files))
    data[32 + 75_000] ^= 0xFF
    found = read(bytes(data), "x.7z")
    assert found.status == "partial"
    assert found.children[0].data == files["a"]


def test_cut_off(read: Any) -> None:
    data = seven({"a": WORDS})
    found = read(data[:-9], "x.7z")
    assert found.status == "failed"
    assert "cut off" in found.outcome.reason


def test_mutations_give_an_outcome(read: Any) -> None:
    dice = random.Random("evidencebox 7z")
    seeds = [seven({"a": WORDS, "b": CODE}), seven({"a": WORDS}, wrap=True), base64.b64decode(BCJ2)]
    for _ in range(400):
        data = bytearray(dice.choice(seeds))
        for _ in range(dice.choice([1, 3, 20])):
            data[dice.randrange(12, len(data))] = dice.randrange(256)
        assert isinstance(read(bytes(data), "x.7z").outcome.status, Status)


def test_the_corpora(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs/files/tika-parser-pkg-module"
    found = read((folder / "test-documents.7z").read_bytes(), "x.7z")
    assert len(found.children) == 9
    assert found.status == "ok"
    for name in ("full_encrypted.7z", "test7Z_protected_passTika.7z"):
        assert read((folder / name).read_bytes(), name).status == "encrypted"
