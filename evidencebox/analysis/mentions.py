"""Finds who of a roster is named in a document, how sure that is, and why. Pure.

Each page is passed over once for everything the roster knows (`hits`). Then every surname is read
with what stands around it (`context`), each of its bearers makes a claim (`evidence`), and claims
are weighed against each other: who was named beyond doubt on a page speaks for the short forms
there. Two people whom nothing tells apart both stay doubtful.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from evidencebox.analysis import evidence
from evidencebox.analysis.claims import OTHER_GIVEN, RARE, Claim, Item, Reading
from evidencebox.analysis.context import left_of, right_of
from evidencebox.analysis.folding import composed, fold
from evidencebox.analysis.hits import NameHit, hits_on
from evidencebox.analysis.roster import Bearer, Roster, badge_key
from evidencebox.analysis.surname_lists import EVERYDAY, WORD_SURNAMES
from evidencebox.analysis.title_lists import CIVIL_TITLES, NOT_GIVEN, PLACES_AFTER, RANKS
from evidencebox.analysis.weighing import Leaf, Place, shares
from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import Mention

SURE = 2.0
"""The weight from which a claim helps others on its page."""

_NO_NAMES = WORD_SURNAMES | NOT_GIVEN | PLACES_AFTER | CIVIL_TITLES | frozenset(RANKS)
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
        place = Place(document, leaf, everywhere, frozenset(related))
        mentions = list(place.mentions())
        mentions.sort(key=lambda m: (m.start, -m.confidence, m.officer))
        found.mentions += mentions
        found.unknown += _unknown(roster, leaf)
    return found


def _leaf(roster: Roster, page: Page) -> Leaf:
    text, places = composed(page.text)
    folded = fold(text)
    hits = hits_on(roster, text, folded, misread=page.layer is Layer.OCR)
    return Leaf(replace(page, text=text), folded, hits, places)


# --- reading ------------------------------------------------------------------------------------


def _read(roster: Roster, leaf: Leaf, small: Counter[str]) -> None:
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


def _anchor(leaf: Leaf) -> None:
    """Who is named beyond doubt on a page, and which others bear an officer's surname."""
    for hit in leaf.hits.sure:
        if len(hit.people) == 1 and hit.people[0][1] in ("email", "badge", "column"):
            leaf.anchors.add(hit.people[0][0].officer.id)
    for reading, claims in leaf.names:
        weights = shares(claims)
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


def _unknown(roster: Roster, leaf: Leaf) -> Iterator[Unknown]:
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
