"""What a search's documents are made of: counts, each with the clause that narrows to it.

A count is what the search with that clause added would find: both come from one evaluation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import TypeVar

from evidencebox.index import search as engine
from evidencebox.index.plan import Between
from evidencebox.index.tally import Tally
from evidencebox.model.documents import TYPE_WORDS, DocumentType, Status
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.model.review import Tag
from evidencebox.model.views import DATE, Facet, FacetValue
from evidencebox.services.case import Case
from evidencebox.services.date_buckets import buckets
from evidencebox.services.querying import understood
from evidencebox.services.search import plain, resolve
from evidencebox.services.settings import time_zone

MOST_VALUES = 500
"""Of one facet: those with most documents; a long tail is for a query."""
_T = TypeVar("_T")
_QUOTES = re.compile(r"[\"“”„]")
_UNQUOTABLE = re.compile(r"[\s()\"“”„]")
_BANDS = ("1B", "10kB", "100kB", "1MB", "10MB", "100MB")
_BAND_WORDS = ("Empty", "Up to 10 kB", "10 to 100 kB", "100 kB to 1 MB", "1 to 10 MB",
               "10 to 100 MB", "100 MB and more")  # fmt: skip
_FEATURES = {
    "has:attachment": "Has attachments",
    "has:ocr": "Has recognised text",
    "is:child": "Inside another",
    "is:duplicate": "In several places",
    "is:mismatch": "Not what its name says",
    "is:hidden": "Has hidden parts",
    "is:protected": "Protected",
    "is:truncated": "Cut off",
}


def facets(case: Case, query: str, only: Collection[str] = ()) -> list[Facet]:
    """The facets of a query's documents, or `only` those named, in the order of the left pane.

    Raises QueryError.
    """
    decided = _Decided(case)
    with engine.tally(case.index, understood(case, query), partial(resolve, case)) as tally:
        counts = _Counts(case, tally, decided)
        return [
            Facet(name, values(counts))
            for name, values in FACETS.items()
            if not only or name in only
        ]


class _Decided:
    """What people decided, read once, before the index is: the two are held one after another."""

    def __init__(self, case: Case) -> None:
        decided = case.decided
        self.tags = decided.tags()
        self.reviewed = decided.reviewed()
        self.labels = decided.labels()
        self.people = {officer.id: officer for officer in decided.officers()}
        self.reviewers = decided.reviewers()

    def by(self, key: Callable[[Tag], Iterable[_T]]) -> dict[_T, set[DocumentId]]:
        """The documents of tags, by something about the tag."""
        found: dict[_T, set[DocumentId]] = defaultdict(set)
        for tag in self.tags:
            for each in key(tag):
                found[each].add(tag.anchor.document)
        return found

    def officer(self, tag: Tag) -> list[Officer]:
        return [self.people[tag.officer]] if tag.officer in self.people else []


class _Counts:
    """The values of each facet."""

    def __init__(self, case: Case, tally: Tally, decided: _Decided) -> None:
        self._case, self._tally, self._decided = case, tally, decided

    def review(self) -> tuple[FacetValue, ...]:
        done = self._tally.within(self._decided.reviewed)
        return (
            FacetValue("NOT is:reviewed", "To do", self._tally.total - done),
            FacetValue("is:reviewed", "Reviewed", done),
        )

    def harm(self) -> tuple[FacetValue, ...]:
        by_harm = self._decided.by(lambda tag: [tag.harm])
        return tuple(
            FacetValue(f"harm:{int(harm)}", harm.word, self._tally.within(by_harm[harm]))
            for harm in Harm
        )

    def officers(self) -> tuple[FacetValue, ...]:
        found = self._decided.by(self._decided.officer)
        badges = Counter(officer.badge for officer in self._decided.people.values())
        one = {o: o.badge if o.badge and badges[o.badge] == 1 else o.id for o in found}
        return self._sets((said("officer", one[o]), o.name, found[o]) for o in found)

    def categories(self) -> tuple[FacetValue, ...]:
        found = self._decided.by(lambda tag: tag.categories)
        return self._sets(
            (f"category:{name}", name.replace("_", " ").capitalize(), found[name]) for name in found
        )

    def labels(self) -> tuple[FacetValue, ...]:
        found: dict[str, set[DocumentId]] = defaultdict(set)
        for document, labels in self._decided.labels.items():
            for label in labels:
                found[label].add(document)
        return self._sets((said("label", name), name, found[name]) for name in found)

    def reviewers(self) -> tuple[FacetValue, ...]:
        """`reviewer:` finds a part of a name too, so Ann's documents are also those of Anna."""
        names = self._decided.reviewers
        folded = {author: plain(name) for author, name in names.items()}
        found = self._decided.by(
            lambda tag: [n for n in names.values() if plain(n) in folded.get(tag.author, "")]
        )
        return self._sets((said("reviewer", name), name, found[name]) for name in found)

    def types(self) -> tuple[FacetValue, ...]:
        """All types the case has, those with no hit too: a zero is an answer."""
        every = self._case.catalogue.by_status()
        within = self._tally.keyword("type")
        most_first = sorted(every, key=lambda kind: (-sum(every[kind].values()), kind))
        return tuple(
            FacetValue(f"type:{kind}", TYPE_WORDS[DocumentType(kind)], within.get(kind, 0))
            for kind in most_first
        )

    def statuses(self) -> tuple[FacetValue, ...]:
        within = self._tally.keyword("is")
        return tuple(
            FacetValue(f"is:{status.value}", status.value.capitalize(), within[status.value])
            for status in Status
            if status.value in within
        )

    def features(self) -> tuple[FacetValue, ...]:
        within = {f: self._tally.keyword(f) for f in ("has", "is")}
        counts = {c: within[c.partition(":")[0]].get(c.partition(":")[2], 0) for c in _FEATURES}
        return tuple(FacetValue(c, words, counts[c]) for c, words in _FEATURES.items() if counts[c])

    def keyword(self, field: str) -> tuple[FacetValue, ...]:
        return _most_first(
            FacetValue(clause(field, value), value, count)
            for value, count in self._tally.keyword(field).items()
        )

    def folders(self) -> tuple[FacetValue, ...]:
        """A tree in its order; each folder's count has those below it with it."""
        counts = self._tally.keyword("folder")
        most = sorted(counts, key=lambda path: (path.count("/"), -counts[path], path))[:MOST_VALUES]
        return tuple(
            FacetValue(
                clause("folder", path), path.rsplit("/", 1)[-1], counts[path], path.count("/")
            )
            for path in sorted(most, key=lambda path: path.split("/"))
        )

    def dates(self) -> tuple[FacetValue, ...]:
        span = self._tally.span("dates")
        values = []
        if span is not None:
            days = buckets(*span, time_zone(self._case))
            marks = [(mark, _first_and_after(self._case, f"date:{mark}")) for mark in days]
            edges = [low for _, (low, _) in marks] + [marks[-1][1][1]]
            counts = self._tally.between("dates", edges)
            values = [
                FacetValue(f"date:{mark}", mark, count)
                for (mark, _), count in zip(marks, counts, strict=True)
            ]
        undated = self._tally.without("dates")
        return (*values, *([FacetValue(UNDATED, "No date", undated)] if undated else []))

    def sizes(self) -> tuple[FacetValue, ...]:
        edges = [0, *(_first_and_after(self._case, f"size:{band}")[0] for band in _BANDS), 1 << 62]
        counts = self._tally.between("sizes", edges)
        clauses = [
            f"size:<{_BANDS[0]}",
            *(f"size:>={low} size:<{high}" for low, high in pairwise(_BANDS)),
            f"size:>={_BANDS[-1]}",
        ]
        return tuple(map(FacetValue, clauses, _BAND_WORDS, counts))

    def _sets(self, sets: Iterable[tuple[str, str, set[DocumentId]]]) -> tuple[FacetValue, ...]:
        return _most_first(FacetValue(c, name, self._tally.within(d)) for c, name, d in sets)


