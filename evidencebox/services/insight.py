"""The case in figures for dashboards: the matrix with its levels, charts, an officer's page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from evidencebox.model.documents import DocumentType
from evidencebox.model.exposure import (
    Bar,
    Cell,
    Exposed,
    Exposure,
    ExposureRow,
    OfficerPage,
    Overview,
    Stack,
)
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.ledger import Kind
from evidencebox.model.people import OFFICER_FIELDS, Officer
from evidencebox.model.review import Tag
from evidencebox.model.words import counted
from evidencebox.services import facets, mentions, officers
from evidencebox.services.case import Case
from evidencebox.services.query_list import officer_query

_MOST_FOLDERS = 12
_MOST_SUGGESTED = 200
_PRIVATE = {"birth_date", "ssn4", "contact"}
"""Of the roster's facts those that a screen need not show to tell people apart."""


def exposure(case: Case) -> Exposure:
    """A row for every member of the roster, by name; empty without a roster."""
    tags: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        tags[tag.officer].append(tag)
    named: dict[OfficerId, set[DocumentId]] = defaultdict(set)
    for mention in mentions.listed(case):
        if mention.decision is None:
            named[mention.officer].add(mention.document)
    reviewed = case.decided.reviewed()
    people = sorted(case.decided.officers(), key=lambda o: (o.last, o.first, o.badge))
    asked = _names(people)
    rows = tuple(_row(o, tags[o.id], named[o.id], reviewed, asked[o.id]) for o in people)
    found = {category for row in rows for category in row.cells}
    return Exposure(rows, tuple(name for name in CATEGORIES if name in found))


def _names(people: Iterable[Officer]) -> dict[OfficerId, str]:
    """What a query calls each: the badge where it is one person's, else the id."""
    people = list(people)
    badges = Counter(officer.badge for officer in people)
    return {o.id: o.badge if o.badge and badges[o.badge] == 1 else o.id for o in people}


def _row(
    officer: Officer,
    tags: list[Tag],
    named: set[DocumentId],
    reviewed: set[DocumentId],
    asked: str,
) -> ExposureRow:
    query = facets.said("officer", asked)
    found: dict[str, set[DocumentId]] = defaultdict(set)
    worst: dict[str, Harm] = {}
    for tag in tags:
        for category in tag.categories:
            found[category].add(tag.anchor.document)
            worst[category] = max(tag.harm, worst.get(category, Harm.NONE))
    cells = {
        name: Cell(len(found[name]), worst[name], f"{query} category:{name}") for name in found
    }
    documents = {tag.anchor.document for tag in tags}
    level = max((tag.harm for tag in tags), default=None)
    waiting = named - documents
    words = _disposition(level, waiting, reviewed)
    return ExposureRow(
        officer,
        cells,
        len(documents),
        level,
        len(waiting),
        words,
        query,
        officer_query(officer),
    )


def _disposition(level: Harm | None, named: set[DocumentId], reviewed: set[DocumentId]) -> str:
    """What was decided or found; never empty, for any member."""
    if level is not None:
        return f"tagged, worst {int(level)} {level.word}"
    unseen = len(named - reviewed)
    if unseen:
        return f"named in {counted(len(named), 'document')}, {unseen:,} not reviewed"
    if named:
        return f"named in {counted(len(named), 'document')}, all reviewed, nothing tagged"
    return "searched, nothing found"


def overview(case: Case) -> Overview:
    """The charts' figures."""
    tags = case.decided.tags()
    by_name = {f.name: f.values for f in facets.facets(case, "", ("Type", "Folder"))}
    statuses: Counter[str] = Counter()
    for counts in case.catalogue.by_status().values():
        statuses.update(counts)
    roots = [value for value in by_name.get("Folder", ()) if value.depth == 0]
    categories: dict[str, set[DocumentId]] = defaultdict(set)
    for tag in tags:
        for category in tag.categories:
            categories[category].add(tag.anchor.document)
    return Overview(
        documents=case.catalogue.count(),
        reviewed=len(case.decided.reviewed()),
        failures=case.catalogue.failure_count(),
        categories=tuple(
            Bar(name, len(categories[name]), f"category:{name}")
            for name in CATEGORIES
            if name in categories
        ),
        types=tuple(Bar(v.label, v.count, v.clause) for v in by_name.get("Type", ())),
        folders=tuple(Bar(v.label, v.count, v.clause) for v in roots[:_MOST_FOLDERS]),
        statuses=tuple(
            Bar(name, count, f"is:{name}") for name, count in statuses.most_common() if count
        ),
        over_time=_over_time(case, tags),
        per_day=_per_day(case),
    )


