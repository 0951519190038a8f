"""Reads a sample back with other people's libraries: what is inside what, and each page's text."""

from __future__ import annotations

import email
import hashlib
import html
import io
import json
import mailbox
import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evidencebox.sample import SampleSummary, generate

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class ReadBack:
    """A sample and everything in it: bytes and page texts by SHA-256."""

    summary: SampleSummary
    items: dict[str, bytes]
    answers: list[dict[str, Any]]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [line for line in self.answers if line["kind"] == kind]

    def pages(self, sha256: str) -> list[str]:
        return read_pages(self.items[sha256])

    def readable(self) -> set[str]:
        """Items with text pages of their own: no containers, no pictures, nothing broken."""
        broken = {line["sha256"] for line in self.of_kind("broken")}
        pictures = {line["sha256"] for line in self.answers if line.get("ocr")}
        return {sha for sha, data in self.items.items() if _has_text(data)} - broken - pictures


def _has_text(data: bytes) -> bool:
    if data.startswith(b"PK"):
        return data[30:].startswith(b"[Content_Types].xml")
    return not data.startswith((b"From MAILER-DAEMON", b"\x89PNG", b"II*\0"))


def read_back(summary: SampleSummary) -> ReadBack:
    items: dict[str, bytes] = {}
    for path in sorted(summary.trove.rglob("*")):
        if path.is_file():
            for data in unfold(path.read_bytes()):
                items[hashlib.sha256(data).hexdigest()] = data
    lines = summary.answers.read_text("utf-8").splitlines()
    return ReadBack(summary, items, [json.loads(line) for line in lines])


def unfold(data: bytes) -> Iterator[bytes]:
    """The bytes of an item and of all items inside it."""
    yield data
    for child in _children(data):
        yield from unfold(child)


def _children(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        yield from _members(data)
    elif data.startswith(b"From MAILER-DAEMON"):
        yield from _mbox_messages(data)
    elif data.startswith(b"From: "):
        yield from _attachments(email.message_from_bytes(data))


def _members(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if infos[0].filename != "[Content_Types].xml":
            yield from (archive.read(info) for info in infos if not info.flag_bits & 1)


def _mbox_messages(data: bytes) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "box"
        path.write_bytes(data)
        box = mailbox.mbox(path, create=False)
        try:
            yield from (box.get_bytes(key) for key in box.keys())  # noqa: SIM118
        finally:
            box.close()


def _attachments(message: Message) -> Iterator[bytes]:
    for part in message.walk() if message.is_multipart() else ():
        if part.get_content_disposition() != "attachment":
            continue
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822":
            assert isinstance(payload, list)
            inner = payload[0]
            assert isinstance(inner, Message)
            yield inner.as_bytes()
            return
        decoded = part.get_payload(decode=True)
        assert isinstance(decoded, bytes)
        yield decoded


def read_pages(data: bytes) -> list[str]:
    """Each page's text, by the definition of a page in the design."""
    if data.startswith(b"%PDF"):
        return _pdf_pages(data)
    if data.startswith(b"PK"):
        return _office_pages(data)
    if data.startswith(b"From: "):
        return [_mail_page(email.message_from_bytes(data))]
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8")
    return [_plain(text) if text.startswith("<!DOCTYPE") else text]


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


def _pdf_pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def _office_pages(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            return _word_pages(archive.read("word/document.xml"))
        strings = [
            "".join(text.text or "" for text in item.iter(f"{_S}t"))
            for item in ET.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        sheets = sorted(name for name in names if name.startswith("xl/worksheets/sheet"))
        return [_sheet_page(archive.read(name), strings) for name in sheets]


def _word_pages(xml: bytes) -> list[str]:
    pages = [""]
    for node in ET.fromstring(xml).iter():
        if node.tag == f"{_W}lastRenderedPageBreak" or node.get(f"{_W}type") == "page":
            pages.append("")
        elif node.tag == f"{_W}t":
            pages[-1] += node.text or ""
        elif node.tag in (f"{_W}p", f"{_W}br"):
            pages[-1] += "\n"
    return pages


def _sheet_page(xml: bytes, strings: list[str]) -> str:
    cells = []
    for cell in ET.fromstring(xml).iter(f"{_S}c"):
        value = cell.findtext(f"{_S}v") or ""
        cells.append(strings[int(value)] if cell.get("t") == "s" else value)
    return "\n".join(cells)


def _mail_page(message: Message) -> str:
    heads = [str(make_header(decode_header(value))) for value in message.values()]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            text = payload.decode()
            rich = part.get_content_subtype() == "html"
            return "\n".join([*heads, _plain(text) if rich else text])
    raise AssertionError("a message without text")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ReadBack:
    """The default sample, read back."""
    return read_back(generate(tmp_path_factory.mktemp("sample") / "s", 400, 300, 1))


@pytest.fixture(scope="session")
def reader() -> Callable[[SampleSummary], ReadBack]:
    return read_back
