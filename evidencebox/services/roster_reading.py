"""Reading a roster's rows as people: which column is what, who a row is, and why one is nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ids import officer_id
from evidencebox.model.people import OFFICER_FIELDS, Officer
from evidencebox.services.roster_file import Row, rows_of

_HEADER_WITHIN = 20
"""A file may begin with a heading of its own: the header is looked for in so many rows."""

_NAME = "name"
_OTHER_NAMES = {
    "badge": "badge no|badge number|badge #|badge no.|shield|shield number|star|star number"
    "|employee id|employee no|emp id|id number|cad #|pin",
    "last": "last name|lastname|surname|family name|familyname|lname",
    "first": "first name|firstname|given name|givenname|fname",
    "middle": "middle name|middlename|middle initial|middleinitial|mi|m.i.",
    "rank": "title|grade|position|job title",
    "unit": "assignment|division|bureau|district|section|command|unit name",
    "status": "employment status|state|emp status|active",
    "email": "e-mail|mail|email address|emailaddress|e-mail address|work email",
    "birth_date": "dob|date of birth|birthdate|birthday|d.o.b.",
    "aliases": "alias|aka|a.k.a.|nickname|nicknames|known as|goes by",
    "former_names": "former name|maiden name|maiden|former last name|previous name|birth name",
    "contact": "contact for notices|notice address|mailing address|phone|telephone",
    "ssn4": "last four|last 4|last4|ssn last 4|ssn (last 4)|ssn last four",
    "role": "kind|relation",
    _NAME: "full name|fullname|officer|officer name|employee name|employee",
}
_STATUS = {"a": "active", "act": "active", "yes": "active", "y": "active", "ret": "retired"}


@dataclass(frozen=True, slots=True)
class Reject:
    """A line of the file that became no officer, and why. Lines count from 1 with the header."""

    line: int
    reason: str


Numbered = tuple[Officer, int]
"""An officer and the line he stands on."""


def read_roster(
    case_id: str, file: Path, mapping: Mapping[str, str]
) -> tuple[list[Numbered], list[Reject]]:
    """The officers of a file with their lines, and the lines that are none. Raises UserError."""
    rows = rows_of(file)
    return people_of(case_id, file.name, rows, header_of(file.name, rows, mapping))


def people_of(
    case_id: str, name: str, rows: Sequence[Row], header: Header
) -> tuple[list[Numbered], list[Reject]]:
    """The officers of rows below the header with their lines, and the rows that are none."""
    found: list[tuple[dict[str, str], int]] = []
    rejects = [Reject(row.number, "It stands above the header line.") for row in rows[: header.at]]
    width = len(rows[header.at].cells)
    for row in rows[header.at + 1 :]:
        values = _values(row, header.columns)
        fault = row.fault or _fault(values)
        if not fault and any(cell.strip() for cell in row.cells[width:]):
            fault = "It has more cells than the header; a comma in a name needs quotation marks."
        if fault:
            rejects.append(Reject(row.number, fault))
            continue
        found.append((values, row.number))
    people: dict[str, list[Numbered]] = defaultdict(list)
    shared = _shared_addresses(values for values, _ in found)
    for values, number in found:
        key = _key(values, shared)
        people[key].append((Officer(id=officer_id(case_id, key), **values), number))
    officers = _unique(people, rejects)
    rejects.sort(key=lambda reject: reject.line)
    if not officers:
        why = f" Line {rejects[0].line}: {rejects[0].reason}" if rejects else ""
        raise UserError(f"{name} has a header but no line with a person's last name.{why}")
    return officers, rejects


def _values(row: Row, columns: Mapping[str, int]) -> dict[str, str]:
    cells = {f: " ".join(row.cells[c].split()) for f, c in columns.items() if c < len(row.cells)}
    values = dict.fromkeys(OFFICER_FIELDS, "") | {f: v for f, v in cells.items() if f != _NAME}
    whole = cells.get(_NAME, "")
    if whole and not values["last"]:
        last, comma, rest = whole.partition(",")
        if not comma:
            rest, _, last = whole.rpartition(" ")
        given = rest.split()
        values["last"] = last.strip()
        values["first"] = values["first"] or (given[0] if given else "")
        values["middle"] = values["middle"] or " ".join(given[1:])
    values["status"] = _STATUS.get(values["status"].casefold(), values["status"])
    values["ssn4"] = values["ssn4"][-4:]
    return values


def _fault(values: Mapping[str, str]) -> str:
    if not any(values.values()):
        return "It is empty."
    if not any(char.isalpha() for char in values["last"]):
        return "It has no last name."
    if not (values["badge"] or values["email"] or values["first"]):
        return "It has a last name and nothing to know the person by: a badge, address or name."
    return ""


def _shared_addresses(people: Iterable[Mapping[str, str]]) -> set[str]:
    """Addresses that several people without a badge have, as a couple or an office does."""
    names: dict[str, set[str]] = defaultdict(set)
    for values in people:
        if values["email"] and not values["badge"]:
            names[values["email"].casefold()].add(_name_key(values))
    return {address for address, found in names.items() if len(found) > 1}


def _key(values: Mapping[str, str], shared: Collection[str]) -> str:
    """What tells a person from all others, on every laptop alike."""
    if values["badge"]:
        return values["badge"]
    address = values["email"].casefold()
    if not address:
        return f"name {_name_key(values)}"
    return f"email {address} {_name_key(values)}" if address in shared else f"email {address}"


def _name_key(values: Mapping[str, str]) -> str:
    names = (values["last"], values["first"], values["middle"], values["birth_date"])
    return "|".join(name.casefold() for name in names)


def _unique(people: Mapping[str, list[Numbered]], rejects: list[Reject]) -> list[Numbered]:
    """Who stands once. A line that repeats another is left out; two people of one key both are."""
    found = []
    for same in people.values():
        first, line = same[0]
        if all(officer == first for officer, _ in same[1:]):
            found.append((first, line))
            rejects += [Reject(n, f"It repeats line {line}.") for _, n in same[1:]]
            continue
        lines = " and ".join(str(number) for _, number in same[:3])
        what = f"badge {first.badge}" if first.badge else "the same person's key"
        words = f"Lines {lines} have {what}, which has to name one person: correct the file."
        rejects += [Reject(number, words) for _, number in same]
    return found


@dataclass(frozen=True, slots=True)
class Header:
    """Which row has the titles, by its place, and field → column number."""

    at: int
    columns: dict[str, int]


def header_of(name: str, rows: Sequence[Row], mapping: Mapping[str, str]) -> Header:
    """The first rows may hold a heading of their own; the header is where the columns are named."""
    if not rows:
        raise UserError(f"{name} is empty; a roster has a header line and a line a person.")
    unknown = set(mapping) - {*OFFICER_FIELDS, _NAME}
    if unknown:
        fields = ", ".join((*OFFICER_FIELDS, _NAME))
        raise UserError(f"No such field: {', '.join(sorted(unknown))}; use {fields}.")
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        columns = _columns(row.cells, mapping)
        asked = columns.keys() >= set(mapping)
        if asked and ("last" in columns or _NAME in columns):
            return Header(at, columns)
    columns, titles = _columns(rows[0].cells, mapping), ", ".join(rows[0].cells)
    for field, asked_for in mapping.items():
        if asked_for and field not in columns:
            raise UserError(f"{name} has no column “{asked_for}”; it has: {titles}.")
    raise UserError(
        f"{name} has no header line with a column for the last name (or the whole name); "
        "add one, or say which column is which.",
        option="--map last=Surname",
    )


def _columns(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Field → column number, by the mapping first, then by the header's words."""
    titles = [_title(title) for title in header]
    found: dict[str, int] = {}
    for field in (*OFFICER_FIELDS, _NAME):
        asked = mapping.get(field)
        words = [asked] if asked else [field, *_OTHER_NAMES[field].split("|")]
        hit = next((titles.index(w) for w in map(_title, words) if w in titles), None)
        if hit is not None:
            found[field] = hit
    return found


def _title(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()
