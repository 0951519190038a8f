"""Encrypted documents and the passwords that are known: each format, right, wrong and slow."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
import rars
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from evidencebox.extract import ciphers
from evidencebox.extract.keyring import Keyring
from evidencebox.extract.officecrypt import Agile, UnknownCipherError, lock_of
from evidencebox.model.extraction import Limits
from evidencebox.model.passwords import KnownPassword

WORDS = b"The parcel was signed for in March. " * 40
RIGHT = "blue heron 9"
WRONG = ("swordfish", "letmein")


def pdf(password: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, strength=128))
    canvas.drawString(72, 720, "a locked statement")
    canvas.save()
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("a locked report")
    document.save(out)
    return out.getvalue()


def agile(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(docx())).encrypt(password, out)
    return out.getvalue()


# --- writers of what no library here writes -----------------------------------------------------


def zipcrypto(name: str, plain: bytes, password: bytes) -> bytes:
    """One member in the way of PKZIP 2, after APPNOTE 6.1."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    check = zlib.crc32(plain)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    out = bytearray()
    for byte in bytes(11) + bytes([check >> 24]) + packed:
        mask = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (mask * (mask ^ 1) >> 8 & 0xFF))
        update(byte)
    return one_member(name, bytes(out), 8, 1, check, len(plain))


