"""The roster of the invented department, with the traps that real rosters hold."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evidencebox.sample.names import (
    COMPOUND_SURNAMES,
    DOMAIN,
    FIRST_NAMES,
    NICKNAMES,
    SURNAMES,
    UNITS,
)
from evidencebox.sample.private import Private, address, birth_date, private_of

COLUMNS = ("badge", "last", "first", "middle", "rank", "unit", "status", "email", "birth_date")

RANKS = {
    "Officer": "Ofc.",
    "Detective": "Det.",
    "Corporal": "Cpl.",
    "Sergeant": "Sgt.",
    "Lieutenant": "Lt.",
    "Captain": "Capt.",
    "Commander": "Cmdr.",
}
_RANK_WEIGHTS = (60, 14, 6, 11, 5, 3, 1)
_STATUSES = ("active", "retired", "former", "deceased")
_STATUS_WEIGHTS = (82, 9, 7, 2)

COMMON_WORDS = (
    "Will", "May", "An", "Grant", "Page", "Chance", "Rich", "Law", "Young", "Long", "Price", "Best",
)  # fmt: skip
"""Surnames that are words of everyday English."""

_BADGES = (*range(1001, 1900), *range(2100, 10000))
"""Four digits, but never a year: a bare `2019` could be told apart by nobody."""

_FIXED: tuple[tuple[str, str, str, str], ...] = (
    ("John", "Smith", "A", "two_of_a_name"),
    ("John", "Smith", "T", "two_of_a_name"),
    ("Terrence", "Will", "", "common_word"),
    ("Angela", "May", "R", "common_word"),
    ("Wei", "An", "", "common_word"),
    ("Dana", "Reyes-Hart", "M", "hyphen"),
    ("Marcus", "Whitlow", "J", "brothers"),
    ("Andre", "Whitlow", "L", "brothers"),
    ("Sean", "O'Neil", "P", "apostrophe"),
    ("Lucía", "Núñez", "", "diacritic"),
    ("Robert", "Baker Sr.", "E", "generation"),
    ("Robert", "Baker Jr.", "E", "generation"),
    ("William", "Harper", "D", "nickname"),
    ("Hector", "Gonzalez", "I", "line_end"),
    ("Thomas", "Hamilton", "K", "slip"),
    ("Naomi", "Castellano", "B", "former_name"),
    ("Gregory", "Grant", "", "common_word"),
    ("Sylvia", "Page", "N", "common_word"),
    ("Lamar", "Chance", "", "common_word"),
    ("Joyce", "Rich", "C", "common_word"),
    ("Edward", "Law", "", "common_word"),
    ("Tanya", "Fitzgerald-Moss", "", "hyphen"),
    ("Aoife", "O'Brien", "", "apostrophe"),
    ("Jürgen", "Müller", "", "diacritic"),
    ("Iñaki", "Peña", "", "diacritic"),
    ("Elizabeth", "Marchand", "G", "nickname"),
    ("Philip", "Drummond", "S", "slip"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """An officer of the roster. `trap` says what makes him hard to find, empty if nothing."""

    badge: str
    last: str
    first: str
    middle: str
    rank: str
    unit: str
    status: str
    email: str
    birth_date: str
    trap: str = ""
    home: str = ""

    @property
    def surname(self) -> str:
        """The surname as texts use it, without Jr. or Sr."""
        return self.last.removesuffix(" Jr.").removesuffix(" Sr.")

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def nickname(self) -> str:
        return NICKNAMES.get(self.first, "")


class Cast:
    """All members, and what a careful reader would know of them: which names are unique."""

    def __init__(self, members: list[Member], seed: int) -> None:
        self.members = members
        self._seed = seed
        self._surnames = Counter(member.surname for member in members)
        self._fulls = Counter(member.full for member in members)
        self._ranked = Counter((member.rank, member.first[0], member.surname) for member in members)
        self._private: dict[str, Private] = {}

    def pick(self, rng: random.Random, trap: str = "") -> Member:
        """Any member, or one with that trap (any where the roster is too small to have one)."""
        chosen = [member for member in self.members if member.trap == trap] if trap else []
        return rng.choice(chosen or self.members)

    def several(self, rng: random.Random, count: int) -> list[Member]:
        return rng.sample(self.members, min(count, len(self.members)))

    def lone_surname(self, member: Member) -> bool:
        """Whether the surname alone points at one member and is no word of everyday English."""
        return self._surnames[member.surname] == 1 and member.surname not in COMMON_WORDS

    def lone_name(self, member: Member) -> bool:
        return self._fulls[member.full] == 1

    def lone_initial(self, member: Member) -> bool:
        return self._ranked[(member.rank, member.first[0], member.surname)] == 1

    def is_officer(self, full: str) -> bool:
        return full in self._fulls

    def private(self, member: Member) -> Private:
        """A member's private data: the same in every text of one trove."""
        known = self._private.get(member.badge)
        if known is None:
            known = self._draw(member)
            self._private[member.badge] = known
        return known

    def _draw(self, member: Member) -> Private:
        rng = random.Random(f"{self._seed}:private:{member.badge}")
        known = private_of(rng, member.first, member.last, member.home)
        while self.is_officer(known.spouse) or self.is_officer(known.child):
            first, second = rng.sample(FIRST_NAMES, 2)
            known = replace(
                known, spouse=f"{first} {member.surname}", child=f"{second} {member.surname}"
            )
        return known


