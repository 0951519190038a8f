"""PKCS #7: what was signed comes out as it went in."""

from __future__ import annotations

import base64
import random
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.model.extraction import Limits

PKCS7 = bytes.fromhex("2a864886f70d0107")
SMIME = bytes.fromhex("2a864886f70d01091001")


def der(tag: int, *parts: bytes, open_ended: bool = False) -> bytes:
    body = b"".join(parts)
    if open_ended:
        return bytes([tag, 0x80]) + body + b"\0\0"
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    return bytes([tag, 0x84]) + len(body).to_bytes(4, "big") + body


def content(kind: bytes, *held: bytes, open_ended: bool = False) -> bytes:
    return der(0x30, der(0x06, kind), *held, open_ended=open_ended)


def signed(data: bytes | None, *, open_ended: bool = False, name: str = "Jane Doe") -> bytes:
    octets = der(0x04, data or b"")
    if open_ended:
        halves = [der(0x04, (data or b"")[:5]), der(0x04, (data or b"")[5:])]
        octets = der(0x24, *halves, open_ended=True)
    held = [] if data is None else [der(0xA0, octets, open_ended=open_ended)]
    inner = content(PKCS7 + b"\x01", *held, open_ended=open_ended)
    names = der(0xA0, der(0x30, der(0x0C, name.encode())))
    body = der(0x30, der(0x02, b"\x01"), der(0x31), inner, names, der(0x31), open_ended=open_ended)
    return content(PKCS7 + b"\x02", der(0xA0, body, open_ended=open_ended), open_ended=open_ended)


@pytest.mark.parametrize("open_ended", [False, True])
def test_what_was_signed_is_a_child(read: Any, open_ended: bool) -> None:
    data = b"the signed text " * 1_000
    found = read(signed(data, open_ended=open_ended), "letter.txt.p7m")
    assert found.status == "ok"
    assert [(c.head.name, c.data) for c in found.children] == [("letter.txt", data)]
    assert found.text == "Jane Doe\n"


def test_a_signed_message_is_read_as_one(read: Any) -> None:
    data = b"Content-Type: text/plain; charset=utf-8\r\n\r\nMeet at the dock.\r\n"
    (child,) = read(signed(data), "smime.p7m", "application/pkcs7-mime").children
    again = read(child.data, child.head.name, child.head.media_type)
    assert (again.outcome.media_type, "dock" in again.text) == ("message/rfc822", True)


def test_a_signature_alone_says_who_signed(read: Any) -> None:
    found = read(signed(None), "smime.p7s")
    assert (found.status, found.codes, found.text) == ("ok", {"detached"}, "Jane Doe\n")


def test_an_armoured_one(read: Any) -> None:
    armoured = (
        b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed(b"text")) + b"-----END PKCS7-----"
    )
    found = read(armoured, "a.pem")
    assert [child.data for child in found.children] == [b"text"]


def test_a_store_of_keys_is_locked(read: Any) -> None:
    inner = content(PKCS7 + b"\x01", der(0xA0, der(0x04, b"keys")))
    assert read(der(0x30, der(0x02, b"\x03"), inner), "a.p12").status == "encrypted"


def test_enciphered_is_enciphered(read: Any) -> None:
    found = read(content(PKCS7 + b"\x03", der(0xA0, der(0x30, der(0x02, b"\0")))), "smime.p7m")
    assert found.status == "encrypted"


def compressed(data: bytes) -> bytes:
    inner = content(PKCS7 + b"\x01", der(0xA0, der(0x04, zlib.compress(data, 9))))
    return content(SMIME + b"\x09", der(0xA0, der(0x30, der(0x02, b"\0"), der(0x30), inner)))


def test_what_was_compressed_is_a_child(read: Any) -> None:
    found = read(compressed(b"text " * 5_000), "a.txt.p7z")
    assert [c.data for c in found.children] == [b"text " * 5_000]


def test_a_bomb_stops_at_the_ratio(read: Any) -> None:
    limits = Limits(ratio_after_bytes=1_000)
    found = read(compressed(bytes(30_000_000)), "a.p7z", limits=limits)
    assert found.status == "limit"
    assert len(found.children[0].data) < 4_000_000


def test_nesting_is_bounded(read: Any) -> None:
    deep = b""
    for _ in range(5_000):
        deep = b"\x30\x80" + deep + b"\0\0"
    found = read(content(PKCS7 + b"\x02", der(0xA0, deep)), "a.p7m")
    assert found.status in ("failed", "ok")


def test_real_ones(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-crypto-module"
    found = read((folder / "testPKCS7_signed_data_ind.p7m").read_bytes(), "a.txt.p7m")
    assert [child.data for child in found.children] == [b"text"]
    assert "MITyC DNIe Pruebas" in found.text
    stamped = read((folder / "Test4.pdf.tsd").read_bytes(), "Test4.pdf.tsd")
    assert [child.head.name for child in stamped.children] == ["Test4.pdf"]
    assert stamped.children[0].data.startswith(b"%PDF-")
    assert read((folder / "testPKCS7_enveloped_def.p7m").read_bytes()).status == "encrypted"


@settings(max_examples=100)
@given(st.integers(0, 1 << 32), st.booleans())
def test_mutated_ones_never_raise(read: Any, seed: int, open_ended: bool) -> None:
    draw = random.Random(seed)
    data = bytearray(signed(b"some text to sign", open_ended=open_ended))
    for _ in range(draw.choice([1, 3, 20])):
        data[draw.randrange(len(data))] = draw.randrange(256)
    assert read(bytes(data)).status
