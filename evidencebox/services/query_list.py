"""A list of queries from a file, or one for each officer of the roster.

A CSV file in any encoding and with any usual delimiter. A column named query (or term, keyword,
search) holds the queries, one named name (or label, title, issue) what to call them; without such
names the first column is the query and the second its name. A file of one column is read as it
stands, so that `"home address"` stays a phrase, unless a spreadsheet wrote it (`""` for a quote).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.extract.decode import text_of
from evidencebox.extract.snifftext import delimiter
from evidencebox.model.people import Officer
from evidencebox.services.case import Case

ROSTER = "roster"
"""What `--list` takes in place of a file; a file of that name is `./roster`."""
MOST_BYTES = 64 << 20
_QUERY = ("query", "queries", "term", "terms", "keyword", "keywords", "search", "search term",
          "search terms", "search query")  # fmt: skip
_LABEL = ("name", "label", "title", "issue", "description", "id")
_MARKS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of a list. `line` counts the file's lines from 1; for the roster, officers."""

    line: int
    query: str
    label: str = ""


def read(case: Case, source: str) -> list[Asked]:
    """The queries of a file, or of the roster. Raises UserError."""
    return roster(case) if source == ROSTER else from_file(Path(source))


def from_file(file: Path) -> list[Asked]:
    """The queries of a file, in its order; empty lines are none. Raises UserError."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UserError(f"{file.name} is too large for a list of queries; cut it into several.")
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None
    text = text_of(data)
    if "\0" in text:
        raise UserError(f"{file.name} is not a CSV file; save the list as CSV (UTF-8).")
    asked = [each for each in _asked(text.split("\n")) if each.query]
    if not asked:
        raise UserError(f"{file.name} has no queries; give one a line, or a column named query.")
    return asked


def _asked(lines: Sequence[str]) -> Iterable[Asked]:
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    head = lines[first] if first < len(lines) else ""
    for mark in _MARKS:
        names = [cell.strip().casefold() for cell in _cells(head, mark)]
        query = next((names.index(name) for name in _QUERY if name in names), None)
        if query is not None and len(names) > 1:
            label = next((names.index(name) for name in _LABEL if name in names), None)
            return _rows(lines, first + 1, mark, query, label)
    if head.strip().strip('"').strip().casefold() in _QUERY:
        return _plain(lines, first + 1)
    mark = delimiter("\n".join(lines), 2, 2)
    return _rows(lines, first, mark, 0, 1) if mark else _plain(lines, first)


def _rows(
    lines: Sequence[str], first: int, mark: str, query: int, label: int | None
) -> Iterable[Asked]:
    for number, line in enumerate(lines[first:], first + 1):
        cells = [cell.strip() for cell in _cells(line, mark)]
        named = cells[label] if label is not None and label < len(cells) else ""
        yield Asked(number, cells[query] if query < len(cells) else "", named)


def _plain(lines: Sequence[str], first: int) -> Iterable[Asked]:
    written = any('""' in line for line in lines[first:])
    for number, line in enumerate(lines[first:], first + 1):
        yield Asked(number, (_cells(line, ",")[0] if _whole(line) and written else line).strip())


def _whole(line: str) -> bool:
    """Whether a line is one cell in quotes, as a spreadsheet writes it."""
    return line.startswith('"') and line.endswith('"') and len(_cells(line, ",")) == 1


def _cells(line: str, mark: str) -> list[str]:
    """A line's cells. Each line is a row of its own, so that one lone quote costs one line."""
    if line.count('"') % 2 == 0:
        try:
            return next(csv.reader([line], delimiter=mark, strict=True), [""]) or [""]
        except csv.Error:
            pass  # quotes inside a cell that has none around it: the line is cut plainly
    return line.split(mark)


def roster(case: Case) -> list[Asked]:
    """A query for each officer, of the forms of his name and his badge. Raises UserError."""
    officers = case.decided.officers()
    if not officers:
        raise UserError("The roster is empty; import one first.")
    return [
        Asked(number, officer_query(officer), officer.name)
        for number, officer in enumerate(officers, 1)
    ]


def officer_query(officer: Officer) -> str:
    """First and last name in either order, with and without the middle, and the badge as such."""
    last, first, middle, badge = (
        " ".join(part.replace('"', " ").split())
        for part in (officer.last, officer.first, officer.middle, officer.badge)
    )
    forms = []
    if last and first:
        forms = [f"{first} {last}", f"{last} {first}"]
        middles = dict.fromkeys(m for m in (middle.strip("."), middle[:1]) if m)
        forms += [f"{first} {each} {last}" for each in middles]
    elif last or first:
        forms = [last or first]
    forms += [f"badge {badge}", f"#{badge}"] if badge else []
    if officer.email:
        forms.append(officer.email)
    return " OR ".join(f'"{form}"' for form in forms if any(map(str.isalnum, form)))
