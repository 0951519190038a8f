"""catalogue.db, for the one process that writes it: ingest. Every method is one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.documents import (
    UNREAD,
    Digests,
    Location,
    Notice,
    Outcome,
    Status,
)
from evidencebox.model.extraction import ChildHead
from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue import Catalogue, paths_of
from evidencebox.store.engine import reading, writing
from evidencebox.store.ledger import utc_now
from evidencebox.store.tables import ChildRow, DocumentRow, LocationRow, SpoolRow, TroveRow
from evidencebox.vault.spool import SpoolRef

MAX_ATTEMPTS = 3
LAST_CHANCES = 3
_CHUNK = 500


def _with_a_path() -> Any:
    return select(LocationRow.document).where(LocationRow.document.is_not(None))


_DIGESTS = (
    DocumentRow.sha256,
    DocumentRow.sha1,
    DocumentRow.md5,
    DocumentRow.size.label("bytes"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One path of the trove as the scan saw it. `reason` says why it will not be read."""

    raw: bytes
    path: str
    size: int
    mtime_ns: int
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A path whose bytes are to be read."""

    location: int
    raw: bytes
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child whose bytes wait in the spool."""

    document: int
    digests: Digests
    ref: SpoolRef
    depth: int
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Child:
    """A child as its parent's reading yielded it."""

    head: ChildHead
    digests: Digests
    ref: SpoolRef


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a document's reading yielded but the text of its pages."""

    document: int
    outcome: Outcome
    pages: int
    chars: int
    title: str
    date: str | None
    metadata: Mapping[str, Sequence[str]]
    notices: Sequence[Notice]
    children: Sequence[Child]
    depth: int


