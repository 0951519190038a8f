"""What is to be blacked out of a document, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.pictures import Picture

WHOLE: Final = 10_000
"""A box's sides are parts of so many of its page's width and height."""
FULL_REASONS: Final = {
    "ssn": "SSN",
    "itin": "TIN",
    "tin": "TIN",
    "bank_account": "Account",
    "card": "Account",
    "credit": "Account",
    "birth_date": "DOB",
    "minor": "Minor",
    "officer": "Name",
    "text": "PII",
}
"""Short words that are printed on the box: FRCP 5.2's five, names, and what was asked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be blacked out wherever it stands, and why."""

    text: str
    reason: str = FULL_REASONS["text"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle drawn by hand on a sheet (from 1), from the upper left corner; see `WHOLE`."""

    sheet: int
    left: int
    top: int
    right: int
    bottom: int
    reason: str = FULL_REASONS["text"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to go: strings, kinds of elements, everybody but one officer, boxes.

    `reason` is printed on boxes of `texts` and of `boxes` that say none; `terms` are strings with
    reasons of their own. `lines`: whole lines.
    """

    texts: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    everyone_but: OfficerId | None = None
    boxes: tuple[Box, ...] = ()
    inverse: bool = False
    reason: str = ""
    lines: bool = False
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """`inverse`: all goes but what is named here. `lines`: the whole line goes with each string,

    so that the width of a box tells nothing of the name that stood there. `pages`: the page of
    each of the sheets that `boxes` count; empty where those are the sheets at hand. `always`:
    strings that go also where `inverse` shows what they stand in.
    """

    terms: tuple[Term, ...] = ()
    boxes: tuple[Box, ...] = ()
    inverse: bool = False
    lines: bool = False
    pages: tuple[int, ...] = ()
    always: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.boxes)

    @property
    def named(self) -> tuple[Term, ...]:
        """All that is looked for: `terms`, and `always` after them."""
        return (*self.terms, *self.always)

    @property
    def hidden(self) -> tuple[Term, ...]:
        """What no sheet may show."""
        return self.always if self.inverse else self.named


def fitted(plan: Plan, pages: Sequence[int]) -> Plan:
    """The plan with its boxes on other sheets of the same document: the page of each is given.

    A box on a page that is not among them is left out. Raises ValueError where a page has become
    fewer sheets than the box was drawn on.
    """
    if not plan.pages or not plan.boxes:
        return replace(plan, pages=())
    here = {key: sheet for sheet, key in enumerate(_keys(pages), 1)}
    then = list(_keys(plan.pages))
    moved = []
    for box in plan.boxes:
        page, nth = then[box.sheet - 1] if box.sheet <= len(then) else (0, 0)
        if (page, nth) in here:
            moved.append(replace(box, sheet=here[page, nth]))
        elif page in pages:
            raise ValueError("a box on a sheet that is not there any more")
    return replace(plan, boxes=tuple(moved), pages=())


def _keys(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each sheet's page, and which of that page's sheets it is."""
    seen: dict[int, int] = {}
    for page in pages:
        seen[page] = seen.get(page, 0) + 1
        yield page, seen[page]


@dataclass(frozen=True, slots=True)
class Region:
    """A box as it was burned in: sides in points from the sheet's upper left corner."""

    sheet: int
    left: float
    top: float
    right: float
    bottom: float
    reason: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A redacted document: a PDF of pictures alone, and what remains of each sheet's text.

    `pages` are the document's, one for each sheet. `unfound` are the places, among the plan's
    terms, of those that stand nowhere in what was read.
    """

    pdf: bytes
    texts: tuple[str, ...]
    pages: tuple[int, ...]
    regions: tuple[Region, ...]
    unfound: tuple[int, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class SheetBox:
    """A place that is to go, on a sheet that is looked at; sides as `WHOLE` says.

    `by_hand`: which of the boxes that were drawn on this sheet, from 0; -1 for what a string or
    recognition found. `suggested`: it rests on what a machine found and nobody has decided.
    """

    left: int
    top: int
    right: int
    bottom: int
    reason: str
    by_hand: int = -1
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet before and after, from 1, with its text. Nothing was looked for again yet."""

    sheet: int
    before: Picture
    after: Picture
    boxes: tuple[SheetBox, ...]
    text: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of element in a document: how many, and how many nobody has decided on."""

    kind: str
    count: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """A document as it is redacted: its sheets' pages, what stands, and what there is to name.

    `sealed`: it is, and was opened for this session; a copy needs a reason. `draft`: what was
    worked on last, where it is not what stands. `names`: of the officers that are kept.
    """

    document: DocumentId
    id: str
    pages: tuple[int, ...]
    ask: Ask
    names: Mapping[OfficerId, str]
    kinds: tuple[KindCount, ...]
    stands: str
    sealed: bool = False
    draft: Ask | None = None


@dataclass(frozen=True, slots=True)
class RedactedCopy:
    """What was written: sheets, places, whether it was recognised again, and what to look at."""

    files: tuple[str, ...]
    sheets: int
    places: int
    checked: bool
    sha256: str
    warnings: tuple[str, ...]
