"""The case in figures for dashboards: the matrix with its levels, charts, an officer's page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

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
from evidencebox.services import facets, mentions, officers, seals
from evidencebox.services.case import Case
from evidencebox.services.matrix import MatrixRow, matrix
from evidencebox.services.query_list import officer_query

_MOST_FOLDERS = 12
_MOST_SUGGESTED = 200
_CATEGORY_OF = {
    **dict.fromkeys(("ssn", "itin", "tin", "driver_license", "passport", "birth_date"), "identity"),
    **dict.fromkeys(("bank_account", "card", "credit", "salary", "debt"), "finances"),
    **dict.fromkeys(("phone", "email"), "contact"),
    "credential": "credentials",
}
"""Kinds of elements whose category has another name."""
_PRIVATE = {"birth_date", "ssn4", "contact"}
"""Of the roster's facts those that a screen need not show to tell people apart."""


def exposure(case: Case) -> Exposure:
    """A row for every member of the roster, by name; empty without a roster."""
    if not case.decided.officers():
        return Exposure((), ())
    members = matrix(case)
    tags: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        tags[tag.officer].append(tag)
    asked = _names(member.officer for member in members)
    rows = tuple(_row(m, tags[m.officer.id], asked[m.officer.id]) for m in members)
    found = {category for row in rows for category in row.cells}
    return Exposure(rows, tuple(name for name in CATEGORIES if name in found))


def _names(people: Iterable[Officer]) -> dict[OfficerId, str]:
    """What a query calls each: the badge where it is one person's, else the id."""
    people = list(people)
    badges = Counter(officer.badge for officer in people)
    return {o.id: o.badge if o.badge and badges[o.badge] == 1 else o.id for o in people}


def _row(member: MatrixRow, tags: list[Tag], asked: str) -> ExposureRow:
    query = facets.said("officer", asked)
    found: dict[str, set[DocumentId]] = defaultdict(set)
    worst: dict[str, Harm] = {}
    for tag in tags:
        for category in tag.categories:
            found[category].add(tag.anchor.document)
            worst[category] = max(tag.harm, worst.get(category, Harm.NONE))
    suggested: dict[str, int] = {}
    for kind, total in member.exposed.items():
        category = _CATEGORY_OF.get(kind, kind)
        # Kinds of one category may stand in the same documents; no sum would be true.
        suggested[category] = max(total.documents, suggested.get(category, 0))
    cells = {
        name: Cell(
            len(found.get(name, ())),
            worst.get(name),
            f"{query} category:{name}",
            suggested.get(name, 0),
        )
        for name in {*found, *suggested}
    }
    return ExposureRow(
        member.officer,
        cells,
        member.documents,
        member.worst,
        member.named,
        member.disposition,
        query,
        officer_query(member.officer),
    )


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
    tags = [tag for tag in case.decided.tags() if tag.officer == who.id]
    done = {tag.anchor.document for tag in tags}
    waiting: dict[DocumentId, Exposed] = {}
    named: set[DocumentId] = set()
    for mention in mentions.listed(case, officer=who.id):
        document = mention.document
        if mention.decision is None and document not in done:
            named.add(document)
            if len(waiting) < _MOST_SUGGESTED and document not in waiting:
                short = short_id(document)
                waiting[document] = Exposed(document, short, "", mention.page, None, mention.reason)
    names = _document_names(case, [*done, *waiting])
    members = {member.officer.id: member for member in matrix(case)}
    row = _row(members[who.id], tags, _names(m.officer for m in members.values())[who.id])
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
        suggested=tuple(_suggested(e, names) for e in waiting.values()),
        more=len(named) - len(waiting),
        query=row.query,
        named_query=row.named_query,
    )


def _suggested(exposed: Exposed, names: Mapping[DocumentId, str]) -> Exposed:
    name = names.get(exposed.document, "")
    # Why somebody is named quotes the page.
    words = seals.COVERED if name == seals.NAME else exposed.words
    return replace(exposed, name=name, words=words)


def _exposed(tag: Tag, names: Mapping[DocumentId, str], reviewers: Mapping[str, str]) -> Exposed:
    document = tag.anchor.document
    words = ", ".join(CATEGORIES.get(name, name) for name in tag.categories)
    who = reviewers.get(tag.author, "")
    return Exposed(
        document, short_id(document), names.get(document, ""), tag.anchor.page, tag.harm, words,
        tag.note, who,
    )  # fmt: skip


def _document_names(case: Case, documents: list[DocumentId]) -> dict[DocumentId, str]:
    sealed = seals.covered(case, documents)
    names = {
        record.sha256: (record.type is DocumentType.MAIL and record.title) or record.name
        for record in case.catalogue.records(documents)
        if record.sha256 is not None
    }
    return names | dict.fromkeys(names.keys() & sealed.keys(), seals.NAME)


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
