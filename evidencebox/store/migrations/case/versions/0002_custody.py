"""Payloads in parts, settled conflicts, reported material, purges; indexes for many acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_APPEND_ONLY = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
_PURGE_ONLY = (
    "WHEN NEW.act IS NOT OLD.act OR NEW.part IS NOT OLD.part OR NEW.hash IS NOT OLD.hash "
    "OR NEW.salt IS NOT NULL OR NEW.body IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a payload can be purged, not changed'); END"
)


def upgrade() -> None:
    op.create_index("ix_acts_kind", "acts", ["kind"])
    op.create_index("ix_acts_author_clock", "acts", ["author", "clock"])
    part_payloads()
    projected("settlements", "author", "utc", "body")
    projected("materials", "document", "author", "utc")
    projected("purges", "document", "author", "utc", "words")
    for table in ("materials", "purges"):
        op.create_index(f"ix_{table}_document", table, ["document"])


def part_payloads() -> None:
    for trigger in ("payloads_no_delete", "payloads_purge_only"):
        op.execute(f"DROP TRIGGER {trigger}")
    op.rename_table("payloads", "payloads_whole")
    op.create_table(
        "payloads",
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["acts.id"], name="fk_payloads_act"),
        sa.PrimaryKeyConstraint("act", "part", name="pk_payloads"),
    )
    op.execute(
        "INSERT INTO payloads SELECT p.act, 0, p.salt, p.body, a.payload_hash "
        "FROM payloads_whole p JOIN acts a ON a.id = p.act"
    )
    op.drop_table("payloads_whole")
    op.execute(f"CREATE TRIGGER payloads_no_delete BEFORE DELETE ON payloads {_APPEND_ONLY}")
    op.execute(f"CREATE TRIGGER payloads_purge_only BEFORE UPDATE ON payloads {_PURGE_ONLY}")


def projected(name: str, *columns: str) -> None:
    made = [sa.Column(each, sa.Text(), nullable=False) for each in ("key", "act", *columns)]
    op.create_table(name, *made, sa.PrimaryKeyConstraint("key", name=f"pk_{name}"))
