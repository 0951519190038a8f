"""Which encoding a text is in, and its decoding in bounded memory."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from charset_normalizer import from_bytes

CHUNK: Final = 1 << 18
_SAMPLE: Final = 1 << 15
_SHORT: Final = 256
_BOMS: Final = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CANDIDATES: Final = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp437", "cp850", "mac_roman", "iso8859_2",
]  # fmt: skip
_UTF8_GROUP: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_BYTE: Final = re.compile(rb"[\x80-\xff]")
_ALIASES: Final = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "iso-8859-9": "cp1254", "windows-874": "cp874", "unicode": "utf-16",
    "unicode-1-1-utf-7": "utf-7", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
}  # fmt: skip


# escapes and host names in disguise: Python calls them encodings, no document is in one
_NOT_TEXT: Final = ("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined")


def _one_to_one(error: UnicodeError) -> tuple[str, int]:
    """Undefined bytes of a one-byte code become the C1 control of that number, as in browsers."""
    if isinstance(error, UnicodeDecodeError):
        return "".join(map(chr, error.object[error.start : error.end])), error.end
    raise error


codecs.register_error("evidencebox.c1", _one_to_one)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, how it treats bad bytes, how long the byte-order mark is, and if it is sure."""

    codec: str
    errors: str = "strict"
    skip: int = 0
    sure: bool = True


def by_bom(head: bytes) -> Encoding | None:
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return Encoding(codec, "replace", len(bom))
    return None


def known_codec(name: str) -> str:
    """The Python codec for a declared charset, as browsers read the label; '' if there is none."""
    name = name.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if info.name.replace("-", "_") in _NOT_TEXT:
        return ""
    # the registry also holds base64, rot13 and other codecs that are not text encodings
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where the zero bytes stand; '' if neither."""
    head = head[: len(head) // 4 * 4][:4_096]
    if len(head) < 8:
        return ""
    share = [head[lane::4].count(0) * 4 / len(head) for lane in range(4)]
    if min(share[2], share[3]) > 0.9 and share[0] < 0.1:
        return "utf-32-le"
    if min(share[0], share[1]) > 0.9 and share[3] < 0.1:
        return "utf-32-be"
    odd, even = (share[1] + share[3]) / 2, (share[0] + share[2]) / 2
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else ""


def guess(sample: bytes) -> Encoding:
    """The encoding of bytes that are not UTF-8: mostly-UTF-8, else the likeliest legacy code."""
    good = sum(map(len, _UTF8_GROUP.findall(sample)))
    high = len(_HIGH_BYTE.findall(sample))
    if good > 10 * (high - good) and high > 0:
        return Encoding("utf-8", "replace", sure=False)
    if len(sample) < _SHORT or high < 8:
        return Encoding("cp1252", "evidencebox.c1", sure=False)
    best = from_bytes(sample, steps=5, chunk_size=512, cp_isolation=_CANDIDATES).best()
    codec = best.encoding if best else "cp1252"
    single = codec.startswith("cp12") or codec in ("koi8_r", "mac_roman", "cp437", "iso8859_2")
    return Encoding(codec, "evidencebox.c1" if single else "replace", sure=False)


def of_bytes(data: bytes, declared: str = "") -> Encoding:
    """The encoding of a whole text in memory."""
    return of_stream(io.BytesIO(data), declared)


def of_stream(
    source: BinaryIO, declared: str = "", beat: Callable[[], object] = lambda: None
) -> Encoding:
    """The encoding of a whole stream: mark, zero bytes, declared, strict UTF-8, then a guess."""
    source.seek(0)
    head = source.read(4_096)
    if marked := by_bom(head):
        return marked
    if codec := wide(head):
        return Encoding(codec, "replace")
    if b"\x1b$" in head and _decodes(source, "iso2022_jp_2", beat):
        return Encoding("iso2022_jp_2")
    if _decodes(source, "utf-8", beat):
        return Encoding("utf-8")
    codec = known_codec(declared)
    if codec and not codec.startswith("utf") and _decodes(source, codec, beat):
        return Encoding(codec, "evidencebox.c1" if codec.startswith("cp125") else "replace")
    return guess(_telling_sample(source))


def _decodes(source: BinaryIO, codec: str, beat: Callable[[], object]) -> bool:
    errors = "evidencebox.c1" if codec.startswith("cp125") else "strict"
    decoder = codecs.getincrementaldecoder(codec)(errors)
    source.seek(0)
    try:
        while chunk := source.read(CHUNK):
            decoder.decode(chunk)
            beat()
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _telling_sample(source: BinaryIO) -> bytes:
    """Up to 32 kB from around the first bytes that are not ASCII."""
    source.seek(0)
    offset = 0
    while chunk := source.read(CHUNK):
        if found := _HIGH_BYTE.search(chunk):
            source.seek(max(offset + found.start() - 1_024, 0))
            return source.read(_SAMPLE)
        offset += len(chunk)
    source.seek(0)
    return source.read(_SAMPLE)


def pieces(
    source: BinaryIO, encoding: Encoding, beat: Callable[[], object] = lambda: None
) -> Iterator[str]:
    """The stream's text with `\\n` line ends, some 256 kB of bytes at a time."""
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding.codec)(encoding.errors), translate=True
    )
    source.seek(encoding.skip)
    while chunk := source.read(CHUNK):
        yield decoder.decode(chunk)
        beat()
    yield decoder.decode(b"", final=True)


def text_of(data: bytes, declared: str = "") -> str:
    """A whole text in memory, decoded. Never raises."""
    encoding = of_bytes(data, declared)
    return "".join(pieces(io.BytesIO(data), encoding))
