"""Who is told what was exposed of him, and who may have credit monitoring: decided by acts."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidencebox.errors import UserError
from evidencebox.model.exposure import Decision
from evidencebox.model.ids import OfficerId
from evidencebox.model.ledger import Act, Kind
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft

MAX_NOTE = 2_000
MONITORED = frozenset({"ssn", "itin", "tin"})
"""Kinds for which D.C. Code §28-3852.02 asks for identity protection of 18 months and more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands for one person: `date` ISO 8601 or empty; `monitoring` None where undecided."""

    officer: OfficerId
    decision: Decision = Decision.OPEN
    date: str = ""
    monitoring: bool | None = None
    note: str = ""
    author: str = ""
    utc: str = ""


def decide(
    case: Case,
    officers: Sequence[OfficerId],
    decision: Decision,
    *,
    date: str = "",
    monitoring: bool | None = None,
    note: str = "",
) -> Act:
    """Decides for one person or many at once, in one act; what stood before is replaced.

    Raises UserError for a date that is none, and for nobody.
    """
    if not officers:
        raise UserError("Nobody was named whom the decision is about.")
    if len(note) > MAX_NOTE:
        raise UserError(f"The note is longer than {MAX_NOTE:,} characters; shorten it.")
    try:
        datetime.date.fromisoformat(date or "2000-01-01")
    except ValueError:
        raise UserError(f"{date[:40]} is no date; write it as 2026-11-23.") from None
    payload = {"decision": decision.value, "date": date, "monitoring": monitoring, "note": note}
    targets = [{"officer": officer} for officer in officers]
    return case.decided.act(Draft(Kind.NOTICE, targets, payload), case.signer)


def notices(case: Case) -> dict[OfficerId, Notice]:
    """What stands, for everybody about whom something was decided.

    What was decided of somebody who was merged holds for who he is now, unless more was said of
    that one.
    """
    found, now = {}, case.decided.merged_into()
    said = case.decided.notices()
    for given, (act, payload) in sorted(said.items(), key=lambda each: each[0] not in now):
        officer = now.get(given, given)
        known = payload.get("decision") in set(Decision)
        found[officer] = Notice(
            officer,
            Decision(payload["decision"]) if known else Decision.OPEN,
            str(payload.get("date", "")),
            payload.get("monitoring"),
            str(payload.get("note", "")),
            act.author,
            act.utc,
        )
    return found


def may_have_monitoring(kinds: Collection[str]) -> bool:
    """Whether what was exposed makes somebody eligible; counsel decides."""
    return not MONITORED.isdisjoint(kinds)


__all__ = ["MONITORED", "Decision", "Notice", "decide", "may_have_monitoring", "notices"]
