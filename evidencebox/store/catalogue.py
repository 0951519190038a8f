"""catalogue.db, for readers: documents, locations, families, failures. Derived, and made again."""

from __future__ import annotations

import base64
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from evidencebox.model.documents import (
    UNREAD,
    DocumentRecord,
    DocumentType,
    Location,
    Notice,
    Status,
)
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.views import Failure
from evidencebox.store import migrate
from evidencebox.store.catalogue_tables import ChildRow, DocumentRow, LocationRow, TroveRow
from evidencebox.store.engine import Connect, closing_on_error, make_engine, reading
from evidencebox.store.thread_rows import threads_of

_CHUNK = 500
MAX_PATHS = 1000
"""A message attached to ten thousand others is shown with its first thousand paths."""
_UNREAD = sorted(s.value for s in UNREAD)


class Catalogue:
    """What ingest found out. Safe for use from several threads, beside a process that writes."""

    def __init__(self, connect: Connect) -> None:
        self.engine = make_engine(connect)
        with closing_on_error(self.engine):
            migrate.upgrade(self.engine, "catalogue")

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    def count(self) -> int:
        """How many documents are known."""
        with reading(self.engine) as connection:
            return connection.scalar(select(func.count()).select_from(DocumentRow)) or 0

    def failure_count(self) -> int:
        """How many documents and paths stand in the failures list."""
        documents = select(func.count()).where(DocumentRow.status.in_(_UNREAD))
        paths = select(func.count()).where(LocationRow.reason != "")
        with reading(self.engine) as connection:
            return (connection.scalar(documents) or 0) + (connection.scalar(paths) or 0)

    def troves(self) -> list[str]:
        """The folders of the troves, as last seen."""
        with reading(self.engine) as connection:
            return list(connection.scalars(select(TroveRow.root).order_by(TroveRow.id)))

    def all_ids(self) -> list[DocumentId]:
        """Every document, in the order of finding."""
        with reading(self.engine) as connection:
            # As the driver gives them: a case may have a million, and each empty search asks.
            driver: Any = connection.connection.dbapi_connection
            rows = driver.execute("SELECT sha256 FROM documents ORDER BY id").fetchall()
        return list(itertools.chain.from_iterable(rows))

    def records(self, documents: Sequence[DocumentId]) -> list[DocumentRecord]:
        """The records of `documents`, in that order; unknown ones are left out."""
        found: dict[str, DocumentRecord] = {}
        with reading(self.engine) as connection:
            for start in range(0, len(documents), _CHUNK):
                part = documents[start : start + _CHUNK]
                rows = connection.execute(
                    select(DocumentRow.__table__).where(DocumentRow.sha256.in_(part))
                ).all()
                found.update((r.sha256 or "", r) for r in _records(connection, rows))
        return [found[d] for d in documents if d in found]

    def each(self) -> Iterator[DocumentRecord]:
        """Every document, then every path of which no byte could be read."""
        last = 0
        with reading(self.engine) as connection:
            while True:
                rows = connection.execute(
                    select(DocumentRow.__table__)
                    .where(DocumentRow.id > last)
                    .order_by(DocumentRow.id)
                    .limit(_CHUNK)
                ).all()
                if not rows:
                    break
                last = rows[-1].id
                yield from _records(connection, rows)
            for row in connection.execute(_unread_paths()):
                yield _unread_record(row)

    def digests(self, document: DocumentId) -> tuple[str, str]:
        """MD5 and SHA-1, which load files ask for; empty for a document that is not known."""
        query = select(DocumentRow.md5, DocumentRow.sha1).where(DocumentRow.sha256 == document)
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        return (row.md5, row.sha1) if row is not None else ("", "")

    def notices(self, document: DocumentId) -> list[Notice]:
        """What a reader of the document should know."""
        with reading(self.engine) as connection:
            text = connection.scalar(
                select(DocumentRow.notices_json).where(DocumentRow.sha256 == document)
            )
        return [Notice(code, detail) for code, detail in json.loads(text or "[]")]

    def failures(self) -> list[Failure]:
        """What could not be read, or not whole, and why."""
        with reading(self.engine) as connection:
            rows = connection.execute(
                select(DocumentRow.__table__)
                .where(DocumentRow.status.in_(_UNREAD))
                .order_by(DocumentRow.id)
            ).all()
            paths = paths_of(connection, [row.id for row in rows])
            listed = [
                Failure(
                    DocumentId(r.sha256),
                    paths[r.id][0].path if paths[r.id] else short_id(DocumentId(r.sha256)),
                    r.status,
                    r.stage,
                    r.reason,
                )
                for r in rows
            ]
            for row in connection.execute(_unread_paths()):
                listed.append(Failure(None, row.path, row.status, "read", row.reason))
            return listed

    def by_status(self) -> dict[str, dict[str, int]]:
        """Type → status → number of documents."""
        table: dict[str, dict[str, int]] = defaultdict(dict)
        query = select(DocumentRow.type, DocumentRow.status, func.count()).group_by(
            DocumentRow.type, DocumentRow.status
        )
        with reading(self.engine) as connection:
            for kind, status, number in connection.execute(query):
                table[kind][status] = number
        return dict(table)


