"""The roster: imported from CSV, listed, searched by name or badge, added to by hand."""

from __future__ import annotations

import csv
import io
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ids import OfficerId, officer_id
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.people import Officer
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft

FIELDS = ("badge", "last", "first", "middle", "rank", "unit", "status", "email", "birth_date")
_NEEDED = ("badge", "last", "first")
_OTHER_NAMES = {
    "badge": ("badge_no", "badge number", "badge no", "badge #", "shield", "employee id"),
    "last": ("last_name", "last name", "lastname", "surname", "family name"),
    "first": ("first_name", "first name", "firstname", "given name"),
    "middle": ("middle_name", "middle name", "middle initial", "mi"),
    "rank": ("title", "grade"),
    "unit": ("assignment", "division", "bureau", "district"),
    "status": ("employment status", "state"),
    "email": ("e-mail", "mail", "email address"),
    "birth_date": ("dob", "date of birth", "birth date", "birthdate"),
}


@dataclass(frozen=True, slots=True)
class Reject:
    """A line of the file that became no officer, and why. Lines count from 1 with the header."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How a roster went in."""

    added: int
    updated: int
    unchanged: int
    rejects: tuple[Reject, ...]


def import_roster(case: Case, file: Path, mapping: Mapping[str, str] | None = None) -> Imported:
    """Reads a CSV roster into the case as one act. Raises UserError.

    `mapping` names the column of a field where the header does not (`{"badge": "Shield"}`). The
    badge is the roster's key: one that stands twice stops the import, for the reviewer to settle.
    """
    officers, rejects = read_roster(case.case_id, file, mapping or {})
    known = {officer.id: officer for officer in case.decided.officers()}
    changed = [o for o in officers if known.get(o.id) != o]
    if changed:
        put(case, changed)
    new = sum(officer.id not in known for officer in changed)
    return Imported(new, len(changed) - new, len(officers) - len(changed), tuple(rejects))


def put(case: Case, officers: Sequence[Officer]) -> Act:
    """Adds or corrects officers, in one act."""
    targets = [{"officer": officer.id} for officer in officers]
    people = [{name: getattr(officer, name) for name in FIELDS} for officer in officers]
    return case.decided.act(Draft(Kind.OFFICER, targets, {"officers": people}), case.signer)


def add(case: Case, *, last: str, first: str, badge: str = "", **more: str) -> Officer:
    """A person added by hand: with a random id, since no roster names him."""
    if not last.strip():
        raise UserError("A person needs at least a last name.")
    if badge and case.decided.officer(badge):
        raise UserError(f"Badge {badge} is on the roster already.")
    officer = Officer(OfficerId(str(uuid.uuid4())), badge, last.strip(), first.strip(), **more)
    put(case, [officer])
    return officer


def one(case: Case, id_or_badge: str) -> Officer:
    """The officer with this id or badge. Raises UserError for none, or for more than one."""
    found = case.decided.officer(id_or_badge)
    if not found:
        raise UserError(f"No officer has the id or badge {id_or_badge}; see `officers list`.")
    if len(found) > 1:
        raise UserError(f"Badge {id_or_badge} was issued to {len(found)} officers; give the id.")
    return found[0]


def find(officers: Sequence[Officer], text: str, limit: int) -> list[Officer]:
    """Officers whose name parts or badge begin with the words typed; the nearest first."""
    words = text.casefold().replace(",", " ").replace("#", " ").split()
    ranked = []
    for officer in officers:
        parts = [p.casefold() for p in (officer.last, officer.first, officer.badge) if p]
        parts += [p for part in parts for p in part.replace("-", " ").split()[1:]]
        if all(any(part.startswith(word) for part in parts) for word in words):
            exact = bool(words) and words[0] in (officer.last.casefold(), officer.badge.casefold())
            ranked.append((not exact, officer.last, officer.first, officer.badge, officer))
    ranked.sort(key=lambda item: item[:4])
    return [item[4] for item in ranked[:limit]]


def read_roster(
    case_id: str, file: Path, mapping: Mapping[str, str]
) -> tuple[list[Officer], list[Reject]]:
    """The officers of a CSV file, and the lines that are none. Raises UserError."""
    rows = list(_csv(file))
    if not rows:
        raise UserError(f"{file.name} is empty; a roster has a header line and a line a person.")
    columns = _columns(file.name, rows[0], mapping)
    officers: list[Officer] = []
    rejects: list[Reject] = []
    lines: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        values = {f: row[c].strip() if c < len(row) else "" for f, c in columns.items()}
        missing = [name for name in ("badge", "last") if not values.get(name)]
        if missing:
            rejects.append(Reject(number, f"It has no {' and no '.join(missing)}."))
            continue
        lines[values["badge"]].append(number)
        officers.append(Officer(id=officer_id(case_id, values["badge"]), **values))
    _check_unique(file.name, lines)
    if not officers:
        raise UserError(f"{file.name} has a header but no line with a badge and a last name.")
    return officers, rejects


def _csv(file: Path) -> list[list[str]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise UserError(f"{file.name} is not a CSV file; save the roster as CSV (UTF-8).")
    try:
        # The delimiter alone: the rest of what it guesses from a few lines would misread others.
        delimiter = csv.Sniffer().sniff(text[:4096], ",;\t|").delimiter
    except csv.Error:
        delimiter = ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UserError(f"{file.name} cannot be read as CSV: {error}.") from None


def _columns(name: str, header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Field → column number, by the mapping first, then by the header's words."""
    titles = [title.strip().casefold() for title in header]
    found: dict[str, int] = {}
    for field in FIELDS:
        asked = mapping.get(field)
        wanted = (asked,) if asked else (field, *_OTHER_NAMES[field])
        hit = next((titles.index(w.casefold()) for w in wanted if w.casefold() in titles), None)
        if asked and hit is None:
            raise UserError(f"{name} has no column “{asked}”; it has: {', '.join(header)}.")
        if hit is not None:
            found[field] = hit
    unknown = set(mapping) - set(FIELDS)
    if unknown:
        raise UserError(f"No such field: {', '.join(sorted(unknown))}; use {', '.join(FIELDS)}.")
    missing = [field for field in _NEEDED if field not in found]
    if missing:
        raise UserError(
            f"{name} has no header line with the columns {', '.join(missing)}; "
            "add one, or say which column is which with --map, e.g. --map badge=Shield."
        )
    return found


def _check_unique(name: str, lines: Mapping[str, Sequence[int]]) -> None:
    for badge, numbers in lines.items():
        if len(numbers) > 1:
            where = " and ".join(str(n) for n in numbers[:3])
            raise UserError(
                f"{name}: badge {badge} stands on lines {where}; a badge has to name one person, "
                "so correct the file or map the badge to a column that does."
            )
