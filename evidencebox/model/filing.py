"""What the window shows of exhibits: rows, what a new one would be, how sheets are stamped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.pictures import Picture

SIDES: Final = tuple(f"{a} {b}" for a in ("top", "bottom") for b in ("left", "center", "right"))
"""Where a stamp may stand on a sheet."""
PAPERS: Final = ("letter", "a4")
MARKS: Final = ("sealed", "privileged", "confidential", "redacted")
"""What `ExhibitRow.marks` may hold, in this order."""


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """An exhibit, or a number that is none any more. `bates`: first and last, empty before a build.

    `pages` are the document's; empty: all of them. `gone` says why it does not stand. `clash`:
    another laptop gave the number to another document.
    """

    act: ActId
    number: str
    document: DocumentId
    id: str
    description: str
    bates: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    sheets: int = 0
    family: bool = False
    offered: str = ""
    marked: str = ""
    admitted: str = ""
    gone: str = ""
    marks: tuple[str, ...] = ()
    clash: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is built and listed as one."""
        return not self.gone


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an exhibit of a document would be called, and what it has: pages, attachments."""

    document: DocumentId
    id: str
    number: str
    description: str
    pages: int
    attached: int
    known: tuple[str, ...] = ()
    """Numbers under which the document is an exhibit already."""


@dataclass(frozen=True, slots=True)
class Stamping:
    """How sheets are numbered and stamped; see resources/profiles/exhibits.toml."""

    prefix: str
    bates_prefix: str
    bates_digits: int
    bates_position: str
    title: str
    sticker_position: str
    paper: str
    legend: str


@dataclass(frozen=True, slots=True)
class StampedSheet:
    """One sheet of an exhibit as it would be bound, from 1. `provisional`: its Bates number is
    assigned when the book is built, and may then be another."""

    picture: Picture
    sheet: int
    sheets: int
    bates: str
    provisional: bool
    words: str = ""
