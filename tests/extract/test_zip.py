"""ZIP archives: members, names, encryption, bombs, broken directories."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest

from evidencebox.model.extraction import Limits

MIB = 1 << 20


def make(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_members_are_children_and_listed(read: Any) -> None:
    found = read(make({"a/b.txt": b"one", "ü.bin": b"\0" * 3}), "x.zip")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("a/b.txt", b"one"),
        ("ü.bin", b"\0\0\0"),
    ]
    assert {c.head.relation for c in found.children} == {"member"}
    assert "a/b.txt" in found.text
    assert found.status == "ok"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs", "C:\\x", "CON", "x" * 255])
def test_hostile_names_are_labels(read: Any, name: str) -> None:
    found = read(make({name: b"one"}), "x.zip")
    assert [c.head.name for c in found.children] == [name]


def test_at_the_depth_limit_children_are_not_opened(read: Any) -> None:
    found = read(make({"a": b"one"}), "x.zip", depth=10)
    assert found.status == "limit"
    assert not found.children
    assert "a\t" in found.text


def test_bomb_stops_and_keeps_what_came_before(read: Any) -> None:
    limits = Limits(ratio_after_bytes=MIB // 16)
    found = read(make({"good.txt": b"good", "bomb": bytes(40 * MIB)}), "x.zip", limits=limits)
    assert found.status == "limit"
    assert found.children[0].data == b"good"
    assert sum(len(c.data) for c in found.children) < 6 * MIB


def test_a_very_repetitive_log_is_kept_whole(read: Any) -> None:
    log = b"2021-04-03 12:00:00 heartbeat ok\n" * 500_000
    found = read(make({"a.log": log}), "x.zip")
    assert found.status == "ok"
    assert found.children[0].data == log


def test_overlapping_members_are_refused(read: Any) -> None:
    data = bytearray(make({"a": b"x" * 1_000, "b": b"y" * 1_000}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 42, 0)
    found = read(bytes(data), "x.zip")
    assert found.status == "limit"
    assert "overlap" in found.codes


def test_encrypted_members(read: Any) -> None:
    data = bytearray(make({"a": b"x" * 1_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    found = read(bytes(data), "x.zip")
    assert found.status == "encrypted"
    assert "a\t1000" in found.text


def test_broken_directory_is_scanned(read: Any) -> None:
    data = make({"one.txt": b"first " * 50, "two.txt": b"second " * 50})
    found = read(data[: data.find(b"PK\x01\x02")], "x.zip")
    assert [c.data for c in found.children] == [b"first " * 50, b"second " * 50]
    assert found.status == "partial"


def test_names_in_bytes_that_are_utf8_without_the_flag(read: Any) -> None:
    data = make({"\u00fc.txt": b"x"}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert read(data, "x.zip").children[0].head.name == "ü.txt"


def test_a_damaged_member_costs_only_itself(read: Any) -> None:
    data = bytearray(make({"a": b"x" * 100, "b": bytes(range(256)) * 9}, zipfile.ZIP_STORED))
    data[40] ^= 0xFF
    found = read(bytes(data), "x.zip")
    assert found.status == "partial"
    assert found.children[-1].data == bytes(range(256)) * 9


def test_a_broken_archive_of_office_documents_is_an_archive(read: Any) -> None:
    inner = make({"[Content_Types].xml": b"x", "word/document.xml": b"y"}, zipfile.ZIP_STORED)
    data = make({"report.docx": inner}, zipfile.ZIP_STORED)
    found = read(data[: data.rfind(b"PK\x01\x02")], "x.zip")
    assert found.outcome.type.value == "archive"
    assert found.children[0].data == inner
