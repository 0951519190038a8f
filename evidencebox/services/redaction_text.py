"""What of a sheet's text is to go: where a plan's strings stand in it, and what may remain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.blackout import Rect, within
from evidencebox.export.hunt import Found, hunt, parted, squeezed, without
from evidencebox.model.pictures import MARKS_MAX
from evidencebox.model.redactions import Plan
from evidencebox.services.ocr_pool import PageRead

GONE: Final = "[REDACTED]"
READINGS: Final = "\f"
"""Between the readings of a picture, as `extract.ocrplaces` says."""

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Places:
    """What is asked of a sheet's drawing: the plan's hits and, after them, every word of it.

    `words` are asked for where a box may cover more than the hits: boxes by hand, whole lines.
    """

    hits: tuple[Found, ...]
    words: tuple[Stretch, ...]

    @property
    def stretches(self) -> list[Stretch]:
        """In the order in which boxes name them."""
        return [*((hit.start, hit.end) for hit in self.hits), *self.words]

    @property
    def askable(self) -> bool:
        """Whether one drawing can place all hits."""
        return len(self.hits) <= MARKS_MAX


def places(texts: Sequence[str], plan: Plan) -> Callable[[int], Places]:
    """For each sheet, by its place; a string that goes on upon the next sheet counts on both."""
    terms = [term.text for term in plan.terms]
    wide = bool(plan.boxes) or plan.lines

    def of(sheet: int) -> Places:
        text = texts[sheet]
        found = list(hunt(text, terms))
        if sheet:
            found += [after for _, after in parted(texts[sheet - 1], text, terms)]
        if sheet + 1 < len(texts):
            found += [before for before, _ in parted(text, texts[sheet + 1], terms)]
        return Places(tuple(dict.fromkeys(found)), tuple(_words(text)) if wide else ())

    return of


def _words(text: str) -> Iterator[Stretch]:
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        yield start, at


def check_terms(terms: Sequence[str]) -> None:
    """Raises UserError for a string that could be found nowhere."""
    for term in terms:
        if not squeezed(term).text:
            raise UserError("A text to be redacted needs a letter or a digit.")


def similar(text: str, gone: Sequence[Stretch], plan: Plan) -> frozenset[str]:
    """Strings of the remaining text that only look like a term: numbers beside a number, say."""
    if not text.strip():
        return frozenset()
    rest = without(text, gone, "\n")
    found = hunt(rest, [term.text for term in plan.terms], recognised=True)
    return frozenset(squeezed(rest[each.start : each.end]).text for each in found)


def recognised(
    read: PageRead | None, boxes: Sequence[Rect], plan: Plan, *, burned: bool
) -> tuple[str, list[str]]:
    """What the first reading of a picture says outside the boxes, and what of it was named.

    `burned`: boxes were black already when it was read; else a word goes that a box but touches.
    """
    lies = within if burned else touch
    if read is None:
        return "", []
    text = read.text.split(READINGS)[0]
    terms = [term.text for term in plan.terms]
    found = [(f.start, f.end) for f in hunt(text, terms, recognised=True)]
    under = [
        (span.start, span.end)
        for span in read.spans
        if span.kind == "word"
        and span.end <= len(text)
        and any(lies(rect_of(span.label), box) for box in boxes)
    ]
    named = [text[start:end] for start, end in sorted(found)]
    return without(text, [*found, *under], GONE), named


def touch(one: Rect, other: Rect) -> bool:
    """Whether they share a dot."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def rect_of(label: str) -> Rect:
    """A word's rectangle as a worker says it. Raises UserError for what is none."""
    parts = label.split(" ")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() for part in parts):
        raise UserError("The recogniser said something that is no place; try again.")
    left, top, right, bottom = (min(int(part[:6]), 1 << 20) for part in parts)
    return left, top, max(left, right), max(top, bottom)
