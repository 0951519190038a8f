"""Mail headers as they are really written: folded, raw 8-bit, broken RFC 2047 and RFC 2231."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final
from urllib.parse import unquote_to_bytes

from evidencebox.extract import decode
from evidencebox.extract.mimetype import essence

_WORD: Final = re.compile(r"=\?([^?\s=]{1,40})\?([bBqQ])\?([^\n]{0,2000}?)\?=")
_PARAMETER: Final = re.compile(
    r";\s*([^\s=;\"]{1,60}?)(?:\*(\d{1,3}))?(\*)?\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;]*)"
)
_ZONE: Final = re.compile(r"[+-]\d\d:?\d\d\b|\d\d?(?::\d\d){1,2}\s*\(?[A-Z]{1,5}\b")


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields of one entity, unfolded, in order; names in lower case."""

    fields: tuple[tuple[str, bytes], ...]

    def raw(self, name: str) -> bytes:
        """The first field of that name, b'' if there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def every(self, name: str) -> Iterator[str]:
        """All fields of that name, decoded."""
        return (decoded(value) for key, value in self.fields if key == name)

    def text(self, name: str) -> str:
        return decoded(self.raw(name))

    def parameters(self, name: str) -> dict[str, str]:
        """The parameters of a structured field, RFC 2231 pieces joined."""
        return parameters(_eight_bit(self.raw(name)))

    @property
    def media_type(self) -> str:
        """In lower case; '' where none or nonsense is stated."""
        found = essence(_eight_bit(self.raw("content-type")))
        return found if re.fullmatch(r"[\w.+-]+/[\w.+-]+", found) else ""

    @property
    def filename(self) -> str:
        """The name an attachment's sender gave it; a label, never a path."""
        name = self.parameters("content-disposition").get("filename", "")
        return name or self.parameters("content-type").get("name", "")

    @property
    def disposition(self) -> str:
        return essence(_eight_bit(self.raw("content-disposition")))

    @property
    def encoding(self) -> str:
        return essence(_eight_bit(self.raw("content-transfer-encoding")))


def decoded(raw: bytes) -> str:
    """A field's text with its encoded words read; white space between two of them goes."""
    text = _eight_bit(raw)
    if "=?" not in text:
        return text.strip()
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []
    done = 0
    for match in _WORD.finditer(text):
        between = text[done : match.start()]
        if between.strip() or not pending:
            pieces += [_joined(pending), between]
            pending = []
        pending.append((match.group(1).split("*")[0].lower(), _word_bytes(match)))
        done = match.end()
    pieces += [_joined(pending), text[done:]]
    return "".join(pieces).strip()


def _eight_bit(raw: bytes) -> str:
    return raw.decode("ascii") if raw.isascii() else decode.text_of(raw)


def _word_bytes(match: re.Match[str]) -> bytes:
    data = match.group(3).encode("utf-8", "replace")
    if match.group(2) in "bB":
        return b64(data)
    return binascii.a2b_qp(data, header=True)


def b64(data: bytes) -> bytes:
    """Base64 with whatever padding and foreign characters it has."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data.replace(b"-", b"+").replace(b"_", b"/"))
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _joined(words: list[tuple[str, bytes]]) -> str:
    """Neighbours of one charset are joined before decoding: mailers cut inside characters."""
    groups: list[tuple[str, bytes]] = []
    for charset, data in words:
        if groups and groups[-1][0] == charset:
            groups[-1] = (charset, groups[-1][1] + data)
        else:
            groups.append((charset, data))
    return "".join(as_text(data, charset) for charset, data in groups)


def as_text(data: bytes, charset: str) -> str:
    """Bytes in a declared charset; detected where that is unknown or does not fit."""
    codec = decode.known_codec(charset)
    if codec:
        try:
            return data.decode(codec, "evidencebox.c1" if codec.startswith("cp125") else "strict")
        except (UnicodeError, ValueError):
            pass
    return decode.text_of(data, charset)


def parameters(value: str) -> dict[str, str]:
    """`; a=b; c*0*=utf-8''d; c*1=e` as a mapping, names in lower case."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, number, starred, raw in _PARAMETER.findall(value):
        text = raw.strip()
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text[1:-1] if text.endswith('"') else text[1:])
        key = name.lower()
        if number or starred:
            pieces.setdefault(key, []).append((int(number or 0), bool(starred), text))
        else:
            # a boundary is compared byte by byte, and may hold `=?` or end in a space
            said = text if key == "boundary" else decoded(text.encode("utf-8", "replace"))
            plain.setdefault(key, said)
    for key, parts in pieces.items():
        plain[key] = _continued(sorted(parts))
    return plain


def _continued(parts: list[tuple[int, bool, str]]) -> str:
    charset, first = "", parts[0][2]
    if parts[0][1] and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    data = b""
    for index, (_, starred, text) in enumerate(parts):
        piece = first if index == 0 else text
        data += unquote_to_bytes(piece) if starred else piece.encode("utf-8", "replace")
    return as_text(data, charset or "utf-8")


def addresses(value: str) -> Iterator[str]:
    """An address list cut at its commas: not those in quotes, comments or angle brackets."""
    start = depth = 0
    quoted = escaped = False
    for at, char in enumerate(value):
        if escaped or char == "\\":
            escaped = not escaped
        elif char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in "(<":
            depth += 1
        elif char in ")>":
            depth = max(depth - 1, 0)
        elif char in ",;" and not depth:
            yield value[start:at].strip()
            start = at + 1
    yield value[start:].strip()


def received(headers: Headers) -> str:
    """When the last server took the message, as its line says after the last semicolon; '' if none
    does. The topmost line is the last one's."""
    line = next(headers.every("received"), "")
    return iso_date(line.rpartition(";")[2]) if ";" in line else ""


def iso_date(value: str) -> str:
    """A mail date as ISO 8601: UTC with `Z` where its offset is stated; '' if none."""
    try:
        parsed = parsedate_tz(value)
        if parsed is None:
            return ""
        year, month, day, hour, minute, second = parsed[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59))
        if parsed[9] is None or not _ZONE.search(value):
            return moment.isoformat()
        offset = timezone(timedelta(seconds=parsed[9]))
        return moment.replace(tzinfo=offset).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, TypeError, IndexError):
        return ""
