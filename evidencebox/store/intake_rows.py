"""The statements behind ingest, many rows at a time: a trove has more documents than patience.

Plain tables rather than mapped classes: building an ORM statement for every row cost more than
half of the coordinator's time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.documents import Digests, Status
from evidencebox.store import ocr_rows, signature_rows, thread_rows
from evidencebox.store.catalogue_tables import CatalogueBase
from evidencebox.store.found import Child, Reading

MAX_ATTEMPTS = 3
LAST_CHANCES = 3
MAX_SUSPECT_ATTEMPTS = MAX_ATTEMPTS + 1 + LAST_CHANCES
"""The attempt that quarantined it was counted and not made."""
CHUNK = 500

_tables: Mapping[str, Table] = CatalogueBase.metadata.tables
DOCUMENTS, LOCATIONS = _tables["documents"], _tables["locations"]
CHILDREN, SPOOLED = _tables["children"], _tables["spooled"]

_NEW = {
    "type": "other",
    "media_type": "",
    "status": Status.PENDING.value,
    "stage": "",
    "reason": "",
    "engine": "",
    "version": 0,
    "attempts": 0,
    "pages": 0,
    "chars": 0,
    "title": "",
    "date": None,
    "metadata_json": "{}",
    "notices_json": "[]",
    "stale": False,
}
_QUARANTINED = (
    "EvidenceBox stopped while it was being read, several times over, so it is left alone; "
    "retry it by itself."
)
_BY_ID = DOCUMENTS.c.id == bindparam("row")
_FINISH = update(DOCUMENTS).where(_BY_ID)
_TIE = (
    update(LOCATIONS)
    .where(LOCATIONS.c.id == bindparam("row"))
    .values(document=bindparam("found"), reason="")
)


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists short enough for one statement."""
    every = list(items)
    return (every[i : i + CHUNK] for i in range(0, len(every), CHUNK))


def ensure(connection: Connection, found: Iterable[Digests]) -> dict[str, tuple[int, str | None]]:
    """SHA-256 → (row, status) for each item; the status is None for rows made just now."""
    wanted = {digests.sha256: digests for digests in found}
    known: dict[str, tuple[int, str | None]] = {}
    columns = select(DOCUMENTS.c.sha256, DOCUMENTS.c.id, DOCUMENTS.c.status)
    for part in chunks(wanted):
        rows = connection.execute(columns.where(DOCUMENTS.c.sha256.in_(part)))
        known.update({sha: (row, status) for sha, row, status in rows})
    new = [
        {**_NEW, "sha256": d.sha256, "sha1": d.sha1, "md5": d.md5, "size": d.size}
        for sha, d in wanted.items()
        if sha not in known
    ]
    if new:
        connection.execute(insert(DOCUMENTS), new)
        for part in chunks(row["sha256"] for row in new):
            rows = connection.execute(columns.where(DOCUMENTS.c.sha256.in_(part)))
            known.update({sha: (row, None) for sha, row, _ in rows})
    return known


def located(connection: Connection, trove: int, raws: Iterable[bytes]) -> dict[bytes, Any]:
    """Raw path → its row as it stands (size, mtime_ns, reason, document)."""
    columns = select(
        LOCATIONS.c.raw,
        LOCATIONS.c.size,
        LOCATIONS.c.mtime_ns,
        LOCATIONS.c.reason,
        LOCATIONS.c.document,
    ).where(LOCATIONS.c.trove == trove)
    found: dict[bytes, Any] = {}
    for part in chunks(raws):
        rows = connection.execute(columns.where(LOCATIONS.c.raw.in_(part)))
        found.update((row.raw, row) for row in rows)
    return found


def tie(connection: Connection, ties: Iterable[tuple[int, int]]) -> None:
    """Location rows → the documents whose bytes stand there."""
    rows = [{"row": location, "found": document} for location, document in ties]
    if rows:
        connection.execute(_TIE, rows)


def attempt(connection: Connection, documents: Iterable[int]) -> set[int]:
    """Counts an attempt for each; returns those that may go on, the others are quarantined."""
    allowed: set[int] = set()
    for part in chunks(documents):
        connection.execute(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.id.in_(part))
            .values(attempts=DOCUMENTS.c.attempts + 1)
        )
        rows = connection.execute(
            select(DOCUMENTS.c.id, DOCUMENTS.c.attempts, DOCUMENTS.c.stage).where(
                DOCUMENTS.c.id.in_(part)
            )
        )
        # A stage already there says that it was quarantined before and now has a last chance.
        too_many = {
            row
            for row, tried, stage in rows
            if tried > (MAX_SUSPECT_ATTEMPTS if stage else MAX_ATTEMPTS)
        }
        quarantine(connection, too_many)
        allowed |= set(part) - too_many
    return allowed


def quarantine(connection: Connection, documents: Iterable[int]) -> None:
    """Leaves documents alone. Stale, so that the index learns their names: they are to be found."""
    for part in chunks(documents):
        connection.execute(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.id.in_(part))
            .values(
                status=Status.QUARANTINED.value, stage="extract", reason=_QUARANTINED, stale=True
            )
        )


