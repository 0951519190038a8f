"""Outlook's items: MSG as written and as embedded, PST, and what is made to stand alone."""

from __future__ import annotations

import hashlib
import io
import random
import struct
from pathlib import Path
from typing import Any

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.extract.mapi import Properties, narrow, value_of
from evidencebox.extract.msgwrite import Raw, RawItem, message, names_of
from evidencebox.extract.olewrite import container

NO_NAMES = names_of(b"", b"", b"")
SENT = 132000000000000000  # 2019-04-17T18:40:00Z


def wide(number: int, text: str) -> Raw:
    return Raw(number, 0x1F, text.encode("utf-16-le"))


def long(number: int, value: int) -> Raw:
    return Raw(number, 0x03, struct.pack("<i", value))


def time(number: int, ticks: int = SENT) -> Raw:
    return Raw(number, 0x40, struct.pack("<Q", ticks))


def person(kind: int, name: str, address: str) -> list[Raw]:
    return [long(0x0C15, kind), wide(0x3001, name), wide(0x39FE, address)]


def letter(*more: Raw, body: str = "Der Bericht ist beigefügt.") -> RawItem:
    return RawItem(
        [
            wide(0x1A, "IPM.Note"),
            wide(0x37, "Überstunden"),
            wide(0x42, "Jane Doe"),
            wide(0x5D02, "jane@example.org"),
            wide(0x1035, "<one@example.org>"),
            wide(0x1042, "<zero@example.org>"),
            time(0x39),
            wide(0x1000, body),
            *more,
        ],
        [
            person(1, "Roe, Richard", "r.roe@example.org"),
            person(2, "Bob", "bob@example.org"),
            person(3, "Carol", "carol@example.org"),
        ],
    )


def file(name: str) -> list[Raw]:
    return [wide(0x3707, name), long(0x3705, 1)]


def written(item: RawItem) -> bytes:
    return message(item, NO_NAMES)


def test_headers_people_dates_and_body(read: Any) -> None:
    found = read(written(letter()), "a.msg")
    assert (found.status, found.outcome.type.value) == ("ok", "mail")
    assert found.metadata["from"] == ["Jane Doe <jane@example.org>"]
    assert found.metadata["to"] == ['"Roe, Richard" <r.roe@example.org>']
    assert found.metadata["cc"] == ["Bob <bob@example.org>"]
    assert found.metadata["bcc"] == ["Carol <carol@example.org>"]
    assert found.metadata["message_id"] == ["<one@example.org>"]
    assert found.metadata["in_reply_to"] == ["<zero@example.org>"]
    assert found.metadata["date"] == ["2019-04-17T18:40:00Z"]
    assert found.text.startswith("From: Jane Doe <jane@example.org>\nTo: ")
    assert "Subject: Überstunden\n" in found.spans("mail_header")[0]
    assert found.text.endswith("Der Bericht ist beigefügt.")


def test_narrow_text_in_the_code_page_it_states(read: Any) -> None:
    item = RawItem(
        [
            long(0x3FFD, 1251),
            Raw(0x37, 0x1E, "Отчёт".encode("cp1251")),
            Raw(0x1000, 0x1E, "Лейтенант Иванов".encode("cp1251")),
        ],
        [[long(0x0C15, 1), Raw(0x3001, 0x1E, "Пётр".encode("cp1251"))]],
    )
    found = read(written(item), "a.msg")
    assert found.metadata["subject"] == ["Отчёт"]
    assert found.metadata["to"] == ["Пётр"]
    assert "Лейтенант Иванов" in found.text


def test_utf8_under_a_wrong_code_page() -> None:
    assert narrow("café".encode(), "cp1251") == "café"
    assert narrow("café".encode("cp1252"), "cp1252") == "café"


def test_what_the_internet_headers_say_where_properties_do_not(read: Any) -> None:
    said = "Received: x\r\nFrom: =?utf-8?q?J=C3=B6?= <j@example.org>\r\n"
    said += "Message-ID: <h@example.org>\r\nReferences: <a@example.org>\r\n <b@example.org>\r\n"
    said += "Date: Sat, 03 Apr 2021 08:00:00 -0400\r\nSubject: from the header\r\n\r\n"
    found = read(written(RawItem([wide(0x7D, said)])), "a.msg")
    assert found.metadata["from"] == ["Jö <j@example.org>"]
    assert found.metadata["message_id"] == ["<h@example.org>"]
    assert found.metadata["references"] == ["<a@example.org>", "<b@example.org>"]
    assert found.metadata["date"] == ["2021-04-03T12:00:00Z"]
    assert found.metadata["date_original"] == ["Sat, 03 Apr 2021 08:00:00 -0400"]
    assert found.metadata["subject"] == ["from the header"]


