"""What texts are alike by; those read before are to be signed by the next ingest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_signatures_document"),
        sa.PrimaryKeyConstraint("document", name="pk_signatures"),
    )
    op.create_index("ix_signatures_words", "signatures", ["words"])
    op.create_index("ix_signatures_message", "signatures", ["message"])
    op.execute("INSERT INTO signatures SELECT id, NULL, x'', x'', '' FROM documents")
