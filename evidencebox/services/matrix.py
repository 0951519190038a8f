"""The exposure matrix: every member of the roster, what is exposed of him, and a disposition.

Totals come from the catalogue, which keeps them in step with every change; what reviewers said of
mentions and elements is put on top. Suggestions are counted apart from what was tagged.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from evidencebox.analysis.elements import KINDS
from evidencebox.errors import UserError
from evidencebox.export.tables import safe_cell
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.review import Tag
from evidencebox.model.suggestions import LIKELY, Answer, Element
from evidencebox.model.words import counted
from evidencebox.services import element_answers, elements, mentions
from evidencebox.services.case import Case
from evidencebox.services.mention_search import not_searched
from evidencebox.store.elements import Elements
from evidencebox.store.mentions import Mentions
from evidencebox.store.totals import Total, named_in, totals

_PERSON = ("badge", "last", "first", "rank", "unit", "status")
_COUNTS = (
    *("documents_tagged", "worst_harm", "documents_naming", "not_reviewed", "state"),
    "disposition",
)


class State(StrEnum):
    """What is to be said of a member, from the worst to the best; one holds for everybody."""

    HARMED = "harmed"
    OPEN = "open"
    CLEARED = "cleared"
    MENTIONED = "mentioned only"
    NOTHING = "searched, nothing found"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One officer. `cells`: category → documents tagged; `exposed`: kind → what is suggested.

    `named`: documents that name him; `unreviewed`: those of them nobody reviewed, or tagged for
    him; `cleared`: whether a reviewer said somewhere that there is no harm; `waiting`: whether some
    documents were not searched for him yet.
    """

    officer: Officer
    cells: Mapping[str, int]
    documents: int
    worst: Harm | None
    named: int
    unreviewed: int
    exposed: Mapping[str, Total] = field(default_factory=dict)
    cleared: bool = False
    waiting: bool = False

    @property
    def state(self) -> State:
        """What is to be said of him."""
        if self.worst is not None and self.worst > Harm.NONE:
            return State.HARMED
        if self.unreviewed or self.waiting:
            return State.OPEN
        if self.cleared or self.exposed:
            return State.CLEARED
        return State.MENTIONED if self.named else State.NOTHING

    @property
    def disposition(self) -> str:
        """The same with figures; never empty, for any member."""
        return f"{self._said}; not searched to the end" if self.waiting else self._said

    @property
    def _said(self) -> str:
        named = f"named in {counted(self.named, 'document')}"
        left = f", {self.unreviewed} not reviewed" if self.unreviewed else ""
        if self.state is State.HARMED and self.worst is not None:
            return f"tagged, worst {int(self.worst)} {self.worst.word}{left}"
        if self.state is State.OPEN:
            kinds = counted(len(self.exposed), "kind") if self.exposed else "no kind"
            return f"{named}{left}; {kinds} of data suggested"
        if self.state is State.NOTHING:
            return State.NOTHING.value
        return f"{named}, all reviewed, nothing tagged" + (", cleared" if self.cleared else "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to show; empty means all."""

    states: Collection[State] = ()
    kinds: Collection[str] = ()
    units: Collection[str] = ()
    statuses: Collection[str] = ()
    least_harm: int = 0

    def fits(self, row: MatrixRow) -> bool:
        """Whether a row is wanted: OR within, AND between."""
        worst = -1 if row.worst is None else int(row.worst)
        return (
            (not self.states or row.state in self.states)
            and (not self.kinds or any(kind in row.exposed for kind in self.kinds))
            and (not self.units or row.officer.unit in self.units)
            and (not self.statuses or row.officer.status in self.statuses)
            and (not self.least_harm or worst >= self.least_harm)
        )


def matrix(case: Case, wanted: Wanted = Wanted()) -> list[MatrixRow]:
    """A row for every member of the roster, by name. Raises UserError without a roster."""
    officers = case.decided.officers()
    if not officers:
        raise UserError("The roster is empty; import one first.")
    tags: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        tags[tag.officer].append(tag)
    exposed = exposures(case)
    named, left = _naming(case, tags)
    waiting = not_searched(case)
    rows = (
        replace(
            _row(officer, tags[officer.id], exposed.get(officer.id, {}), named, left),
            waiting=officer.id in waiting,
        )
        for officer in officers
    )
    return [row for row in rows if wanted.fits(row)]


def column_totals(rows: Iterable[MatrixRow]) -> dict[str, int]:
    """Kind → of how many members it is suggested."""
    return dict(Counter(kind for row in rows for kind in row.exposed))


def drill(case: Case, officer: OfficerId, kind: str) -> Iterator[Element]:
    """What stands behind a cell: the elements with their pages."""
    return elements.listed(case, officer=officer, kinds=[kind])


def _row(
    officer: Officer,
    tags: Sequence[Tag],
    exposed: Mapping[str, Total],
    named: Mapping[OfficerId, int],
    left: Mapping[OfficerId, int],
) -> MatrixRow:
    documents: dict[str, set[DocumentId]] = defaultdict(set)
    for tag in tags:
        for category in tag.categories:
            documents[category].add(tag.anchor.document)
    return MatrixRow(
        officer,
        Counter({category: len(found) for category, found in documents.items()}),
        len({tag.anchor.document for tag in tags}),
        max((tag.harm for tag in tags), default=None),
        named.get(officer.id, 0),
        left.get(officer.id, 0),
        exposed,
        any(tag.harm is Harm.NONE for tag in tags),
    )


# --- what is suggested --------------------------------------------------------------------------


def exposures(case: Case) -> dict[OfficerId, dict[str, Total]]:
    """Officer → kind → totals of likely elements, as reviewers' answers leave them."""
    found: dict[OfficerId, dict[str, Total]] = defaultdict(dict)
    for total in totals(case.catalogue):
        found[total.officer][total.kind] = total
    for (officer, kind), change in _changes(case).items():
        _put(found, officer, kind, change)
    for other, own in case.decided.merged_into().items():
        for total in found.pop(other, {}).values():
            _put(found, own, total.kind, (total.documents, total.pages, total.places))
    return dict(found)


_Sum = tuple[int, int, int]


def _put(found: dict[OfficerId, dict[str, Total]], who: OfficerId, kind: str, by: _Sum) -> None:
    own = found[who].pop(kind, Total(who, kind, 0, 0, 0))
    if own.places + by[2] > 0:
        sums = (own.documents + by[0], own.pages + by[1], own.places + by[2])
        found[who][kind] = Total(who, kind, *sums)


def _changes(case: Case) -> dict[tuple[OfficerId, str], _Sum]:
    """What reviewers' answers add and take, by officer and kind."""
    answers = element_answers.Answers(case.decided.answers())
    changed = sorted(answers.documents)
    if not changed:
        return {}
    raw = list(Elements(case.catalogue).each(changed, least=0.0))
    before, after = _counts(raw), _counts([answers.applied(each) for each in raw])
    none = (0, 0, 0)
    found = {}
    for key in {*before, *after}:
        now, then = after.get(key, none), before.get(key, none)
        found[key] = (now[0] - then[0], now[1] - then[1], now[2] - then[2])
    return found


def _counts(listed: Iterable[Element]) -> dict[tuple[OfficerId, str], _Sum]:
    documents: dict[tuple[OfficerId, str], set[DocumentId]] = defaultdict(set)
    pages: dict[tuple[OfficerId, str], set[tuple[DocumentId, int]]] = defaultdict(set)
    places: Counter[tuple[OfficerId, str]] = Counter()
    for each in listed:
        if each.officer is None or not counts(each):
            continue
        key = each.officer, each.kind
        documents[key].add(each.document)
        pages[key].add((each.document, each.page))
        places[key] += 1
    return {key: (len(found), len(pages[key]), places[key]) for key, found in documents.items()}


def counts(element: Element) -> bool:
    """Whether an element counts: accepted, or likely and not turned down."""
    if element.decision is Answer.SAME:
        return True
    if element.decision is Answer.DIFFERENT:
        return False
    return element.confidence >= LIKELY and element.belongs >= LIKELY


def _naming(
    case: Case, tags: Mapping[OfficerId, Sequence[Tag]]
) -> tuple[dict[OfficerId, int], dict[OfficerId, int]]:
    """Officer → documents that name him, and how many of them nobody looked at for him."""
    reviewed = case.decided.reviewed()
    tagged = {tag.anchor.document for each in tags.values() for tag in each}
    named = {t.officer: t.documents for t in totals(case.catalogue, mentions=True)}
    known = named_in(case.catalogue, sorted(reviewed | tagged))
    seen: Counter[OfficerId] = Counter()
    for officer, documents in known.items():
        own = {tag.anchor.document for tag in tags.get(officer, ())}
        seen[officer] = sum(d in reviewed or d in own for d in documents)
    left = {officer: number - seen[officer] for officer, number in named.items()}
    for officer, documents in _answered(case).items():
        own = {tag.anchor.document for tag in tags.get(officer, ())}
        named[officer] = len(documents)
        left[officer] = sum(d not in reviewed and d not in own for d in documents)
    return named, left


def _answered(case: Case) -> dict[OfficerId, set[DocumentId]]:
    """Whose mentions reviewers spoke of → the documents that name him after that."""
    said = case.decided.answers()
    concerned = {each.officer for each in said if not each.label.startswith("element ")}
    answers = mentions.Answers(said)
    found: dict[OfficerId, set[DocumentId]] = {}
    for officer in concerned:
        found[officer] = set()
        for mention in Mentions(case.catalogue).each(None, officer, 0.0):
            answer = answers.of(mention)
            likely = mention.confidence >= LIKELY and answer is not Answer.DIFFERENT
            if likely or answer is Answer.SAME:
                found[officer].add(mention.document)
    return found


# --- as a file ----------------------------------------------------------------------------------


def write_csv(rows: Iterable[MatrixRow], file: Path) -> None:
    """Writes the matrix as CSV, UTF-8 with BOM so that a spreadsheet reads names rightly.

    A column a kind: documents in which it is suggested; a column a category: documents tagged.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*_PERSON, *KINDS, *(f"tagged_{name}" for name in CATEGORIES), *_COUNTS])
    for row in rows:
        worst = "" if row.worst is None else int(row.worst)
        writer.writerow(
            [safe_cell(getattr(row.officer, name)) for name in _PERSON]
            + [row.exposed[kind].documents if kind in row.exposed else 0 for kind in KINDS]
            + [row.cells.get(category, 0) for category in CATEGORIES]
            + [row.documents, worst, row.named, row.unreviewed]
            + [row.state.value, row.disposition]
        )
    temporary = file.with_name(file.name + ".part")
    try:
        temporary.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        os.replace(temporary, file)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None
