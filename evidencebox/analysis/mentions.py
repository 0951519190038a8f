"""Finds who of a roster is named in a document, how sure that is, and why. Pure.

Each page is passed over once for everything the roster knows (`hits`). Then every surname is read
with what stands around it (`context`), each of its bearers makes a claim (`evidence`), and claims
are weighed against each other: who was named beyond doubt on a page speaks for the short forms
there. Two people whom nothing tells apart both stay doubtful.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from evidencebox.analysis import evidence
from evidencebox.analysis.context import left_of, right_of
from evidencebox.analysis.evidence import OTHER_GIVEN, RARE, Claim, Item, Reading
from evidencebox.analysis.folding import composed, fold
from evidencebox.analysis.hits import NameHit, PageHits, SureHit, hits_on
from evidencebox.analysis.name_lists import (
    CIVIL_TITLES,
    COMMON_SURNAMES,
    EVERYDAY,
    NOT_GIVEN,
    PLACES_AFTER,
    RANKS,
    WORD_SURNAMES,
)
from evidencebox.analysis.roster import Bearer, Person, Roster, badge_key
from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import Mention

SURE = 2.0
"""The weight from which a claim helps others on its page."""

_CLEAR = 3.5
"""The weight from which nothing more is looked for."""

_NO_NAMES = WORD_SURNAMES | NOT_GIVEN | PLACES_AFTER | CIVIL_TITLES | frozenset(RANKS)
_LEAST = 0.02
_LEAST_OF_ALL = 0.15
_MOST_CLAIMS = 6
_COMPANY = 3
"""A rare surname in the company of so many others of the roster is likely not there by chance."""
_NEAR = 200
_BADGE_NEAR = re.compile(
    r"(?:(?:badge|shield|star|id)\s*(?:no\.?|number|num\.?)?[\s#:]*|#\s?|\()([a-z]{0,3}-?\d{2,8})\b"
)
_BETWEEN = re.compile(r"[\s,.()'\w-]*")
_UNKNOWN = re.compile(
    r"[. \t]{1,3}((?:[A-Z][a-z'’]+|[A-Z])\.? ){0,2}([A-Z][a-z]+(?:['’-]?[A-Z]?[a-z]+)+)"
    r"(?:[, (]{1,3}(?:badge|Badge|shield|#) ?(?:no\.?)? ?#?(\w{2,8}))?"
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Somebody with a rank whose surname is on no roster. `name` as it is written."""

    page: int
    name: str
    rank: str
    badge: str


@dataclass(slots=True)
class Found:
    """Of one document, in the order of pages and places."""

    mentions: list[Mention] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


@dataclass(slots=True)
class _Leaf:
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


def find(
    roster: Roster,
    document: DocumentId,
    pages: Iterable[Page],
    related: Collection[OfficerId] = (),
) -> Found:
    """The mentions of one document.

    `related`: officers who are named beyond doubt elsewhere in its family or thread.
    """
    leaves = [_leaf(roster, page) for page in pages]
    if not any(leaf.hits.names or leaf.hits.sure or leaf.hits.ranks for leaf in leaves):
        return Found()
    small = Counter(
        hit.key for leaf in leaves for hit in leaf.hits.names if leaf.page.text[hit.start].islower()
    )
    for leaf in leaves:
        _read(roster, leaf, small)
    for leaf in leaves:
        _anchor(leaf)
    everywhere = {officer for leaf in leaves for officer in leaf.anchors}
    found = Found()
    for leaf in leaves:
        place = _Place(document, leaf, everywhere, frozenset(related))
        mentions = list(place.mentions())
        mentions.sort(key=lambda m: (m.start, -m.confidence, m.officer))
        found.mentions += mentions
        found.unknown += _unknown(roster, leaf)
    return found


def _leaf(roster: Roster, page: Page) -> _Leaf:
    text, places = composed(page.text)
    folded = fold(text)
    hits = hits_on(roster, text, folded, misread=page.layer is Layer.OCR)
    return _Leaf(replace(page, text=text), folded, hits, places)


# --- reading ------------------------------------------------------------------------------------


def _read(roster: Roster, leaf: _Leaf, small: Counter[str]) -> None:
    text, folded = leaf.page.text, leaf.folded
    misread = leaf.page.layer is Layer.OCR
    names = leaf.hits.names
    for number, hit in enumerate(names):
        if text[hit.start].islower() and not _worth(folded, hit):
            continue
        left, right = left_of(text, folded, hit.start), right_of(text, folded, hit.end)
        reading = Reading(text, hit, left, right, text[hit.start : hit.end])
        shared = evidence.surname_items(reading, misread, small[hit.key])
        bearers = _in_question(reading)
        claims = [evidence.claim(roster, reading, bearer) for bearer in bearers]
        limit = names[number + 1].start if number + 1 < len(names) else len(text)
        badge = _badge_beside(folded, hit, limit)
        for claim in claims:
            claim.items[:0] = shared
            if badge:
                _weigh_badge(claim, badge)
        leaf.names.append((reading, claims))


