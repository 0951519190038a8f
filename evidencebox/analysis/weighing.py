"""Claims weighed against each other, and by what else is told on page, in document and family."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidencebox.analysis.claims import OTHER_GIVEN, RARE, Claim, Item, Reading
from evidencebox.analysis.folding import fold
from evidencebox.analysis.hits import NameHit, PageHits, SureHit
from evidencebox.analysis.roster import Person, badge_key
from evidencebox.analysis.surname_lists import COMMON_SURNAMES
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import Mention

_CLEAR = 3.5
"""The weight from which nothing more is looked for."""

_LEAST = 0.02
_LEAST_OF_ALL = 0.15
_MOST_CLAIMS = 6
_COMPANY = 3
"""A rare surname in the company of so many others of the roster is likely not there by chance."""
_NEAR = 200


@dataclass(slots=True)
class Leaf:
    """A page in work."""

    page: Page
    folded: str
    hits: PageHits
    places: Sequence[int]
    names: list[tuple[Reading, list[Claim]]] = field(default_factory=list)
    anchors: set[OfficerId] = field(default_factory=set)
    namesakes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    told: dict[str, list[tuple[int, OfficerId]]] = field(default_factory=lambda: defaultdict(list))
    rare: set[str] = field(default_factory=set)
    ranked: bool = False


def shares(claims: Sequence[Claim]) -> list[float]:
    """Each claim's probability beside the others and beside nobody of the roster."""
    odds = [math.exp(min(30.0, claim.weight)) for claim in claims]
    whole = 1.0 + sum(odds)
    return [each / whole for each in odds]


@dataclass(slots=True)
class Place:
    """A page among the document's others, with all that was found there."""

    document: DocumentId
    leaf: Leaf
    everywhere: set[OfficerId]
    related: frozenset[OfficerId]

    def mentions(self) -> Iterator[Mention]:
        taken: set[tuple[int, OfficerId]] = set()
        for reading, claims in self.leaf.names:
            yield from self._named(reading, claims, taken)
        for hit in self.leaf.hits.sure:
            yield from self._sure(hit)

    def _named(
        self, reading: Reading, claims: list[Claim], taken: set[tuple[int, OfficerId]]
    ) -> Iterator[Mention]:
        weights = shares(claims)
        if max(claim.weight for claim in claims) < _CLEAR or max(weights) < 0.9:
            for claim in claims:
                self._support(reading, claim)
            weights = shares(claims)
        if sum(weights) < _LEAST_OF_ALL:
            return
        ranked = sorted(zip(weights, claims, strict=True), key=lambda pair: -pair[0])
        rivals = sum(weight > 0.05 for weight in weights)
        for weight, claim in ranked[:_MOST_CLAIMS]:
            if weight >= _LEAST and (claim.start, claim.bearer.person.officer.id) not in taken:
                taken.add((claim.start, claim.bearer.person.officer.id))
                yield self._mention(claim, weight, rivals)

    def _support(self, reading: Reading, claim: Claim) -> None:
        """What is told by the rest of the page, the document and its family."""
        person, leaf = claim.bearer.person, self.leaf
        officer, hit = person.officer.id, reading.hit
        if claim.says(OTHER_GIVEN, "other_badge"):
            return
        nearest = self._nearest(hit)
        if nearest is None and leaf.namesakes.get(hit.key) and not claim.given:
            claim.items.append(
                Item("namesake", -3.0, "another person of that surname is named here")
            )
        elif officer in leaf.anchors and (nearest in (None, officer) or claim.given):
            # A name that is nearly his may as well be that of another person on the page.
            weight = 1.0 if hit.slip == "edit" else 3.0
            claim.items.append(Item("page", weight, "he is named beyond doubt on this page"))
        elif officer in self.everywhere:
            claim.items.append(Item("document", 2.0, "he is named beyond doubt in this document"))
        elif officer in self.related:
            claim.items.append(Item("family", 1.5, "he is named in a document that belongs to it"))
        elif claim.says(RARE) and (leaf.ranked or len(leaf.rare) > _COMPANY):
            claim.items.append(Item("company", 0.6, "others of the roster are near"))
        self._near(hit, claim, person)

    def _nearest(self, hit: NameHit) -> OfficerId | None:
        """Who bore this surname last on the page, unless it was somebody not on the roster."""
        told = [at for at in self.leaf.told.get(hit.key, ()) if at[0] <= hit.start]
        others = [at for at in self.leaf.namesakes.get(hit.key, ()) if at < hit.start]
        if told and (not others or told[-1][0] > others[-1]):
            return told[-1][1]
        return None

    def _near(self, hit: NameHit, claim: Claim, person: Person) -> None:
        folded = self.leaf.folded
        near = folded[max(0, hit.start - _NEAR) : hit.end + _NEAR]
        if person.unit and len(person.unit) > 3 and person.unit in near:
            claim.items.append(Item("unit", 1.5, f"his unit, {person.officer.unit}, stands near"))
        if any(date in near for date in person.dates):
            claim.items.append(Item("birth_date", 3.5, "his birth date stands near"))
        if any(email in near for email in person.emails):
            claim.items.append(Item("email_near", 3.0, "his address stands near"))
        line = folded[folded.rfind("\n", 0, hit.start) + 1 :].partition("\n")[0]
        row = {badge for badge in person.badges if _cell_is(line, badge)}
        if row and not claim.says("badge"):
            claim.items.append(Item("row", 5.0, f"his badge {min(row)} stands in its line"))
        ssn4 = person.officer.ssn4
        if ssn4 and re.search(rf"\d[\s-]?{re.escape(ssn4)}(?!\d)", near):
            claim.items.append(Item("ssn4", 2.0, "the last four digits of his number stand near"))

    def _mention(self, claim: Claim, weight: float, rivals: int) -> Mention:
        page, hit = self.leaf.page, claim
        return Mention(
            document=self.document,
            page=page.number,
            layer=page.layer,
            start=self.leaf.places[hit.start],
            end=self.leaf.places[hit.end],
            officer=claim.bearer.person.officer.id,
            form=claim.form,
            text=" ".join(page.text[hit.start : hit.end].split()),
            confidence=round(min(weight, 0.99), 3),
            evidence=" ".join(item.code for item in claim.items),
            reason=_reason(claim.items, rivals),
        )

    def _sure(self, hit: SureHit) -> Iterator[Mention]:
        """Badges and addresses: whoever bears them, unless several do."""
        claims = []
        for person, how in hit.people:
            items = _SURE_ITEMS[how](person, self, hit)
            officer = person.officer.id
            if how in ("full", "initial") and officer in self.leaf.anchors:
                items.append(Item("page", 2.0, "he is named beyond doubt on this page"))
            claims.append((person, how, items, sum(item.weight for item in items)))
        whole = 1.0 + sum(math.exp(weight) for *_, weight in claims)
        for person, how, items, weight in claims[:_MOST_CLAIMS]:
            share = math.exp(weight) / whole
            if share < _LEAST:
                continue
            page = self.leaf.page
            form = {"full": "email_like", "initial": "email_like", "column": "badge"}.get(how, how)
            yield Mention(
                self.document, page.number, page.layer,
                self.leaf.places[hit.start], self.leaf.places[hit.end], person.officer.id, form,
                page.text[hit.start : hit.end], round(min(share, 0.99), 3),
                " ".join(item.code for item in items), _reason(items, len(claims)),
            )  # fmt: skip


