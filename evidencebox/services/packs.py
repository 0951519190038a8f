"""Review packs: a reviewer's signed acts to carry to another laptop; conflicts that follow.

A pack is verified whole before any of it is taken. Taking it twice, or packs in any order, ends in
the same state; where two reviewers disagree both stand, and a conflict waits to be settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencebox.errors import UserError
from evidencebox.model.ids import ActId, short_id
from evidencebox.model.ledger import Kind
from evidencebox.model.review import Conflict
from evidencebox.model.views import Done
from evidencebox.services.case import Case
from evidencebox.services.tags import target_of
from evidencebox.store.exchange import from_plain, to_plain
from evidencebox.store.ledger import Draft, Signed
from evidencebox.vault import pack


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import brought: new acts, those known already, whose they are, new conflicts."""

    acts: int
    known: int
    reviewers: tuple[str, ...]
    purged: int
    conflicts: int


def export(case: Case, file: Path, reviewer: str | None = None) -> int:
    """Writes the acts of a reviewer (else of whoever opened the case). Returns how many.

    Raises UserError.
    """
    author = case.signer.author if reviewer is None else _author(case, reviewer)
    acts = [to_plain(signed) for signed in case.decided.signed_acts(author)]
    head = {"format": "evidencebox pack 1", "case": case.case_id, "author": author}
    lines = [json.dumps(line, ensure_ascii=False) for line in (head, *acts)]
    pack.write(file, case.case_id, case.case_key, "\n".join(lines).encode())
    return len(acts)


def _author(case: Case, name: str) -> str:
    found = [author for author, known in case.decided.reviewers().items() if known == name]
    if len(found) != 1:
        raise UserError(
            f"There is no reviewer {name}; choose one of this case.",
            option="evidencebox reviewer list CASE names them",
        )
    return found[0]


def take(case: Case, file: Path) -> Taken:
    """Verifies a pack and adds what is new of it. Raises UserError; then nothing was taken."""
    acts = _read(file, pack.read(file, case.case_id, case.case_key), case.case_id)
    before = len(conflicts(case))
    new = case.decided.receive(acts)
    names = case.decided.reviewers()
    return Taken(
        acts=len(new),
        known=len(acts) - len(new),
        reviewers=tuple(sorted({names.get(s.act.author, "?") for s in acts})),
        purged=sum(len(act.targets) for act in new if act.kind is Kind.PURGE),
        conflicts=len(conflicts(case)) - before,
    )


def _read(file: Path, content: bytes, case_id: str) -> list[Signed]:
    try:
        first, *lines = content.decode().split("\n")
        head = json.loads(first)
        if head["case"] != case_id or head["format"] != "evidencebox pack 1":
            raise ValueError
        acts = [from_plain(json.loads(line)) for line in lines]
        if any(signed.act.author != head["author"] for signed in acts):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UserError(
            f"{file.name} holds something that is no act of this case. Nothing was taken."
        ) from None
    return acts


def conflicts(case: Case) -> list[Conflict]:
    """Where reviewers disagree and nobody has settled it, by document."""
    return case.decided.conflicts()


def conflict_lines(case: Case) -> Iterator[dict[str, Any]]:
    """`conflicts --json`: one object a conflict."""
    people = {officer.id: officer for officer in case.decided.officers()}
    names = case.decided.reviewers()
    for conflict in conflicts(case):
        first = conflict.tags[0]
        officer = people.get(first.officer)
        passage = first.anchor.passage
        yield {
            "sha256": first.anchor.document,
            "id": short_id(first.anchor.document),
            "page": first.anchor.page,
            "start": passage.start if passage else None,
            "end": passage.end if passage else None,
            "officer": {
                "id": first.officer,
                "badge": officer.badge if officer else "",
                "name": officer.name if officer else "",
            },
            "tags": [
                {
                    "act": tag.act,
                    "reviewer": names.get(tag.author, ""),
                    "author": tag.author,
                    "harm": int(tag.harm),
                    "categories": list(tag.categories),
                    "note": tag.note,
                    "utc": tag.utc,
                }
                for tag in conflict.tags
            ],
        }


def settle(case: Case, act: ActId) -> Done:
    """Says which tag of a conflict is to count, until one of them is changed. Raises UserError."""
    for conflict in conflicts(case):
        for tag in conflict.tags:
            if tag.act == act:
                payload = {"stands": act, "acts": sorted(t.act for t in conflict.tags)}
                target = target_of(tag.anchor, tag.officer)
                done = case.decided.act(Draft(Kind.SETTLE, [target], payload), case.signer)
                return Done(done.id, f"Conflict settled on {short_id(tag.anchor.document)}")
    raise UserError(
        "No open conflict has that act; it may be settled already.",
        option="evidencebox conflicts CASE lists them",
    )
