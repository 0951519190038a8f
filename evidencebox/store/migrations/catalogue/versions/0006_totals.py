"""How much of each kind is suggested of each officer: what a matrix is read from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "exposure_totals",
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("officer", "kind", name="pk_exposure_totals"),
    )
    # What was found before is found anew, with its totals.
    for table in ("mentions", "elements", "unknown_people", "searched_people", "analysed"):
        op.execute(f"DELETE FROM {table}")
