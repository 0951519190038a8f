"""E-mail: headers, bodies, attachments, hostile nesting."""

from __future__ import annotations

import base64
import binascii
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.extract.headers import addresses, decoded, iso_date, parameters


def labels(found: Any) -> list[str]:
    return [page.label for page in found.pages]


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jöhn Doe <j.doe@example.org>"
    message["To"] = '"Roe, Jane" <jane@example.org>, bob@example.org'
    message["Subject"] = "Überstunden und mehr als eine Zeile " * 3
    message["Date"] = "Sat, 03 Apr 2021 08:00:00 -0400"
    message["Message-ID"] = "<one@example.org>"
    message["References"] = "<zero@example.org> <half@example.org>"
    message.set_content("Der Bericht ist beigefügt.\n")
    return message


def test_headers_metadata_and_body(read: Any) -> None:
    found = read(letter().as_bytes(), "a.eml")
    assert found.status == "ok"
    assert found.metadata["to"] == ['"Roe, Jane" <jane@example.org>', "bob@example.org"]
    assert found.metadata["from"] == ["Jöhn Doe <j.doe@example.org>"]
    assert found.metadata["date"] == ["2021-04-03T12:00:00Z"]
    assert found.metadata["references"] == ["<zero@example.org>", "<half@example.org>"]
    assert found.metadata["subject"][0].startswith("Überstunden und mehr als eine Zeile Über")
    assert found.text.startswith("From: Jöhn Doe <j.doe@example.org>\nTo: ")
    assert "Der Bericht ist beigefügt." in found.text
    assert "Subject: Überstunden" in found.spans("mail_header")[0]


def test_attachments_are_children_with_their_bytes(read: Any) -> None:
    message = letter()
    data = bytes(range(256)) * 5_000
    message.add_attachment(data, "application", "pdf", filename="Beschwerde über.pdf")
    inner = letter()
    message.add_attachment(inner)
    found = read(message.as_bytes(), "a.eml")
    pdf, mail = found.children
    assert (pdf.head.name, pdf.head.relation, pdf.data) == (
        "Beschwerde über.pdf",
        "attachment",
        data,
    )
    assert mail.head.media_type == "message/rfc822"
    again = read(mail.data, mail.head.name, mail.head.media_type)
    assert again.metadata["message_id"] == ["<one@example.org>"]


def test_pictures_of_the_body_are_embedded(read: Any) -> None:
    message = letter()
    message.add_alternative("<p>Bild <img src='cid:a'></p>", subtype="html")
    _, html = message.iter_parts()
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG", "image", "png", cid="<a>")
    found = read(message.as_bytes(), "a.eml")
    assert [child.head.relation for child in found.children] == ["embedded"]


def test_html_twin_is_kept_only_for_what_it_adds(read: Any) -> None:
    message = letter()
    message.add_alternative("<p>Der Bericht ist beigefügt.</p>", subtype="html")
    assert labels(read(message.as_bytes(), "a.eml")) == ["", "other headers"]
    message = letter()
    secret = " ".join(f"geheim{number}" for number in range(30))
    message.add_alternative(f"<p>Der Bericht. {secret}</p>", subtype="html")
    found = read(message.as_bytes(), "a.eml")
    assert "geheim7" in found.pages[1].text


def test_html_only_body_is_text(read: Any) -> None:
    raw = b"From: a@b\nTo: c@d\nContent-Type: text/html; charset=iso-8859-1\n\n<p>caf\xe9<br>x"
    assert "café\nx" in read(raw, "a.eml").text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?w7xi?= =?utf-8?Q?er_alles?=", "über alles"),
        (b"=?utf-8?B?ww==?= =?utf-8?B?vGI=?=", "üb"),
        (b"=?iso-8859-1?q?caf=E9?=text", "cafétext"),
        (b"=?utf-8?Q?a b?=", "a b"),
        (b"=?nonsense?Q?a?=", "a"),
        (b"caf\xe9", "café"),
        (b"=?utf-8?Q?broken", "=?utf-8?Q?broken"),
    ],
)
def test_encoded_words_and_their_broken_kin(raw: bytes, text: str) -> None:
    assert decoded(raw) == text


