"""What is suggested of pages: mentions of officers and elements; and what they were made with."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _place() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "mentions",
        *_place(),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_mentions_document"),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
    )
    op.create_index("ix_mentions_document_page", "mentions", ["document", "page"])
    op.create_index(
        "ix_mentions_officer_confidence_document", "mentions", ["officer", "confidence", "document"]
    )
    op.create_table(
        "elements",
        *_place(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.Column("belongs", sa.Integer(), nullable=False),
        sa.Column("belonging", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_elements_document"),
        sa.PrimaryKeyConstraint("id", name="pk_elements"),
    )
    op.create_index("ix_elements_document_page", "elements", ["document", "page"])
    op.create_index(
        "ix_elements_officer_kind_confidence_document",
        "elements",
        ["officer", "kind", "confidence", "document"],
    )
    op.create_index("ix_elements_kind", "elements", ["kind"])
    op.create_table(
        "analysed",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_analysed_document"),
        sa.PrimaryKeyConstraint("document", "kind", name="pk_analysed"),
    )
    op.create_table(
        "searched_people",
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("officer", name="pk_searched_people"),
    )
    op.create_table(
        "unknown_people",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_unknown_people_document"),
        sa.PrimaryKeyConstraint("document", "page", "name", name="pk_unknown_people"),
    )
    op.create_index("ix_unknown_people_name", "unknown_people", ["name"])
