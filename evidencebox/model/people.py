"""Officers as the roster gives them."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.ids import OfficerId

OFFICER_FIELDS = (
    "badge",
    "last",
    "first",
    "middle",
    "rank",
    "unit",
    "status",
    "email",
    "birth_date",
    "aliases",
    "former_names",
    "contact",
    "ssn4",
    "role",
)
"""What a roster may say of an officer, in the order of `Officer`."""


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
    aliases: str = ""
    """Other names, divided by `;`: `Bill`, `Dana Reyes`, `Reyes, Dana`."""
    former_names: str = ""
    """Surnames borne before, such as a maiden name, divided by `;`."""
    contact: str = ""
    """Where a notice goes."""
    ssn4: str = ""
    """The last four digits of the social security number: evidence for a match, nothing else."""
    role: str = ""
    """What a person is who stands on no roster: family, informant, applicant."""

    @property
    def name(self) -> str:
        """`Last, First M.`: how lists show a person."""
        initial = f" {self.middle[0]}." if self.middle else ""
        return f"{self.last}, {self.first}{initial}"


@dataclass(frozen=True, slots=True)
class Merge:
    """That one person of the roster is another one of it: who said so, when, and why."""

    officer: OfficerId
    into: OfficerId
    author: str
    utc: str
    note: str