class Intake:
    """Writes what ingest finds. `trove` is the row of the trove being read."""

    def __init__(self, catalogue: Catalogue, root: str, custodian: str) -> None:
        self._engine = catalogue.engine
        with writing(self._engine) as connection:
            new = upsert(TroveRow).values(root=root, custodian=custodian, first_seen=utc_now())
            connection.execute(new.on_conflict_do_nothing())
            if custodian:
                connection.execute(
                    update(TroveRow).where(TroveRow.root == root).values(custodian=custodian)
                )
            self.trove = connection.execute(
                select(TroveRow.id).where(TroveRow.root == root)
            ).scalar_one()

    def see(self, paths: Sequence[Seen]) -> None:
        """Records paths; one whose size or time changed is to be read again."""
        if not paths:
            return
        rows = [
            {
                "trove": self.trove,
                "raw": p.raw,
                "path": p.path,
                "size": p.size,
                "mtime_ns": p.mtime_ns,
                "kind": p.kind,
                "reason": p.reason,
            }
            for p in paths
        ]
        new = upsert(LocationRow)
        changed = (LocationRow.size != new.excluded.size) | (
            LocationRow.mtime_ns != new.excluded.mtime_ns
        )
        statement = new.on_conflict_do_update(
            index_elements=["trove", "raw"],
            set_={
                "size": new.excluded.size,
                "mtime_ns": new.excluded.mtime_ns,
                "kind": new.excluded.kind,
                "reason": new.excluded.reason,
                "document": None,
            },
            where=changed | (LocationRow.reason != "") | (new.excluded.reason != ""),
        )
        with writing(self._engine) as connection:
            connection.execute(statement, rows)

    def unread(self, after: int, limit: int) -> list[Unread]:
        """Paths with no document yet, in order of their rows."""
        query = (
            select(LocationRow.id, LocationRow.raw, LocationRow.path, LocationRow.size)
            .where(
                LocationRow.trove == self.trove,
                LocationRow.id > after,
                LocationRow.document.is_(None),
                LocationRow.kind == "file",
                LocationRow.reason == "",
            )
            .order_by(LocationRow.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [Unread(*row) for row in connection.execute(query)]

    def unreadable(self, location: int, reason: str) -> None:
        """A path whose bytes could not be read, with one sentence why."""
        with writing(self._engine) as connection:
            connection.execute(
                update(LocationRow)
                .where(LocationRow.id == location)
                .values(kind="error", reason=reason)
            )

    def identify(
        self, found: Sequence[tuple[int, Digests]], busy: set[int]
    ) -> list[tuple[int, bool]]:
        """Ties paths to documents: for each, the document's row and whether to extract it now.

        A document seen for the first time, or left pending by an interrupted run and not `busy`
        now, is to be extracted. The attempt is counted and committed before it starts, so that a
        poison file cannot loop the application; after too many it is quarantined.
        """
        ties: list[tuple[int, bool]] = []
        started: set[int] = set()
        with writing(self._engine) as connection:
            for location, digests in found:
                document, status = _document(connection, digests)
                connection.execute(
                    update(LocationRow)
                    .where(LocationRow.id == location)
                    .values(document=document, reason="")
                )
                fresh = status in (None, Status.PENDING.value)
                fresh = fresh and document not in busy and document not in started
                if fresh:
                    started.add(document)
                    fresh = _attempt(connection, document)
                else:
                    _mark_stale(connection, document)
                ties.append((document, fresh))
        return ties

    def release(self) -> None:
        """Pending documents that stand in this trove as files are to be read again."""
        pending = (
            select(DocumentRow.id)
            .where(DocumentRow.status == Status.PENDING)
            .where(DocumentRow.id.not_in(select(SpoolRow.document)))
        )
        with writing(self._engine) as connection:
            connection.execute(
                update(LocationRow)
                .where(LocationRow.trove == self.trove, LocationRow.document.in_(pending))
                .values(document=None)
            )

    def waiting(self, exclude: Iterable[int], limit: int) -> list[Waiting]:
        """Children to be read from the spool, without those already under way; deepest first."""
        query = (
            select(SpoolRow.__table__, *_DIGESTS)
            .join(DocumentRow, DocumentRow.id == SpoolRow.document)
            .where(DocumentRow.status == Status.PENDING)
            .where(SpoolRow.document.not_in(sorted(exclude)))
            .order_by(SpoolRow.depth.desc(), SpoolRow.document)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [
                Waiting(
                    row.document,
                    _digests(row),
                    SpoolRef(row.pack, row.offset, row.chunk, row.bytes),
                    row.depth,
                    row.name,
                    row.media_type,
                )
                for row in connection.execute(query)
            ]

    def start(self, document: int) -> bool:
        """Counts an attempt. False where there were too many: the document is quarantined."""
        with writing(self._engine) as connection:
            return _attempt(connection, document)

    def last_chances(self) -> bool:
        """Reopens what was quarantined for interruptions, to be read one at a time.

        A run that was killed again and again blames whatever was under way, so the innocent get
        another try when all else is done; the guilty can then stop nothing but themselves.
        """
        with writing(self._engine) as connection:
            result = connection.execute(
                update(DocumentRow)
                .where(
                    DocumentRow.status == Status.QUARANTINED,
                    DocumentRow.attempts < MAX_ATTEMPTS + LAST_CHANCES,
                )
                .values(status=Status.PENDING.value, reason="")
            )
            return result.rowcount > 0

    def finish(self, readings: Sequence[Reading]) -> set[str]:
        """Records what was read, after it was indexed. Returns packs no child waits in any more."""
        with writing(self._engine) as connection:
            done: set[str] = set()
            for reading_ in readings:
                done.update(_finish(connection, reading_))
            still = set(connection.scalars(select(SpoolRow.pack).where(SpoolRow.pack.in_(done))))
            return done - still

    def spool_lost(self, document: int) -> None:
        """A child's bytes are gone: its parents are to be read again, and yield it again."""
        with writing(self._engine) as connection:
            connection.execute(delete(SpoolRow).where(SpoolRow.document == document))
            _reopen(connection, _parents(connection, [document]))

    def packs(self) -> set[str]:
        """The packs in which children wait."""
        with reading(self._engine) as connection:
            return set(connection.scalars(select(SpoolRow.pack).distinct()))

    def lost_children(self) -> None:
        """Pending children with no bytes waiting and no path of their own: parents read again."""
        with writing(self._engine) as connection:
            while True:
                orphans = connection.scalars(
                    select(DocumentRow.id)
                    .where(DocumentRow.status == Status.PENDING)
                    .where(DocumentRow.id.not_in(select(SpoolRow.document)))
                    .where(DocumentRow.id.not_in(_with_a_path()))
                ).all()
                parents = _parents(connection, orphans)
                if not _reopen(connection, parents):
                    return

    def reopen(self, documents: Sequence[DocumentId] | None) -> int:
        """Makes failed documents pending again (all, or those named). Returns how many."""
        with writing(self._engine) as connection:
            query = select(DocumentRow.id).where(
                DocumentRow.status.in_(sorted(s.value for s in UNREAD))
            )
            if documents is not None:
                query = query.where(DocumentRow.sha256.in_(documents))
            count = _reopen(connection, connection.scalars(query).all())
            if documents is None:
                result = connection.execute(
                    update(LocationRow)
                    .where(LocationRow.kind == "error")
                    .values(kind="file", reason="")
                )
                count += result.rowcount
            return count

    def stale(self, limit: int) -> list[tuple[int, DocumentId]]:
        """Documents whose index entry is to be replaced: names or family changed since."""
        query = (
            select(DocumentRow.id, DocumentRow.sha256)
            .where(DocumentRow.stale, DocumentRow.status != Status.PENDING)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [(row.id, DocumentId(row.sha256)) for row in connection.execute(query)]

    def places(self, documents: Sequence[int]) -> dict[int, list[Location]]:
        """Document row → its locations, also through its parents, for a fresh index entry."""
        with writing(self._engine) as connection:
            for start in range(0, len(documents), _CHUNK):
                part = documents[start : start + _CHUNK]
                connection.execute(
                    update(DocumentRow).where(DocumentRow.id.in_(part)).values(stale=False)
                )
            return paths_of(connection, documents)

    def count_known(self) -> int:
        """Files of this trove whose document is known already."""
        with reading(self._engine) as connection:
            return (
                connection.scalar(
                    select(func.count()).where(
                        LocationRow.trove == self.trove, LocationRow.document.is_not(None)
                    )
                )
                or 0
            )

    def hash_list(self) -> Iterator[tuple[bytes, str, int]]:
        """(raw path, SHA-256, size) of every file of this trove, by path."""
        query = (
            select(LocationRow.raw, DocumentRow.sha256, LocationRow.size)
            .join(DocumentRow, DocumentRow.id == LocationRow.document)
            .where(LocationRow.trove == self.trove)
            .order_by(LocationRow.raw)
        )
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                yield row.raw, row.sha256, row.size


def _digests(row: Any) -> Digests:
    return Digests(DocumentId(row.sha256), row.sha1, row.md5, row.bytes)


def _document(connection: Connection, digests: Digests) -> tuple[int, str | None]:
    """The document's row and status; the status is None where it was made just now."""
    row = connection.execute(
        select(DocumentRow.id, DocumentRow.status).where(DocumentRow.sha256 == digests.sha256)
    ).first()
    if row:
        return row.id, row.status
    result = connection.execute(
        insert(DocumentRow).values(
            sha256=digests.sha256,
            sha1=digests.sha1,
            md5=digests.md5,
            size=digests.size,
            type="other",
            media_type="",
            status=Status.PENDING.value,
            stage="",
            reason="",
            engine="",
            version=0,
            attempts=0,
            pages=0,
            chars=0,
            title="",
            date=None,
            metadata_json="{}",
            notices_json="[]",
            stale=False,
        )
    )
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0]), None


def _attempt(connection: Connection, document: int) -> bool:
    """Counts an attempt. False, and quarantined, where there were too many."""
    tried = connection.execute(
        update(DocumentRow)
        .where(DocumentRow.id == document)
        .values(attempts=DocumentRow.attempts + 1)
        .returning(DocumentRow.attempts)
    ).scalar_one()
    suspect = connection.scalar(select(DocumentRow.stage).where(DocumentRow.id == document))
    if tried <= MAX_ATTEMPTS + (LAST_CHANCES if suspect else 0):
        return True
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.id == document)
        .values(
            status=Status.QUARANTINED.value,
            stage="extract",
            reason="EvidenceBox stopped while it was being read, several times over, "
            "so it is left alone; retry it by itself.",
        )
    )
    return False


