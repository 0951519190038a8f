"""Entries into the index, whatever one of them does to the indexer."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from evidencebox.index.database import Index
from evidencebox.index.segment import Segment
from evidencebox.model.documents import Status
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import AnalysePool, BatchError, EntryFailure


def put(
    index: Index, analyse: AnalysePool, entries: Sequence[IndexEntry], done: Future[Segment]
) -> dict[DocumentId, str]:
    """Puts entries into the index. Returns those that stopped the indexer, and why.

    They go in without their pages, so that they are found by name, path and hash.
    """
    try:
        segments, failures = [done.result()], list[EntryFailure]()
    except BatchError:
        # Rare, and the coordinator has nothing better to do than to find the one at fault.
        segments, failures = analyse.isolate(entries)
    failed = {failure.document: failure.reason for failure in failures}
    bare = [_without_pages(entry) for entry in entries if entry.document in failed]
    more, failures = analyse.isolate(bare)
    lost = {failure.document for failure in failures}
    indexed = [entry for entry in entries if entry.document not in failed]
    indexed += [entry for entry in bare if entry.document not in lost]
    with index.writer(merge=False) as writer:
        for segment in [*segments, *more]:
            writer.append(indexed[: segment.count], segment)
            indexed = indexed[segment.count :]
    index.merge_soon()
    return failed


def _without_pages(entry: IndexEntry) -> IndexEntry:
    flags = (Status.FAILED.value, *entry.keywords["is"][1:])
    return replace(entry, pages=(), keywords={**entry.keywords, "is": flags})
