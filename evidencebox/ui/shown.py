"""Text of the trove as it may be shown: nothing in it acts, hides or reorders what is read.

Offsets of pages are code points of the stored text; Qt counts UTF-16 units of what is shown.
`Shown` converts both ways.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

_KEPT = "\u200c\u200d\u00ad"
"""Joiners that scripts and emoji need, and the soft hyphen: they reorder nothing."""

_SPECIAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u070f\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U00010000-\U0010ffff]"
)


@lru_cache(maxsize=1024)
def _visible(char: str) -> str:
    """What stands for one character that Qt would act upon or hide."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Zl", "Zp", "Cn"} and char not in _KEPT:
        return f"\u27e6U+{code:04X}\u27e7"
    return char


def units(text: str) -> int:
    """How many UTF-16 units Qt counts for `text`."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


class Shown:
    """A page's text as the viewer shows it, with offsets both ways."""

    def __init__(self, text: str) -> None:
        self.source = text
        parts: list[str] = []
        # Piece i begins at code point _points[i], shown at UTF-16 unit _units[i].
        self._points = [0]
        self._units = [0]
        self._single = [False]
        done = at = 0
        for match in _SPECIAL.finditer(text):
            here = match.start()
            char = match.group()
            plain = text[done:here]
            at += len(plain)
            after = text[here + 1 : here + 2]
            face = self._line_end(after) if char == "\r" else _visible(char)
            parts += (plain, face)
            self._piece(here, at, single=True)
            at += units(face)
            done = here + 1
            self._piece(done, at, single=False)
        parts.append(text[done:])
        self.text = "".join(parts)
        self.length = at + len(text) - done

    @staticmethod
    def _line_end(after: str) -> str:
        return "" if after == "\n" else "\n"

    def _piece(self, point: int, unit: int, single: bool) -> None:
        self._points.append(point)
        self._units.append(unit)
        self._single.append(single)

    def unit(self, point: int) -> int:
        """Code point of the stored text → UTF-16 unit of what is shown."""
        piece = bisect_right(self._points, point) - 1
        inside = 0 if self._single[piece] else point - self._points[piece]
        return min(self._units[piece] + inside, self.length)

    def point(self, unit: int) -> int:
        """UTF-16 unit of what is shown → code point of the stored text it belongs to."""
        piece = bisect_right(self._units, unit) - 1
        inside = 0 if self._single[piece] else unit - self._units[piece]
        return min(self._points[piece] + inside, len(self.source))

    def point_after(self, unit: int) -> int:
        """The same for the end of a range: half of what stands for a character takes it whole."""
        point = self.point(unit)
        return point if self.unit(point) >= unit else min(point + 1, len(self.source))


def one_line(text: str) -> str:
    """A name or a path for a row: on one line, with nothing that acts."""
    return Shown(text).text.replace("\n", "\u23ce").replace("\t", " ")