def _in_question(reading: Reading) -> Sequence[Bearer]:
    """The bearers that the given names beside a surname speak of; all, where they speak of none."""
    bearers = reading.hit.bearers
    if len(bearers) == 1:
        return bearers
    names = {name.text for name in reading.left.names}
    names.update(name.text for name in reading.right.names[:1])
    if not names:
        return bearers
    return [b for b in bearers if not names.isdisjoint(b.person.given)] or bearers


def _worth(folded: str, hit: NameHit) -> bool:
    """Whether a surname in small letters may be one: not `will` but in `angela will`."""
    if hit.key not in WORD_SURNAMES and hit.key not in EVERYDAY and len(hit.key) > 3:
        return True
    words = folded[max(0, hit.start - 24) : hit.start].split()
    return bool(words) and any(words[-1] in bearer.person.given for bearer in hit.bearers)


def _badge_beside(folded: str, hit: NameHit, limit: int) -> str:
    """The badge that follows a name: `(#4471)`, `, badge 4471`."""
    match = _BADGE_NEAR.search(folded, hit.end, min(hit.end + 60, limit, len(folded)))
    if match is None:
        return ""
    between = folded[hit.end : match.start()]
    if len(between) > 36 or between.count("\n") > 1 or not _BETWEEN.fullmatch(between):
        return ""
    return badge_key(match[1])


def _weigh_badge(claim: Claim, badge: str) -> None:
    own = claim.bearer.person.badges
    if badge in own:
        claim.items.append(
            Item("badge", 6.0, f"his badge {claim.bearer.person.officer.badge} follows")
        )
    elif own:
        claim.items.append(Item("other_badge", -5.0, "another badge follows"))


def _anchor(leaf: _Leaf) -> None:
    """Who is named beyond doubt on a page, and which others bear an officer's surname."""
    for hit in leaf.hits.sure:
        if len(hit.people) == 1 and hit.people[0][1] in ("email", "badge", "column"):
            leaf.anchors.add(hit.people[0][0].officer.id)
    for reading, claims in leaf.names:
        weights = _shares(claims)
        best = max(range(len(claims)), key=weights.__getitem__)
        claim, key = claims[best], reading.hit.key
        if weights[best] > 0.8 and claim.weight >= SURE:
            leaf.anchors.add(claim.bearer.person.officer.id)
            leaf.ranked = leaf.ranked or claim.says("rank")
            leaf.told[key].append((reading.hit.start, claim.bearer.person.officer.id))
        elif all(claim.says(OTHER_GIVEN) for claim in claims):
            leaf.namesakes[key].append(reading.hit.start)
        if claim.says(RARE) and not reading.hit.slip and reading.written[:1].isupper():
            leaf.rare.add(key)


def _shares(claims: Sequence[Claim]) -> list[float]:
    """Each claim's probability beside the others and beside nobody of the roster."""
    odds = [math.exp(min(30.0, claim.weight)) for claim in claims]
    whole = 1.0 + sum(odds)
    return [each / whole for each in odds]


# --- weighing -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Place:
    """A page among the document's others, with all that was found there."""

    document: DocumentId
    leaf: _Leaf
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
        weights = _shares(claims)
        if max(claim.weight for claim in claims) < _CLEAR or max(weights) < 0.9:
            for claim in claims:
                self._support(reading, claim)
            weights = _shares(claims)
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


def _email(person: Person, place: _Place, hit: SureHit) -> list[Item]:
    return [Item("email", 5.0, "it is his address")]


def _badge(person: Person, place: _Place, hit: SureHit) -> list[Item]:
    return [Item("badge", 3.0, "it is his badge, and called a badge")]


def _column(person: Person, place: _Place, hit: SureHit) -> list[Item]:
    return [Item("column", 3.0, "it is his badge, in a column of badges")]


def _full(person: Person, place: _Place, hit: SureHit) -> list[Item]:
    items = [Item("local_full", 1.6, "the address is made of his first name and surname")]
    last = fold(person.officer.last)
    if last in COMMON_SURNAMES:
        items.append(Item("common", -0.6, "the surname is common"))
    return items


def _initial(person: Person, place: _Place, hit: SureHit) -> list[Item]:
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


def _unknown(roster: Roster, leaf: _Leaf) -> Iterator[Unknown]:
    """Rank and name, where the surname is not the roster's."""
    text, seen = leaf.page.text, set()
    for start, end in leaf.hits.ranks:
        match = _UNKNOWN.match(text, end)
        if match is None or not text[start:end].strip()[:1].isupper():
            continue
        words = [word.strip(".") for word in match[0][: match.end(2) - end].split()]
        words = [word for word in words if word]
        folds = [fold(word) for word in words]
        if folds[-1] in roster.surnames or any(word in _NO_NAMES for word in folds):
            continue
        named = len(words) > 1 and (len(folds[0]) == 1 or folds[0] in roster.given)
        if (
            (len(words) > 1 and not named)
            or roster.slips.of(folds[-1])
            or folds[-1] in roster.given
        ):
            continue
        name = " ".join(words)
        if name not in seen:
            seen.add(name)
            yield Unknown(leaf.page.number, name, text[start:end].strip(" ."), match[3] or "")
