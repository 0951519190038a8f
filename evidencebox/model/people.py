"""Officers as the roster gives them."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.ids import OfficerId


@dataclass(frozen=True, slots=True)
class Officer:
    """A person on the roster, or added by hand. Empty text where the roster says nothing."""

    id: OfficerId
    badge: str
    last: str
    first: str
    middle: str = ""
    rank: str = ""
    unit: str = ""
    status: str = ""
    email: str = ""
    birth_date: str = ""

    @property
    def name(self) -> str:
        """`Last, First M.`: how lists show a person."""
        initial = f" {self.middle[0]}." if self.middle else ""
        return f"{self.last}, {self.first}{initial}"
