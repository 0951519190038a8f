"""The exposure matrix: every member of the roster, what was tagged, and a disposition."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import QueryError, UserError
from evidencebox.export.tables import safe_cell
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.review import Tag
from evidencebox.model.words import counted
from evidencebox.services.case import Case
from evidencebox.services.search import search

_PERSON = ("badge", "last", "first", "rank", "unit", "status")
_COUNTS = ("documents_tagged", "worst_harm", "documents_naming", "not_reviewed", "disposition")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One officer. `cells`: category → documents tagged; `named`: documents that name him."""

    officer: Officer
    cells: Mapping[str, int]
    documents: int
    worst: Harm | None
    named: int
    unreviewed: int

    @property
    def disposition(self) -> str:
        """What was decided or found; never empty, for any member."""
        if self.worst is not None:
            return f"tagged, worst {int(self.worst)} {self.worst.word}"
        if self.unreviewed:
            return f"named in {counted(self.named, 'document')}, {self.unreviewed} not reviewed"
        if self.named:
            return f"named in {counted(self.named, 'document')}, all reviewed, nothing tagged"
        return "searched, nothing found"


def matrix(case: Case) -> list[MatrixRow]:
    """A row for every member of the roster, by name.

    Until mentions are found by rule, a member counts as named where a page has his full name, in
    either order, or his badge after `#` or the word badge. Raises UserError without a roster.
    """
    officers = case.decided.officers()
    if not officers:
        raise UserError("The roster is empty; import one first.")
    tags: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        tags[tag.officer].append(tag)
    reviewed = case.decided.reviewed()
    return [_row(case, officer, tags[officer.id], reviewed) for officer in officers]


def _row(case: Case, officer: Officer, tags: Iterable[Tag], reviewed: set[DocumentId]) -> MatrixRow:
    documents: dict[str, set[DocumentId]] = defaultdict(set)
    worst: Harm | None = None
    tagged: set[DocumentId] = set()
    for tag in tags:
        tagged.add(tag.anchor.document)
        worst = tag.harm if worst is None else max(worst, tag.harm)
        for category in tag.categories:
            documents[category].add(tag.anchor.document)
    named = _named(case, officer)
    cells = Counter({category: len(found) for category, found in documents.items()})
    return MatrixRow(officer, cells, len(tagged), worst, len(named), len(named - reviewed - tagged))


def _named(case: Case, officer: Officer) -> set[DocumentId]:
    last, first = (_quotable(part) for part in (officer.last, officer.first))
    forms = [f'"{last} {first}"', f'"{first} {last}"'] if last and first else []
    badge = _quotable(officer.badge)
    if badge:
        forms += [f'"badge {badge}"', f"#{badge}" if badge.isalnum() else f'"#{badge}"']
    found: set[DocumentId] = set()
    for form in forms:
        try:
            found.update(search(case, form).documents)
        except QueryError:
            continue  # a name of signs alone, such as "?", names nobody
    return found


def _quotable(text: str) -> str:
    return text.replace('"', " ").strip()


def write_csv(rows: Iterable[MatrixRow], file: Path) -> None:
    """Writes the matrix as CSV, UTF-8 with BOM so that a spreadsheet reads names rightly."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*_PERSON, *CATEGORIES, *_COUNTS])
    for row in rows:
        writer.writerow(
            [safe_cell(getattr(row.officer, name)) for name in _PERSON]
            + [row.cells.get(category, 0) for category in CATEGORIES]
            + [row.documents, "" if row.worst is None else int(row.worst)]
            + [row.named, row.unreviewed, row.disposition]
        )
    temporary = file.with_name(file.name + ".part")
    try:
        temporary.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        os.replace(temporary, file)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None
