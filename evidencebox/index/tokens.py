"""What a word is: the one definition for the inverter, the parser, the highlighter and the oracles.

A text is cut into *chunks* by one regular expression: words joined by single inner symbols, such as
`O'Neil`, `12-3456`, `a.b@c.gov`, or broken over a line end with a hyphen. Each word of a chunk is a
*part* and takes a position. Beside the parts stand *extras*, at the position of their first part:

- *pairs*: two neighbouring parts with the symbol between them (`o'neil`, `12-3456`). A longer word
  is found as a run of pairs, so `O'Neil` is found in `O'Neil's` and `c.gov` in `a.b@c.gov`, which
  an index of wholes alone would miss;
- `#4471` beside `4471`;
- *joined* words: `exam-⏎ple` is also `example`. A joined word covers two positions; a marker term
  (`SPAN` before the word) says where, so that phrases across it work and counts stay true.

Terms are folded: NFKD, no combining marks, no ignorable characters, case folded.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

MAX_TERM_BYTES = 255
"""Longer parts are cut, longer extras are left out; the same at query time."""

SPAN = "\u00ad"
"""Marks a joined word that covers two positions. Folding drops it, so no word can contain it."""

_IGNORABLE = "\u00ad\u200c\u200d\u2060"
_HYPHENS = "-\u2010\u2011"
SYMBOLS = _HYPHENS + "'\u2019._@/&+,:#"
"""What may join two parts, or stand before the first; only between digits: `,` and `:`."""

SYMBOL = re.compile(f"[{re.escape(SYMBOLS)}]")
_EAST_ASIAN = (
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1B000, 0x1B16F),
    (0x20000, 0x323AF),
)


@dataclass(frozen=True, slots=True)
class Extra:
    """A term beside the parts: `index` is the part where it begins, `length` parts it covers."""

    term: str
    index: int
    length: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk taken apart. `spans` are each part's code-point range within the chunk.

    `links[i]` is the term of parts i and i+1 with their symbol, None where there is none.
    """

    parts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    links: tuple[str | None, ...]
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A term in a text: position and length count parts, start and end code points."""

    term: str
    position: int
    length: int
    start: int
    end: int


def _is_mark(code: int) -> bool:
    return unicodedata.category(chr(code))[0] == "M"


def _is_east_asian(code: int) -> bool:
    return any(first <= code <= last for first, last in _EAST_ASIAN)


def _ranges(codes: list[int]) -> str:
    """The inside of a character class for ascending `codes`."""
    out: list[str] = []
    start = previous = codes[0]
    for code in [*codes[1:], -1]:
        if code != previous + 1:
            out.append(f"{re.escape(chr(start))}-{re.escape(chr(previous))}")
            start = code
        previous = code
    return "".join(out)


@dataclass(frozen=True, slots=True)
class _Patterns:
    chunk: re.Pattern[str]
    word: re.Pattern[str]


def _compile(limit: int) -> _Patterns:
    """The patterns for texts whose code points are all below `limit`.

    Three sizes of one definition: Python's classes are a bitmap below U+10000 and a slow list of
    ranges above, which only a text that has such characters should pay for.
    """
    ignorable = {ord(c) for c in _IGNORABLE}
    word, asian, marks = [], [], []
    for code in range(limit):
        mark = code > 0x7F and (code in ignorable or _is_mark(code))
        if mark:
            marks.append(code)
        if mark or (chr(code).isalnum() and not _is_east_asian(code)):
            word.append(code)
        elif chr(code).isalnum():
            asian.append(code)
    letters = _ranges(word)
    w = f"[{letters}]++"
    symbol = rf"(?:[{re.escape(SYMBOLS[:-3])}]|(?<=\d),(?=\d{{3}}(?!\d))|(?<=\d):(?=\d))"
    line_end = rf"(?:[{re.escape(_HYPHENS)}]|(?<={SPAN}))[ \t]{{0,8}}\r?\n[ \t]{{0,80}}"
    # Written for speed: one class at the front, and most words end at a space, which is looked
    # at before anything that could go on.
    first = f"[#{letters}](?:(?<!#)[{letters}]*+|{w})"
    more = f"(?:{symbol}{w})*"
    chunk = f"{first}(?:(?!(?<!{SPAN}) ){more}(?:{line_end}{w}{more})?)?"
    single = f"[{_ranges(asian)}][{_ranges(marks)}]*" if asian else ""
    return _Patterns(
        re.compile(f"{chunk}|{single}" if single else chunk),
        re.compile(f"{w}|{single}" if single else w),
    )


@lru_cache(maxsize=3)
def _patterns(limit: int) -> _Patterns:
    return _compile(limit)


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def _patterns_for(text: str) -> _Patterns:
    if text.isascii():
        return _patterns(0x80)
    return _patterns(sys.maxunicode + 1 if _ASTRAL.search(text) else 0x10000)


@lru_cache(maxsize=1)
def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = {
        code: None for code in range(0x80, sys.maxunicode + 1) if _is_mark(code)
    }
    table |= {ord(c): None for c in _IGNORABLE}
    table |= {ord(c): "-" for c in _HYPHENS[1:]}
    table[0x2019] = "'"
    return table


def fold(text: str) -> str:
    """`text` as terms are compared: NFKD, without marks and ignorables, case folded."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).translate(_folding()).casefold()
    return unicodedata.normalize("NFKD", plain).translate(_folding())


