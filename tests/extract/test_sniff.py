"""Types by content."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest


def zipped(*names: str, first: bytes = b"x") -> bytes:
    """A ZIP with these members, the first holding `first`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for index, name in enumerate(names):
            archive.writestr(name, first if index == 0 else b"x")
    return stream.getvalue()


CASES = [
    (b"{\\rtf1 hello}", "application/rtf", "word"),
    (b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png", "image"),
    (b"\xff\xd8\xff\xe0" + bytes(40), "image/jpeg", "image"),
    (b"SQLite format 3\0" + bytes(90), "application/vnd.sqlite3", "database"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(40), "application/x-7z-compressed", "archive"),
    (b"Rar!\x1a\x07\x00" + bytes(40), "application/vnd.rar", "archive"),
    (b"\x1f\x8b\x08" + bytes(40), "application/gzip", "archive"),
    (b"ID3\x03" + bytes(40), "audio/mpeg", "audio"),
    (b"\0\0\0\x18ftypmp42" + bytes(40), "video/mp4", "video"),
    (b"!BDN" + bytes(40), "application/vnd.ms-outlook-pst", "mailbox"),
    (
        zipped("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
        "word",
    ),
    (
        zipped("[Content_Types].xml", "ppt/presentation.xml", first=b"presentationml"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "slides",
    ),
]


@pytest.mark.parametrize(("data", "media_type", "kind"), CASES)
def test_a_mark_alone_tells_the_type(read: Any, data: bytes, media_type: str, kind: str) -> None:
    found = read(data)
    assert (found.outcome.media_type, found.outcome.type.value) == (media_type, kind)


def test_formats_to_come_are_unsupported(read: Any) -> None:
    found = read(b"ITSF" + bytes(40))
    assert (found.outcome.media_type, found.status) == (
        "application/vnd.ms-htmlhelp",
        "unsupported",
    )
    assert "does not read" in found.outcome.reason


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "", "html"),
        (b"\n <html><body>x", "", "html"),
        (b"a,b,c\n" * 6, "x.csv", "csv"),
        (b"a;b\n1;2\n", "x.csv", "csv"),
        (b"a,b,c\n1,2,3\n" * 6, "", "csv"),
        (b"One, two, and three.\nThen four.\n" * 6, "", "text"),
        (b"One, two, and three.\nThen four.\n" * 6, "x.csv", "text"),
        (b"From: a@b\nSubject: x\n\nhi", "", "mail"),
        (b"Subject: x\n\nhi", "x.eml", "mail"),
        (b"To: the reader\n\nhi", "", "text"),
        (b"From a@b Thu Aug 22 12:36:23 2002\nFrom: a@b\n\nhi\n", "inbox", "mailbox"),
        (b"From a@b Thu Aug 22 12:36:23 2002\nFrom: a@b\n\nhi\n", "x.eml", "mail"),
        (b"%PDF-1.4\n", "", "pdf"),
    ],
)
def test_texts_are_told_apart(read: Any, data: bytes, name: str, kind: str) -> None:
    assert read(data, name).outcome.type.value == kind


def test_a_name_that_lies_is_a_notice(read: Any) -> None:
    assert "mismatch" in read(b"\x89PNG\r\n\x1a\n" + bytes(40), "letter.doc").codes
    assert "mismatch" not in read(b"plain words", "letter.md").codes
    assert "mismatch" not in read(b"plain words", "letter.txt").codes
