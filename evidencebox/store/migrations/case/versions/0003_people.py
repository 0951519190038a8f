"""More of each officer; who was merged into whom; answers to mentions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name in ("aliases", "former_names", "contact", "ssn4", "role"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("officers", column)
    _projected("merges", "officer", "into", "author", "utc", "note")
    op.create_index("ix_merges_officer", "merges", ["officer"])
    _projected("answers", "document", "stood", "officer", "label", "answer", "author", "utc")
    op.create_index("ix_answers_document", "answers", ["document"])


def _projected(name: str, *columns: str) -> None:
    made = [sa.Column(each, sa.Text(), nullable=False) for each in ("key", "act", *columns)]
    op.create_table(name, *made, sa.PrimaryKeyConstraint("key", name=f"pk_{name}"))
