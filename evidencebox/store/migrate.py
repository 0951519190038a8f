"""Brings a database to today's tables, and refuses one that a newer EvidenceBox made."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, inspect, text

from evidencebox.errors import UserError
from evidencebox.store.engine import reading, writing

Database = Literal["case", "catalogue"]
HEADS: dict[Database, str] = {"case": "0003", "catalogue": "0007"}
KNOWN: dict[Database, frozenset[str]] = {
    "case": frozenset({"0001", "0002", "0003"}),
    "catalogue": frozenset({"0001", "0002", "0003", "0004", "0005", "0006", "0007"}),
}
_SCRIPTS = Path(__file__).parent / "migrations"


def revision(engine: Engine) -> str | None:
    """The revision a database stands at, None for a new one."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def is_older(engine: Engine, name: Database) -> bool:
    """Whether an older EvidenceBox made these tables, so that `upgrade` would change them."""
    current = revision(engine)
    return current in KNOWN[name] and current != HEADS[name]


def upgrade(engine: Engine, name: Database) -> None:
    """Migrates in one transaction. Raises UserError where the database is newer than we are."""
    current = revision(engine)
    if current == HEADS[name]:
        return
    if current is not None and current not in KNOWN[name]:
        raise UserError(
            "This case was written by a newer version of EvidenceBox; open it with that version."
        )
    # Alembic takes longer to import than a case takes to open, and is hardly ever needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS / name).replace("%", "%%"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
