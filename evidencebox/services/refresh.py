"""Index entries made anew from what is known already, without reading the documents again."""

from __future__ import annotations

from collections.abc import Callable

from evidencebox.model.documents import DocumentRecord
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case
from evidencebox.services.entry import index_entry
from evidencebox.services.indexing import put
from evidencebox.store.intake import Intake

BATCH = 200


def refresh(
    case: Case,
    intake: Intake,
    analyse: AnalysePool,
    cancelled: Callable[[], bool],
    report: Callable[[], None],
) -> None:
    """Replaces the entries of documents whose names, family or date changed since."""
    while (stale := intake.stale(BATCH)) and not cancelled():
        records = case.catalogue.records([document for _, document in stale])
        entries = [_entry(case, record) for record in records]
        put(case.index, analyse, entries, analyse.submit(entries))
        intake.refreshed([row for row, _ in stale])
        report()


def _entry(case: Case, record: DocumentRecord) -> IndexEntry:
    document = record.sha256
    assert document is not None
    return index_entry(
        document,
        record.locations,
        record.type,
        record.status,
        record.metadata,
        record.date,
        record.size,
        (len(record.parents), len(record.children)),
        tuple(case.index.pages(document)),
        case.catalogue.notices(document),
    )
