"""What is to be blacked out of a document, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
class Plan:
    """`inverse`: all goes but what is named here."""

    terms: tuple[Term, ...] = ()
    boxes: tuple[Box, ...] = ()
    inverse: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms or self.boxes)


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
