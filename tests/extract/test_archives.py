"""TAR, AR, CPIO and single compressed streams: members, names, links, bombs, damage."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import inflate64
import pytest
from backports import zstd

from evidencebox.model.extraction import Limits

MIB = 1 << 20
SMALL = Limits(ratio_after_bytes=MIB // 64)
WORDS = b"statement of the witness, page one\n" * 40


def tar(*members: tuple[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_617_235_200
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info.tobuf(tarfile.GNU_FORMAT)


# --- TAR ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_members_are_children(read: Any, kind: int) -> None:
    found = read(tar(("a/b.txt", WORDS), ("ü.bin", b"\0\1"), ("empty", b""), kind=kind), "x.tar")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("a/b.txt", WORDS),
        ("ü.bin", b"\0\1"),
        ("empty", b""),
    ]
    assert found.status == "ok"
    assert f"a/b.txt\t{len(WORDS)}\t2021-04-01 00:00:00" in found.text


def test_tar_of_unix_v7_is_known_by_its_checksum(read: Any) -> None:
    data = bytearray(tar(("old.txt", WORDS), kind=tarfile.USTAR_FORMAT))
    data[257:345] = bytes(88)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    found = read(bytes(data), "backup")
    assert found.children[0].data == WORDS


def test_tar_links_and_devices_are_listed_not_followed(read: Any) -> None:
    data = (
        special("passwd", tarfile.SYMTYPE, "/etc/passwd")
        + special("hard", tarfile.LNKTYPE, "../../x")
        + special("disk", tarfile.BLKTYPE)
        + special("pipe", tarfile.FIFOTYPE)
        + tar(("real", b"real"))
    )
    found = read(data, "x.tar")
    assert [c.head.name for c in found.children] == ["real"]
    assert "link to /etc/passwd" in found.text
    assert {"links", "devices"} <= found.codes
    assert found.status == "ok"


@pytest.mark.parametrize("name", ["../../etc/cron", "/abs", "C:\\x", "CON", "x" * 300])
def test_tar_hostile_names_are_labels(read: Any, name: str) -> None:
    assert [c.head.name for c in read(tar((name, b"one")), "x.tar").children] == [name]


def sparse(length: int) -> bytes:
    """GNU sparse 1.0: one block of data at the start of a file of `length` zeros."""
    map_ = b"1\n0\n512\n".ljust(512, b"\0")
    records = [("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"),
               ("GNU.sparse.name", "disk.img"), ("GNU.sparse.realsize", str(length))]  # fmt: skip
    info = tarfile.TarInfo("GNUSparseFile.0/disk.img")
    info.size = 1_024
    info.pax_headers = dict(records)
    return info.tobuf(tarfile.PAX_FORMAT) + map_ + b"D" * 512 + bytes(1_024)


def test_tar_sparse_member_is_whole(read: Any) -> None:
    found = read(sparse(100_000), "x.tar")
    assert found.children[0].head.name == "disk.img"
    assert found.children[0].data == b"D" * 512 + bytes(100_000 - 512)


def test_tar_sparse_terabyte_stops(read: Any) -> None:
    found = read(sparse(1 << 40), "x.tar", limits=SMALL)
    assert found.status == "limit"
    assert len(found.children[0].data) <= 2 * MIB


def test_tar_cut_off_keeps_what_there_is(read: Any) -> None:
    data = tar(("one", WORDS), ("two", WORDS * 9))
    found = read(data[:4_096], "x.tar")
    assert found.status == "partial"
    assert found.children[0].data == WORDS
    assert WORDS.startswith(found.children[1].data[:100])


def test_tar_beyond_a_damaged_header_members_are_found(read: Any) -> None:
    data = bytearray(tar(("one", b"1" * 512), ("two", b"2" * 512), ("three", b"3" * 512)))
    data[1_024:1_536] = b"\xa5" * 512
    found = read(bytes(data), "x.tar")
    assert [c.head.name for c in found.children] == ["one", "three"]
    assert found.status == "partial"


def test_tar_sizes_below_zero_do_not_loop(read: Any) -> None:
    data = bytearray(tar(("one", b"1" * 512), ("two", b"2" * 512)))
    data[1_024 + 124 : 1_024 + 136] = b"\xff" * 10 + b"\xf0\x00"
    data[1_024 + 148 : 1_024 + 156] = b" " * 8
    data[1_024 + 148 : 1_024 + 156] = b"%06o\0 " % sum(data[1_024:1_536])
    found = read(bytes(data), "x.tar")
    assert found.children[0].data == b"1" * 512
    assert found.status == "partial"


def test_at_the_depth_limit_nothing_is_opened(read: Any) -> None:
    for data, name in ((tar(("a", b"one")), "x.tar"), (gzip.compress(b"one"), "x.gz")):
        found = read(data, name, depth=10)
        assert found.status == "limit"
        assert not found.children


# --- single streams -----------------------------------------------------------------------------


def lzw(data: bytes) -> bytes:
    """What `compress` writes for text so short that its codes stay nine bits wide."""
    table = {bytes([value]): value for value in range(256)}
    codes, word = [], b""
    for value in data:
        more = word + bytes([value])
        if more in table:
            word = more
            continue
        codes.append(table[word])
        table[more] = len(table) + 1
        word = bytes([value])
    codes.append(table[word])
    bits = sum(code << (9 * at) for at, code in enumerate(codes))
    return b"\x1f\x9d\x90" + bits.to_bytes((9 * len(codes) + 7) // 8, "little")


STREAMS = {
    "a.txt.gz": (gzip.compress(WORDS), "a.txt"),
    "a.txt.bz2": (bz2.compress(WORDS), "a.txt"),
    "a.txt.xz": (lzma.compress(WORDS), "a.txt"),
    "a.txt.lzma": (lzma.compress(WORDS, lzma.FORMAT_ALONE), "a.txt"),
    "a.txt.zst": (zstd.compress(WORDS), "a.txt"),
    "all.tgz": (gzip.compress(WORDS), "all.tar"),
    "all.tbz2": (bz2.compress(WORDS), "all.tar"),
    "all.txz": (lzma.compress(WORDS), "all.tar"),
    "all.tar.gz": (gzip.compress(WORDS), "all.tar"),
    "plan.svgz": (gzip.compress(WORDS), "plan.svg"),
    "noending": (gzip.compress(WORDS), "noending"),
    "": (gzip.compress(WORDS), "content"),
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_has_one_child_named_without_its_ending(read: Any, name: str) -> None:
    data, inner = STREAMS[name]
    found = read(data, name)
    assert [(c.head.name, c.data) for c in found.children] == [(inner, WORDS)]
    assert found.status == "ok"


def test_the_name_in_a_gzip_header_is_kept(read: Any) -> None:
    out = io.BytesIO()
    with gzip.GzipFile("salaries.csv", "wb", fileobj=out) as stream:
        stream.write(WORDS)
    found = read(out.getvalue(), "")
    assert found.children[0].head.name == "salaries.csv"
    assert found.metadata["original_name"] == ["salaries.csv"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd.compress])
def test_streams_that_follow_each_other_are_one(read: Any, pack: Any) -> None:
    found = read(pack(b"first ") + pack(b"second "), "x")
    assert found.children[0].data == b"first second "


def test_other_bytes_behind_a_stream_are_told(read: Any) -> None:
    found = read(gzip.compress(WORDS) + b"and more", "x.gz")
    assert found.children[0].data == WORDS
    assert "trailing" in found.codes


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.bz2", "a.txt.xz", "a.txt.zst"])
def test_a_stream_cut_off(read: Any, name: str) -> None:
    data = STREAMS[name][0]
    found = read(data[: len(data) * 2 // 3], name)
    assert found.status in ("partial", "failed")
    assert all(WORDS.startswith(c.data) for c in found.children)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd.compress])
def test_stream_bombs_stop(read: Any, pack: Any) -> None:
    found = read(pack(bytes(40 * MIB)), "x", limits=SMALL)
    assert found.status == "limit"
    assert sum(len(c.data) for c in found.children) <= 5 * MIB


def test_what_compress_made(read: Any) -> None:
    found = read(lzw(WORDS[:300]), "a.txt.Z")
    assert [(c.head.name, c.data) for c in found.children] == [("a.txt", WORDS[:300])]


def test_a_compress_bomb_takes_neither_time_nor_memory(read: Any) -> None:
    """Codes 257, 258 … each one byte longer than the one before: two thousand million bytes."""
    bits, at, width, size = 97, 9, 9, 257
    codes = 1
    for code in range(257, 9_000):
        bits |= code << at
        at += width
        codes += 1
        size += 1
        if size >= 1 << width and width < 16:
            at += -(codes % 8) % 8 * width if codes % 8 else 0
            width, codes = width + 1, 0
    found = read(b"\x1f\x9d\x90" + bits.to_bytes(at // 8 + 1, "little"), "x.Z", limits=SMALL)
    assert found.status in ("limit", "partial")
    assert sum(len(c.data) for c in found.children) <= 3 * MIB


def test_a_window_of_gigabytes_is_refused(read: Any) -> None:
    frame = b"\x28\xb5\x2f\xfd\x00" + bytes([(31 - 10) << 3]) + b"\x01\x00\x00"
    found = read(frame, "x.zst")
    assert found.status == "limit"
    head = b"\x5d" + struct.pack("<IQ", 0xF000_0000, 10**9) + bytes(64)
    assert read(head, "x.lzma").status == "limit"


# --- AR, CPIO -----------------------------------------------------------------------------------


def ar(*members: tuple[bytes, bytes]) -> bytes:
    out = b"!<arch>\n"
    for name, data in members:
        out += b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (name, 1_617_235_200, 0, 0, b"100644", len(data))
        out += data + b"\n" * (len(data) & 1)
    return out


def test_ar_with_long_names(read: Any) -> None:
    names = b"a_very_long_name_indeed.txt/\n"
    data = ar((b"/", b"index"), (b"//", names), (b"/0", b"one"), (b"short/", b"four"),
              (b"#1/8", b"bsd.name" + b"five5"))  # fmt: skip
    found = read(data, "x.ar")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("a_very_long_name_indeed.txt", b"one"),
        ("short", b"four"),
        ("bsd.name", b"five5"),
    ]


def cpio(*members: tuple[str, int, bytes]) -> bytes:
    out = b""
    for name, mode, data in (*members, ("TRAILER!!!", 0, b"")):
        fields = [0, mode, 0, 0, 1, 1_617_235_200, len(data), 0, 0, 0, 0, len(name) + 1, 0]
        out += b"070701" + b"".join(b"%08X" % field for field in fields)
        out += name.encode() + b"\0"
        out += bytes(-len(out) % 4) + data
        out += bytes(-len(out) % 4)
    return out


def test_cpio(read: Any) -> None:
    found = read(
        cpio(("d", 0o40755, b""), ("l", 0o120777, b"/etc/shadow"), ("f", 0o100644, WORDS)), "x"
    )
    assert [(c.head.name, c.data) for c in found.children] == [("f", WORDS)]
    assert "link to /etc/shadow" in found.text
    assert found.status == "ok"


@pytest.mark.parametrize("data", [ar((b"a/", WORDS), (b"b/", WORDS)), cpio(("a", 0, WORDS))])
def test_flat_archives_cut_off(read: Any, data: bytes) -> None:
    found = read(data[: len(data) - 200], "x")
    assert found.status == "partial"
    assert found.children


# --- ZIP: methods beyond the standard library, nesting ------------------------------------------


def zip_of(method: int, packed: bytes, data: bytes) -> bytes:
    """A ZIP of one member with any method."""
    check = zlib.crc32(data)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, method, 0, 0x5281, check,
                        len(packed), len(data), 1, 0) + b"a"  # fmt: skip
    central = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, method, 0, 0x5281, check,
                          len(packed), len(data), 1, 0, 0, 0, 0, 0, 0) + b"a"  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central),
                      len(local) + len(packed), 0)  # fmt: skip
    return local + packed + central + end


def test_zip_with_zstandard(read: Any) -> None:
    found = read(zip_of(93, zstd.compress(WORDS), WORDS), "x.zip")
    assert found.children[0].data == WORDS
    assert found.status == "ok"


def test_zip_with_deflate64(read: Any) -> None:
    deflater = inflate64.Deflater()
    packed = deflater.deflate(WORDS * 99) + deflater.flush()
    found = read(zip_of(9, packed, WORDS * 99), "x.zip")
    assert found.children[0].data == WORDS * 99
    assert found.status == "ok"


def test_zip_with_a_method_that_is_not_read(read: Any) -> None:
    found = read(zip_of(6, b"imploded", WORDS), "x.zip")
    assert found.status == "unsupported"
    assert "unread_member" in found.codes


@pytest.mark.parametrize("method", [9, 93])
def test_zip_bombs_of_other_methods_stop(read: Any, method: int) -> None:
    data = bytes(40 * MIB)
    if method == 9:
        deflater = inflate64.Deflater()
        packed = deflater.deflate(data) + deflater.flush()
    else:
        packed = zstd.compress(data)
    found = read(zip_of(method, packed, data), "x.zip", limits=SMALL)
    assert found.status == "limit"
    assert sum(len(c.data) for c in found.children) <= 5 * MIB


def test_nested_bombs_shrink_with_each_level(read: Any) -> None:
    """Whatever the nesting, all levels together stay near the room of the outermost."""
    data = gzip.compress(bytes(64 * MIB))
    sizes = []
    for depth in range(4):
        found = read(data, "x.gz", depth=depth, limits=SMALL)
        sizes.append(sum(len(c.data) for c in found.children))
    assert sizes == sorted(sizes, reverse=True)


def test_a_listing_longer_than_the_pages_does_not_cost_the_members(read: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(400):
            archive.writestr(f"{number:0200}", b"x")
    found = read(out.getvalue(), "x.zip", limits=Limits(pages=5))
    assert found.status == "limit"
    assert len(found.children) == 400


# --- the corpora --------------------------------------------------------------------------------

DOCUMENTS = "tika-docs/files/tika-parser-pkg-module/test-documents."


@pytest.mark.parametrize("ending", ["tar", "cpio", "zip"])
def test_the_same_documents_in_every_archive(read: Any, corpora: Path, ending: str) -> None:
    names = {"EXCEL.xls", "HTML.html", "OpenOffice2.odt", "PDF.pdf", "PPT.ppt", "RTF.rtf",
             "TXT.txt", "WORD.doc", "XML.xml"}  # fmt: skip
    found = read((corpora / f"{DOCUMENTS}{ending}").read_bytes(), f"x.{ending}")
    assert {
        c.head.name.rsplit("/test", 1)[-1].removeprefix("test") for c in found.children
    } == names


@pytest.mark.parametrize("ending", ["tgz", "tbz2", "tar.Z"])
def test_the_same_tar_in_every_stream(read: Any, corpora: Path, ending: str) -> None:
    found = read((corpora / f"{DOCUMENTS}{ending}").read_bytes(), f"x.{ending}")
    inner = read(found.children[0].data, "x.tar")
    assert len(inner.children) == 9


def test_the_quine_gives_itself_and_ends_at_the_depth_limit(read: Any, corpora: Path) -> None:
    data = (corpora / "tika-docs/files/tika-parser-pkg-module/quine.gz").read_bytes()
    for depth in range(10):
        (child,) = read(data, "quine.gz", depth=depth).children
        assert child.data == data
    assert read(data, "quine.gz", depth=10).status == "limit"
