"""Whether catalogue.db and index.db are those that the case remembers, and making them anew."""

from __future__ import annotations

from pathlib import Path

from evidencebox.model.documents import Status
from evidencebox.services import doors
from evidencebox.services.case import (
    Case,
    anchor_of,
    connector,
    empty_derived,
    look,
)
from evidencebox.store.decided import Decided
from evidencebox.vault import header

WAY_OUT = "Make them anew with `evidencebox rebuild CASE --derived`, then import the trove again."


def remember(case: Case) -> None:
    """Notes in case.db what stands in the derived databases now, at the end of an import."""
    state = case.index.state()
    # One value, so that a kill cannot leave a new generation beside an old fingerprint.
    case.decided.set_meta("index_state", f"{state.generation} {state.fingerprint}")
    case.decided.set_meta("catalogue_documents", str(case.catalogue.count()))


def derived_problem(case: Case) -> str | None:
    """One sentence where they are older than, or other than, what the case remembers.

    Later is no problem: an import that was killed left it so, and the next one goes on. What a
    power cut can take from one of the two, and not from the other, shows in their counts: every
    document that was read is in the index, and nothing else is.
    """
    return _index_problem(case) or _catalogue_problem(case)


def _index_problem(case: Case) -> str | None:
    recorded = case.decided.meta("index_state")
    if recorded is None:
        return None
    generation, fingerprint = recorded.split()
    state = case.index.state()
    if state.generation < int(generation):
        return f"index.db is older than the case remembers: it was put back or lost. {WAY_OUT}"
    if state.generation == int(generation) and state.fingerprint != fingerprint:
        return f"index.db is not the one that the case remembers: it was replaced. {WAY_OUT}"
    return None


def _catalogue_problem(case: Case) -> str | None:
    total = case.catalogue.count()
    if total < int(case.decided.meta("catalogue_documents") or 0):
        return f"catalogue.db is older than the case remembers: it was lost in part. {WAY_OUT}"
    waiting = sum(n.get(Status.PENDING, 0) for n in case.catalogue.by_status().values())
    indexed = case.index.count()
    if indexed < total - waiting:
        return f"index.db lacks documents that were read: it was lost in part. {WAY_OUT}"
    if indexed > total:
        return f"catalogue.db lacks documents of the index: it was lost in part. {WAY_OUT}"
    return None


def rebuild(folder: Path, passphrase: str) -> None:
    """Empties both, whatever state they are in; what people decided stays. Raises UserError."""
    folder, head = look(folder)
    opened = header.unlock(head, passphrase)
    with doors.alone(folder):
        empty_derived(folder, head.case_id, opened.case_key)
        connect = connector(folder, "case.db", opened.case_key)
        decided = Decided(connect, head.case_id, anchor_of(folder, opened.case_key))
        try:
            # An empty index is what the case has from here on.
            decided.forget_meta("index_state", "catalogue_documents")
        finally:
            decided.close()