def test_parameters_in_pieces() -> None:
    value = 'attachment; filename*0*=utf-8\'\'Gr%C3%BC; filename*1="sse.pdf"; x="a;b"'
    assert parameters(value) == {"filename": "Grüsse.pdf", "x": "a;b"}


def test_addresses_split_outside_quotes() -> None:
    assert list(addresses('"a, b" <c@d>, e@f (x, y)')) == ['"a, b" <c@d>', "e@f (x, y)"]


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("Thu, 22 Aug 2002 12:46:18 +0100", "2002-08-22T11:46:18Z"),
        ("22 Aug 2002 12:46:18", "2002-08-22T12:46:18"),
        ("Thu, 99 Foo 2002", ""),
        ("", ""),
    ],
)
def test_dates(raw: str, iso: str) -> None:
    assert iso_date(raw) == iso


def test_three_thousand_nested_multiparts(read: Any) -> None:
    lines = ["From: a@b", "Subject: deep"]
    for level in range(3_000):
        lines += [f"Content-Type: multipart/mixed; boundary=b{level}", "", f"--b{level}"]
    lines += ["Content-Type: text/plain", "", "the secret at the bottom"]
    found = read("\n".join(lines).encode(), "a.eml")
    assert found.status == "partial"
    assert "the secret at the bottom" in found.text


def test_three_thousand_nested_messages(read: Any) -> None:
    data = b"From: a@b\nContent-Type: message/rfc822\n\n" * 3_000 + b"From: a@b\nTo: c\n\nx"
    found = read(data, "a.eml")
    assert found.status == "ok"
    assert len(found.children[0].data) == len(data) - 40


def test_a_hundred_thousand_parts(read: Any) -> None:
    head = b"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n"
    found = read(head + b"--b\n\nx\n" * 100_000 + b"--b--\n", "a.eml")
    assert found.status in ("ok", "limit")
    assert found.pages


def test_missing_closing_boundary_and_bad_base64(read: Any) -> None:
    raw = (
        b'From: a@b\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        b"Content-Transfer-Encoding: base64\n\naGVsb*G8gd29ybGQ\n--b\n\nlast words"
    )
    assert "hello world" in read(raw, "a.eml").text
    assert "last words" in read(raw, "a.eml").text


def test_words_outside_the_parts_are_kept(read: Any) -> None:
    raw = (
        b"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"This is a message in MIME format.\n--b\n\ninside\n--b--\nbehind the last part\n"
    )
    found = read(raw, "a.eml")
    assert [page.label for page in found.pages] == ["", "outside the parts"]
    assert found.spans("hidden") == ["behind the last part\n"]


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\r\n\n", b"From x Thu Aug 22 12:36:23 2002\n"]
)
def test_what_stands_before_the_headers(read: Any, before: bytes) -> None:
    found = read(before + b"From: a@b\nSubject: s\n\nbody", "a.eml")
    assert found.metadata["from"] == ["a@b"]
    assert found.metadata["subject"] == ["s"]
    assert found.text.endswith("\n\nbody")


@pytest.mark.parametrize("charset", ["unicode_escape", "idna", "base64", "rot13", "x-none", "\\"])
def test_no_charset_a_sender_names_is_a_trap(read: Any, charset: str) -> None:
    raw = f"From: a@b\nTo: c\nContent-Type: text/plain; charset={charset}\n\n\\d bo\u00e4dy"
    assert "bo\u00e4dy" in read(raw.encode(), "a.eml").text


