"""Which documents may name an officer, by the index alone: few, and none that does is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidencebox.analysis.folding import fold
from evidencebox.analysis.roster import Roster
from evidencebox.analysis.title_lists import RANKS
from evidencebox.errors import QueryError
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.services.case import Case
from evidencebox.services.search import search

MANY = 3_000
"""Documents with a surname beyond which something of the person has to stand there as well."""


def may_name(case: Case, officer: Officer) -> set[DocumentId]:
    """Documents with his surname, badge or address; of a surname that is a word, with support.

    A form misread by a scan is found where the index knows a word one letter off.
    """
    found: set[DocumentId] = set()
    roster = Roster([officer])
    for name in sorted(roster.surnames):
        documents = _documents(case, [_term(name)])
        if len(documents) > MANY:
            documents &= _documents(case, _support(roster))
        found |= documents
        if name.isascii() and name.isalpha() and len(name) >= 6:
            found |= _documents(case, [f"{name}~"])
    numbers = [f'"{sign} {badge}"' for badge in roster.badges for sign in ("badge", "shield")]
    numbers += [f'"{badge}"' for badge in roster.badges if len(badge) > 2]
    return found | _documents(case, [*numbers, *(_term(email) for email in roster.emails)])


def _support(roster: Roster) -> list[str]:
    """Any one of these has to be near for a surname that is a word to count."""
    person = roster.people[0]
    terms = {_term(name) for name in person.given}
    terms |= {f'"{badge}"' for badge in person.badges}
    terms |= {_term(email) for email in person.emails}
    ranks = {word for word, rank in RANKS.items() if rank == person.rank or not person.rank}
    return sorted(terms | {_term(word) for word in ranks})


def _term(text: str) -> str:
    return '"' + fold(text).replace('"', " ").strip() + '"'


def _documents(case: Case, terms: Iterable[str]) -> set[DocumentId]:
    found: set[DocumentId] = set()
    for query in _queries(list(terms)):
        try:
            found.update(search(case, query).documents)
        except QueryError:
            continue  # a term of signs alone, such as "?", stands in no document
    return found


def _queries(terms: list[str]) -> Iterator[str]:
    for start in range(0, len(terms), 20):
        part = [term for term in terms[start : start + 20] if any(c.isalnum() for c in term)]
        if part:
            yield " OR ".join(part)
