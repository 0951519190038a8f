"""From a trove to an index: scan → extract → analyse → one writer (DESIGN.md, section 5).

Resuming is the same call again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.views import Progress, Summary
from evidencebox.services.acquisition import record
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.elements import find_elements
from evidencebox.services.ingest_options import Options
from evidencebox.services.ingest_run import Run
from evidencebox.services.mention_search import find_mentions
from evidencebox.services.recognise import recognise
from evidencebox.services.settings import settings
from evidencebox.services.signatures import sign
from evidencebox.services.threads import thread_mail
from evidencebox.services.trove import check_trove, follow_move
from evidencebox.store.intake import Intake
from evidencebox.store.recognition import Recognition

__all__ = ["Options", "ingest", "reopen"]


def ingest(
    case: Case,
    trove: Path,
    options: Options,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Summary:
    """Ingests `trove` into the case, resuming what an earlier run left. Raises UserError.

    `progress` is called at most ten times a second; where `cancelled` turns true, work under way
    is finished and committed, and the rest is left for the same call another time.
    """
    # At its end it records what was acquired: who may not is told before hours have passed.
    case.decided.permit(case.signer.author, Kind.ACQUISITION)
    root = check_trove(trove, case.folder)
    with ingest_lock(case.folder):
        follow_move(case.catalogue, root)
        if not options.custodian and str(root) not in case.catalogue.troves():
            options = replace(options, custodian=settings(case).custodian)
        with Run(case, root, options, progress, cancelled) as run:
            summary = run.run()
        if not summary.cancelled:
            thread_mail(case, cancelled)
            sign(case, options.workers, cancelled)
            find_mentions(case, options.workers, cancelled)
            find_elements(case, options.workers, cancelled)
        record(case, root, options.custodian, summary)
        if options.ocr and options.ocr_wait and not summary.cancelled:
            summary = recognise(
                case, root, options.ocr, options.workers, summary, progress, cancelled
            )
            sign(case, options.workers, cancelled)
            find_mentions(case, options.workers, cancelled)
            find_elements(case, options.workers, cancelled)
            record(case, root, options.custodian, summary)
        waiting = Recognition(case.catalogue).pending()
        return replace(summary, ocr_waiting=waiting)


def reopen(case: Case, documents: Sequence[DocumentId] | None) -> list[Path]:
    """Makes what failed pending again (all, or those named), and the recognition of those named
    whose words' places were not kept. Returns the troves to ingest anew.

    Raises UserError, with nothing changed, where a trove's drive is missing.
    """
    case.decided.permit(case.signer.author, Kind.ACQUISITION)
    troves = case.catalogue.troves()
    if not troves:
        return []
    with ingest_lock(case.folder):
        roots = [check_trove(Path(root), case.folder) for root in troves]
        count = Intake(case.catalogue, troves[0], "").reopen(documents)
        count += Recognition(case.catalogue).again(documents or ())
        return roots if count else []