def test_encrypted_message(read: Any) -> None:
    raw = (
        b"From: a@b\nSubject: s\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n"
        b"Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--b--\n"
    )
    found = read(raw, "a.eml")
    assert found.status == "encrypted"
    assert "Subject: s" in found.text


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@given(st.lists(words, min_size=1, max_size=300), words)
def test_body_in_is_body_out(read: Any, body: list[str], subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", subject
    text = " ".join(body)
    message.set_content(text)
    found = read(message.as_bytes(), "a.eml")
    import unicodedata

    assert unicodedata.normalize("NFC", text) in unicodedata.normalize("NFC", found.text)
    assert found.metadata["subject"] == [unicodedata.normalize("NFC", subject)]


def test_mbox_messages_are_children(read: Any) -> None:
    box = (
        b"From a@b Thu Aug 22 12:36:23 2002\nFrom: a@b\nSubject: =?utf-8?q?=C3=BCber?=\n\n"
        b">From here on\n>>From there\n\nFrom nowhere, a line of text.\n\n"
        b"From c@d Thu Aug 22 12:36:24 2002\nFrom: c@d\nSubject: a/../b\n\nsecond\n"
    )
    found = read(box, "Inbox.mbox")
    assert [child.head.name for child in found.children] == ["message 1 über", "message 2 a .. b"]
    assert b"\nFrom here on\n>From there\n\nFrom nowhere" in found.children[0].data
    assert found.children[0].data.endswith(b"a line of text.\n")
    assert found.children[1].data.endswith(b"\n\nsecond\n")
    assert found.metadata["messages"] == ["2"]
    assert found.status == "ok"


def test_a_mailbox_of_blank_messages(read: Any) -> None:
    line = b"From a@b Thu Aug 22 12:36:23 2002\n"
    found = read(line + b"\n" + line + b"\n\n\n" + line, "x.mbox")
    assert [child.data for child in found.children] == [b"", b"\n\n", b""]


PLAIN = b"From: a@example.org\nTo: b@example.org\nContent-Type: text/plain"


def uuencoded(data: bytes, name: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 " + name + b"\n" + b"".join(lines) + b"`\nend\n"


@given(st.binary(min_size=1, max_size=400))
def test_files_in_uuencode_are_children(read: Any, data: bytes) -> None:
    raw = PLAIN + b"\n\nSee this:\n" + uuencoded(data, b"a b.bin") + b"and that.\n"
    found = read(raw, "a.eml")
    assert [(c.head.name, c.data) for c in found.children] == [("a b.bin", data)]
    assert found.text.endswith("See this:\nbegin 644 a b.bin\nend\nand that.\n")


def test_words_that_only_begin_like_uuencode_stay(read: Any) -> None:
    body = "begin 644 what\nThis is prose that goes on and on, and ends.\n"
    found = read(PLAIN + b"\n\n" + body.encode(), "a.eml")
    assert (found.children, found.text.endswith(body)) == ([], True)


@given(st.binary(max_size=400))
def test_files_in_yenc_are_children(read: Any, data: bytes) -> None:
    coded = bytearray()
    for value in data:
        value = (value + 42) & 255
        if value in (0, 9, 10, 13, 46, 61):
            coded += b"="
            value = (value + 64) & 255
        coded.append(value)
    lines = b"\r\n".join(re.findall(rb"(?s)(?:=.|[^=]){1,64}", bytes(coded)))
    raw = PLAIN + b"; charset=iso-8859-1\r\n\r\nSee:\r\n=ybegin line=64 size=9 name=x.bin\r\n"
    found = read(raw + lines + b"\r\n=yend size=9\r\nbye\r\n", "a.eml", "message/rfc822")
    assert [(c.head.name, c.data) for c in found.children] == [("x.bin", data)]


def test_many_starts_of_files_without_ends(read: Any) -> None:
    found = read(PLAIN + b"\n\n" + b"=ybegin line=1\nbegin 644 x\n" * 60_000, "a.eml")
    assert (found.status, found.children) == ("ok", [])


def test_flowed_paragraphs_are_whole(read: Any) -> None:
    body = b"The officer lives \nat 12 Elm \nStreet.\n> quoted \n> on\n From here\n-- \nJane\n"
    found = read(PLAIN + b"; format=flowed\n\n" + body, "a.eml")
    assert found.text.endswith(
        "The officer lives at 12 Elm Street.\n> quoted on\nFrom here\n-- \nJane\n"
    )
    found = read(PLAIN + b"; format=flowed; delsp=yes\n\nlong \nword\n", "a.eml")
    assert found.text.endswith("\nlongword\n")


def test_headers_that_page_one_does_not_show_are_a_last_page(read: Any) -> None:
    found = read(
        b"Received: from mail.example.org\n by mx.example.net; Sat, 3 Apr 2021 12:00:00 +0000\n"
        b"From: a@example.org\nX-Originating-IP: [192.0.2.7]\nMessage-ID: <1@example.org>\n"
        b"X-Empty:\nContent-Type: text/plain\nX-Note: =?utf-8?q?d=C3=A9j=C3=A0?=\n\nThe body.\n",
        "a.eml",
    )
    assert labels(found) == ["", "other headers"]
    page = found.pages[1]
    assert page.text == (
        "Received: from mail.example.org by mx.example.net; Sat, 3 Apr 2021 12:00:00 +0000\n"
        "X-Originating-Ip: [192.0.2.7]\nMessage-Id: <1@example.org>\nX-Empty: \n"
        "Content-Type: text/plain\nX-Note: déjà\n"
    )
    assert [(span.start, span.end, span.kind) for span in page.spans] == [
        (0, len(page.text), "mail_header")
    ]


def test_headers_of_two_megabytes(read: Any) -> None:
    people = b",\n ".join(b"p%06d@example.org" % number for number in range(100_000))
    raw = b"From: a@example.org\nTo: " + people + b"\nX-Long: " + b"x" * 2_000_000 + b"\n\nBody"
    found = read(raw, "a.eml")
    assert found.status == "ok"
    assert len(found.metadata["to"]) > 3_000
    assert any(page.text.endswith("Body") for page in found.pages)


def test_outlooks_mark_of_a_conversation(read: Any) -> None:
    mark = base64.b64encode(bytes(range(27)))
    found = read(
        b"From: a@example.org\nTo: b@example.org\nThread-Index: " + mark + b"\n\nx", "a.eml"
    )
    assert found.metadata["conversation"] == [bytes(range(22)).hex()]


def test_style_and_words_settings_do_not_make_a_page(read: Any) -> None:
    message = letter()
    style = "<style>" + " ".join(f"p.c{n} {{margin:{n}px}}" for n in range(40)) + "</style>"
    word = (
        "<!--[if gte mso 9]><xml>" + "<w:LsdException Name='a' /> b c " * 9 + "</xml><![endif]-->"
    )
    message.add_alternative(f"{style}{word}<p>Der Bericht ist beigefügt.</p>", subtype="html")
    assert labels(read(message.as_bytes(), "a.eml")) == ["", "other headers"]


def test_enciphered_and_signed_by_smime(read: Any) -> None:
    head = (
        b"From: a@example.org\nSubject: x\nContent-Type: application/pkcs7-mime; name=smime.p7m; "
    )
    locked = read(head + b"smime-type=enveloped-data\n\n0\x80", "a.eml")
    assert (locked.status, [c.head.name for c in locked.children]) == ("encrypted", ["smime.p7m"])
    assert read(head + b"smime-type=signed-data\n\n0\x80", "a.eml").status == "ok"


def test_apple_mail_files(read: Any, corpora: Path) -> None:
    message = b"From: a@example.org\nSubject: x\n\nThe body.\n"
    plist = b'<?xml version="1.0"?><plist><dict><key>flags</key></dict></plist>'
    found = read(b"%-10d\n" % len(message) + message + plist, "1.emlx")
    assert found.outcome.media_type == "message/rfc822"
    assert found.pages[0].text.endswith("\n\nThe body.\n")
    assert found.spans("hidden") == [plist.decode()]
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    real = read((folder / "testEMLX.emlx").read_bytes(), "testEMLX.emlx")
    assert real.metadata["subject"][0].startswith("[jira] Commented: (TIKA-461)")


@given(st.binary(min_size=1, max_size=300))
def test_a_part_in_uuencode_whose_spaces_were_lost(read: Any, data: bytes) -> None:
    lines = uuencoded(data, b"x.bin").split(b"\n")
    stripped = b"\n".join(line.rstrip(b" ") for line in lines)
    head = b"From: a@example.org\nTo: b@example.org\nContent-Type: application/pdf; name=x.bin\n"
    found = read(head + b"Content-Transfer-Encoding: x-uuencode\n\n" + stripped, "a.eml")
    assert [child.data for child in found.children] == [data]
