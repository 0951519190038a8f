"""CAB archives and ISO images, built here byte by byte."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits

WORDS = b"statement of the witness, page one\n" * 2_000


def blocks(data: bytes, method: int) -> list[bytes]:
    out = []
    for at in range(0, len(data), 32_768):
        piece = data[at : at + 32_768]
        packed = piece
        if method == 1:
            before = data[max(0, at - 32_768) : at]
            packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=before)
            packed = b"CK" + packer.compress(piece) + packer.flush()
        out.append(struct.pack("<IHH", 0, len(packed), len(piece)) + packed)
    return out


def cab(files: dict[str, bytes], method: int = 1) -> bytes:
    parts = blocks(b"".join(files.values()), min(method, 1))
    listing, at = b"", 0
    for name, data in files.items():
        day = (2021 - 1980) << 9 | 4 << 5 | 1
        listing += struct.pack("<IIHHHH", len(data), at, 0, day, 12 << 11, 0x80)
        listing += name.encode() + b"\0"
        at += len(data)
    start = 36 + 8 + len(listing)
    folder = struct.pack("<IHH", start, len(parts), method)
    body = folder + listing + b"".join(parts)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, 36 + len(body), 0, 44, 0, 3, 1, 1,
                       len(files), 0, 7, 0)  # fmt: skip
    return head + body


FILES = {"docs\\one.txt": WORDS, "ü.txt": b"two", "three": WORDS[:40_000]}


@pytest.mark.parametrize("method", [0, 1])
def test_cab(read: Any, method: int) -> None:
    found = read(cab(FILES, method), "x.cab")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("docs/one.txt", WORDS), ("ü.txt", b"two"), ("three", WORDS[:40_000]),
    ]  # fmt: skip
    assert f"docs/one.txt\t{len(WORDS)}\t2021-04-01 12:00:00" in found.text
    assert found.status == "ok"


def test_cab_with_lzx_is_not_read(read: Any) -> None:
    found = read(cab(FILES, 0x1503), "x.cab")
    assert found.status == "unsupported"
    assert "docs/one.txt" in found.text


def test_cab_damage_keeps_what_came_before(read: Any) -> None:
    data = cab({"one": WORDS, "two": random.Random(1).randbytes(90_000)}, 0)
    found = read(data[:-50_000], "x.cab")
    assert found.status == "partial"
    assert found.children[0].data == WORDS


def test_cab_bomb(read: Any) -> None:
    limits = Limits(ratio_after_bytes=1 << 14)
    found = read(cab({"bomb": bytes(40 << 20)}), "x.cab", limits=limits)
    assert found.status == "limit"
    assert sum(len(c.data) for c in found.children) < 8 << 20


# --- ISO ----------------------------------------------------------------------------------------


def entry(name: bytes, sector: int, size: int, flags: int = 0, more: bytes = b"") -> bytes:
    length = 33 + len(name)
    more = b"\0" * (length % 2) + more
    return (
        bytes([length + len(more), 0])
        + struct.pack("<I", sector) + struct.pack(">I", sector)
        + struct.pack("<I", size) + struct.pack(">I", size)
        + bytes([121, 4, 1, 12, 0, 0, 0, flags, 0, 0, 1, 0, 0, 1, len(name)])
        + name + more
    )  # fmt: skip


def rock(name: bytes) -> bytes:
    return b"NM" + bytes([len(name) + 5, 1, 0]) + name


def iso(root: bytes, sub: bytes = b"", data: bytes = WORDS, joliet: bytes = b"") -> bytes:
    def volume(kind: int, at: int, escape: bytes = b"") -> bytes:
        out = bytearray(2_048)
        out[0], out[1:6], out[6] = kind, b"CD001", 1
        out[40:72] = b"BACKUP".ljust(32)
        out[88 : 88 + len(escape)] = escape
        out[156:190] = entry(b"\0", at, 2_048, 2)
        return bytes(out)

    second = volume(2, 21, b"%/E") if joliet else volume(255, 0)
    sectors = [volume(1, 19), second, volume(255, 0)]
    sectors += [part.ljust(2_048, b"\0") for part in (root, sub, joliet)]
    return bytes(16 * 2_048) + b"".join(sectors) + data


def test_iso_with_rock_ridge_and_folders(read: Any) -> None:
    root = (
        entry(b"\0", 19, 2_048, 2)
        + entry(b"\1", 19, 2_048, 2)
        + entry(b"SUB", 20, 2_048, 2, rock(b"sub"))
        + entry(b"LINK.;1", 0, 0, 0, rock(b"link") + b"SL\x05\1\0")
    )
    sub = entry(b"ONE.TXT;1", 22, 3_000, 0, rock(b"one long name.txt"))
    sub += entry(b"UP", 19, 2_048, 2)
    found = read(iso(root, sub), "x.iso")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("sub/one long name.txt", WORDS[:3_000])
    ]
    assert "2021-04-01 12:00:00" in found.text
    assert "links" in found.codes
    assert found.metadata["title"] == ["BACKUP"]


def test_iso_with_joliet_and_a_file_in_two_parts(read: Any) -> None:
    name = "größe.txt".encode("utf-16-be")
    joliet = entry(name, 22, 2_048, 0x80) + entry(name, 24, 100)
    found = read(iso(entry(b"GROESSE.TXT;1", 22, 5), joliet=joliet), "x.iso")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("größe.txt", WORDS[:2_048] + WORDS[4_096:4_196])
    ]


def test_iso_cut_off(read: Any) -> None:
    found = read(iso(entry(b"A.;1", 22, 10**9)), "x.iso")
    assert found.status == "partial"
    assert found.children[0].data == WORDS


def test_iso_whose_files_overlap_stops(read: Any) -> None:
    """Forty entries for one stretch of the disc are a bomb of their own."""
    root = b"".join(entry(b"F%d.;1" % at, 22, 20 << 20) for at in range(40))
    limits = Limits(ratio=10, ratio_after_bytes=1 << 14)
    found = read(iso(root, data=bytes(20 << 20)), "x.iso", limits=limits)
    assert found.status == "limit"
    assert sum(len(c.data) for c in found.children) < 220 << 20


@pytest.mark.parametrize("data", [cab(FILES), iso(entry(b"A.;1", 22, 900))])
def test_mutations_give_an_outcome(read: Any, data: bytes) -> None:
    dice = random.Random("evidencebox discs")
    for _ in range(150):
        bad = bytearray(data)
        for _ in range(dice.choice([1, 5, 50])):
            bad[dice.randrange(4, min(len(bad), 300))] = dice.randrange(256)
            bad[dice.randrange(16 * 2_048, len(bad)) if len(bad) > 40_000 else -1] = 1
        assert isinstance(read(bytes(bad), "x").outcome.status, Status)


def test_the_corpora(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs/files/tika-parser-pkg-module"
    found = read((folder / "test-documents.cab").read_bytes(), "x.cab")
    assert len(found.children) == 9
    assert found.status == "ok"


def test_the_zip_that_holds_itself_ends_at_the_depth_limit(read: Any, corpora: Path) -> None:
    data = (corpora / "tika-docs/files/tika-parser-pkg-module/droste.zip").read_bytes()
    for depth in range(10):
        inner = [c.data for c in read(data, "droste.zip", depth=depth).children]
        assert data in inner
    assert not read(data, "droste.zip", depth=10).children
