"""A roster made ready for finding: every form in which its people may be named, explained."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, Implementation

from evidencebox.analysis.folding import fold
from evidencebox.analysis.name_lists import GIVEN, NICKNAMES
from evidencebox.analysis.slips import Slips
from evidencebox.analysis.title_lists import RANKS, SUFFIXES
from evidencebox.model.people import Officer

VERSION = 2
"""Of the rules: mentions made by another version are found anew."""

SHORTEST_PART = 4
_BADGE_WORDS = ("badge", "shield", "star no", "star #", "star number")
_SPLIT = re.compile(r"[\s\-]+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Person:
    """What of an officer may stand in a text, folded.

    `firsts`: given names in full; `nicks`: what they are shortened to; `middles`: middle names or
    initials; `rank` one of the ranks that `title_lists.RANKS` names, or empty.
    """

    officer: Officer
    firsts: frozenset[str]
    nicks: frozenset[str]
    initials: frozenset[str]
    middles: frozenset[str]
    suffix: str
    rank: str
    unit: str
    badges: frozenset[str]
    emails: frozenset[str]
    dates: tuple[str, ...]
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person behind a surname. `kind`: own, former, alias, or part of a double name."""

    person: Person
    kind: str


class Roster:
    """People, and the automaton that finds their names, badges' words and ranks in one pass."""

    def __init__(self, officers: Sequence[Officer]) -> None:
        self.people = [_person(_repaired(officer)) for officer in officers]
        self.by_id = {person.officer.id: person for person in self.people}
        self.surnames: dict[str, list[Bearer]] = defaultdict(list)
        self.badges: dict[str, list[Person]] = defaultdict(list)
        self.emails: dict[str, list[Person]] = defaultdict(list)
        self.locals: dict[str, list[tuple[Person, str]]] = defaultdict(list)
        for person in self.people:
            self._add(person)
        self.heads = {*self.locals, *(address.partition("@")[0] for address in self.emails)}
        self.domains = {address.partition("@")[2] for address in self.emails}
        self.given = GIVEN | {name for person in self.people for name in person.firsts}
        self.slips = Slips(key for key in self.surnames if key.isalpha())
        self.patterns = sorted({*self.surnames, *_BADGE_WORDS, *RANKS})
        self.kinds = [self._kind(pattern) for pattern in self.patterns]
        self.automaton = AhoCorasick(self.patterns, implementation=Implementation.DFA)

    def _kind(self, pattern: str) -> str:
        """s surname, b badge's word, r rank; a surname that is also another counts as one."""
        if pattern in self.surnames:
            return "s"
        return "b" if pattern in _BADGE_WORDS else "r"

    def _add(self, person: Person) -> None:
        held: set[str] = set()
        for kind, last in _surnames(person.officer):
            for key in _spellings(last):
                if len(key) > 1 and key not in held:
                    held.add(key)
                    self.surnames[key].append(Bearer(person, kind))
        for badge in person.badges:
            self.badges[badge].append(person)
        for email in person.emails:
            self.emails[email].append(person)
        for local, how in _locals(person):
            self.locals[local].append((person, how))


