"""XML, SVG and JSON as the text they are, with what they escape written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from evidencebox.extract import decode
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.mimetype import parameter

_DECLARED: Final = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.I)
_REFERENCE: Final = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE: Final = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)",
    re.S,
)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "\n"}
_TOKEN: Final = re.compile(
    r'\s*(?:[{}\[\],:]|"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"'
    r"|-?\d[\d.eE+-]*|true|false|null)\s*"
)
_BETWEEN: Final = (" ", "\n", ",", ">")
_MOST_HELD: Final = 1 << 20
_PROBE: Final = 1 << 16


def read(job: Job) -> None:
    """XML: nothing is parsed, so entities stay names; character references become characters."""
    head = _head(job)
    declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    stated = declared.group(1).decode("ascii", "replace") if declared else ""
    _stream(job, stated, _referenced)


def read_json(job: Job) -> None:
    """JSON and lines of it: escapes in strings become characters, where it is JSON indeed."""
    text = _head(job).decode("utf-8", "replace")
    if _is_json(text):
        _stream(job, "", _unescaped)
    else:
        _stream(job, "", str)


def _head(job: Job) -> bytes:
    job.source.seek(0)
    return job.source.read(_PROBE)


def _is_json(text: str) -> bool:
    """Whether the start is JSON's tokens: a backslash means something else anywhere else."""
    at = 0
    text = text.lstrip("\ufeff")
    while found := _TOKEN.match(text, at):
        at = found.end()
    # the last string may go on behind the part that was looked at
    return at == len(text) or (len(text) > _PROBE // 5 and at > len(text) * 3 // 4)


def _stream(job: Job, declared: str, change: Callable[[str], str]) -> None:
    job.unbound_pages()
    declared = declared or parameter(job.hint.media_type, "charset")
    encoding = decode.of_stream(job.source, declared, job.beat)
    job.meta("encoding", encoding.codec)
    if not encoding.sure:
        job.warn("encoding", f"The encoding is not stated; it was read as {encoding.codec}.")
    flow = Flow(job)
    for piece in _whole(decode.pieces(job.source, encoding, job.beat)):
        flow.add(change(piece))
    flow.close()


def _whole(pieces: Iterator[str]) -> Iterator[str]:
    """The same text in pieces that end where no reference or escape can be open."""
    held = ""
    for piece in pieces:
        text = held + piece
        at = max(text.rfind(mark) for mark in _BETWEEN) + 1
        if not at and len(text) > _MOST_HELD:
            at = len(text)
        held = text[at:]
        yield text[:at]
    yield held


def _referenced(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    good = 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 or number in (9, 10)
    return chr(number) if good else found.group()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_unescape, text)


def _unescape(found: re.Match[str]) -> str:
    high, low, single, letter = found.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF))
    if single:
        return chr(int(single, 16))
    return _LETTERS.get(letter, letter)