def _unread_paths() -> Any:
    from sqlalchemy import case

    status = case((LocationRow.kind.in_(("error", "folder")), "failed"), else_="unsupported").label(
        "status"
    )
    return (
        select(LocationRow.path, LocationRow.raw, LocationRow.size, LocationRow.reason, status)
        .where(LocationRow.reason != "")
        .order_by(LocationRow.id)
    )


def paths_of(connection: Connection, documents: Sequence[int]) -> dict[int, list[Location]]:
    """Document row → its locations: its own in the trove, then those through its parents.

    In an order that depends on the trove alone, not on which worker was faster.
    """
    families = _Families(connection, documents)
    return {document: families.locations(document) for document in documents}


class _Families:
    """Paths through parents: read for many documents at once, each put together once."""

    def __init__(self, connection: Connection, documents: Iterable[int]) -> None:
        self._own: dict[int, list[Location]] = defaultdict(list)
        self._parents: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._known: dict[int, list[Location]] = {}
        self._cuts = 0
        loaded: set[int] = set()
        level = set(documents)
        while level:
            loaded |= level
            level = self._load(connection, sorted(level)) - loaded

    def locations(self, document: int, below: frozenset[int] = frozenset()) -> list[Location]:
        """`below`: the members of the family that are being looked at already."""
        if document in self._known:
            return self._known[document]
        within, cuts = below | {document}, self._cuts
        # A family that contains itself (a quine archive) ends here and not in the stack.
        above = [(parent, name) for parent, name in self._parents[document] if parent not in within]
        self._cuts += len(self._parents[document]) - len(above)
        through = {
            Location(f"{place.path}/{name}", None, place.custodian)
            for parent, name in above
            for place in self.locations(parent, within)
        }
        found = self._own[document] + sorted(through, key=lambda p: (p.path, p.custodian))
        del found[MAX_PATHS:]
        if not below or self._cuts == cuts:
            self._known[document] = found
        return found

    def _load(self, connection: Connection, documents: Sequence[int]) -> set[int]:
        """Own paths and parents of `documents`. Returns the parents."""
        found: set[int] = set()
        for start in range(0, len(documents), _CHUNK):
            part = documents[start : start + _CHUNK]
            for row in connection.execute(_OWN.where(LocationRow.document.in_(part))):
                place = Location(row.path, raw_base64(row.raw), row.custodian)
                self._own[row.document].append(place)
            for child, parent, name in connection.execute(_UP.where(ChildRow.child.in_(part))):
                self._parents[child].append((parent, name))
                found.add(parent)
        return found


_OWN = (
    select(LocationRow.document, LocationRow.path, LocationRow.raw, TroveRow.custodian)
    .join(TroveRow, TroveRow.id == LocationRow.trove)
    .order_by(LocationRow.path, LocationRow.raw, LocationRow.trove)
)
_UP = select(ChildRow.child, ChildRow.parent, ChildRow.name)


def raw_base64(raw: bytes) -> str | None:
    """The raw bytes of a path for JSON, where they are not UTF-8; else None."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(raw).decode("ascii")
    return None


def _records(connection: Connection, rows: Iterable[Any]) -> Iterator[DocumentRecord]:
    rows = list(rows)
    ids = [row.id for row in rows]
    paths = paths_of(connection, ids)
    parents, children = _edges(connection, ids)
    threads = threads_of(connection, ids)
    for row in rows:
        sha = DocumentId(row.sha256)
        metadata = {k: tuple(v) for k, v in json.loads(row.metadata_json).items()}
        yield DocumentRecord(
            sha256=sha,
            id=short_id(sha),
            locations=tuple(paths[row.id]),
            type=DocumentType(row.type),
            media_type=row.media_type,
            status=Status(row.status),
            reason=row.reason,
            pages=row.pages,
            chars=row.chars,
            parents=tuple(parents[row.id]),
            children=tuple(children[row.id]),
            size=row.size,
            date=row.date,
            title=row.title,
            metadata=metadata,
            thread=threads.get(row.id),
        )


def _edges(
    connection: Connection, ids: Sequence[int]
) -> tuple[dict[int, list[DocumentId]], dict[int, list[DocumentId]]]:
    parents: dict[int, list[DocumentId]] = defaultdict(list)
    children: dict[int, list[DocumentId]] = defaultdict(list)
    up = (
        select(ChildRow.child, DocumentRow.sha256)
        .join(DocumentRow, DocumentRow.id == ChildRow.parent)
        .where(ChildRow.child.in_(ids))
        .order_by(DocumentRow.sha256)
    )
    down = (
        select(ChildRow.parent, DocumentRow.sha256)
        .join(DocumentRow, DocumentRow.id == ChildRow.child)
        .where(ChildRow.parent.in_(ids))
        .order_by(ChildRow.ordinal)
    )
    for query, into in ((up, parents), (down, children)):
        for own, other in connection.execute(query):
            if other not in into[own]:
                into[own].append(DocumentId(other))
    return parents, children


def _unread_record(row: Any) -> DocumentRecord:
    return DocumentRecord(
        sha256=None,
        id="",
        locations=(Location(row.path, raw_base64(row.raw)),),
        type=DocumentType.OTHER,
        media_type="",
        status=Status(row.status),
        reason=row.reason,
        pages=0,
        chars=0,
        parents=(),
        children=(),
        size=row.size,
        date=None,
    )