def test_html_is_a_page_if_it_says_more(read: Any) -> None:
    settings_of_word = (
        b"<!--[if gte mso 9]><xml>" + b"<o:Setting/> alpha beta " * 20 + b"</xml><![endif]-->"
    )
    same = settings_of_word + b"<p>Der Bericht ist beigef&uuml;gt.</p>"
    assert len(read(written(letter(Raw(0x1013, 0x102, same))), "a.msg").pages) == 1
    secret = b"<p>" + b" ".join(b"geheim%d" % n for n in range(30)) + b"</p>"
    found = read(written(letter(Raw(0x1013, 0x102, secret))), "a.msg")
    assert (found.pages[1].label, "geheim7" in found.pages[1].text) == ("HTML", True)


def test_rtf_is_read_where_there_is_no_other_text(read: Any) -> None:
    rtf = rb"{\rtf1\ansi Der \b Zeuge\b0  heisst M\'fcller.}"
    packed = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    found = read(written(letter(Raw(0x1009, 0x102, packed), body="")), "a.msg")
    assert "Der Zeuge heisst Müller." in found.text
    broken = read(written(letter(Raw(0x1009, 0x102, b"junk"))), "a.msg")
    assert (broken.status, "broken_rtf" in broken.codes) == ("partial", True)
    assert "Der Bericht" in broken.text


def test_attachments_are_children_with_their_bytes(read: Any) -> None:
    data = bytes(range(256)) * 1_000
    item = letter()
    item.attachments = [(file("C:\\Users\\x\\Beschwerde.pdf"), data), (file("leer.txt"), b"")]
    found = read(written(item), "a.msg")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("Beschwerde.pdf", data),
        ("leer.txt", b""),
    ]


def test_a_message_in_a_message_stands_alone(read: Any) -> None:
    inner = letter(wide(0x8001, "Dock 7"), body="Das ist die innere Nachricht.")
    inner.attachments = [(file("tief.txt"), b"tief unten")]
    rows = struct.pack("<IHH", 0x8208, 0, 1)
    outer = letter()
    outer.attachments = [([wide(0x3001, "weitergeleitet"), long(0x3705, 5)], inner)]
    found = read(message(outer, names_of(b"", rows, b"")), "a.msg")
    (child,) = found.children
    assert child.head.name == "weitergeleitet.msg"
    assert olefile.isOleFile(io.BytesIO(child.data))
    again = read(child.data, child.head.name, child.head.media_type)
    assert again.status == "ok"
    assert "innere Nachricht" in again.text
    assert "Location: Dock 7" in again.text
    assert again.metadata["to"] == ['"Roe, Richard" <r.roe@example.org>']
    assert [c.data for c in again.children] == [b"tief unten"]


def test_an_object_that_is_a_storage_stands_alone(read: Any) -> None:
    tree = {"WordDocument": b"x" * 5_000, "ObjectPool": {"a": b"b"}}
    item = letter()
    outer = written(item)
    with olefile.OleFileIO(io.BytesIO(outer)) as ole:
        whole: dict[str, Any] = {
            path[0]: ole.openstream(path).read() for path in ole.listdir() if len(path) == 1
        }
    whole["__attach_version1.0_#00000000"] = {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3701000D": tree,
        "__substg1.0_3001001F": "Zeichnung".encode("utf-16-le"),
    }
    found = read(container(whole), "a.msg")
    # the root tells the type, whatever an attachment in it is
    assert found.outcome.media_type == "application/vnd.ms-outlook"
    with olefile.OleFileIO(io.BytesIO(found.children[0].data)) as ole:
        assert ole.openstream("WordDocument").read() == b"x" * 5_000
        assert ole.openstream("ObjectPool/a").read() == b"b"


def test_what_people_and_appointments_say(read: Any) -> None:
    item = RawItem(
        [wide(0x1A, "IPM.Contact"), wide(0x3001, "Officer Poe"), wide(0x3A09, "555-0100"),
         wide(0x8000, "1 Elm St"), time(0x3A42), Raw(0x8001, 0x101F, _many("red", "blue"))]
    )  # fmt: skip
    rows = struct.pack("<IHHIHH", 0x801A, 0, 0, 0, 1, 1)
    texts = struct.pack("<I", 16) + "Keywords".encode("utf-16-le")
    found = read(message(item, names_of(b"", rows, texts)), "a.msg")
    for line in ("Name: Officer Poe", "Home phone: 555-0100", "Home address: 1 Elm St",
                 "Birthday: 2019-04-17", "Keywords: red; blue"):  # fmt: skip
        assert line in found.text


def _many(*values: str) -> bytes:
    coded = [value.encode("utf-16-le") for value in values]
    starts = [4 + 4 * len(coded) + sum(map(len, coded[:at])) for at in range(len(coded))]
    return struct.pack(f"<{len(coded) + 1}I", len(coded), *starts) + b"".join(coded)


