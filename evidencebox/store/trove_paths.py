"""The paths of a trove in catalogue.db: what a scan saw, what is unread, what each file held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.store import intake_rows as rows
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import (
    DocumentRow,
    LocationRow,
    TroveRow,
)
from evidencebox.store.engine import reading, writing
from evidencebox.store.found import Seen, Sighting, Unread
from evidencebox.store.ledger import utc_now


class TrovePaths:
    """Of one trove; `trove` is its row. Every method is one transaction."""

    def __init__(self, catalogue: Catalogue, root: str, custodian: str) -> None:
        self._engine = catalogue.engine
        with writing(self._engine) as connection:
            new = upsert(TroveRow).values(root=root, custodian=custodian, first_seen=utc_now())
            connection.execute(new.on_conflict_do_nothing())
            row = connection.execute(
                select(TroveRow.id, TroveRow.custodian).where(TroveRow.root == root)
            ).one()
            self.trove = row.id
            if custodian and custodian != row.custodian:
                self._rename_custodian(connection, custodian)

    def _rename_custodian(self, connection: Connection, custodian: str) -> None:
        connection.execute(
            update(TroveRow).where(TroveRow.id == self.trove).values(custodian=custodian)
        )
        here = select(LocationRow.document).where(
            LocationRow.trove == self.trove, LocationRow.document.is_not(None)
        )
        rows.mark_stale(connection, [row for row in connection.scalars(here) if row])

    def see(self, paths: Sequence[Seen]) -> Sighting:
        """Records paths; one whose size or time changed is to be read again."""
        if not paths:
            return Sighting(frozenset(), 0, 0)
        values = [
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
            before = rows.located(connection, self.trove, [p.raw for p in paths])
            connection.execute(statement, values)
            kept = {p.raw for p in paths if _unchanged(before.get(p.raw), p)}
            # What stood at a path that now holds something else has lost that name.
            lost = {r.document for raw, r in before.items() if raw not in kept and r.document}
            rows.mark_stale(connection, lost)
        return Sighting(
            known=frozenset(kept),
            unread=sum(p.size for p in paths if p.kind == "file" and p.raw not in kept),
            failures=sum(p.reason != "" for p in paths)
            - sum(row.reason != "" for row in before.values()),
        )

    def scanned(self, unread_folders: Sequence[bytes]) -> None:
        """The scan is complete: folders that could be read this time are no failures any more."""
        folders = (LocationRow.trove == self.trove) & (LocationRow.kind == "folder")
        with writing(self._engine) as connection:
            before = connection.execute(select(LocationRow.id, LocationRow.raw).where(folders))
            gone = [row.id for row in before.all() if row.raw not in set(unread_folders)]
            for part in rows.chunks(gone):
                connection.execute(delete(LocationRow).where(LocationRow.id.in_(part)))

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


def _unchanged(before: Any, now: Seen) -> bool:
    """Whether the path was read before, and nothing about it says that it should be again."""
    if before is None or before.document is None or before.reason or now.reason:
        return False
    return (before.size, before.mtime_ns) == (now.size, now.mtime_ns)


def files_of(catalogue: Catalogue, root: str, limit: int) -> list[tuple[bytes, int]]:
    """(raw path, size) of some files that were read from the trove at `root`."""
    query = (
        select(LocationRow.raw, LocationRow.size)
        .join(TroveRow, TroveRow.id == LocationRow.trove)
        .where(TroveRow.root == root, LocationRow.document.is_not(None))
        .order_by(LocationRow.id)
        .limit(limit)
    )
    with reading(catalogue.engine) as connection:
        return [(raw, size) for raw, size in connection.execute(query)]


def move_trove(catalogue: Catalogue, old: str, new: str) -> None:
    """The trove at `old` stands at `new` now."""
    with writing(catalogue.engine) as connection:
        connection.execute(update(TroveRow).where(TroveRow.root == old).values(root=new))