def winzip(name: str, plain: bytes, password: bytes, strength: int) -> bytes:
    """One member in WinZip's AE-2."""
    size = 8 + 8 * strength
    salt = bytes(range(size // 2))
    made = hashlib.pbkdf2_hmac("sha1", password, salt, 1_000, 2 * size + 2)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    cipher = Cipher(AES(made[:size]), ECB()).encryptor()
    blocks = (len(packed) + 15) // 16
    stream = b"".join(cipher.update((n + 1).to_bytes(16, "little")) for n in range(blocks))
    locked = bytes(a ^ b for a, b in zip(packed, stream, strict=False))
    seal = hmac.new(made[size : 2 * size], locked, "sha1").digest()[:10]
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", strength, 8)
    return one_member(name, salt + made[-2:] + locked + seal, 99, 1, 0, len(plain), extra)


def one_member(
    name: str, data: bytes, method: int, flags: int, check: int, size: int, extra: bytes = b""
) -> bytes:
    said = name.encode()
    both = struct.pack(
        "<HHHHHIIIHH", 20, flags, method, 0, 33, check, len(data), size, len(said), len(extra)
    )
    local = b"PK\3\4" + both + said + extra + data
    entry = b"PK\1\2\x14\0" + both + bytes(14) + said + extra
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(password: str, *, gcm: bool = False) -> bytes:
    """An encrypted text: a part in AES-CBC, or the whole package in AES-GCM with Argon2id."""
    body = (
        f'<o:document-content xmlns:o="{_ODF}office:1.0" xmlns:t="{_ODF}text:1.0"><o:body><o:text>'
        "<t:p>a locked letter</t:p></o:text></o:body></o:document-content>"
    ).encode()
    secret = hashlib.sha256(password.encode()).digest()
    mimetype = b"application/vnd.oasis.opendocument.text"
    if not gcm:
        packed = deflated(body)
        key = hashlib.pbkdf2_hmac("sha1", secret, b"salt" * 4, 1_000, 32)
        pad = 16 - len(packed) % 16
        cipher = Cipher(AES(key), CBC(b"i" * 16)).encryptor()
        data = cipher.update(packed + bytes(pad - 1) + bytes([pad]))
        return odf_package(mimetype, "content.xml", data, manifest("content.xml", packed))
    inner = odf_package(mimetype, "content.xml", body, "")
    key = ciphers.argon2id(secret, b"salt" * 4, 32, 1, 1, 64)
    data = b"i" * 12 + AESGCM(key).encrypt(b"i" * 12, deflated(inner), None)
    return odf_package(mimetype, "encrypted-package", data, manifest("encrypted-package", None))


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def manifest(part: str, packed: bytes | None) -> str:
    """`packed` is what the check sum is over; none for GCM, which seals itself."""
    start, cipher = (
        base64.b64encode(b"i" * 16).decode(),
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    )
    made = 'm:key-derivation-name="PBKDF2" m:iteration-count="1000"'
    total = base64.b64encode(hashlib.sha256((packed or b"")[:1024]).digest()).decode()
    check = f'm:checksum-type="{_ODF}manifest:1.0#sha256-1k" m:checksum="{total}"'
    if packed is None:
        start, cipher = (
            base64.b64encode(b"i" * 12).decode(),
            "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        )
        made = (
            'm:key-derivation-name="urn:org:documentfoundation:argon2id" m:argon2-iterations="1" '
            'm:argon2-memory="64" m:argon2-lanes="1"'
        )
        check = ""
    salt = base64.b64encode(b"salt" * 4).decode()
    return (
        f'<m:manifest xmlns:m="{_ODF}manifest:1.0"><m:file-entry m:full-path="{part}">'
        f'<m:encryption-data {check}><m:algorithm m:algorithm-name="{cipher}" '
        f'm:initialisation-vector="{start}"/><m:key-derivation {made} m:key-size="32" '
        f'm:salt="{salt}"/><m:start-key-generation m:start-key-generation-name='
        '"http://www.w3.org/2000/09/xmldsig#sha256"/></m:encryption-data></m:file-entry>'
        "</m:manifest>"
    )


def odf_package(mimetype: bytes, part: str, data: bytes, listed: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", mimetype)
        package.writestr(part, data)
        if listed:
            package.writestr("META-INF/manifest.xml", listed)
    return out.getvalue()


def rar(kind: str, **options: Any) -> bytes:
    builder = rars.RarBuilder(kind, **options)
    builder.add_bytes(WORDS, "a.txt")
    builder.add_bytes(WORDS * 2, "b.txt")
    data: bytes = builder.to_bytes()
    return data


MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf": (lambda: pdf(RIGHT), "a locked statement"),
    "agile": (lambda: agile(RIGHT), "a locked report"),
    "odt": (lambda: odt(RIGHT), "a locked letter"),
    "odt-gcm": (lambda: odt(RIGHT, gcm=True), "a locked letter"),
    "zipcrypto": (lambda: zipcrypto("a.txt", WORDS, RIGHT.encode()), "a.txt"),
    "winzip-128": (lambda: winzip("a.txt", WORDS, RIGHT.encode(), 1), "a.txt"),
    "winzip-256": (lambda: winzip("a.txt", WORDS, RIGHT.encode(), 3), "a.txt"),
    "rar29": (lambda: rar("rar29", password=RIGHT), "b.txt"),
    "rar50": (lambda: rar("rar50", password=RIGHT), "b.txt"),
    "rar50-names": (lambda: rar("rar50", password=RIGHT, encrypt_headers=True), "b.txt"),
    "rar50-solid": (lambda: rar("rar50", password=RIGHT, solid=True), "b.txt"),
}


@pytest.mark.parametrize("kind", MADE)
def test_the_right_password_opens(read: Any, kind: str) -> None:
    make, wanted = MADE[kind]
    found = read(make(), passwords=(*WRONG, RIGHT))
    assert found.status == "ok"
    assert wanted in found.text
    assert found.metadata["opened_with"] == ["p2"]
    assert found.asked == 1
    for child in found.children:
        assert child.data[: len(WORDS)] == WORDS


@pytest.mark.parametrize("kind", MADE)
def test_wrong_passwords_do_not(read: Any, kind: str) -> None:
    found = read(MADE[kind][0](), passwords=WRONG)
    assert found.status == "encrypted"
    assert "protected by a password; 2 known passwords did not open it." in found.outcome.reason
    assert "opened_with" not in found.metadata
    assert not found.children
    none = read(MADE[kind][0]())
    assert none.outcome.reason.endswith("protected by a password; none is known.")


def test_nothing_is_asked_for_what_is_open(read: Any) -> None:
    for data in (pdf(""), docx(), b"plain words", rar("rar50")):
        assert read(data, passwords=(RIGHT,)).asked == 0


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("testPPT_protected_passtika.ppt", "tika"),
        ("testPPT_protected_passtika.pptx", "tika"),
        ("testWORD_protected_passtika.doc", "tika"),
        ("testWORD_protected_passtika.docx", "tika"),
        ("testEXCEL_protected_passtika.xls", "tika"),
        ("testEXCEL_protected_passtika.xlsx", "tika"),
        ("testEXCEL_protected_passtika_2.xlsx", "tika"),
        ("test7Z_protected_passTika.7z", "Tika"),
        ("testODTEncrypted.odt", "tika"),
    ],
)
def test_what_other_programs_locked(read: Any, corpora: Path, name: str, password: str) -> None:
    path = next((corpora / "tika-docs").rglob(name))
    found = read(path.read_bytes(), name, passwords=(*WRONG, password))
    assert found.status == "ok"
    assert found.children or "ncrypted" in found.text
    assert found.metadata["opened_with"] == ["p2"]
    assert read(path.read_bytes(), name, passwords=WRONG).status == "encrypted"


@pytest.mark.parametrize("revision", ["r2", "r3", "r4", "r4-aes", "r5", "r6"])
def test_each_revision_of_pdf(read: Any, corpora: Path, revision: str) -> None:
    path = corpora / "pdf-odd" / "pypdf" / "encryption" / f"{revision}-user-password.pdf"
    found = read(path.read_bytes(), path.name, passwords=(*WRONG, "asdfzxcv"))
    assert (found.status, found.metadata["opened_with"]) == ("ok", ["p2"])


def test_the_other_reader_of_office_files_agrees(corpora: Path) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    for name in ("testWORD_protected_passtika.docx", "testEXCEL_protected_passtika_2.xlsx"):
        with (folder / name).open("rb") as file:
            office = msoffcrypto.OfficeFile(file)
            office.load_key(password="tika")
            out = io.BytesIO()
            office.decrypt(out)
            streams = office.file
            info = streams.openstream("EncryptionInfo").read()
            package = streams.openstream("EncryptedPackage").read()
        lock = lock_of(info, lambda: None)
        key = lock.key("tika")
        assert key is not None
        assert lock.plain(key, package) == out.getvalue()


def test_the_names_of_an_archive_are_there_whatever_its_members_are(read: Any) -> None:
    assert "a.txt" in read(rar("rar50", password="first"), passwords=("second",)).text


def test_a_password_that_is_not_ascii(read: Any) -> None:
    for codec in ("utf-8", "cp437", "cp1252"):
        data = zipcrypto("a.txt", WORDS, "Überfall".encode(codec))
        assert read(data, passwords=("Überfall",)).children[0].data == WORDS
    assert "a locked statement" in read(pdf("clé"), passwords=("clé",)).text
    assert "a locked report" in read(agile("ключ"), passwords=("ключ",)).text


def test_what_opens_is_still_held_to_the_limits(read: Any) -> None:
    bomb = winzip("a.txt", bytes(300 << 20), b"x", 1)
    found = read(bomb, passwords=("x",))
    assert found.status == "limit"


def test_a_lock_that_asks_for_too_many_rounds_is_refused() -> None:
    info = b"\4\0\4\0\x40\0\0\0" + (
        b'<e><keyData saltSize="16" blockSize="16" keyBits="256" hashAlgorithm="SHA512" '
        b'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" saltValue="AAAA"/>'
        b'<encryptedKey spinCount="99000000" saltSize="16" blockSize="16" keyBits="256" '
        b'hashAlgorithm="SHA512" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" '
        b'saltValue="AAAA"/></e>'
    )
    with pytest.raises(UnknownCipherError):
        Agile(info, lambda: None)
    assert Agile(info.replace(b"99000000", b"1"), lambda: None).key("x") is None


def test_a_document_type_in_the_lock_is_refused() -> None:
    with pytest.raises(UnknownCipherError):
        Agile(b"\4\0\4\0\x40\0\0\0<!DOCTYPE e [<!ENTITY a 'b'>]><e>&a;</e>", lambda: None)


@given(st.binary(max_size=400))
def test_what_says_how_it_is_locked_may_be_anything(data: bytes) -> None:
    for start in (b"", b"\4\0\4\0\0\0\0\0", b"\3\0\2\0"):
        try:
            lock = lock_of(start + data, lambda: None)
        except UnknownCipherError:
            continue
        lock.key("x")


# --- the keyring ---------------------------------------------------------------------------------


def ring(passwords: list[str], seconds: float, clock: Any) -> tuple[Keyring, list[str]]:
    said: list[str] = []
    known = [KnownPassword(str(n), text) for n, text in enumerate(passwords)]
    keys = Keyring(
        lambda: known, seconds, lambda key, value: said.append(value), lambda: None, clock
    )
    return keys, said


def test_attempts_end_when_their_time_is_over() -> None:
    now = [0.0]
    tried = []

    def attempt(password: str) -> None:
        tried.append(password)
        now[0] += 1.0

    keys, _ = ring([str(n) for n in range(100)], 5.0, lambda: now[0])
    assert keys.find(attempt) is None
    assert len(tried) == 5
    assert keys.tried == (
        "; 5 of 100 known passwords were tried in the time for it and did not open it."
    )
    assert keys.find(attempt) is None
    assert len(tried) == 5


def test_what_opened_one_part_is_tried_first_on_the_next() -> None:
    keys, said = ring(["a", "b", "c"], 5.0, lambda: 0.0)
    tried: list[str] = []

    def attempt(password: str) -> str | None:
        tried.append(password)
        return password if password == "c" else None

    assert keys.find(attempt) == keys.find(attempt) == "c"
    assert tried == ["a", "b", "c", "c"]
    assert said == ["2"]


def test_limits_say_how_long_may_be_tried() -> None:
    assert 0 < Limits().password_seconds < Limits().base_seconds
