"""Content lines, which vCard and iCalendar share: unfolded, split, decoded."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from evidencebox.extract import decode
from evidencebox.extract.job import Job

MAX: Final = 64 << 20
_LINE: Final = re.compile(r'([A-Za-z0-9.-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.S)
_PARAMETER: Final = re.compile(r';([^=;":]*)(?:=((?:"[^"]*"|[^;":])*))?')
_MOST_PARAMETERS: Final = 100
_ESCAPE: Final = re.compile(r"\\([nN,;:\\])")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: NAME in capitals, its parameters, its value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str

    def binary(self) -> bytes | None:
        """What the value holds as base64; None if it is text, or no base64."""
        how = self.parameters.get("ENCODING", "").upper()
        text = self.value
        if how not in ("B", "BASE64"):
            if not text.lower().startswith("data:") or ";base64," not in text[:200].lower():
                return None
            text = text.split(",", 1)[1]
        try:
            return base64.b64decode("".join(text.split()))
        except (binascii.Error, ValueError):
            return None

    def parts(self, separator: str = ";") -> list[str]:
        """The parts of a structured value, unescaped; blank ones are left out."""
        pieces = re.split(rf"(?<!\\){separator}", self.value)
        return [text for text in (unescaped(piece).strip() for piece in pieces) if text]

    @property
    def text(self) -> str:
        return unescaped(self.value)


def unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), text)


def content(job: Job) -> str:
    """The document's text, up to 64 MiB of it."""
    job.unbound_pages()
    job.source.seek(0)
    data = job.source.read(MAX)
    if len(data) < job.size:
        job.gap("long", f"Only the first {MAX >> 20} MiB were read.")
    encoding = decode.of_bytes(data)
    job.meta("encoding", encoding.codec)
    return decode.text_of(data, encoding.codec)


def lines(text: str) -> Iterator[Line | str]:
    """Every property; what is none stays a plain string, so that nothing is lost."""
    open_: list[str] = []
    soft = False
    for raw in text.split("\n"):
        if open_ and (raw[:1] in (" ", "\t") or soft):
            open_.append(raw if soft else raw[1:])
        else:
            yield from _one(open_)
            open_ = [raw]
        # vCard 2.1 goes on after `=` where the value is quoted-printable
        soft = raw.endswith("=") and "QUOTED-PRINTABLE" in open_[0][:500].upper()
        if soft:
            open_[-1] = open_[-1][:-1]
    yield from _one(open_)


def _one(pieces: list[str]) -> Iterator[Line | str]:
    text = "".join(pieces)
    if not text.strip():
        return
    found = _LINE.match(text)
    if not found:
        yield text
        return
    name, rest, value = found.groups()
    parameters: dict[str, str] = {}
    for match in islice(_PARAMETER.finditer(rest), _MOST_PARAMETERS):
        key, said = match.group(1), match.group(2) or ""
        # before version 3 a type stands without its key
        key, said = (key.upper(), said.strip('"')) if said else ("TYPE", key)
        if said.upper() in ("QUOTED-PRINTABLE", "BASE64"):
            key = "ENCODING"
        parameters[key] = f"{parameters[key]} {said}" if key in parameters else said
    if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        data = quopri.decodestring(value.encode("utf-8", "replace"))
        value = decode.text_of(data, parameters.get("CHARSET", ""))
    yield Line(name.rsplit(".", 1)[-1].upper(), parameters, value)
