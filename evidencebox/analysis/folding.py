"""Text made comparable without moving any letter: lower case, no diacritics, plain punctuation.

Offsets of the folded text are offsets of the text itself, which is why this is not Unicode's own
case folding (`ß` stays one letter).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_ALIKE = (
    ("\u2018\u2019\u02bc\u0060\u00b4", "'"),
    ("\u201c\u201d", '"'),
    ("\u2010\u2011\u2013\u2014\u00ad", "-"),
    ("\u00a0\u2007\u202f", " "),
    ("ß", "s"),
    ("ø", "o"),
    ("đð", "d"),
    ("ł", "l"),
    ("þ", "t"),
    ("æ", "a"),
    ("œ", "o"),
    ("\u0131", "i"),
)
_PLAIN = {char: plain for chars, plain in _ALIKE for char in chars}
_MARK = re.compile("[\u0300-\u036f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


class _Table(dict[str, str]):
    def __missing__(self, char: str) -> str:
        plain = char.lower()
        if len(plain) != 1:
            plain = plain[0]
        base = unicodedata.normalize("NFKD", plain)[0]
        found = _PLAIN.get(plain) or (base.lower() if base.isalnum() else plain)
        found = found if len(found) == 1 else plain
        self[char] = found
        return found


_TABLE = _Table()


def composed(text: str) -> tuple[str, Sequence[int]]:
    """The text with letters and their combining marks as one, and where each letter began.

    The places have one more entry, for the end. Texts without such marks come back as they are.
    """
    if not _MARK.search(text):
        return text, range(len(text) + 1)
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        joined = unicodedata.normalize("NFC", letters[-1] + char) if letters else char
        if _MARK.match(char) and len(joined) == 1:
            letters[-1] = joined
        else:
            letters.append(char)
            places.append(at)
    return "".join(letters), [*places, len(text)]


def fold(text: str) -> str:
    """The text folded, of the same length."""
    if text.isascii():
        return text.lower()
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower()[0] for char in text)
    return _FOREIGN.sub(lambda match: _TABLE[match[0]], lower)
