"""The ledger and its projections."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPEND_ONLY = ("acts", "receipts", "act_keys", "act_undos")


def text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=options.pop("nullable", False), **options)


def integer(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=options.pop("nullable", False), **options)


def upgrade() -> None:
    op.create_table(
        "meta", text("name"), text("value"), sa.PrimaryKeyConstraint("name", name="pk_meta")
    )
    make_ledger()
    make_projections()
    guard()


def make_ledger() -> None:
    op.create_table(
        "acts",
        integer("arrival", autoincrement=True),
        *(text(n) for n in ("id", "author", "device")),
        integer("seq"),
        text("utc"),
        integer("clock"),
        *(text(n) for n in ("kind", "targets", "payload_hash", "previous")),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("arrival", name="pk_acts"),
        sa.UniqueConstraint("author", "device", "seq", name="uq_acts_author_device_seq"),
        sa.UniqueConstraint("id", name="uq_acts_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_acts_clock", "acts", ["clock"])
    op.create_table(
        "payloads",
        text("act"),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        text("body", nullable=True),
        sa.ForeignKeyConstraint(["act"], ["acts.id"], name="fk_payloads_act"),
        sa.PrimaryKeyConstraint("act", name="pk_payloads"),
    )
    op.create_table(
        "receipts",
        integer("arrival"),
        text("head"),
        sa.ForeignKeyConstraint(["arrival"], ["acts.arrival"], name="fk_receipts_arrival"),
        sa.PrimaryKeyConstraint("arrival", name="pk_receipts"),
    )
    op.create_table(
        "act_keys",
        text("key"),
        text("act"),
        integer("number"),
        sa.ForeignKeyConstraint(["act"], ["acts.id"], name="fk_act_keys_act"),
        sa.PrimaryKeyConstraint("key", "act", name="pk_act_keys"),
    )
    op.create_index("ix_act_keys_act", "act_keys", ["act"])
    op.create_table(
        "act_undos",
        text("target"),
        text("undo"),
        sa.ForeignKeyConstraint(["undo"], ["acts.id"], name="fk_act_undos_undo"),
        sa.PrimaryKeyConstraint("target", "undo", name="pk_act_undos"),
    )
    op.create_index("ix_act_undos_undo", "act_undos", ["undo"])


def projected(
    name: str, *columns: sa.Column[Any], unique: str | None = None, indexed: tuple[str, ...] = ()
) -> None:
    rules: list[sa.Constraint] = [sa.PrimaryKeyConstraint("key", name=f"pk_{name}")]
    if unique:
        rules.append(sa.UniqueConstraint(unique, name=f"uq_{name}_{unique}"))
    op.create_table(name, text("key"), text("act"), *columns, *rules)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def make_projections() -> None:
    person = ("badge", "last", "first", "middle", "rank", "unit", "status", "email", "birth_date")
    projected("officers", *(text(n) for n in ("id", *person)), unique="id", indexed=("badge",))
    projected(
        "tags",
        text("document"),
        integer("page", nullable=True),
        text("passage", nullable=True),
        *(text(n) for n in ("officer", "author")),
        integer("harm"),
        *(text(n) for n in ("categories", "note", "path", "utc")),
        indexed=("document", "officer"),
    )
    about = ("author", "path", "utc")
    projected("labels", *(text(n) for n in ("document", "label", *about)), indexed=("document",))
    projected("reviews", *(text(n) for n in ("document", *about)), indexed=("document",))
    projected("reviewers", *(text(n) for n in ("author", "name")), unique="author")
    projected("acquisitions", *(text(n) for n in ("author", "utc", "body")))


def guard() -> None:
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
    op.execute(
        "CREATE TRIGGER payloads_no_delete BEFORE DELETE ON payloads "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER payloads_purge_only BEFORE UPDATE ON payloads "
        "WHEN NEW.act IS NOT OLD.act OR NEW.salt IS NOT NULL OR NEW.body IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'a payload can be purged, not changed'); END"
    )
