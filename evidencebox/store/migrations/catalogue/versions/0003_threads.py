"""Which thread a message belongs to; those read before are to be threaded by the next ingest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_threads_document"),
        sa.PrimaryKeyConstraint("document", name="pk_threads"),
    )
    op.create_index("ix_threads_thread", "threads", ["thread"])
    op.execute("INSERT INTO threads SELECT id, '' FROM documents WHERE type = 'mail'")
