"""Text layers that nobody can read: glyph numbers and private characters instead of letters.

Made by fonts without a true map from glyphs to characters. Judged with care: a page that is taken
for one costs a recognition and loses nothing.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_LEAST_SIGNS: Final = 40
_MOST_NONE: Final = 0.2
"""The share of signs that are no characters from which a text is no text."""
_LEAST_LETTERS: Final = 200
_LEAST_VOWELS: Final = 0.16
"""Languages in Latin letters have a third; base64 23 %; English moved by 29 code points 12 %."""
_VOWELS: Final = frozenset("aeiouyAEIOUY")
_NO_CHARACTER: Final = ("Co", "Cn", "Cc", "Cs")


def garbled(text: str) -> bool:
    """Whether a page's text is long enough to judge, and is no writing."""
    signs = [sign for sign in text if not sign.isspace()]
    if len(signs) < _LEAST_SIGNS:
        return False
    none = sum(s == "\ufffd" or unicodedata.category(s) in _NO_CHARACTER for s in signs)
    if none >= _MOST_NONE * len(signs):
        return True
    letters = [sign for sign in signs if sign.isascii() and sign.isalpha()]
    vowels = sum(sign in _VOWELS for sign in letters)
    # Where letters of other scripts are many, it is those that are read.
    enough = len(letters) >= max(_LEAST_LETTERS, len(signs) // 2)
    return enough and vowels < _LEAST_VOWELS * len(letters)
