"""Text made fit for pages: line ends, NULs, lone surrogates, NFC."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from evidencebox.model.documents import Span

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_SLICE: Final = 4_096


def tidy(text: str) -> str:
    """`\\n` line ends, a space for a NUL (it keeps words apart), U+FFFD for a surrogate, NFC."""
    if text.isascii() and "\r" not in text and "\0" not in text:
        return text
    return _nfc(_replace(text))


def _replace(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    return _SURROGATES.sub("\ufffd", text)


def _nfc(text: str) -> str:
    """NFC by slices: ordering combining marks is quadratic in the length of a hostile run."""
    if len(text) <= _SLICE:
        return unicodedata.normalize("NFC", text)
    pieces = []
    start = 0
    while start < len(text):
        end = _slice_end(text, start)
        pieces.append(unicodedata.normalize("NFC", text[start:end]))
        start = end
    return "".join(pieces)


def _slice_end(text: str, start: int) -> int:
    end = start + _SLICE
    if end >= len(text):
        return len(text)
    for mark in ("\n", " "):
        at = text.rfind(mark, start, end)
        if at > start:
            return at
    return end


def tidy_page(text: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """The page's tidy text, and its spans at the same characters as before."""
    clean = tidy(text)
    if not spans or clean == text:
        return clean, spans
    bounds = sorted({bound for span in spans for bound in (span.start, span.end)})
    moved: dict[int, int] = {}
    pieces: list[str] = []
    done = length = 0
    for bound in [*bounds, len(text)]:
        piece = tidy(text[done:bound])
        pieces.append(piece)
        length += len(piece)
        done = max(done, bound)
        moved[bound] = length
    joined = "".join(pieces)
    return joined, tuple(Span(moved[s.start], moved[s.end], s.kind, s.label) for s in spans)
