"""Where the words of a recognised page stand; of pages that are there already it is not known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("ocr_pages", sa.Column("places", sa.LargeBinary(), nullable=True))
