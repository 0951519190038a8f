"""Typed tables of catalogue.db, what was derived. Rows never leave this package."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from evidencebox.store.conventions import NAMING


class CatalogueBase(DeclarativeBase):
    """Tables of catalogue.db."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, bytes: LargeBinary}  # noqa: RUF012


class TroveRow(CatalogueBase):
    """A trove's folder as it was last seen; the drive may be mounted elsewhere next time."""

    __tablename__ = "troves"
    id: Mapped[int] = mapped_column(primary_key=True)
    root: Mapped[str] = mapped_column(unique=True)
    custodian: Mapped[str]
    first_seen: Mapped[str]


class DocumentRow(CatalogueBase):
    """A document: identity, how far its reading came, what its bytes say of themselves."""

    __tablename__ = "documents"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    sha1: Mapped[str]
    md5: Mapped[str]
    size: Mapped[int]
    type: Mapped[str]
    media_type: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    stage: Mapped[str]
    reason: Mapped[str]
    engine: Mapped[str]
    version: Mapped[int]
    attempts: Mapped[int]
    pages: Mapped[int]
    chars: Mapped[int]
    title: Mapped[str]
    date: Mapped[str | None]
    metadata_json: Mapped[str]
    notices_json: Mapped[str]
    stale: Mapped[bool]
    """Its names or family changed after it was indexed: the index entry is to be replaced."""


class LocationRow(CatalogueBase):
    """One path of a trove. `document` is null while unread, or where no byte could be read."""

    __tablename__ = "locations"
    __table_args__ = (
        UniqueConstraint("trove", "raw"),
        Index("ix_locations_document", "document"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    trove: Mapped[int] = mapped_column(ForeignKey("troves.id"))
    raw: Mapped[bytes]
    path: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    kind: Mapped[str]
    """file, link, special, error, or folder (one that cannot be read)."""
    document: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    reason: Mapped[str]


class ChildRow(CatalogueBase):
    """A family's edge. `name` is a label from the container, never a path to write to."""

    __tablename__ = "children"
    parent: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    child: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    name: Mapped[str]
    relation: Mapped[str]
    part: Mapped[str]


class SpoolRow(CatalogueBase):
    """Where a pending child's bytes wait, and how deep it lies."""

    __tablename__ = "spooled"
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    pack: Mapped[str] = mapped_column(index=True)
    offset: Mapped[int]
    chunk: Mapped[int]
    depth: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]


class OcrPageRow(CatalogueBase):
    """A page for text recognition: pending, done, empty or failed.

    What was recognised waits here (deflated UTF-8, and its spans) until all of the document's pages
    are settled; then it goes into the index at once, `indexed` is set and the text is dropped.
    `places`, as `evidencebox.model.places` packs them, stay: NULL where they were never kept.
    """

    __tablename__ = "ocr_pages"
    __table_args__ = (Index("ix_ocr_pages_indexed", "indexed", "document"),)
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    attempts: Mapped[int]
    confidence: Mapped[int]
    reason: Mapped[str]
    indexed: Mapped[bool]
    text: Mapped[bytes | None]
    spans: Mapped[str]
    places: Mapped[bytes | None]


class OcrSourceRow(CatalogueBase):
    """Where the bytes of a child wait for the recognition of its pages."""

    __tablename__ = "ocr_sources"
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    pack: Mapped[str] = mapped_column(index=True)
    offset: Mapped[int]
    chunk: Mapped[int]
    name: Mapped[str]


class ThreadRow(CatalogueBase):
    """A message's thread; empty from its reading until threads are worked out."""

    __tablename__ = "threads"
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    thread: Mapped[str] = mapped_column(index=True)


class _Suggested:
    """Where a suggestion stands: code points of a page's layer. Confidences are thousandths."""

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    page: Mapped[int]
    layer: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    confidence: Mapped[int]
    reason: Mapped[str]


class MentionRow(_Suggested, CatalogueBase):
    """An officer who may be named on a page."""

    __tablename__ = "mentions"
    __table_args__ = (
        Index("ix_mentions_document_page", "document", "page"),
        Index("ix_mentions_officer_confidence_document", "officer", "confidence", "document"),
    )
    officer: Mapped[str]
    form: Mapped[str]
    text: Mapped[str]
    evidence: Mapped[str]


class ElementRow(_Suggested, CatalogueBase):
    """A datum that a page may expose, and whose it may be."""

    __tablename__ = "elements"
    __table_args__ = (
        Index("ix_elements_document_page", "document", "page"),
        Index(
            "ix_elements_officer_kind_confidence_document",
            "officer",
            "kind",
            "confidence",
            "document",
        ),
    )
    kind: Mapped[str] = mapped_column(index=True)
    masked: Mapped[str]
    officer: Mapped[str | None]
    belongs: Mapped[int]
    belonging: Mapped[str]


class ExposureTotalRow(CatalogueBase):
    """How many likely elements of a kind, or mentions (`mention`), an officer has: see `totals`."""

    __tablename__ = "exposure_totals"
    officer: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    documents: Mapped[int]
    pages: Mapped[int]
    places: Mapped[int]


class AnalysedRow(CatalogueBase):
    """Which documents were looked through for a kind (`mentions`, `elements`), by which rules."""

    __tablename__ = "analysed"
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]


class SearchedPersonRow(CatalogueBase):
    """Who was looked for in all analysed documents, and with what of him (a digest)."""

    __tablename__ = "searched_people"
    officer: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]


class UnknownPersonRow(CatalogueBase):
    """A name with a rank or badge that is not the roster's."""

    __tablename__ = "unknown_people"
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, index=True)
    rank: Mapped[str]
    badge: Mapped[str]


class SignatureRow(CatalogueBase):
    """What a document's text is alike by: see `analysis.near_duplicates`.

    `words` is null until the text is signed, and negative where it could not be. `message`: the key
    of a message, the same for its copies; else empty.
    """

    __tablename__ = "signatures"
    document: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    words: Mapped[int | None] = mapped_column(index=True)
    digest: Mapped[bytes]
    places: Mapped[bytes]
    message: Mapped[str] = mapped_column(index=True)
