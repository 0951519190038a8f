"""catalogue.db, for the one process that writes it: ingest. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from evidencebox.model.documents import UNREAD, Digests, Location, Status
from evidencebox.model.ids import DocumentId
from evidencebox.store import intake_rows as rows
from evidencebox.store import ocr_rows
from evidencebox.store.catalogue import paths_of
from evidencebox.store.catalogue_tables import (
    ChildRow,
    DocumentRow,
    LocationRow,
    OcrSourceRow,
    SpoolRow,
)
from evidencebox.store.engine import reading, writing
from evidencebox.store.found import Reading, Waiting
from evidencebox.store.trove_paths import TrovePaths
from evidencebox.vault.spool import SpoolRef


def _with_a_path() -> Any:
    return select(LocationRow.document).where(LocationRow.document.is_not(None))


_DIGESTS = (
    DocumentRow.sha256,
    DocumentRow.sha1,
    DocumentRow.md5,
    DocumentRow.size.label("bytes"),
)


class Intake(TrovePaths):
    """Writes what ingest reads from one trove, and what it finds inside."""

    def identify(
        self, found: Sequence[tuple[int, Digests]], busy: set[int]
    ) -> list[tuple[int, bool]]:
        """Ties paths to documents: for each, the document's row and whether to extract it now.

        A document seen for the first time, or left pending by an interrupted run and not `busy`
        now, is to be extracted. The attempt is counted and committed before it starts, so that a
        poison file cannot loop the application; after too many it is quarantined.
        """
        with writing(self._engine) as connection:
            known = rows.ensure(connection, (digests for _, digests in found))
            documents = [known[digests.sha256] for _, digests in found]
            ids = [document for document, _ in documents]
            rows.tie(connection, zip((location for location, _ in found), ids, strict=True))
            unread = {d for d, status in documents if status in (None, Status.PENDING.value)}
            allowed = rows.attempt(connection, unread - busy)
            ties: list[tuple[int, bool]] = []
            again: set[int] = set()
            for document in ids:
                fresh = document in allowed
                allowed.discard(document)
                ties.append((document, fresh))
                if not fresh:
                    again.add(document)
            rows.mark_stale(connection, again)
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
        parent = select(func.min(ChildRow.parent)).where(ChildRow.child == SpoolRow.document)
        query = (
            select(SpoolRow.__table__, parent.scalar_subquery().label("parent"), *_DIGESTS)
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
                    row.parent or 0,
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
            return bool(rows.attempt(connection, [document]))

    def set_aside(self) -> None:
        """Puts back into quarantine what was being given a last chance when the run was killed."""
        with writing(self._engine) as connection:
            suspects = select(DocumentRow.id).where(
                DocumentRow.status == Status.PENDING, DocumentRow.attempts > rows.MAX_ATTEMPTS
            )
            rows.quarantine(connection, connection.scalars(suspects).all())

    def last_chance(self) -> bool:
        """Reopens one document that was quarantined for interruptions, to be read by itself.

        A run that was killed again and again blames whatever was under way, so the innocent get
        another try when all else is done; the guilty can then stop nothing but themselves.
        """
        with writing(self._engine) as connection:
            document = connection.scalar(
                select(DocumentRow.id)
                .where(
                    DocumentRow.status == Status.QUARANTINED,
                    DocumentRow.attempts < rows.MAX_SUSPECT_ATTEMPTS,
                )
                .order_by(DocumentRow.attempts, DocumentRow.id)
                .limit(1)
            )
            if document is None:
                return False
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.id == document)
                .values(status=Status.PENDING.value, reason="")
            )
            return True

    def finish(self, readings: Sequence[Reading], *, keep: bool = False) -> set[str]:
        """Records what was read, after it was indexed. Returns packs no child waits in any more.

        `keep`: the bytes of children stay where their pages are to be recognised.
        """
        with writing(self._engine) as connection:
            done = rows.finish(connection, readings, keep)
            still: set[str] = set()
            for pack in (SpoolRow.pack, OcrSourceRow.pack):
                still.update(connection.scalars(select(pack).where(pack.in_(done))))
            return done - still

    def spool_lost(self, document: int) -> None:
        """A child's bytes are gone: its parents are to be read again, and yield it again."""
        with writing(self._engine) as connection:
            connection.execute(delete(SpoolRow).where(SpoolRow.document == document))
            rows.reopen(connection, rows.parents(connection, [document]))

    def packs(self) -> set[str]:
        """The packs in which children wait."""
        with reading(self._engine) as connection:
            packs = select(SpoolRow.pack).union(select(OcrSourceRow.pack))
            return set(connection.scalars(packs))

    def lost_pages(self) -> None:
        """Pages wait to be recognised, and nobody kept the bytes: parents are read again."""
        with writing(self._engine) as connection:
            ocr_rows.reopen_lost(connection)

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
                if not rows.reopen(connection, rows.parents(connection, orphans)):
                    return

    def reopen(self, documents: Sequence[DocumentId] | None) -> int:
        """Makes failed documents pending again (all, or those named). Returns how many."""
        with writing(self._engine) as connection:
            query = select(DocumentRow.id).where(
                DocumentRow.status.in_(sorted(s.value for s in UNREAD))
            )
            if documents is not None:
                query = query.where(DocumentRow.sha256.in_(documents))
            count = rows.reopen(connection, connection.scalars(query).all())
            if documents is None:
                # Paths that could not be read are tried by every run anyway.
                paths = select(func.count()).where(LocationRow.kind.in_(("error", "folder")))
                count += connection.scalar(paths) or 0
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

    def places(self, documents: Sequence[int]) -> dict[int, tuple[list[Location], int]]:
        """Pending document row → its locations, also through its parents, and how many parents.

        For its index entry. Asked of the tables and not of how it was read: what is read as a file
        may have become a child meanwhile, and the other way round.
        """
        with writing(self._engine) as connection:
            rows.mark_fresh(connection, documents)
            paths = paths_of(connection, documents)
            above = rows.parent_counts(connection, documents)
        return {document: (paths[document], above.get(document, 0)) for document in documents}

    def refreshed(self, documents: Sequence[int]) -> None:
        """Their index entries were replaced."""
        with writing(self._engine) as connection:
            rows.mark_fresh(connection, documents)


def _digests(row: Any) -> Digests:
    return Digests(DocumentId(row.sha256), row.sha1, row.md5, row.bytes)
