"""What of a sheet's text is to go: where a plan's strings stand in it, and what may remain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    terms = [term.text for term in plan.named]
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


def first_hidden(plan: Plan) -> int:
    """The place of the first of `plan.hidden` among `plan.named`."""
    return len(plan.terms) if plan.inverse else 0


def hidden_in(text: str, plan: Plan) -> Iterator[Found]:
    """What no sheet may show, in a recognised text; numbered as `plan.named`."""
    shift = first_hidden(plan)
    for found in hunt(text, [term.text for term in plan.hidden], recognised=True):
        yield replace(found, term=found.term + shift)


def similar(text: str, gone: Sequence[Stretch], plan: Plan) -> frozenset[str]:
    """Strings of the remaining text that only look like a term: numbers beside a number, say."""
    if not text.strip():
        return frozenset()
    rest = without(text, gone, "\n")
    found = hunt(rest, [term.text for term in plan.hidden], recognised=True)
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
    terms = [term.text for term in plan.terms]  # of an inverse plan, those that are shown
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


def marked(read: PageRead, text: str, boxes: Sequence[Rect]) -> str:
    """The first reading of a burned picture, `text`, with a mark where each box stands.

    A mark follows the nearest word to the left on its line; else it goes before the nearest one to
    the right, or stands after the last line above.
    """
    words = [
        (rect_of(span.label), span.start, span.end)
        for span in read.spans
        if span.kind == "word" and span.end <= len(text)
    ]
    marks: dict[int, str] = {}
    for box in sorted(boxes, key=lambda each: (each[1], each[0])):
        line = [word for word in words if _on_line(word[0], box)]
        left = max((w for w in line if w[0][0] < box[0]), default=None)
        right = min((w for w in line if w[0][0] >= box[0]), default=None)
        above = max((w[2] for w in words if w[0][3] <= box[1]), default=0)
        if left is not None:
            marks[left[2]] = marks.get(left[2], "") + f" {GONE}"
        elif right is not None:
            marks[right[1]] = marks.get(right[1], "") + f"{GONE} "
        else:
            marks[above] = marks.get(above, "") + (f"\n{GONE}" if above else f"{GONE}\n")
    for place in sorted(marks, reverse=True):
        text = text[:place] + marks[place] + text[place:]
    return text


def _on_line(word: Rect, box: Rect) -> bool:
    """Whether the middle of a word lies beside a box, or that of the box beside the word."""
    middle, other = (word[1] + word[3]) / 2, (box[1] + box[3]) / 2
    return box[1] <= middle <= box[3] or word[1] <= other <= word[3]


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
