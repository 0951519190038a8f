"""Where a document's bytes are to be had again: its files in the troves, or its parents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import ChildRow, DocumentRow, LocationRow, TroveRow
from evidencebox.store.engine import reading


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`files`: folder of a trove and raw path within it. `parents`: smallest first.

    `name` and `media_type` are what a reader is told of it; `size` is in bytes.
    """

    document: DocumentId
    name: str
    media_type: str
    size: int
    files: tuple[tuple[str, bytes], ...]
    parents: tuple[DocumentId, ...]


def whereabouts(catalogue: Catalogue, document: DocumentId) -> Whereabouts | None:
    """None for a document that nobody knows."""
    with reading(catalogue.engine) as connection:
        row = connection.execute(
            select(DocumentRow.__table__).where(DocumentRow.sha256 == document)
        ).first()
        if row is None:
            return None
        files = connection.execute(
            select(TroveRow.root, LocationRow.raw, LocationRow.path)
            .join(TroveRow, TroveRow.id == LocationRow.trove)
            .where(LocationRow.document == row.id)
            .order_by(LocationRow.id)
        ).all()
        parents = connection.execute(
            select(DocumentRow.sha256, ChildRow.name)
            .join(ChildRow, ChildRow.parent == DocumentRow.id)
            .where(ChildRow.child == row.id)
            .order_by(DocumentRow.size, DocumentRow.id)
        ).all()
    name = files[0].path.rsplit("/", 1)[-1] if files else (parents[0].name if parents else "")
    return Whereabouts(
        document,
        name,
        row.media_type,
        row.size,
        tuple((file.root, file.raw) for file in files),
        tuple(dict.fromkeys(DocumentId(parent.sha256) for parent in parents)),
    )
