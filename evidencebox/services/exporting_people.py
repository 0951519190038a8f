"""Lists about people: persons and exposures for notices, tags. Each at three levels of detail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidencebox.export.tables import Cell, Column, Table
from evidencebox.model.exports import Pii
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.people import Officer
from evidencebox.model.review import Tag
from evidencebox.services.case import Case
from evidencebox.services.exporting import Codes, Scope

_YES = {
    "SSN": ("identity",),
    "TIN": ("identity",),
    "DL_ID": ("identity",),
    "Passport": ("identity",),
    "FinAcct": ("finances",),
    "Credit": ("finances",),
    "Medical": ("medical",),
    "MentalHealth": ("mental_health",),
    "Biometric": ("biometric",),
    "Credentials": ("credentials",),
    "Polygraph": ("polygraph",),
    "DrugHistory": ("drug_history",),
    "SexualAbuse": ("sexual_abuse",),
    "Discipline": ("discipline",),
    "Background": ("background",),
    "Intelligence": ("intelligence",),
    "Family": ("family", "minor"),
}
"""Y/N columns of the persons list, and the tags' categories that make one a Y."""
_SAFETY = frozenset({"address", "family", "minor", "intelligence"})

_PERSON = (
    Column("PersonID", 20, "Stays the same over all exports of the case."),
    Column("LastName", 18),
    Column("FirstName", 14),
    Column("Middle", 10),
    Column("Aliases", 20, "Other and former names, divided by ;"),
    Column("BadgeNo", 10),
    Column("Role", 18, "Rank of a member, else what the person is: family, informant …"),
    Column("DOB", 12),
    Column("Address1", 28, "Where a notice goes, as the roster gives it."),
    Column("Email", 26),
)
_FIGURES = (
    Column("MatchBasis", 18, "Why the person is on this list."),
    Column("DocCount", 10, "Documents in which a reviewer tagged the person."),
    Column("MaxHarm", 10, "The worst level tagged, 0 to 4."),
    Column("MaxSE", 8, "ENISA-derived severity: level + 1 in a published leak."),
    Column("SafetyFlag", 10, "Y: level 3 or 4 with address, family, minor or intelligence."),
)
_REVIEWER = Column("Reviewer", 18, "Who tagged.")