def _mark_stale(connection: Connection, document: int) -> None:
    connection.execute(update(DocumentRow).where(DocumentRow.id == document).values(stale=True))


def _finish(connection: Connection, reading_: Reading) -> set[str]:
    outcome = reading_.outcome
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.id == reading_.document)
        .values(
            type=outcome.type.value,
            media_type=outcome.media_type,
            status=outcome.status.value,
            stage=outcome.stage,
            reason=outcome.reason,
            engine=outcome.engine,
            version=outcome.version,
            pages=reading_.pages,
            chars=reading_.chars,
            title=reading_.title,
            date=reading_.date,
            metadata_json=json.dumps({k: list(v) for k, v in reading_.metadata.items()}),
            notices_json=json.dumps([[n.code, n.detail] for n in reading_.notices]),
            attempts=0,
        )
    )
    packs = set(
        connection.scalars(
            delete(SpoolRow).where(SpoolRow.document == reading_.document).returning(SpoolRow.pack)
        )
    )
    connection.execute(delete(ChildRow).where(ChildRow.parent == reading_.document))
    for ordinal, child in enumerate(reading_.children):
        packs.add(child.ref.pack)
        _add_child(connection, reading_, ordinal, child)
    return packs


def _add_child(connection: Connection, reading_: Reading, ordinal: int, child: Child) -> None:
    document, status = _document(connection, child.digests)
    connection.execute(
        insert(ChildRow).values(
            parent=reading_.document,
            ordinal=ordinal,
            child=document,
            name=child.head.name,
            relation=child.head.relation,
            part=child.head.part,
        )
    )
    if status in (None, Status.PENDING.value):
        spooled = upsert(SpoolRow).values(
            document=document,
            pack=child.ref.pack,
            offset=child.ref.offset,
            chunk=child.ref.chunk,
            depth=reading_.depth + 1,
            name=child.head.name,
            media_type=child.head.media_type,
        )
        connection.execute(spooled.on_conflict_do_nothing())
    else:
        _mark_stale(connection, document)


def _parents(connection: Connection, documents: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for start in range(0, len(documents), _CHUNK):
        part = documents[start : start + _CHUNK]
        found.update(connection.scalars(select(ChildRow.parent).where(ChildRow.child.in_(part))))
    return sorted(found)


def _reopen(connection: Connection, documents: Sequence[int]) -> int:
    count = 0
    for start in range(0, len(documents), _CHUNK):
        part = documents[start : start + _CHUNK]
        result = connection.execute(
            update(DocumentRow)
            .where(DocumentRow.id.in_(part), DocumentRow.status != Status.PENDING)
            .values(status=Status.PENDING.value, attempts=0)
        )
        count += result.rowcount
    return count
