"""Typed tables of case.db, what people decided. Rows never leave this package."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from evidencebox.store.conventions import NAMING


class CaseBase(DeclarativeBase):
    """Tables of case.db."""

    metadata = MetaData(naming_convention=NAMING)
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