def _over_time(case: Case, tags: Iterable[Tag]) -> tuple[Stack, ...]:
    """Years of the tagged documents, none between left out; the undated last."""
    worst: dict[DocumentId, Harm] = {}
    for tag in tags:
        document = tag.anchor.document
        worst[document] = max(tag.harm, worst.get(document, Harm.NONE))
    years: dict[str, Counter[Harm]] = defaultdict(Counter)
    for record in case.catalogue.records(list(worst)):
        if record.sha256 is not None:
            years[(record.date or "")[:4]][worst[record.sha256]] += 1
    known = sorted(year for year in years if year.isdigit())
    every = [str(n) for n in range(int(known[0]), int(known[-1]) + 1)] if known else []
    tagged = "harm:>=0"
    made = [Stack(year, dict(years.get(year, {})), f"{tagged} date:{year}") for year in every]
    if "" in years:
        made.append(Stack("No date", dict(years[""]), f"{tagged} NOT date:>=0001"))
    return tuple(made)


def _per_day(case: Case) -> tuple[Bar, ...]:
    days: dict[str, set[str]] = defaultdict(set)
    for act, _ in case.decided.acts_of([Kind.REVIEWED]):
        days[act.utc[:10]].update(str(target.get("document", "")) for target in act.targets)
    return tuple(Bar(day, len(days[day])) for day in sorted(days))


def officer_page(case: Case, officer: OfficerId) -> OfficerPage:
    """One officer. Raises UserError where nobody has that id."""
    who = officers.one(case, officer)
    every = _names(case.decided.officers())
    tags = [tag for tag in case.decided.tags() if tag.officer == who.id]
    done = {tag.anchor.document for tag in tags}
    waiting: dict[DocumentId, Exposed] = {}
    named: set[DocumentId] = set()
    for mention in mentions.listed(case, officer=who.id):
        if mention.decision is None and mention.document not in done:
            named.add(mention.document)
            if len(waiting) < _MOST_SUGGESTED and mention.document not in waiting:
                waiting[mention.document] = Exposed(
                    mention.document, short_id(mention.document), "", mention.page, None,
                    mention.reason,
                )  # fmt: skip
    names = _document_names(case, [*done, *waiting])
    row = _row(who, tags, named, case.decided.reviewed(), every.get(who.id, who.id))
    reviewers = case.decided.reviewers()
    tagged = sorted(tags, key=lambda tag: (-tag.harm, tag.anchor.document, tag.anchor.page or 0))
    return OfficerPage(
        officer=who,
        facts=tuple(
            (name, getattr(who, name))
            for name in OFFICER_FIELDS
            if name not in _PRIVATE and getattr(who, name)
        ),
        disposition=row.disposition,
        tagged=tuple(_exposed(tag, names, reviewers) for tag in tagged),
        suggested=tuple(
            Exposed(e.document, e.id, names.get(e.document, ""), e.page, None, e.words)
            for e in waiting.values()
        ),
        more=len(named) - len(waiting),
        query=row.query,
        named_query=row.named_query,
    )


def _exposed(tag: Tag, names: Mapping[DocumentId, str], reviewers: Mapping[str, str]) -> Exposed:
    document = tag.anchor.document
    words = ", ".join(CATEGORIES.get(name, name) for name in tag.categories)
    who = reviewers.get(tag.author, "")
    return Exposed(
        document, short_id(document), names.get(document, ""), tag.anchor.page, tag.harm, words,
        tag.note, who,
    )  # fmt: skip


def _document_names(case: Case, documents: list[DocumentId]) -> dict[DocumentId, str]:
    return {
        record.sha256: (record.type is DocumentType.MAIL and record.title) or record.name
        for record in case.catalogue.records(documents)
        if record.sha256 is not None
    }


class Insight:
    """The figures of one open case, for the window."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def exposure(self) -> Exposure:
        return exposure(self._case)

    def overview(self) -> Overview:
        return overview(self._case)

    def officer(self, officer: OfficerId) -> OfficerPage:
        return officer_page(self._case, officer)
