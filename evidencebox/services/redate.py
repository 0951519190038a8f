"""Dates without an offset, read once more after the case got another time zone."""

from __future__ import annotations

from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.gather import DATE_ZONE, dated
from evidencebox.services.refresh import refresh
from evidencebox.services.settings import time_zone
from evidencebox.store import opened
from evidencebox.store.intake import Intake


def redate(case: Case) -> int:
    """Brings catalogue and index up to the case's time zone; returns how many dates changed.

    Raises UserError where an import is running.
    """
    zone = time_zone(case)

    def understood(metadata: opened.Metadata) -> tuple[str | None, str] | None:
        if metadata.get(DATE_ZONE) == [zone.key]:
            return None
        return dated(metadata, zone)[1], zone.key

    with ingest_lock(case.folder):
        changed = opened.redate(case.catalogue, DATE_ZONE, understood)
        troves = case.catalogue.troves()
        if changed and troves:
            with AnalysePool(1) as analyse:
                intake = Intake(case.catalogue, troves[0], "")
                refresh(case, intake, analyse, lambda: False, lambda: None)
            state = case.index.state()
            case.decided.set_meta("index_state", f"{state.generation} {state.fingerprint}")
    return changed
