"""Documents and indexes for tests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidencebox.index.database import Index
from evidencebox.index.invert import invert
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.vault import database as vault

CASE = "00000000-0000-4000-8000-000000000001"


def document(number: int) -> DocumentId:
    return DocumentId(hashlib.sha256(b"%d" % number).hexdigest())


def entry(
    number: int,
    *pages: str,
    fields: dict[str, str] | None = None,
    keywords: dict[str, tuple[str, ...]] | None = None,
    date: int | None = None,
    size: int = 0,
) -> IndexEntry:
    made = tuple(Page(at, text) for at, text in enumerate(pages, 1))
    return IndexEntry(document(number), made, fields or {}, keywords or {}, date, size)


def new_index(folder: Path) -> Index:
    path, key = folder / "index.db", os.urandom(32)
    vault.create(path)
    return Index.create(lambda: vault.connect(path, key, journal="WAL", new=True), CASE)


def add(index: Index, entries: Sequence[IndexEntry], *, merge: bool = True) -> None:
    with index.writer(merge=merge) as writer:
        writer.append(entries, invert(entries))


def chunked(entries: Sequence[IndexEntry], size: int) -> Iterator[Sequence[IndexEntry]]:
    for at in range(0, len(entries), size):
        yield entries[at : at + size]