def _cell_is(line: str, badge: str) -> bool:
    return badge in line and any(badge_key(word) == badge for word in re.split(r"[\s,;()]+", line))


def _email(person: Person, place: Place, hit: SureHit) -> list[Item]:
    return [Item("email", 5.0, "it is his address")]


def _badge(person: Person, place: Place, hit: SureHit) -> list[Item]:
    return [Item("badge", 3.0, "it is his badge, and called a badge")]


def _column(person: Person, place: Place, hit: SureHit) -> list[Item]:
    return [Item("column", 3.0, "it is his badge, in a column of badges")]


def _full(person: Person, place: Place, hit: SureHit) -> list[Item]:
    items = [Item("local_full", 1.6, "the address is made of his first name and surname")]
    last = fold(person.officer.last)
    if last in COMMON_SURNAMES:
        items.append(Item("common", -0.6, "the surname is common"))
    return items


def _initial(person: Person, place: Place, hit: SureHit) -> list[Item]:
    return [Item("local_initial", -0.8, "the address is made of his initial and surname")]


_SURE_ITEMS = {
    "email": _email,
    "badge": _badge,
    "column": _column,
    "full": _full,
    "initial": _initial,
}


def _reason(items: Sequence[Item], rivals: int) -> str:
    """A sentence or two: what speaks for it, then what speaks against it."""
    speaking = [item for item in items if item.code != "rare"]
    pro = [item.words for item in speaking if item.weight > 0]
    con = [item.words for item in speaking if item.weight < 0]
    if rivals > 1:
        con.append(f"{rivals} of the roster may be meant")
    text = _sentence(", ".join(pro)) if pro else "The surname alone stands here."
    return f"{text} Against it: {', '.join(con)}." if con else text


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