def test_an_enciphered_message_says_so(read: Any) -> None:
    item = letter(body="")
    item.properties[0] = wide(0x1A, "IPM.Note.SMIME")
    item.attachments = [(file("smime.p7m"), b"0\x80")]
    found = read(written(item), "a.msg")
    assert found.status == "encrypted"
    assert found.metadata["subject"] == ["Überstunden"]
    assert len(found.children) == 1
    item.attachments = [(file("smime.p7m"), bytes.fromhex("308006092a864886f70d010702a080"))]
    assert read(written(item), "a.msg").status == "ok"


def test_a_clear_signed_message_is_a_message_in_it(read: Any) -> None:
    sent = b"Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nThe dock.\r\n--b--"
    item = letter(body="")
    item.properties[0] = wide(0x1A, "IPM.Note.SMIME.MultipartSigned")
    item.attachments = [([*file("smime.p7m"), wide(0x370E, "multipart/signed")], sent)]
    found = read(written(item), "a.msg")
    (child,) = found.children
    assert found.status == "ok"
    inner = read(child.data, child.head.name, child.head.media_type)
    assert (inner.outcome.media_type, "dock" in inner.text) == ("message/rfc822", True)


def test_the_form_of_a_message_made_to_stand_alone_is_pinned() -> None:
    """Its hash is its name: whoever changes the form raises `RENDERING` and this."""
    item = letter()
    item.attachments = [(file("a.txt"), b"text"), ([long(0x3705, 5)], letter())]
    digest = hashlib.sha256(written(item)).hexdigest()
    assert digest == PINNED


PINNED = "f35a0964368f7c9bfcc0f2afe5215718fd0b2d694907b4f0d491e0710db942a8"


@pytest.mark.parametrize("size", [0, 1, 63, 64, 4_095, 4_096, 9_000_000])
def test_a_container_holds_what_went_into_it(size: int) -> None:
    tree = {"a": b"x" * size, "deep": {"b": b"y" * 100, "c": {}}} | {
        f"s{n}": b"z" for n in range(200)
    }
    with olefile.OleFileIO(io.BytesIO(container(tree)), raise_defects=olefile.DEFECT_UNSURE) as ole:
        assert ole.openstream("a").read() == b"x" * size
        assert ole.openstream("deep/b").read() == b"y" * 100
        assert len(ole.listdir(storages=True)) == len(tree) + 2
        assert ole.parsing_issues == []


@given(st.integers(0, 0xFFFF), st.binary(max_size=40))
def test_any_value_is_read_or_left_out(kind: int, data: bytes) -> None:
    props = Properties()
    props.put(0x37, value_of(kind, data))
    assert isinstance(props.text(0x37), str)
    assert isinstance(props.moment(0x37), str)


@settings(max_examples=60)
@given(st.integers(0, 1 << 32))
def test_mutated_messages_never_raise(read: Any, seed: int) -> None:
    item = letter(Raw(0x1013, 0x102, b"<p>x</p>"))
    item.attachments = [(file("a.txt"), b"text" * 2_000), ([long(0x3705, 5)], letter())]
    draw = random.Random(seed)
    data = bytearray(written(item))
    for _ in range(draw.choice([1, 5, 50])):
        data[draw.randrange(len(data))] = draw.randrange(256)
    assert read(bytes(data[: draw.randrange(len(data)) if draw.random() < 0.3 else None])).status


def test_real_messages(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    count = 0
    for path in sorted(folder.glob("*.msg")):
        found = read(path.read_bytes(), path.name)
        assert (
            found.status,
            found.has_text if hasattr(found, "has_text") else bool(found.text),
        ) == (
            "ok",
            True,
        ), path.name
        count += 1
    assert count == 12
    chinese = read((folder / "testMSG_chinese.msg").read_bytes(), "a.msg")
    assert "格式測試" in chinese.text
    outer = read((folder / "testMSG_att_msg.msg").read_bytes(), "a.msg")
    inner = read(outer.children[0].data, outer.children[0].head.name)
    assert "Blah blah blah" in inner.text


def test_a_mailbox_gives_its_messages_by_folder(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    data = (folder / "testPST_variousBodyTypes.pst").read_bytes()
    found = read(data, "a.pst")
    assert (found.status, found.outcome.type.value, len(found.children)) == ("ok", "mailbox", 4)
    first = found.children[0]
    assert first.head.name == "Top of Outlook data file/Inbox/tmp/message 1 original email.msg"
    assert first.head.relation == "message"
    assert [c.data for c in read(data, "b.pst").children] == [c.data for c in found.children]
    for child in found.children:
        inner = read(child.data, child.head.name, child.head.media_type)
        assert inner.status == "ok"
        assert inner.metadata["from"] == ['"Allison, Timothy B." <tallison@mitre.org>']
        assert "This is the original email" in inner.text


def test_a_broken_mailbox_has_a_reason(read: Any) -> None:
    found = read(b"!BDN" + bytes(1_000), "a.pst")
    assert (found.status, found.outcome.reason) == (
        "failed",
        "The mailbox's own tables are broken.",
    )
