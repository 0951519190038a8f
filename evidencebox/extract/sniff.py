"""What a document is, by its content. Its name is only a tie-break (CSV or text)."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from evidencebox.extract import archivesniff, sniffole, sniffzip
from evidencebox.extract.decode import by_bom, wide
from evidencebox.extract.kinds import UNKNOWN, Kind, ending, kind
from evidencebox.extract.magic import MAGIC
from evidencebox.extract.mimetype import essence
from evidencebox.extract.snifftext import text_kind
from evidencebox.model.extraction import Hint

HEAD: Final = 1 << 16


_RIFF: Final = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_HEIF: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heif", b"avif")
_P7_OIDS: Final = tuple(map(bytes.fromhex, ("06092a864886f70d0107", "060b2a864886f70d01091001")))
_OLEMAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPMAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04", b"PK\x07\x08PK\x03\x04")


def sniff(source: BinaryIO, hint: Hint) -> Kind:
    """The kind of a document that is not empty. Reads its start, and an archive's directory."""
    source.seek(0)
    head = source.read(HEAD)
    found = (
        _container(source, head)
        or _by_magic(head)
        or _boxed(head)
        or _text(source, head, hint)
        or _late(head)
    )
    return found or UNKNOWN


def _container(source: BinaryIO, head: bytes) -> Kind | None:
    if head.startswith(_OLEMAGIC):
        return kind(sniffole.key(source, head))
    if head[:1] == b"0" and any(oid in head[:32] for oid in _P7_OIDS):
        return kind("p7")
    if head.startswith(_ZIPMAGICS) or (head.startswith(b"MZ") and sniffzip.ends_as_zip(source)):
        return kind(sniffzip.key(source, head))
    return None


def _by_magic(head: bytes) -> Kind | None:
    at = head.find(b"%PDF-", 0, 1_024)
    if at >= 0 and not _starts_as_mail(head[:at]):
        return kind("pdf")
    for offset, magic, key in MAGIC:
        if head.startswith(magic, offset):
            return kind(key)
    return None


def _starts_as_mail(before: bytes) -> bool:
    return re.match(rb"(From |[A-Za-z][\w-]{1,40}:[ \t])", before) is not None


def _boxed(head: bytes) -> Kind | None:
    """Types whose mark stands inside a box header."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return kind("heic" if brand in _HEIF else "m4a" if brand.startswith(b"M4A") else "mp4")
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return kind(_RIFF[head[8:12]])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return kind("aiff")
    if head[:2] == b"BM" and len(head) > 26 and head[6:10] == b"\0\0\0\0":
        return kind("bmp")
    if head[:4] == b"\x01\0\0\0" and head[40:44] == b" EMF":
        return kind("emf")
    if head[:2] == b"MZ" and len(head) > 64:
        return kind("exe")
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return kind("mp4")
    found = archivesniff.key(head)
    return kind(found) if found else None


def _text(source: BinaryIO, head: bytes, hint: Hint) -> Kind | None:
    if not looks_like_text(head):
        # a mail may carry 8-bit or binary parts; its first lines tell
        return text_kind(source, head, hint, only_mail=True)
    found = text_kind(source, head, hint)
    if found and found.key == "text" and essence(hint.media_type) == "text/html":
        return kind("html")
    return found


def looks_like_text(head: bytes) -> bool:
    """Whether bytes read as text: marked or wide Unicode, or few control characters and no NULs."""
    if by_bom(head) or wide(head):
        return True
    zeros = head.count(0)
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head))
    if zeros and zeros > len(head) * 0.005:
        return (
            len(head.strip(b"\0")) > 0
            and not re.search(rb"[\x01-\x08\x0e-\x1f]", head)
            and (zeros < len(head) * 0.3)
        )
    if controls > len(head) * 0.02:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 4:
            return True
        return controls == 0 or controls < len(head) * 0.002
    return True


def _late(head: bytes) -> Kind | None:
    """Weak marks, asked last."""
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"):
        return kind("mp3")
    return None


def named(hint: Hint) -> str:
    """The ending of the item's name."""
    return ending(hint.name)