def fingerprint(officer: Officer) -> str:
    """A digest of all that an officer is looked for with."""
    parts = [str(VERSION), *(str(getattr(officer, name)) for name in _LOOKED_FOR)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


_LOOKED_FOR = (
    "badge",
    "last",
    "first",
    "middle",
    "rank",
    "unit",
    "email",
    "birth_date",
    "aliases",
    "former_names",
    "ssn4",
)


def badge_key(text: str) -> str:
    """A badge as it is compared: without leading zeros, spaces and dashes."""
    key = re.sub(r"[\s\-#.]", "", fold(text))
    return key.lstrip("0") or key


def split_suffix(last: str) -> tuple[str, str]:
    """`baker jr.` → baker, jr."""
    head, _, tail = last.strip().rpartition(" ")
    suffix = SUFFIXES.get(tail.strip(".,"), "")
    return (head.rstrip(" ,"), suffix) if head and suffix else (last.strip(), "")


def split_names(text: str) -> list[str]:
    """The names of a field that may hold several."""
    return [name.strip() for name in re.split(r"[;|/]", text) if name.strip()]


def _repaired(officer: Officer) -> Officer:
    """`Joseph | S. Barrera | III`: a suffix that came into the surname's column."""
    middle, _, last = officer.middle.rpartition(" ")
    if fold(officer.last).strip(".") in SUFFIXES and last:
        return replace(officer, middle=middle, last=f"{last} {officer.last}")
    return officer


def _person(officer: Officer) -> Person:
    firsts, aliases = _given(officer.first), list(_aliases(officer))
    nicks: set[str] = set()
    badges, emails = split_names(officer.badge), split_names(officer.email)
    for first, _ in aliases:
        nicks |= _given(first)
    nicks |= {nick for name in firsts for nick in _nicknames(name)}
    initials = {name[0] for name in firsts | nicks if name}
    middles = {fold(part).strip(".") for part in officer.middle.split()} - {""}
    return Person(
        officer,
        frozenset(name for name in firsts if len(name) > 1),
        frozenset(nicks - firsts),
        frozenset(initials),
        frozenset(middles),
        split_suffix(fold(officer.last))[1],
        _rank(officer.rank),
        fold(officer.unit).strip(),
        frozenset(badge_key(badge) for badge in badges),
        frozenset(fold(email) for email in emails),
        tuple(_dates(officer.birth_date)),
        frozenset(firsts | nicks),
    )


def _given(first: str) -> set[str]:
    """`Mary Ann` → mary ann, mary, maryann; `Jean-Luc` likewise."""
    whole = fold(first).strip(" .")
    if not whole:
        return set()
    parts = [part.strip(".") for part in _SPLIT.split(whole) if part.strip(".")]
    return {"".join(parts), parts[0]} if len(parts) > 1 else {whole}


def _nicknames(name: str) -> Iterator[str]:
    """What a name is shortened to, and what it may be short for."""
    for group in NICKNAMES:
        if name in group.short:
            yield group.name
        elif name == group.name:
            yield from group.short


def _aliases(officer: Officer) -> Iterator[tuple[str, str]]:
    """First and last names of each alias; one word alone is a given name."""
    for name in split_names(officer.aliases):
        last, comma, first = name.partition(",")
        if comma:
            yield first.strip(), last.strip()
        elif " " in name:
            first, _, last = name.rpartition(" ")
            yield first, last
        else:
            yield name, ""


def _surnames(officer: Officer) -> Iterator[tuple[str, str]]:
    last = split_suffix(fold(officer.last))[0]
    yield "own", last
    for name in split_names(officer.former_names):
        yield (
            "former",
            fold(name).rpartition(" ")[2] if "," not in name else fold(name).split(",")[0],
        )
    for _, alias in _aliases(officer):
        if alias:
            yield "alias", fold(alias)
    parts = [part for part in _SPLIT.split(last) if len(part) >= SHORTEST_PART]
    if len(parts) > 1:
        for part in parts:
            yield "part", part


def _spellings(last: str) -> set[str]:
    """A surname's spellings: with and without hyphen, apostrophe, space and full stop."""
    bare = last.replace(".", "").replace("'", "")
    found = {last, last.replace(".", ""), last.replace("'", ""), bare}
    found |= {name.replace("-", " ") for name in found} | {name.replace("-", "") for name in found}
    if "'" in last:
        found.add(last.replace("'", " "))
    if " " in last:
        found |= {last.replace(" ", "-"), bare.replace(" ", "")}
    return {name.strip() for name in found}


def _locals(person: Person) -> Iterator[tuple[str, str]]:
    """What may stand before the @ of an address: `dana.reyes` (full), `dreyes` (initial)."""
    last = re.sub(r"[\W_]", "", split_suffix(fold(person.officer.last))[0])
    if len(last) < 3:
        return
    for first in person.firsts:
        for join in (".", "_", "-", ""):
            yield f"{first}{join}{last}", "full"
            yield f"{last}{join}{first}", "full"
        for join in (".", "_", "-", ""):
            yield f"{first[0]}{join}{last}", "initial"
        yield f"{last}{first[0]}", "initial"


def _rank(rank: str) -> str:
    """The rank's name in the table: by the last word that it knows."""
    words = [word.strip(".") for word in fold(rank).split()]
    return next((RANKS[word] for word in reversed(words) if word in RANKS), "")


_MONTHS = "january february march april may june july august september october november december"


def _dates(text: str) -> Iterable[str]:
    """Ways to write a birth date that is given as year-month-day or month/day/year."""
    numbers = re.findall(r"\d+", text)
    if len(numbers) != 3:
        return ()
    year, month, day = numbers if len(numbers[0]) == 4 else (numbers[2], numbers[0], numbers[1])
    if len(year) != 4 or not (0 < int(month) < 13 and 0 < int(day) < 32):
        return ()
    m, d = int(month), int(day)
    name = _MONTHS.split()[m - 1]
    return (
        f"{year}-{m:02d}-{d:02d}",
        f"{m:02d}/{d:02d}/{year}",
        f"{m}/{d}/{year}",
        f"{m:02d}-{d:02d}-{year}",
        f"{m:02d}/{d:02d}/{year[2:]}",
        f"{m}/{d}/{year[2:]}",
        f"{name} {d}, {year}",
        f"{name[:3]} {d}, {year}",
        f"{d} {name} {year}",
    )
