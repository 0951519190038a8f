"""What proves later which search it was, over what, and what it could not look into."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from evidencebox import __version__
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import Found
from evidencebox.services.case import Case
from evidencebox.store.recognition import Recognition


def receipt(case: Case, found: Found) -> dict[str, Any]:
    """One search: query, how it was read, order, count, documents; and what `state` says."""
    return {
        "query": found.query,
        "parsed": found.parsed,
        "sort": found.sort,
        "total": len(found.documents),
        "documents_digest": digest(found.documents),
        **state(case),
        "documents": list(found.documents),
    }


def state(case: Case) -> dict[str, Any]:
    """When, with what, over which index and ledger, and what in it could not be read.

    `unread` lists by status every document and path of which something was not read, so that
    "nothing found" is never taken for "nothing there".
    """
    index, ledger = case.index.state(), case.decided.head()
    unread: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for failure in case.catalogue.failures():
        unread[failure.status].append(
            {"sha256": failure.document, "path": failure.path, "reason": failure.reason}
        )
    by_status: dict[str, int] = defaultdict(int)
    for counts in case.catalogue.by_status().values():
        for status, number in counts.items():
            by_status[status] += number
    return {
        "utc": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": __version__,
        "case": case.case_id,
        "index_generation": index.generation,
        "index_fingerprint": index.fingerprint,
        "index_documents": case.index.count(),
        "ledger_acts": ledger.arrivals,
        "ledger_head": ledger.digest,
        "documents_by_status": dict(sorted(by_status.items())),
        "not_read": sum(map(len, unread.values())),
        "unread": dict(sorted(unread.items())),
        "pages_waiting_for_ocr": Recognition(case.catalogue).pending(),
    }


def digest(documents: Iterable[DocumentId]) -> str:
    """SHA-256, hex, over the ids in ascending order, a line each: the same set, the same digest."""
    lines = "".join(f"{document}\n" for document in sorted(documents))
    return hashlib.sha256(lines.encode()).hexdigest()
