"""What an officer's claim to a surname is made of."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.analysis.context import Left, Right
from evidencebox.analysis.hits import NameHit
from evidencebox.analysis.roster import Bearer

OTHER_GIVEN, RARE = "other_given", "rare"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: a code for machines, its weight, and words for people."""

    code: str
    weight: float
    words: str


@dataclass(slots=True)
class Reading:
    """A surname with what stands around it, read once for all its bearers."""

    text: str
    hit: NameHit
    left: Left
    right: Right
    written: str


@dataclass(slots=True)
class Claim:
    """An officer's claim to a surname: the evidence, and what of the text is his name."""

    bearer: Bearer
    items: list[Item]
    start: int
    end: int
    given: str = ""
    form: str = ""
    inverted: bool = False

    @property
    def weight(self) -> float:
        return sum(item.weight for item in self.items)

    def says(self, *codes: str) -> bool:
        return any(item.code in codes for item in self.items)
