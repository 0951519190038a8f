"""What differs between two texts, word by word, for reading side by side. Pure.

Lines are compared first, then the words of lines that differ: so a long text costs little where it
is the same. Beyond `MOST_WORDS` a stretch that differs is shown as a whole.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_CHARS = 400_000
"""Of each text; the rest is not compared."""
MOST_LINES = 6_000
MOST_WORDS = 3_000
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of both texts, in code points: `same` or not. Either may be empty, not both."""

    same: bool
    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts in stretches that cover them in order, as far as they were compared."""

    changes: tuple[Change, ...]
    whole: bool


def difference(one: str, other: str) -> Difference:
    """Compares two texts, or their first `MOST_CHARS` code points."""
    whole = max(len(one), len(other)) <= MOST_CHARS
    texts = (one[:MOST_CHARS], other[:MOST_CHARS])
    lines = (_LINE.findall(texts[0]), _LINE.findall(texts[1]))
    spaced = [[" ".join(line.split()) for line in side] for side in lines]
    found: list[Change] = []
    for change in _compared(spaced[0], spaced[1], MOST_LINES):
        place = _places(change, lines)
        if change.same:
            found.append(place)
        else:
            found.extend(_within(place, texts))
    return Difference(tuple(_joined(found)), whole)


def _compared(one: Sequence[str], other: Sequence[str], most: int) -> Iterator[Change]:
    if max(len(one), len(other)) > most:
        yield Change(False, 0, len(one), 0, len(other))
        return
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        yield Change(tag == "equal", start, end, other_start, other_end)


def _places(change: Change, pieces: tuple[Sequence[str], Sequence[str]]) -> Change:
    """A change counted in pieces as one counted in code points."""
    start, end = _span(pieces[0], change.start, change.end)
    other_start, other_end = _span(pieces[1], change.other_start, change.other_end)
    return Change(change.same, start, end, other_start, other_end)


def _span(pieces: Sequence[str], start: int, end: int) -> tuple[int, int]:
    before = sum(map(len, pieces[:start]))
    return before, before + sum(map(len, pieces[start:end]))


def _within(change: Change, texts: tuple[str, str]) -> Iterator[Change]:
    """The words of a stretch that differs."""
    one = _TOKEN.findall(texts[0][change.start : change.end])
    other = _TOKEN.findall(texts[1][change.other_start : change.other_end])
    folded = [[" " if token.isspace() else token for token in side] for side in (one, other)]
    for inner in _compared(folded[0], folded[1], MOST_WORDS):
        place = _places(inner, (one, other))
        yield Change(
            place.same,
            place.start + change.start,
            place.end + change.start,
            place.other_start + change.other_start,
            place.other_end + change.other_start,
        )


def _joined(changes: Sequence[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; empty ones left out."""
    held: Change | None = None
    for change in changes:
        if change.start == change.end and change.other_start == change.other_end:
            continue
        if held is not None and held.same == change.same:
            held = Change(held.same, held.start, change.end, held.other_start, change.other_end)
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held
