"""The strings that stand for people and their data in a document, for a plan of what is to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from evidencebox.analysis.folding import fold
from evidencebox.analysis.roster import split_names, split_suffix
from evidencebox.analysis.surname_lists import EVERYDAY, WORD_SURNAMES
from evidencebox.analysis.title_lists import NOT_GIVEN
from evidencebox.export.hunt import squeezed
from evidencebox.model.documents import Layer
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.redactions import FULL_REASONS, Term
from evidencebox.model.suggestions import Answer
from evidencebox.services import elements, mentions
from evidencebox.services.case import Case

ALL_ELEMENTS: Final = "all"
WORDS: Final = EVERYDAY | NOT_GIVEN | WORD_SURNAMES
_SHORTEST: Final = 3


def of_elements(
    case: Case, document: DocumentId, kinds: Sequence[str], but: OfficerId | None = None
) -> list[Term]:
    """Values of some kinds of elements, unless somebody said that they are none, or are `but`'s."""
    wanted = None if ALL_ELEMENTS in kinds else list(kinds)
    found = []
    for each in elements.listed(case, [document], kinds=wanted):
        if each.decision is Answer.DIFFERENT or (but is not None and each.officer == but):
            continue
        text = _text_at(case, document, each.page, each.layer, each.start, each.end)
        reason = FULL_REASONS.get(each.kind, each.kind.replace("_", " "))
        # A value of several lines goes line by line: on paper they need not follow each other.
        found += [Term(line, reason) for line in text.split("\n")]
    return found


def of_others(case: Case, document: DocumentId, kept: OfficerId) -> tuple[list[Term], int]:
    """Names and data of everybody else; how many strings are left since they may be his.

    Who is named anywhere in the document loses his first and last name wherever they stand, alone
    too, unless they are words of every day.
    """
    named = [m for m in mentions.listed(case, [document]) if m.decision is not Answer.DIFFERENT]
    his = {squeezed(m.text).text for m in named if m.officer == kept}
    people = case.decided.every_officer()
    if kept in people:
        his |= {squeezed(name).text for name in _names(people[kept])}
    reason = FULL_REASONS["officer"]
    terms = [Term(m.text, reason) for m in named if m.officer != kept]
    for other in {m.officer for m in named} - {kept}:
        if other in people:
            terms += [Term(name, reason) for name in sorted(_alone(people[other]))]
    left = {squeezed(t.text).text for t in terms} & his
    terms += of_elements(case, document, [ALL_ELEMENTS], kept)
    return [t for t in terms if squeezed(t.text).text not in his], len(left)


def _names(officer: Officer) -> set[str]:
    """First and last names as the roster has them, former ones and parts of double ones too."""
    lasts = {officer.last, split_suffix(officer.last)[0], *split_names(officer.former_names)}
    for alias in split_names(officer.aliases):
        last, comma, first = alias.partition(",")
        lasts |= {last.strip(), first.strip()} if comma else {alias, *alias.split()}
    parts = {part for last in lasts for part in last.replace("-", " ").split()}
    return {name for name in (officer.first, *officer.first.split(), *lasts, *parts) if name}


def _alone(officer: Officer) -> Iterator[str]:
    """Those of his names that are told from words where they stand alone."""
    addresses = split_names(officer.email)
    for name in _names(officer):
        if len(name.strip(".")) >= _SHORTEST and fold(name) not in WORDS:
            yield name
    yield from addresses
    yield from (local for a in addresses if len(local := a.partition("@")[0]) >= 2 * _SHORTEST)


def once(terms: Sequence[Term]) -> Iterator[Term]:
    """Longer strings first, so that a box covers the whole of a name; none twice."""
    seen = set[str]()
    for term in sorted(terms, key=lambda t: (-len(t.text), t.text)):
        key = squeezed(term.text).text
        if key and key not in seen:
            seen.add(key)
            yield term


def _text_at(
    case: Case, document: DocumentId, page: int, layer: Layer, start: int, end: int
) -> str:
    found = case.index.page(document, page, layer)
    return found.text[start:end] if found is not None else ""