UNDATED = "NOT date:>=0001"
FACETS: dict[str, Callable[[_Counts], tuple[FacetValue, ...]]] = {
    "Review": _Counts.review,
    "Harm": _Counts.harm,
    "Officer": _Counts.officers,
    "Category": _Counts.categories,
    "Label": _Counts.labels,
    "Reviewer": _Counts.reviewers,
    DATE: _Counts.dates,
    "Type": _Counts.types,
    "Folder": _Counts.folders,
    "Custodian": lambda counts: counts.keyword("custodian"),
    "Sender’s domain": lambda counts: counts.keyword("domain"),
    "Correspondent": lambda counts: counts.keyword("correspondent"),
    "Language": lambda counts: counts.keyword("language"),
    "Size": _Counts.sizes,
    "Reading": _Counts.statuses,
    "Features": _Counts.features,
}
"""Every facet by its name."""


def _most_first(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(
        sorted(values, key=lambda v: (-v.count, v.label.casefold(), v.clause))[:MOST_VALUES]
    )


def _first_and_after(case: Case, query: str) -> tuple[int, int]:
    """What the language itself takes a date or size for, so that counts and searches agree."""
    node = understood(case, query).node
    assert isinstance(node, Between)
    assert node.low is not None
    assert node.high is not None
    return node.low, node.high


def clause(field: str, value: str) -> str:
    """A clause for a whole value; what cannot stand in quotes becomes `?`, any one character."""
    if not _QUOTES.search(value):
        return f'{field}:"{value}"'
    return f"{field}:{_UNQUOTABLE.sub('?', value)}"


def said(field: str, value: str) -> str:
    """A clause for what people wrote, of which the ledger's fields read quotation marks as `'`."""
    plain_quotes = _QUOTES.sub("'", value)
    return f'{field}:"{plain_quotes}"'


def lines(found: Iterable[Facet]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Facets as `search --facets --json` has them."""
    for facet in found:
        yield (
            facet.name,
            [{"value": v.label, "clause": v.clause, "count": v.count} for v in facet.values],
        )
