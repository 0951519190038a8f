"""Where strings stand in a page's text, however they are written there.

Compared are letters and digits alone: without case, accents, spaces, hyphens, ligatures, line ends
and what takes no room. So "O'Neil" is found in "O’NEIL", "offi-\\ncer" by "officer", and a number
by its digits, whatever stands between them. A short string is found as whole words: not "Green" in
"evergreen". Longer ones are found inside others too, since a PDF's text may run words together.
Numbers that stand before the lines, as in a transcript, are left out as well: "Hall-\\n14 berg".
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

_NO_SPACES_FROM = "\u2e80"
"""Scripts from here on set no spaces between words."""
_FUZZY_FROM = 6
_ANYWHERE_FROM = 6
_SLIP = 6
"""One wrong letter in so many, of what was recognised."""
_EDGE_LINES = 5
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LINE_NUMBER = re.compile(r"\n[ \t]*(\d{1,3})(?=\s)")
# Letters of one stroke more, and those of other alphabets that look like Latin ones: a name is the
# same to the eye. Both the sought and the text go through this.
_STROKES: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
    }
    | dict(zip("авеіјкмнорсѕтухһԁԛԝ", "abeijkmhopcstyxhdqw", strict=True))
    | dict(zip("αβειηκνορτυχ", "abeinkvoptux", strict=True))
)
# What recognition takes for one another, the second for the first, too.
_ALIKE = str.maketrans("0i1|!5$8", "olllls" + "sb")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The letters and digits of a text, and where each stood."""

    text: str
    places: tuple[int, ...]
    original: str


@dataclass(frozen=True, slots=True)
class Found:
    """A string's number among those hunted for, and its stretch of the text in code points."""

    term: int
    start: int
    end: int


def squeezed(text: str) -> Squeezed:
    """See the module."""
    return _squeezed(text, frozenset())


def _squeezed(text: str, left_out: Container[int]) -> Squeezed:
    """`left_out`: places whose characters do not count."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        letters = "" if place in left_out else _letters(char)
        out.append(letters)
        places += [place] * len(letters)
    return Squeezed("".join(out), tuple(places), text)


@lru_cache(maxsize=8192)
def _letters(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char).casefold()
    letters = unicodedata.normalize("NFKD", plain).translate(_STROKES)
    return "".join(str(unicodedata.digit(c, c)) for c in letters if c.isalnum())


def hunt(
    text: str, terms: Sequence[str], *, recognised: bool = False, over: int | None = None
) -> Iterator[Found]:
    """Every place of every term. `recognised`: the text may have slips, which are allowed for.

    `over`: only what begins before that place of the text and ends after it.
    """
    seen = set[Found]()
    for page in _ways(text):
        for found in _hunt(page, terms, recognised, over):
            crosses = over is None or found.start < over < found.end
            if crosses and found not in seen:
                seen.add(found)
                yield found


def _ways(text: str) -> Iterator[Squeezed]:
    """The text as it is, and without the numbers of its lines where it has any."""
    yield squeezed(text)
    numbers = {n for found in _LINE_NUMBER.finditer(text) for n in range(*found.span(1))}
    if numbers:
        yield _squeezed(text, numbers)


def _hunt(
    page: Squeezed, terms: Sequence[str], recognised: bool, over: int | None
) -> Iterator[Found]:
    alike = page.text.translate(_ALIKE) if recognised else page.text
    edge = None if over is None else bisect.bisect_left(page.places, over)
    starts = [n for n in range(edge or len(page.places)) if _begins(page, n)] if recognised else []
    for number, term in enumerate(terms):
        wanted = squeezed(term).text
        if not wanted:
            continue
        if not recognised:
            yield from _exact(page, page.text, wanted, number)
            continue
        folded = wanted.translate(_ALIKE)
        yield from _exact(page, alike, folded, number)
        if len(folded) >= _FUZZY_FROM:
            near = [n for n in starts if edge is None or n > edge - 2 * len(folded)]
            yield from _near(page, alike, folded, number, near)


def _exact(page: Squeezed, text: str, wanted: str, number: int) -> Iterator[Found]:
    at = text.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        if len(wanted) >= _ANYWHERE_FROM or (_begins(page, at) and _ends(page, last)):
            yield Found(number, page.places[at], page.places[last] + 1)
        at = text.find(wanted, at + 1)


def _near(
    page: Squeezed, text: str, wanted: str, number: int, starts: list[int]
) -> Iterator[Found]:
    """From the start of each word on: stretches about as long that differ by a slip or two."""
    slips = len(wanted) // _SLIP
    for at in starts:
        best: tuple[int, int] | None = None
        for length in range(len(wanted) - slips, len(wanted) + slips + 1):
            last = at + length - 1
            if last >= len(page.places) or not _ends(page, last):
                continue
            stretch = text[at : last + 1]
            distance = Levenshtein.distance(wanted, stretch, score_cutoff=slips)
            if distance <= slips and (best is None or distance < best[0]):
                best = distance, last
        if best is not None:
            yield Found(number, page.places[at], page.places[best[1]] + 1)


def _begins(page: Squeezed, at: int) -> bool:
    """Whether a word begins there: something stands before it, or the letter is its own word."""
    place = page.places[at]
    if at and page.places[at - 1] == place:
        return False
    return not place or _part(page.original[place - 1], page.original[place])


def _ends(page: Squeezed, at: int) -> bool:
    place = page.places[at]
    if at + 1 < len(page.places) and page.places[at + 1] == place:
        return False
    after = page.original[place + 1] if place + 1 < len(page.original) else " "
    return _part(page.original[place], after)


def _part(one: str, other: str) -> bool:
    """Whether two characters that follow each other are of two words: "Badge4471", "LeeSmith"."""
    if not (_of_words(one) and _of_words(other)):
        return True
    return one.isdecimal() != other.isdecimal() or (one.islower() and other.isupper())


def _of_words(char: str) -> bool:
    return char.isalnum() and char < _NO_SPACES_FROM


def parted(
    before: str, after: str, terms: Sequence[str], *, recognised: bool = False
) -> Iterator[tuple[Found, Found]]:
    """Terms that begin at the end of one sheet and go on at the start of the next.

    Running heads and feet may stand between: tried are the ends of the last lines with the starts
    of the first ones. Gives what stands on either sheet.
    """
    room = 3 * max((len(term) for term in terms), default=0)
    ends = [e for _, e in _lines(before)][-_EDGE_LINES:]
    starts = [s for s, _ in _lines(after)][:_EDGE_LINES]
    for end, start in itertools.product(ends, starts):
        first = max(0, end - room)
        tail, head = before[first:end], after[start : start + room]
        for found in hunt(f"{tail}\n{head}", terms, recognised=recognised, over=len(tail)):
            if found.end - 1 > len(tail):
                begun, ended = first + found.start, start + found.end - len(tail) - 1
                yield Found(found.term, begun, end), Found(found.term, start, ended)


def _lines(text: str) -> list[tuple[int, int]]:
    """Where each line that is not blank begins and ends."""
    return [(m.start(), m.end()) for m in _LINE.finditer(text)]


def without(text: str, stretches: Sequence[tuple[int, int]], mark: str) -> str:
    """The text with a mark in the place of each stretch.

    Those with nothing but blanks between them become one: how many words went is nobody's.
    """
    out, at = "", 0
    merged: list[list[int]] = []
    for start, end in sorted(stretches):
        if merged and not text[merged[-1][1] : start].strip(" \t"):
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    for start, end in merged:
        out += text[at:start] + mark
        at = end
    return out + text[at:]