def persons(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """Everybody of the roster with what was found for him; at `counts`, how many have what."""
    tagged = by_person(case, scope)
    people = case.decided.officers()
    yes = tuple(Column(name, 8, f"Y: tagged {' or '.join(c)}.") for name, c in _YES.items())
    if pii is Pii.COUNTS:
        yield counts_of(people, tagged)
        return
    named = pii is Pii.FULL
    columns = (*_PERSON, *_FIGURES, *yes, _REVIEWER) if named else (_PERSON[0], *_FIGURES, *yes)
    codes, names = Codes(case), case.decided.reviewers()
    rows = [
        [
            *(_person(officer) if named else [codes.of(officer.id)]),
            *_figures(officer, tagged[officer.id]),
            *_flags(tagged[officer.id]),
            *([_who(tagged[officer.id], names)] if named else []),
        ]
        for officer in people
    ]
    yield Table("persons", "Persons", columns, rows if named else sorted(rows, key=str))


def by_person(case: Case, scope: Scope) -> Mapping[OfficerId, list[Tag]]:
    """The tags on documents that may go out, by whom they are about."""
    found: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        if tag.anchor.document in scope.allowed:
            found[tag.officer].append(tag)
    return found


def counts_of(people: Sequence[Officer], tagged: Mapping[OfficerId, list[Tag]]) -> Table:
    """How many people have which category, and which worst level."""
    rows: list[list[Cell]] = [["people on the roster", len(people)]]
    rows.append(["people tagged", sum(bool(tagged.get(p.id)) for p in people)])
    for level in Harm:
        worst = sum(_worst(tagged.get(p.id, ())) == level for p in people)
        rows.append([f"worst level {int(level)} {level.word}", worst])
    for category, words in CATEGORIES.items():
        having = sum(any(category in t.categories for t in tagged.get(p.id, ())) for p in people)
        rows.append([words, having])
    columns = (Column("What", 32), Column("People", 10))
    return Table("persons-counts", "Persons, counted", columns, rows)


def _person(officer: Officer) -> list[Cell]:
    other = ";".join(filter(None, (officer.aliases, officer.former_names)))
    return [
        officer.id,
        officer.last,
        officer.first,
        officer.middle,
        other,
        officer.badge,
        officer.rank or officer.role,
        officer.birth_date,
        officer.contact,
        officer.email,
    ]


def _figures(officer: Officer, tags: Sequence[Tag]) -> list[Cell]:
    worst = _worst(tags)
    documents = len({tag.anchor.document for tag in tags})
    basis = "tagged by a reviewer" if tags else "roster, nothing tagged"
    safety = any(t.harm >= Harm.HIGH and _SAFETY.intersection(t.categories) for t in tags)
    if worst is None:
        return [basis, 0, None, None, "N"]
    return [basis, documents, int(worst), int(worst) + 1 if worst else 0, "Y" if safety else "N"]


def _worst(tags: Iterable[Tag]) -> Harm | None:
    return max((tag.harm for tag in tags), default=None)


def _flags(tags: Sequence[Tag]) -> list[Cell]:
    has = {category for tag in tags for category in tag.categories}
    return ["Y" if has.intersection(wanted) else "N" for wanted in _YES.values()]


def _who(tags: Sequence[Tag], names: Mapping[str, str]) -> str:
    return "; ".join(sorted({names.get(tag.author, "") for tag in tags}))


# --- exposures ----------------------------------------------------------------------------------

_EXPOSURE = (
    Column("PersonID", 20),
    Column("DocID", 13),
    Column("SHA256", 24),
    Column("Page", 7, "Empty where the whole document was tagged."),
    Column("Element", 16, "The category of the tag."),
    Column("Harm", 7, "0 to 4."),
    Column("Detector", 12, "Who found it."),
    Column("Status", 12),
)
_SEEN = (Column("Reviewer", 18), Column("TimestampUTC", 22))


def exposures(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """A line for each category of each tag; at `counts`, how many documents and pages each."""
    tags = [tag for tag in case.decided.tags() if tag.anchor.document in scope.allowed]
    if pii is Pii.COUNTS:
        yield _exposure_counts(tags)
        return
    codes, names = Codes(case), case.decided.reviewers()
    named = pii is Pii.FULL
    rows: list[list[Cell]] = []
    for tag in tags:
        person = tag.officer if named else codes.of(tag.officer)
        place: list[Cell] = [short_id(tag.anchor.document), tag.anchor.document, tag.anchor.page]
        more: list[Cell] = [names.get(tag.author, ""), tag.utc] if named else []
        for category in tag.categories or ("",):
            said: list[Cell] = [category, int(tag.harm), "reviewer", "tagged"]
            rows.append([person, *place, *said, *more])
    columns = (*_EXPOSURE, *_SEEN) if named else _EXPOSURE
    yield Table("exposures", "Exposures", columns, rows)


def _exposure_counts(tags: Sequence[Tag]) -> Table:
    people: dict[str, set[OfficerId]] = defaultdict(set)
    documents: dict[str, set[DocumentId]] = defaultdict(set)
    for tag in tags:
        for category in tag.categories:
            people[category].add(tag.officer)
            documents[category].add(tag.anchor.document)
    columns = (Column("Element", 20), Column("People", 10), Column("Documents", 12))
    rows: list[list[Cell]] = [
        [words, len(people[name]), len(documents[name])] for name, words in CATEGORIES.items()
    ]
    return Table("exposures-counts", "Exposures, counted", columns, rows)


# --- tags ---------------------------------------------------------------------------------------

_TAG = (
    Column("DocID", 13),
    Column("SHA256", 24),
    Column("Page", 7),
    Column("Start", 8, "Code points of the page's text."),
    Column("End", 8),
    Column("PersonID", 20),
    Column("Harm", 7),
    Column("HarmWord", 12),
    Column("Categories", 24),
)
_TAG_NAMED = (
    Column("BadgeNo", 10),
    Column("Officer", 24),
    Column("Path", 40),
    Column("Quote", 40),
    Column("Note", 40),
    *_SEEN,
)


def tags_list(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """Every tag that stands."""
    if pii is Pii.COUNTS:
        yield from exposures(case, scope, pii)
        return
    named, codes = pii is Pii.FULL, Codes(case)
    names, paths = case.decided.reviewers(), case.decided.tag_paths()
    people = case.decided.every_officer()
    rows: list[list[Cell]] = []
    for tag in case.decided.tags():
        if tag.anchor.document not in scope.allowed:
            continue
        rows.append(_tag(tag, tag.officer if named else codes.of(tag.officer)))
        if named:
            who = people.get(tag.officer)
            quote = tag.anchor.passage.quote if tag.anchor.passage else ""
            whom = [who.badge, who.name] if who else ["", ""]
            path = paths.get(tag.anchor.document, "")
            rows[-1] += [*whom, path, quote, tag.note, names.get(tag.author, ""), tag.utc]
    yield Table("tags", "Tags", (*_TAG, *_TAG_NAMED) if named else _TAG, rows)


def _tag(tag: Tag, person: str) -> list[Cell]:
    anchor = tag.anchor
    start, end = (anchor.passage.start, anchor.passage.end) if anchor.passage else (None, None)
    return [
        short_id(anchor.document),
        anchor.document,
        anchor.page,
        start,
        end,
        person,
        int(tag.harm),
        tag.harm.word,
        ";".join(tag.categories),
    ]
