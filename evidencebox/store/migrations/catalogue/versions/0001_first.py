"""Troves, documents, locations, families, spooled children."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=options.pop("nullable", False), **options)


def integer(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=options.pop("nullable", False), **options)


def upgrade() -> None:
    op.create_table(
        "troves",
        integer("id"),
        *(text(n) for n in ("root", "custodian", "first_seen")),
        sa.PrimaryKeyConstraint("id", name="pk_troves"),
        sa.UniqueConstraint("root", name="uq_troves_root"),
    )
    op.create_table(
        "documents",
        integer("id"),
        *(text(n) for n in ("sha256", "sha1", "md5")),
        integer("size"),
        *(text(n) for n in ("type", "media_type", "status", "stage", "reason", "engine")),
        *(integer(n) for n in ("version", "attempts", "pages", "chars")),
        text("title"),
        text("date", nullable=True),
        *(text(n) for n in ("metadata_json", "notices_json")),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
    )
    op.create_index("ix_documents_status", "documents", ["status"])
    make_places()


def make_places() -> None:
    op.create_table(
        "locations",
        integer("id"),
        integer("trove"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        text("path"),
        *(integer(n) for n in ("size", "mtime_ns")),
        text("kind"),
        integer("document", nullable=True),
        text("reason"),
        sa.ForeignKeyConstraint(["trove"], ["troves.id"], name="fk_locations_trove"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_locations_document"),
        sa.PrimaryKeyConstraint("id", name="pk_locations"),
        sa.UniqueConstraint("trove", "raw", name="uq_locations_trove_raw"),
    )
    op.create_index("ix_locations_document", "locations", ["document"])
    op.create_table(
        "children",
        *(integer(n) for n in ("parent", "ordinal", "child")),
        *(text(n) for n in ("name", "relation", "part")),
        sa.ForeignKeyConstraint(["parent"], ["documents.id"], name="fk_children_parent"),
        sa.ForeignKeyConstraint(["child"], ["documents.id"], name="fk_children_child"),
        sa.PrimaryKeyConstraint("parent", "ordinal", name="pk_children"),
    )
    op.create_index("ix_children_child", "children", ["child"])
    op.create_table(
        "spooled",
        integer("document"),
        text("pack"),
        *(integer(n) for n in ("offset", "chunk", "depth")),
        *(text(n) for n in ("name", "media_type")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_spooled_document"),
        sa.PrimaryKeyConstraint("document", name="pk_spooled"),
    )
    op.create_index("ix_spooled_pack", "spooled", ["pack"])
