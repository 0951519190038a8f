"""Lists about people: persons and exposures for notices, tags. Each at three levels of detail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evidencebox.export.tables import Cell, Column, Table
from evidencebox.model.exports import Pii
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.review import Tag
from evidencebox.services.case import Case
from evidencebox.services.exporting import Codes, Scope
from evidencebox.services.persons import (
    FLAGS,
    PERSONS,
    Row,
    exposures_rows,
    flag,
    persons_rows,
    unsafe,
)

_SAYS = {
    "PersonID": "Stays the same over all exports of the case.",
    "Aliases": "Other and former names, divided by ;",
    "Role": "What the person is, else the rank.",
    "Address1": "Where a notice goes, as the roster gives it.",
    "MatchBasis": "Why the person is on this list.",
    "DocCount": "Documents in which a reviewer tagged the person.",
    "MaxSE": "ENISA-derived severity: the worst level tagged + 1 in a published leak; 0: none.",
    "SafetyFlag": "Y: level 3 or 4, or accepted data, on address, family, minor or intelligence.",
    "NotifyDecision": "What was decided on a notice.",
    **dict.fromkeys(FLAGS, "Y: tagged or accepted; ?: suggested, and no finding; N: neither."),
}
_CODED = ("PersonID", "MatchBasis", "DocCount", "MaxSE", "SafetyFlag", "NotifyDecision", *FLAGS)
"""Columns of the persons list that name nobody."""


def documents(case: Case) -> list[DocumentId]:
    """What the lists about people rest on: what is tagged, and where data of somebody stand."""
    tagged = (tag.anchor.document for tag in case.decided.tags())
    exposed = (DocumentId(str(row["SHA256"])) for row in exposures_rows(case))
    return list(dict.fromkeys([*tagged, *exposed]))


def persons(case: Case, scope: Scope, pii: Pii, *, whole: bool) -> Iterator[Table]:
    """Everybody of the roster with what was found for him; at `counts`, how many have what.

    `whole`: the scope is all that there is. Otherwise figures are those of its documents alone.
    """
    rows = list(persons_rows(case) if whole else _within(case, scope))
    if pii is Pii.COUNTS:
        yield _counted(rows)
        return
    titles = PERSONS if pii is Pii.FULL else _CODED
    codes = Codes(case)
    if pii is not Pii.FULL:
        rows = [{**row, "PersonID": codes.of(str(row["PersonID"]))} for row in rows]
        rows.sort(key=lambda row: str(row["PersonID"]))
    columns = [Column(title, _width(title), _SAYS.get(title, "")) for title in titles]
    lines = [[row[title] for title in titles] for row in rows]
    yield Table("persons", "Persons", columns, lines)


def _width(title: str) -> int:
    return 24 if title in ("PersonID", "Address1", "Email", "Disposition") else len(title) + 4


def _within(case: Case, scope: Scope) -> Iterator[Row]:
    """The persons list with the figures of some documents: others must not shine through."""
    tagged = by_person(case, scope)
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in exposures_rows(case):
        if row["SHA256"] in scope.allowed:
            said[str(row["PersonID"])][str(row["Status"])].add(str(row["Element"]))
    for row in persons_rows(case):
        whose = OfficerId(str(row["PersonID"]))
        tags, status = tagged.get(whose, []), said[whose]
        worst = max((int(tag.harm) for tag in tags), default=0)
        open_ = status["suggested"] | status["unsure"]
        yield {
            **row,
            "MatchBasis": "tagged by a reviewer" if tags else "nothing tagged here",
            "DocCount": len({tag.anchor.document for tag in tags}),
            "MaxSE": worst + 1 if worst else 0,
            "SafetyFlag": "Y" if unsafe(tags, status["accepted"]) else "N",
            **{n: flag(*of, tags, status["accepted"], open_) for n, of in FLAGS.items()},
            "CreditMonitoring": "",
            "Disposition": "",
        }


def by_person(case: Case, scope: Scope) -> Mapping[OfficerId, list[Tag]]:
    """The tags on documents that may go out, by whom they are about."""
    found: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        if tag.anchor.document in scope.allowed:
            found[tag.officer].append(tag)
    return found


def _counted(rows: Sequence[Row]) -> Table:
    """How many people have what, found and only suggested."""
    lines: list[list[Cell]] = [["people on the roster", len(rows), None]]
    lines.append(["people tagged", sum(bool(row["DocCount"]) for row in rows), None])
    for severity in sorted({int(row["MaxSE"]) for row in rows if row["MaxSE"]}):
        number = sum(row["MaxSE"] == severity for row in rows)
        lines.append([f"severity {severity}", number, None])
    for name in FLAGS:
        values = [row[name] for row in rows]
        lines.append([name, values.count("Y"), values.count("?")])
    columns = (Column("What", 32), Column("People", 10), Column("Suggested", 10))
    return Table("persons-counts", "Persons, counted", columns, lines)


# --- exposures ----------------------------------------------------------------------------------

_EXPOSURE = (
    Column("PersonID", 20),
    Column("DocID", 13),
    Column("SHA256", 24),
    Column("Page", 7, "Empty where the whole document was tagged."),
    Column("Element", 16, "A kind of data, or the category of a tag."),
    Column("Harm", 7, "Of a tag, 0 to 4."),
    Column("Detector", 18, "Who found it: a reviewer, or rules of a version."),
    Column("Status", 12, "tagged, accepted, suggested (no finding), unsure."),
)
_SEEN = (Column("MaskedValue", 20), Column("Reviewer", 18), Column("TimestampUTC", 22))


def exposures(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """A line for each category of each tag, and for each datum of somebody's.

    At `counts`, how many people and documents have each.
    """
    lines = [*_tag_lines(case, scope), *_element_lines(case, scope)]
    if pii is Pii.COUNTS:
        yield _exposure_counts(lines)
        return
    if pii is Pii.FULL:
        yield Table("exposures", "Exposures", (*_EXPOSURE, *_SEEN), lines)
        return
    codes = Codes(case)
    coded: list[list[Cell]] = [
        [codes.of(str(line[0])), *line[1 : len(_EXPOSURE)]] for line in lines
    ]
    yield Table("exposures", "Exposures", _EXPOSURE, coded)


def _tag_lines(case: Case, scope: Scope) -> Iterator[list[Cell]]:
    names = case.decided.reviewers()
    for tag in case.decided.tags():
        document = tag.anchor.document
        if document in scope.allowed:
            for category in tag.categories or ("",):
                yield [
                    *(tag.officer, short_id(document), document, tag.anchor.page, category),
                    *(int(tag.harm), "reviewer", "tagged", ""),
                    *(names.get(tag.author, ""), tag.utc),
                ]


def _element_lines(case: Case, scope: Scope) -> Iterator[list[Cell]]:
    for row in exposures_rows(case):
        if row["SHA256"] in scope.allowed:
            place = [row[name] for name in ("PersonID", "DocID", "SHA256", "Page", "Element")]
            seen = [row[name] for name in ("MaskedValue", "Reviewer", "TimestampUTC")]
            yield [*place, None, row["Detector"], row["Status"], *seen]


def _exposure_counts(lines: Sequence[Sequence[Cell]]) -> Table:
    people: dict[tuple[str, str], set[Cell]] = defaultdict(set)
    documents: dict[tuple[str, str], set[Cell]] = defaultdict(set)
    for line in lines:
        key = (str(line[4]), str(line[7]))
        people[key].add(line[0])
        documents[key].add(line[2])
    columns = (
        Column("Element", 20),
        Column("Status", 12),
        Column("People", 10),
        Column("Documents", 12),
    )
    rows: list[list[Cell]] = [
        [*key, len(people[key]), len(documents[key])] for key in sorted(people)
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
    *_SEEN[1:],
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
