"""The migrations make what the typed tables say, and leave what is newer alone."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from evidencebox.errors import UserError
from evidencebox.store import migrate
from evidencebox.store.case_tables import CaseBase
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import CatalogueBase
from evidencebox.store.engine import make_engine, reading
from evidencebox.store.migrate import HEADS, KNOWN
from evidencebox.vault import database

if TYPE_CHECKING:
    from tests.store.conftest import Desk

KEY = b"k" * 32
SCRIPTS = Path(migrate.__file__).parent / "migrations"
NAMES: tuple[migrate.Database, ...] = ("case", "catalogue")


@pytest.fixture
def new_engine(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Engine]:
    path = tmp_path / "new.db"

    def make() -> Engine:
        if not path.exists():
            database.create(path)
        engine = make_engine(
            functools.partial(database.connect, path, KEY, journal="DELETE", new=True)
        )
        request.addfinalizer(engine.dispose)
        return engine

    return make


@pytest.mark.parametrize(("name", "base"), [("case", CaseBase), ("catalogue", CatalogueBase)])
def test_the_head_is_what_the_tables_say(
    new_engine: Callable[[], Engine], name: migrate.Database, base: Any
) -> None:
    engine = new_engine()
    migrate.upgrade(engine, name)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, base.metadata) == []
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        made = {row[0] for row in names} - {"alembic_version", "sqlite_sequence"}
    assert made == set(base.metadata.tables)


@pytest.mark.parametrize("name", NAMES)
def test_the_known_revisions_are_those_in_the_folder(name: migrate.Database) -> None:
    texts = [p.read_text(encoding="utf-8") for p in (SCRIPTS / name / "versions").glob("*.py")]
    revisions = {re.findall(r'^revision = "(\w+)"$', text, re.M)[0] for text in texts}
    before = {r for text in texts for r in re.findall(r'^down_revision = "(\w+)"$', text, re.M)}
    assert revisions == KNOWN[name]
    assert revisions - before == {HEADS[name]}


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.py")), ids=lambda p: p.parts[-3])
def test_a_migration_stands_alone(path: Path) -> None:
    """Our tables move on; what a migration did in its day must not."""
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or ".")
    assert imported
    assert not {name for name in imported if name.startswith(("evidencebox", "."))}


@pytest.mark.parametrize("name", NAMES)
def test_upgrading_twice_does_nothing(
    new_engine: Callable[[], Engine], tmp_path: Path, name: migrate.Database
) -> None:
    engine = new_engine()
    assert migrate.revision(engine) is None
    migrate.upgrade(engine, name)
    assert migrate.revision(engine) == HEADS[name]
    before = (tmp_path / "new.db").read_bytes()
    migrate.upgrade(engine, name)
    assert (tmp_path / "new.db").read_bytes() == before


def test_a_case_of_a_newer_version_is_left_alone(desk: Desk) -> None:
    desk.tag("d")
    desk.raw("UPDATE alembic_version SET version_num = '9999'")
    desk.close()
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in desk.folder.iterdir()}
    with pytest.raises(UserError, match="newer version of EvidenceBox"):
        desk.open()
    assert before == {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in desk.folder.iterdir()}


def test_a_catalogue_of_a_newer_version_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    with catalogue.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    connect = functools.partial(database.connect, tmp_path / "catalogue.db", KEY, journal="WAL")
    with pytest.raises(UserError, match="newer version of EvidenceBox"):
        Catalogue(connect)


def test_a_migration_that_fails_leaves_nothing_half_made(
    new_engine: Callable[[], Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = tmp_path / "scripts" / "case"
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text((SCRIPTS / "case" / "env.py").read_text())
    (scripts / "versions" / "0001_bad.py").write_text(
        "from alembic import op\nrevision = '0001'\ndown_revision = None\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE half (x)')\n"
        "    op.execute('CREATE TABLE half (x)')\n"
    )
    engine = new_engine()
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_SCRIPTS", tmp_path / "scripts")
        with pytest.raises(Exception, match="already exists"):
            migrate.upgrade(engine, "case")
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master").all() == []
    migrate.upgrade(engine, "case")
    assert migrate.revision(engine) == HEADS["case"]


def test_messages_of_an_older_catalogue_are_to_be_threaded(
    new_engine: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    engine = new_engine()
    upgrade = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0002"))
        migrate.upgrade(engine, "catalogue")
    columns = [c for c in CatalogueBase.metadata.tables["documents"].columns if c.name != "id"]
    names = ", ".join(c.name for c in columns)
    with engine.begin() as connection:
        for kind in ("mail", "text", "mail"):
            number = connection.exec_driver_sql("SELECT count(*) FROM documents").scalar()
            given = {"type": kind, "sha256": f"{number:064}"}
            values = [given.get(c.name, 0) for c in columns]
            places = ", ".join("?" * len(columns))
            connection.exec_driver_sql(
                f"INSERT INTO documents ({names}) VALUES ({places})", tuple(values)
            )
    migrate.upgrade(engine, "catalogue")
    with reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT document, thread FROM threads").all()
    assert [tuple(row) for row in rows] == [(1, ""), (3, "")]
