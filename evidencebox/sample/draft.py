"""A text in the making: pages of blocks, and beside them what they say about whom."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from evidencebox.sample import naming
from evidencebox.sample.private import civilian
from evidencebox.sample.roster import Cast, Member
from evidencebox.sample.truth import PageTruth

NameForm = Callable[[random.Random, Cast, Member], str]


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is title, para, fields or table; `rows` hold its cells (one for a title or para)."""

    kind: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class DraftPage:
    blocks: list[Block] = field(default_factory=list)
    truth: PageTruth = field(default_factory=PageTruth)


class Draft:
    """Builds one document. What is named or exposed is noted on the page being written."""

    def __init__(self, rng: random.Random, cast: Cast, when: datetime) -> None:
        self.rng = rng
        self.cast = cast
        self.when = when
        self.pages = [DraftPage()]

    @property
    def truths(self) -> list[PageTruth]:
        return [page.truth for page in self.pages]

    def new_page(self) -> None:
        self.pages.append(DraftPage())

    def title(self, text: str) -> None:
        self._block("title", ((text,),))

    def para(self, text: str) -> None:
        self._block("para", ((text,),))

    def fields(self, *pairs: tuple[str, str]) -> None:
        self._block("fields", pairs)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        self._block("table", tuple(tuple(row) for row in rows))

    def _block(self, kind: str, rows: tuple[tuple[str, ...], ...]) -> None:
        self.pages[-1].blocks.append(Block(kind, rows))

    def name(self, member: Member, form: NameForm | None = None) -> str:
        """The member's name for the sentence being written."""
        truth = self.pages[-1].truth
        default = naming.weak if member.badge in truth.mentions else naming.strong
        text = (form or default)(self.rng, self.cast, member)
        truth.mention(member.badge, text)
        return text

    def formal(self, member: Member) -> str:
        return self.name(member, naming.formal)

    def named(self, member: Member, text: str) -> str:
        """Notes that `text` names the member: an address in a header, a badge in a column."""
        self.pages[-1].truth.mention(member.badge, text)
        return text

    def element(self, member: Member, element: str, value: str) -> str:
        """Notes that `value` exposes that element of the member."""
        self.pages[-1].truth.element(element, member.badge, value)
        return value

    def person(self, name: str = "", role: str = "civilian") -> str:
        """The name of somebody who is not on the roster."""
        name = name or civilian(self.rng)
        self.pages[-1].truth.other("person", name=name, role=role)
        return name

    def exposed_person(self, name: str, element: str, value: str) -> str:
        """Notes an element of somebody who is not on the roster."""
        self.pages[-1].truth.other("person_element", name=name, element=element, value=value)
        return value

    def trap(self, trap: str, text: str) -> str:
        """Notes that `text` looks like a mention and is none."""
        self.pages[-1].truth.other("trap", trap=trap, text=text)
        return text

    def day(self, before: int = 0) -> str:
        """A date up to `before` days ago, as texts print it."""
        day = self.when - timedelta(days=self.rng.randint(0, before)) if before else self.when
        return spell(day)


def spell(day: datetime) -> str:
    """`March 4, 2019`, whatever the machine's locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