def make_cast(officers: int, seed: int) -> Cast:
    """A roster of `officers` members; the traps stand at its beginning before it is shuffled."""
    rng = random.Random(f"{seed}:roster")
    badges = rng.sample(_BADGES, officers)
    emails: set[str] = set()
    members: list[Member] = []
    homes: dict[str, str] = {}
    for badge, (first, last, middle, trap) in zip(badges, _people(rng, officers), strict=False):
        home = address(rng)
        if trap == "brothers":
            home = homes.setdefault(last, home)
        members.append(_member(rng, str(badge), (first, last, middle, trap), home, emails))
    rng.shuffle(members)
    return Cast(members, seed)


def _people(rng: random.Random, officers: int) -> Iterator[tuple[str, str, str, str]]:
    yield from _FIXED
    # Each further few hundred officers bring new bearers of the hard surnames.
    pool = SURNAMES + COMPOUND_SURNAMES[: max(0, officers - 300)]
    taken = {f"{first} {last}" for first, last, _, _ in _FIXED}
    while True:
        trap = ""
        first, last = rng.choice(FIRST_NAMES), rng.choice(pool)
        if rng.random() < 0.02:
            last, trap = rng.choice(COMMON_WORDS), "common_word"
        elif rng.random() < 0.03:
            last, trap = f"{last}-{rng.choice(SURNAMES)}", "hyphen"
        # A second bearer of a full name is rare, so that most names stay evidence of one person.
        if f"{first} {last}" in taken and rng.random() < 0.9:
            continue
        taken.add(f"{first} {last}")
        yield first, last, rng.choice("ABCDEFGHJKLMNPRSTVW") if rng.random() < 0.7 else "", trap


def _member(
    rng: random.Random,
    badge: str,
    person: tuple[str, str, str, str],
    home: str,
    emails: set[str],
) -> Member:
    first, last, middle, trap = person
    return Member(
        badge=badge,
        last=last,
        first=first,
        middle=middle,
        rank=rng.choices(tuple(RANKS), _RANK_WEIGHTS)[0],
        unit=rng.choice(UNITS),
        status=_status(rng, len(emails)),
        email=_email(first, last, emails),
        birth_date=birth_date(rng).isoformat(),
        trap=trap,
        home=home,
    )


def _status(rng: random.Random, before: int) -> str:
    """Any status by weight; the first few go round, so that small rosters have them all."""
    drawn = rng.choices(_STATUSES, _STATUS_WEIGHTS)[0]
    return drawn if before >= 8 else _STATUSES[before % 4]


_PLAIN = str.maketrans("áéíóúüñçöäã", "aeiouuncoaa")


def _email(first: str, last: str, taken: set[str]) -> str:
    surname = last.removesuffix(" Jr.").removesuffix(" Sr.").lower().translate(_PLAIN)
    name = f"{first[0].lower().translate(_PLAIN)}.{surname}".replace("'", "")
    address, number = f"{name}@{DOMAIN}", 1
    while address in taken:
        number += 1
        address = f"{name}{number}@{DOMAIN}"
    taken.add(address)
    return address


def write_roster(path: Path, cast: Cast) -> None:
    """roster.csv in UTF-8 with line feeds, ordered by surname, first name and badge."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for member in sorted(cast.members, key=lambda m: (m.last, m.first, m.badge)):
            writer.writerow([getattr(member, column) for column in COLUMNS])