def mark_stale(connection: Connection, documents: Iterable[int]) -> None:
    """Their index entries are to be replaced, and those of all below: names or family changed."""
    for part in chunks(documents):
        family = select(DOCUMENTS.c.id).where(DOCUMENTS.c.id.in_(part)).cte(recursive=True)
        below = select(CHILDREN.c.child).join(family, CHILDREN.c.parent == family.c.id)
        every = select(family.union(below).c.id)
        connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id.in_(every)).values(stale=True))


def mark_fresh(connection: Connection, documents: Iterable[int]) -> None:
    """Their index entries are as they should be."""
    for part in chunks(documents):
        connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id.in_(part)).values(stale=False))


def finish(connection: Connection, readings: Sequence[Reading], keep: bool) -> set[str]:
    """Records readings and their children. Returns the packs that may have become empty.

    `keep`: the bytes of children with pages to be recognised stay for that.
    """
    connection.execute(_FINISH, [_document_values(reading) for reading in readings])
    thread_rows.mark(connection, readings)
    signature_rows.mark(connection, (reading.document for reading in readings))
    packs: set[str] = {child.ref.pack for r in readings for child in r.children}
    spooled: dict[int, Any] = {}
    for part in chunks(reading.document for reading in readings):
        gone = delete(SPOOLED).where(SPOOLED.c.document.in_(part)).returning(*SPOOLED.c)
        spooled.update((row.document, row) for row in connection.execute(gone))
        packs |= ocr_rows.forget(connection, part)
        # Read again, a container may have lost children; those it keeps are marked anyway.
        before = select(CHILDREN.c.child).where(CHILDREN.c.parent.in_(part))
        mark_stale(connection, connection.scalars(before).all())
        connection.execute(delete(CHILDREN).where(CHILDREN.c.parent.in_(part)))
    packs.update(row.pack for row in spooled.values())
    _add_children(connection, readings)
    ocr_rows.enqueue(connection, readings, spooled if keep else None)
    return packs


def _document_values(reading: Reading) -> dict[str, Any]:
    outcome = reading.outcome
    return {
        "row": reading.document,
        "type": outcome.type.value,
        "media_type": outcome.media_type,
        "status": outcome.status.value,
        "stage": outcome.stage,
        "reason": outcome.reason,
        "engine": outcome.engine,
        "version": outcome.version,
        "pages": reading.pages,
        "chars": reading.chars,
        "title": reading.title,
        "date": reading.date,
        "metadata_json": json.dumps({k: list(v) for k, v in reading.metadata.items()}),
        "notices_json": json.dumps([[n.code, n.detail] for n in reading.notices]),
        "attempts": 0,
    }


def _add_children(connection: Connection, readings: Sequence[Reading]) -> None:
    families = [(r, n, child) for r in readings for n, child in enumerate(r.children)]
    if not families:
        return
    known = ensure(connection, (child.digests for _, _, child in families))
    edges, waiting, seen_before = [], [], set()
    for reading, ordinal, child in families:
        document, status = known[child.digests.sha256]
        edges.append(_edge(reading, ordinal, child, document))
        if status in (None, Status.PENDING.value):
            waiting.append(_spooled(reading, child, document))
        if status is not None:  # it may be on its way into the index, without this name
            seen_before.add(document)
    connection.execute(insert(CHILDREN), edges)
    if waiting:
        connection.execute(upsert(SPOOLED).on_conflict_do_nothing(), waiting)
    mark_stale(connection, seen_before)


def _edge(reading: Reading, ordinal: int, child: Child, document: int) -> dict[str, Any]:
    return {
        "parent": reading.document,
        "ordinal": ordinal,
        "child": document,
        "name": child.head.name,
        "relation": child.head.relation,
        "part": child.head.part,
    }


def _spooled(reading: Reading, child: Child, document: int) -> dict[str, Any]:
    return {
        "document": document,
        "pack": child.ref.pack,
        "offset": child.ref.offset,
        "chunk": child.ref.chunk,
        "depth": reading.depth + 1,
        "name": child.head.name,
        "media_type": child.head.media_type,
    }


def parents(connection: Connection, documents: Iterable[int]) -> list[int]:
    """The rows of the containers that hold any of `documents`."""
    found: set[int] = set()
    for part in chunks(documents):
        query = select(CHILDREN.c.parent).where(CHILDREN.c.child.in_(part))
        found.update(connection.scalars(query))
    return sorted(found)


def parent_counts(connection: Connection, documents: Iterable[int]) -> dict[int, int]:
    """Document row → how many containers hold it; left out where none does."""
    counts: dict[int, int] = {}
    for part in chunks(documents):
        query = (
            select(CHILDREN.c.child, func.count(CHILDREN.c.parent.distinct()))
            .where(CHILDREN.c.child.in_(part))
            .group_by(CHILDREN.c.child)
        )
        counts.update((child, count) for child, count in connection.execute(query))
    return counts


def reopen(connection: Connection, documents: Iterable[int]) -> int:
    """Makes documents pending again; returns how many were not."""
    count = 0
    for part in chunks(documents):
        result = connection.execute(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.id.in_(part), DOCUMENTS.c.status != Status.PENDING.value)
            .values(status=Status.PENDING.value, attempts=0)
        )
        count += result.rowcount
    return count