def _cut(term: str) -> str:
    raw = term.encode("utf-8", "surrogatepass")
    if len(raw) <= MAX_TERM_BYTES:
        return term
    return raw[:MAX_TERM_BYTES].decode("utf-8", "ignore")


def fits(term: str) -> bool:
    """Whether an extra is short enough to be kept."""
    return len(term) * 3 <= MAX_TERM_BYTES or len(term.encode()) <= MAX_TERM_BYTES


def chunks(text: str) -> list[str]:
    """The chunks of a text, in order."""
    return _patterns_for(text).chunk.findall(text)


def iter_chunks(text: str) -> Iterator[str]:
    """The chunks of a text one by one, for texts too long to hold them all."""
    return (match.group() for match in _patterns_for(text).chunk.finditer(text))


def analyse(chunk: str) -> Chunk:
    """The parts of a chunk and what stands beside them."""
    if chunk.isascii() and chunk.isalnum():
        return Chunk((_cut(chunk.lower()),), ((0, len(chunk)),), (), ())
    words = [
        (folded, match.span())
        for match in _patterns_for(chunk).word.finditer(chunk)
        if (folded := fold(match.group()))
    ]
    extras: list[Extra] = []
    if chunk[0] == "#" and words and fits("#" + words[0][0]):
        extras.append(Extra("#" + words[0][0], 0, 1))
    links: list[str | None] = []
    for index, (left, right) in enumerate(pairwise(words)):
        beside = _beside(left[0], chunk[left[1][1] : right[1][0]], right[0], index)
        links.append(beside[0].term if beside and beside[0].length == 2 else None)
        extras.extend(beside)
    return Chunk(
        tuple(_cut(word) for word, _ in words),
        tuple(span for _, span in words),
        tuple(links),
        tuple(dict.fromkeys(extras)),
    )


def _beside(left: str, gap: str, right: str, index: int) -> list[Extra]:
    """The extras of two neighbouring parts: the pair first, then what a line end joins."""
    symbol = fold(gap[:1])
    if len(gap) == 1 and fits(left + symbol + right):
        return [Extra(left + symbol + right, index, 2)]
    if "\n" not in gap:
        return []
    joined = left + right
    beside = [joined, SPAN + joined]
    if symbol == "-":
        beside.insert(0, f"{left}-{right}")
    if not fits("--" + joined):
        return []
    return [Extra(term, index, 1 if term.startswith(SPAN) else 2) for term in beside]


def tokens(text: str) -> Iterator[Token]:
    """Every term of a text, markers left out: parts and extras, by position."""
    position = 0
    known: dict[str, Chunk] = {}
    for match in _patterns_for(text).chunk.finditer(text):
        raw, base = match.group(), match.start()
        chunk = known.get(raw) or known.setdefault(raw, analyse(raw))
        for index, (term, (start, end)) in enumerate(zip(chunk.parts, chunk.spans, strict=True)):
            yield Token(term, position + index, 1, base + start, base + end)
        for extra in chunk.extras:
            if not extra.term.startswith(SPAN):
                start = chunk.spans[extra.index][0]
                start -= extra.term.startswith("#")
                end = chunk.spans[extra.index + extra.length - 1][1]
                at = position + extra.index
                yield Token(extra.term, at, extra.length, base + start, base + end)
        position += len(chunk.parts)
