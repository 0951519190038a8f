"""Text recognition: which pages wait for it or were recognised, and where children's bytes wait."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def integer(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "ocr_pages",
        *(integer(n) for n in ("document", "page")),
        text("status"),
        *(integer(n) for n in ("attempts", "confidence")),
        text("reason"),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        text("spans"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_ocr_pages_document"),
        sa.PrimaryKeyConstraint("document", "page", name="pk_ocr_pages"),
    )
    op.create_index("ix_ocr_pages_indexed", "ocr_pages", ["indexed", "document"])
    op.create_table(
        "ocr_sources",
        integer("document"),
        text("pack"),
        *(integer(n) for n in ("offset", "chunk")),
        text("name"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_ocr_sources_document"),
        sa.PrimaryKeyConstraint("document", name="pk_ocr_sources"),
    )
    op.create_index("ix_ocr_sources_pack", "ocr_sources", ["pack"])
