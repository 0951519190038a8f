"""The roster: imported from CSV or XLSX, listed, searched, added to, merged and split."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ids import OfficerId
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.people import OFFICER_FIELDS, Officer
from evidencebox.services.case import Case
from evidencebox.services.roster_file import rows_of
from evidencebox.services.roster_reading import (
    Numbered,
    Reject,
    header_of,
    people_of,
    read_roster,
)
from evidencebox.store.ledger import Draft

FIELDS = OFFICER_FIELDS
ROLES = ("family", "informant", "applicant", "other")
PREVIEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class Imported:
    """How a roster went in."""

    added: int
    updated: int
    unchanged: int
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: field → the column's title, the first people, what is left out."""

    columns: dict[str, str]
    titles: tuple[str, ...]
    officers: tuple[Officer, ...]
    people: int
    rejects: tuple[Reject, ...]


def import_roster(case: Case, file: Path, mapping: Mapping[str, str] | None = None) -> Imported:
    """Reads a roster into the case as one act. Raises UserError.

    `mapping` names the column of a field where the header does not (`{"badge": "Shield"}`). The
    badge is a person's key; without one his address, else his name with his birth date. Who is in
    the case already keeps his id and with it his tags; a key that stands twice is left out.
    """
    officers, rejects = read_roster(case.case_id, file, mapping or {})
    known = case.decided.every_officer()
    matched, more = _matched(officers, known)
    changed = [officer for officer, _ in matched if known.get(officer.id) != officer]
    if changed:
        put(case, changed)
    new = sum(officer.id not in known for officer in changed)
    rejects = sorted([*rejects, *more], key=lambda reject: reject.line)
    return Imported(new, len(changed) - new, len(matched) - len(changed), tuple(rejects))


def preview(file: Path, mapping: Mapping[str, str] | None = None) -> Preview:
    """The first five people as they would be read, and what would be left out. Raises UserError."""
    rows = rows_of(file)
    header = header_of(file.name, rows, mapping or {})
    officers, rejects = people_of(str(uuid.UUID(int=0)), file.name, rows, header)
    titles, columns = tuple(rows[header.at].cells), header.columns
    people = [officer for officer, _ in officers]
    shown = {field: titles[column] for field, column in columns.items()}
    return Preview(shown, titles, tuple(people[:PREVIEW_ROWS]), len(people), tuple(rejects))


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


def change(case: Case, officer: Officer, **more: str) -> Officer:
    """Corrects a person, who stays the same one: a badge issued anew, a name taken in marriage."""
    unknown = set(more) - set(FIELDS)
    if unknown:
        raise UserError(f"No such field: {', '.join(sorted(unknown))}; use {', '.join(FIELDS)}.")
    fields = {name: getattr(officer, name) for name in FIELDS} | more
    changed = _with_former_name(Officer(officer.id, **fields), officer)
    if not changed.last.strip():
        raise UserError("A person needs at least a last name.")
    if changed != officer:
        put(case, [changed])
    return changed


def merge(case: Case, officer: Officer, into: Officer, note: str = "") -> Act:
    """Says that two people of the roster are one: tags and mentions of the first are the second's.

    An act, which `split` takes back; nothing is lost by either.
    """
    if officer.id == into.id:
        raise UserError(f"{officer.name} is that person already.")
    target = {"officer": officer.id}
    payload = {"into": into.id, "note": note}
    return case.decided.act(Draft(Kind.MERGE, [target], payload), case.signer)


def split(case: Case, id_or_badge: str) -> Officer:
    """Takes a merge back: the person with this id or badge is one of his own again."""
    merged = case.decided.merged_into()
    everyone = case.decided.every_officer()
    found = [
        officer
        for officer in everyone.values()
        if id_or_badge in (officer.id, officer.badge) and officer.id in merged
    ]
    if len(found) != 1:
        raise UserError(
            f"{id_or_badge} was not merged into anybody.",
            option="evidencebox officers list CASE --merged lists who was",
        )
    case.decided.act(Draft(Kind.UNMERGE, [{"officer": found[0].id}], {}), case.signer)
    return found[0]


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


def _matched(
    officers: Sequence[Numbered], known: Mapping[OfficerId, Officer]
) -> tuple[list[Numbered], list[Reject]]:
    """The officers as they go in: who is in the case keeps his id, whatever his badge was then."""
    by_badge: dict[str, list[Officer]] = defaultdict(list)
    for officer in known.values():
        by_badge[officer.badge].append(officer)
    found: list[Numbered] = []
    rejects = []
    for officer, line in officers:
        before = known.get(officer.id)
        bearers = by_badge[officer.badge] if officer.badge else []
        if len(bearers) == 1:
            before = bearers[0]
        elif bearers or (before is not None and officer.badge and before.badge != officer.badge):
            rejects.append(Reject(line, f"Badge {officer.badge} was borne by another: say whose."))
            continue
        if before is None:
            found.append((officer, line))
        elif _may_be_one(before, officer):
            found.append((_updated(before, officer), line))
        else:
            words = f"Badge {officer.badge} is {before.name} in the case; `officers change` or add"
            rejects.append(Reject(line, f"{words} one of them by hand."))
    return found, rejects


def _may_be_one(before: Officer, now: Officer) -> bool:
    """Whether a line is a correction of a person: some name or the birth date is the same."""
    if before.birth_date and before.birth_date == now.birth_date:
        return True
    same_last = before.last.casefold() == now.last.casefold()
    same_first = before.first[:1].casefold() == now.first[:1].casefold()
    return same_last or same_first


def _updated(before: Officer, now: Officer) -> Officer:
    """What the file says; where it says nothing of a field, what was known stays."""
    fields = {name: getattr(now, name) or getattr(before, name) for name in FIELDS}
    return _with_former_name(Officer(before.id, **fields), before)


def _with_former_name(now: Officer, before: Officer) -> Officer:
    """Remembers a surname that was given up: old papers know the person by it."""
    if now.last.casefold() == before.last.casefold() or not before.last:
        return now
    names = [name.strip() for name in now.former_names.split(";") if name.strip()]
    if before.last.casefold() in (name.casefold() for name in names):
        return now
    return replace(now, former_names="; ".join([*names, before.last]))
