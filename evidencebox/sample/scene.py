"""What a recipe gets, and what it gives: files of the trove."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evidencebox.sample.draft import Draft, DraftPage
from evidencebox.sample.mail import Address
from evidencebox.sample.names import CITY_DOMAIN
from evidencebox.sample.private import civilian
from evidencebox.sample.roster import Cast, Member
from evidencebox.sample.truth import Item


@dataclass(frozen=True, slots=True)
class File:
    """An item and the folder of the trove it lies in."""

    folder: str
    item: Item


@dataclass(frozen=True, slots=True)
class Scene:
    """One occasion in the city's life: its chance, its people, its day.

    `revised` asks for a later wording of the same text, which makes a near-duplicate.
    """

    rng: random.Random
    cast: Cast
    when: datetime
    revised: bool = False

    def draft(self) -> Draft:
        return Draft(self.rng, self.cast, self.when)

    def later(self, low: int = 20, high: int = 2000) -> datetime:
        """A moment some minutes on."""
        return self.when + timedelta(minutes=self.rng.randint(low, high))

    def number(self, prefix: str) -> str:
        return f"{prefix}-{self.when.year}-{self.rng.randint(1, 9999):04d}"

    def item(
        self, name: str, data: bytes, pages: Sequence[DraftPage], images: bool = False
    ) -> Item:
        truths = [page.truth for page in pages]
        return Item(name, data, self.when, pages=truths, images=images)


Recipe = Callable[[Scene], Sequence[File]]


def officer_address(member: Member) -> Address:
    """A member in a header: with the roster's address nothing is ambiguous."""
    initial = f" {member.middle}." if member.middle else ""
    return Address(f"{member.last}, {member.first}{initial}", member.email, member.badge)


def office_address(name: str) -> Address:
    local = name.lower().replace(" ", ".").replace(".and.", ".")
    return Address(name, f"{local}@{CITY_DOMAIN}")


def civilian_address(rng: random.Random, domain: str = CITY_DOMAIN) -> Address:
    name = civilian(rng)
    return Address(name, f"{name.lower().replace(' ', '.')}@{domain}")


ALL_STAFF = Address("All Staff", f"all-staff@{CITY_DOMAIN}")
