"""Outlook's winmail.dat."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st


def attribute(level: int, number: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, number, 0, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def prop(kind: int, number: int, data: bytes, name: bytes = b"") -> bytes:
    """One property; `name` stands behind the number of one that has its own."""
    size = struct.pack("<II", 1, len(data)) if kind in (0x1E, 0x1F, 0x102, 0xD) else b""
    padding = bytes(-len(data) % 4)
    return struct.pack("<HH", kind, number) + name + size + data + padding


def listed(*props: bytes) -> bytes:
    return struct.pack("<I", len(props)) + b"".join(props)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le") + b"\0\0"


def winmail(*attributes: bytes) -> bytes:
    page = attribute(1, 0x9007, struct.pack("<II", 1252, 0))
    return b"\x78\x9f\x3e\x22\x01\x00" + page + b"".join(attributes)


LOCATION = bytes(16) + struct.pack("<II", 0, 0x8208)
MESSAGE = attribute(
    1,
    0x9003,
    listed(
        prop(0x1F, 0x37, utf16("Übergabe")),
        prop(0x1E, 0x1000, b"Treffen am Caf\xe9.\0"),
        prop(0x03, 0x17, struct.pack("<i", 1)),
        prop(0x1F, 0x8001, utf16("Dock 7"), LOCATION),
        prop(0x1F, 0x1035, utf16("<a@example.org>")),
    ),
)
PEOPLE = attribute(
    1,
    0x9004,
    struct.pack("<I", 1)
    + listed(
        prop(0x03, 0x0C15, struct.pack("<i", 2)),
        prop(0x1F, 0x3001, utf16("Bob")),
        prop(0x1F, 0x39FE, utf16("bob@example.org")),
    ),
)
SENDER = attribute(1, 0x8000, struct.pack("<HHHH", 0, 0, 5, 21) + b"Jane\0SMTP:jane@example.or\0")


def attachment(name: bytes, data: bytes, *props: bytes) -> bytes:
    start = attribute(2, 0x9002, bytes(14)) + attribute(2, 0x8010, name + b"\0")
    more = attribute(2, 0x9005, listed(*props)) if props else b""
    return start + (attribute(2, 0x800F, data) if data else b"") + more


def test_the_message_and_its_people(read: Any) -> None:
    found = read(winmail(SENDER, MESSAGE, PEOPLE), "winmail.dat")
    assert (found.status, found.outcome.type.value) == ("ok", "mail")
    assert found.metadata["subject"] == ["Übergabe"]
    assert found.metadata["from"] == ["Jane <jane@example.or>"]
    assert found.metadata["cc"] == ["Bob <bob@example.org>"]
    assert found.metadata["message_id"] == ["<a@example.org>"]
    assert "Location: Dock 7\n" in found.text
    assert "Treffen am Café." in found.text


def test_attachments_keep_their_bytes_and_long_names(read: Any) -> None:
    data = bytes(range(256)) * 300
    long_name = prop(0x1F, 0x3707, utf16("Der ganze lange Name.pdf"))
    found = read(winmail(attachment(b"DERGAN~1.PDF", data, long_name), attachment(b"b.txt", b"b")))
    assert [(c.head.name, c.data) for c in found.children] == [
        ("Der ganze lange Name.pdf", data),
        ("b.txt", b"b"),
    ]


def test_a_message_inside_is_a_child_of_its_own(read: Any) -> None:
    inner = winmail(MESSAGE)
    held = prop(0x0D, 0x3701, bytes(16) + inner)
    found = read(winmail(attachment(b"fwd", b"", held, prop(0x03, 0x3705, struct.pack("<i", 5)))))
    (child,) = found.children
    assert (child.head.name, child.data) == ("fwd.tnef", inner)
    assert "Treffen am Café." in read(child.data, child.head.name, child.head.media_type).text


def test_the_oldest_form_says_its_text_in_attributes(read: Any) -> None:
    date = attribute(1, 0x8005, struct.pack("<7H", 2001, 2, 3, 4, 5, 6, 0))
    found = read(winmail(attribute(1, 0x8004, b"Old\0"), attribute(1, 0x800C, b"Body\0"), date))
    assert found.metadata["subject"] == ["Old"]
    assert found.metadata["date"] == ["2001-02-03T04:05:06Z"]
    assert found.text.endswith("Body")


def test_what_breaks_off_is_partial_and_kept(read: Any) -> None:
    found = read(winmail(MESSAGE, attachment(b"a.bin", b"x" * 1_000))[:-500])
    assert (found.status, "Treffen" in found.text) == ("partial", True)
    wrong = bytearray(winmail(MESSAGE))
    wrong[-20] ^= 1
    assert read(bytes(wrong)).status == "partial"


def test_a_real_one(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    found = read((folder / "testWINMAIL.dat").read_bytes(), "winmail.dat")
    assert (found.status, found.metadata["subject"]) == ("ok", ["This is a test message"])
    names = ["quick.doc", "quick.html", "quick.pdf", "quick.txt", "quick.xml"]
    assert [child.head.name for child in found.children] == names
    assert found.children[2].data.startswith(b"%PDF-")


@settings(max_examples=100)
@given(st.integers(0, 1 << 32))
def test_mutated_ones_never_raise(read: Any, seed: int) -> None:
    draw = random.Random(seed)
    data = bytearray(winmail(SENDER, MESSAGE, PEOPLE, attachment(b"a", b"x" * 100)))
    for _ in range(draw.choice([1, 5, 50])):
        data[draw.randrange(len(data))] = draw.randrange(256)
    assert read(bytes(data)).status
