"""Typed tables of case.db (decided) and catalogue.db (derived). Rows never leave this package."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class CaseBase(DeclarativeBase):
    """Tables of case.db."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map = {str: Text, bytes: LargeBinary}  # noqa: RUF012


class Meta(CaseBase):
    """case id, device id, fingerprint of the index: one value a name."""

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ActRow(CaseBase):
    """The ledger. Triggers refuse every update and delete."""

    __tablename__ = "acts"
    __table_args__ = (
        UniqueConstraint("author", "device", "seq"),
        Index("ix_acts_kind", "kind"),
        Index("ix_acts_author_clock", "author", "clock"),
        {"sqlite_autoincrement": True},
    )
    arrival: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    author: Mapped[str]
    device: Mapped[str]
    seq: Mapped[int]
    utc: Mapped[str]
    clock: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str]
    targets: Mapped[str]
    payload_hash: Mapped[str]
    previous: Mapped[str]
    signature: Mapped[bytes]


class PayloadRow(CaseBase):
    """What an act says, in parts, and their salts; both go when a part is purged by order."""

    __tablename__ = "payloads"
    act: Mapped[str] = mapped_column(ForeignKey("acts.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes | None]
    body: Mapped[str | None]
    hash: Mapped[str]


class ReceiptRow(CaseBase):
    """The chain over all arrivals, whoever's acts they are; its head goes to the anchor."""

    __tablename__ = "receipts"
    arrival: Mapped[int] = mapped_column(ForeignKey("acts.arrival"), primary_key=True)
    head: Mapped[str]


class ActKeyRow(CaseBase):
    """Which acts speak of a state key, so that its state is found without reading all acts."""

    __tablename__ = "act_keys"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(ForeignKey("acts.id"), primary_key=True, index=True)
    number: Mapped[int]


class ActUndoRow(CaseBase):
    """Which undo names which act."""

    __tablename__ = "act_undos"
    target: Mapped[str] = mapped_column(primary_key=True)
    undo: Mapped[str] = mapped_column(ForeignKey("acts.id"), primary_key=True, index=True)


class OfficerRow(CaseBase):
    """Projection: the roster as it stands."""

    __tablename__ = "officers"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    id: Mapped[str] = mapped_column(unique=True)
    badge: Mapped[str] = mapped_column(index=True)
    last: Mapped[str]
    first: Mapped[str]
    middle: Mapped[str]
    rank: Mapped[str]
    unit: Mapped[str]
    status: Mapped[str]
    email: Mapped[str]
    birth_date: Mapped[str]
    aliases: Mapped[str] = mapped_column(server_default="")
    former_names: Mapped[str] = mapped_column(server_default="")
    contact: Mapped[str] = mapped_column(server_default="")
    ssn4: Mapped[str] = mapped_column(server_default="")
    role: Mapped[str] = mapped_column(server_default="")


class MergeRow(CaseBase):
    """Projection: that one officer is another."""

    __tablename__ = "merges"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    officer: Mapped[str] = mapped_column(index=True)
    into: Mapped[str]
    author: Mapped[str]
    utc: Mapped[str]
    note: Mapped[str]


class AnswerRow(CaseBase):
    """Projection: what reviewers said of mentions; `document` is empty for a rule."""

    __tablename__ = "answers"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    stood: Mapped[str]
    officer: Mapped[str]
    label: Mapped[str]
    answer: Mapped[str]
    author: Mapped[str]
    utc: Mapped[str]


class TagRow(CaseBase):
    """Projection: the tags that stand, one a target × officer × author."""

    __tablename__ = "tags"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    page: Mapped[int | None]
    passage: Mapped[str | None]
    officer: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    harm: Mapped[int]
    categories: Mapped[str]
    note: Mapped[str]
    path: Mapped[str]
    utc: Mapped[str]


class LabelRow(CaseBase):
    """Projection: labels that stand."""

    __tablename__ = "labels"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    author: Mapped[str]
    path: Mapped[str]
    utc: Mapped[str]


class ReviewRow(CaseBase):
    """Projection: documents marked as reviewed."""

    __tablename__ = "reviews"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    path: Mapped[str]
    utc: Mapped[str]


class ReviewerRow(CaseBase):
    """Projection: public key → name."""

    __tablename__ = "reviewers"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    author: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class AcquisitionRow(CaseBase):
    """Projection: what was acquired, when, by whom, and the digest of its hash list."""

    __tablename__ = "acquisitions"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    author: Mapped[str]
    utc: Mapped[str]
    body: Mapped[str]


class SettlementRow(CaseBase):
    """Projection: which of two reviewers' tags is to count, until either of them changes his."""

    __tablename__ = "settlements"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    author: Mapped[str]
    utc: Mapped[str]
    body: Mapped[str]


class MaterialRow(CaseBase):
    """Projection: documents reported as material that nobody may look at or copy."""

    __tablename__ = "materials"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    utc: Mapped[str]


class PurgeRow(CaseBase):
    """Projection: documents removed by order, and whose order it was."""

    __tablename__ = "purges"
    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    utc: Mapped[str]
    words: Mapped[str]


class CatalogueBase(DeclarativeBase):
    """Tables of catalogue.db."""

    metadata = MetaData(naming_convention=_NAMING)
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
