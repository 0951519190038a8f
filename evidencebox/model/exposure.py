"""What dashboards and the page of an officer are drawn from: plain counts with their searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.people import Officer


@dataclass(frozen=True, slots=True)
class Cell:
    """What one category holds of one officer.

    He was tagged with it in `documents`, at worst so; `worst` is None where nobody did. In at
    least `suggested` documents the machine finds such data of his. `query` finds the tagged ones.
    """

    documents: int
    worst: Harm | None
    query: str
    suggested: int = 0


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One member of the roster. `cells`: category → what was accepted there.

    `documents` were tagged for him; so many name him, as far as the machine can tell.
    `query` finds the tagged ones, `named_query` those that name him.
    """

    officer: Officer
    cells: Mapping[str, Cell]
    documents: int
    worst: Harm | None
    named: int
    disposition: str
    query: str
    named_query: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """The matrix: a row for every member, with the categories that occur, in their order."""

    rows: tuple[ExposureRow, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `query` finds what it counts, empty where no search does."""

    label: str
    count: int
    query: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """One column of levels, such as a year: harm → documents whose worst level it is."""

    label: str
    counts: Mapping[Harm, int]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The case in figures. `per_day`: ISO day → documents marked as reviewed on it (UTC)."""

    documents: int
    reviewed: int
    failures: int
    categories: tuple[Bar, ...]
    types: tuple[Bar, ...]
    folders: tuple[Bar, ...]
    statuses: tuple[Bar, ...]
    over_time: tuple[Stack, ...]
    per_day: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Exposed:
    """One place where an officer was tagged, or, without a level, is suggested to be named.

    `words`: the categories, or how the suggestion came about; `note` and `reviewer` of a tag.
    """

    document: DocumentId
    id: str
    name: str
    page: int | None
    harm: Harm | None
    words: str
    note: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """All there is about one officer: facts of the roster, tags, and what awaits an answer."""

    officer: Officer
    facts: tuple[tuple[str, str], ...]
    disposition: str
    tagged: tuple[Exposed, ...]
    suggested: tuple[Exposed, ...]
    more: int
    query: str
    named_query: str


class Decision(StrEnum):
    """What was decided about telling somebody."""

    OPEN = "open"
    NOTIFY = "notify"
    SENT = "sent"
    NONE = "none"

    @property
    def words(self) -> str:
        """For people."""
        return _DECISIONS[self]


_DECISIONS = {
    Decision.OPEN: "Not decided",
    Decision.NOTIFY: "To be told",
    Decision.SENT: "Told",
    Decision.NONE: "Not to be told",
}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One member on the notice list: what is known of his exposure, and what was decided.

    `found`: kinds that were accepted and categories that were tagged; `suggested`: kinds that
    nobody answered yet. `eligible` for credit monitoring: yes, perhaps (by a suggestion) or no.
    `date` ISO 8601 or empty; `monitoring` None where undecided.
    """

    officer: Officer
    found: tuple[str, ...]
    suggested: tuple[str, ...]
    worst: Harm | None
    eligible: str
    decision: Decision
    date: str
    monitoring: bool | None
    note: str
    reviewer: str
    disposition: str

    @property
    def concerned(self) -> bool:
        """Whether there is anything to decide, or was."""
        return bool(self.found or self.suggested or self.decision is not Decision.OPEN)


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What the import of a roster would do. `columns`: field → title of its column."""

    fields: tuple[str, ...]
    titles: tuple[str, ...]
    columns: Mapping[str, str]
    people: tuple[tuple[str, ...], ...]
    count: int
    rejects: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one reviewer says in a conflict; `act` settles for it."""

    act: ActId
    reviewer: str
    harm: Harm
    categories: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two or more reviewers who say different things of one officer in one place."""

    document: DocumentId
    id: str
    page: int | None
    officer: str
    sides: tuple[ConflictSide, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A reviewer: his name, role in words, whether it is who opened the case, and can he still."""

    name: str
    role: str
    own: bool
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Team:
    """Who may do what, which categories are sealed, and whether the opener may change it."""

    members: tuple[Member, ...]
    sealed: frozenset[str]
    lead: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """What opens the case for whoever opened it, besides his passphrase.

    Attributes:
        here: this system's key store does.
        key_stores: on how many machines one does.
        manages: whether he may make a new recovery code, and add and remove reviewers.
    """

    here: bool
    key_stores: int
    manages: bool
