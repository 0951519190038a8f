"""Signatures of texts and keys of messages: what is kept to find what is alike."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select, update

from evidencebox.model.documents import DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import ChildRow, DocumentRow
from evidencebox.store.engine import reading, writing
from evidencebox.store.signature_rows import SIGNATURES

FAILED = -1
"""In place of the number of words, where a text could not be signed."""
_CHUNK = 500
_PUT = (
    update(SIGNATURES)
    .where(SIGNATURES.c.document == bindparam("row"))
    .values({name: bindparam(f"new_{name}") for name in ("words", "digest", "places", "message")})
)
_SIGNED = SIGNATURES.c.words > 0


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A document whose text is to be signed. `metadata` is a message's, else empty."""

    row: int
    document: DocumentId
    date: str
    metadata: Mapping[str, Sequence[str]]
    children: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """A document's signature: words, their digest, 256 bytes of places, a message's key or ''."""

    document: DocumentId
    words: int
    digest: bytes
    places: bytes
    message: str


class Signatures:
    """Safe for use from several threads, beside the one process that puts them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = catalogue.engine

    def waiting(self) -> bool:
        """Whether texts came or changed since they were signed."""
        with reading(self._engine) as connection:
            return bool(connection.scalar(select(exists().where(SIGNATURES.c.words.is_(None)))))

    def unsigned(self, after: int, limit: int) -> list[Unsigned]:
        """Documents to be signed, by their rows, from beyond `after`."""
        query = (
            select(DocumentRow.__table__)
            .join(SIGNATURES, SIGNATURES.c.document == DocumentRow.id)
            .where(SIGNATURES.c.words.is_(None), DocumentRow.id > after)
            .order_by(DocumentRow.id)
            .limit(limit)
        )
        children = select(ChildRow.parent, DocumentRow.sha256).join(
            DocumentRow, DocumentRow.id == ChildRow.child
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            mails = [row.id for row in rows if row.type == DocumentType.MAIL]
            held: dict[int, list[DocumentId]] = {}
            for parent, child in connection.execute(children.where(ChildRow.parent.in_(mails))):
                held.setdefault(parent, []).append(DocumentId(child))
        return [
            Unsigned(
                row.id,
                DocumentId(row.sha256),
                row.date or "",
                json.loads(row.metadata_json) if row.type == DocumentType.MAIL else {},
                tuple(sorted(held.get(row.id, ()))),
            )
            for row in rows
        ]

    def put(self, signed: Mapping[int, Signed]) -> None:
        """Document row → its signature, in one transaction."""
        rows = [
            {
                "row": row,
                "new_words": each.words,
                "new_digest": each.digest,
                "new_places": each.places,
                "new_message": each.message,
            }
            for row, each in signed.items()
        ]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(_PUT, rows)

    def one(self, document: DocumentId) -> Signed | None:
        """A document's signature; None where it has no words, or waits."""
        found = self._signed(DocumentRow.sha256 == document)
        return found[0] if found else None

    def all(self) -> list[Signed]:
        """Every signature of a text that has words, by document."""
        return self._signed(_SIGNED)

    def messages(self, key: str) -> list[DocumentId]:
        """The documents that are the message of this key."""
        query = (
            select(DocumentRow.sha256)
            .join(SIGNATURES, SIGNATURES.c.document == DocumentRow.id)
            .where(SIGNATURES.c.message == key, SIGNATURES.c.message != "")
            .order_by(DocumentRow.sha256)
        )
        with reading(self._engine) as connection:
            return [DocumentId(sha256) for sha256 in connection.scalars(query)]

    def message_keys(self) -> dict[DocumentId, str]:
        """Document → its message's key, for all that have one."""
        query = (
            select(DocumentRow.sha256, SIGNATURES.c.message)
            .join(SIGNATURES, SIGNATURES.c.document == DocumentRow.id)
            .where(SIGNATURES.c.message != "")
        )
        with reading(self._engine) as connection:
            return {DocumentId(sha256): key for sha256, key in connection.execute(query)}

    def _signed(self, which: object) -> list[Signed]:
        query = (
            select(DocumentRow.sha256, *SIGNATURES.c)
            .join(SIGNATURES, SIGNATURES.c.document == DocumentRow.id)
            .where(_SIGNED, which)  # type: ignore[arg-type]
            .order_by(DocumentRow.sha256)
        )
        with reading(self._engine) as connection:
            return [
                Signed(DocumentId(r.sha256), r.words, r.digest, r.places, r.message)
                for r in connection.execute(query)
            ]
