"""Encrypted connections fail closed."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.vault import database
from evidencebox.vault.database import DamagedDatabase, Journal

KEY = hashlib.sha256(b"a key for these tests").digest()


def make(path: Path, journal: Journal = "DELETE", rows: int = 200) -> None:
    database.create(path)
    connection = database.connect(path, KEY, journal=journal, new=True)
    connection.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT)")
    connection.execute("CREATE INDEX by_fact ON facts (fact)")
    connection.execute("BEGIN")
    facts = ((f"MARKER informant {n}",) for n in range(rows))
    connection.executemany("INSERT INTO facts (fact) VALUES (?)", facts)
    connection.execute("COMMIT")
    connection.close()


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "case.db"
    make(made)
    return made


@pytest.mark.parametrize(
    ("journal", "mode", "synchronous"), [("DELETE", "delete", 3), ("WAL", "wal", 1)]
)
def test_connections_are_set_as_designed(
    tmp_path: Path, journal: Journal, mode: str, synchronous: int
) -> None:
    make(tmp_path / "x.db", journal)
    connection = database.connect(tmp_path / "x.db", KEY, journal=journal)
    wanted = {
        "journal_mode": mode,
        "synchronous": synchronous,
        "temp_store": 2,
        "trusted_schema": 0,
        "recursive_triggers": 1,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }
    got = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert got == wanted
    assert connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_every_file_is_private(tmp_path: Path, journal: Journal) -> None:
    old = os.umask(0)
    try:
        make(tmp_path / "x.db", journal)
        connection = database.connect(tmp_path / "x.db", KEY, journal=journal)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE facts SET fact = 'other'")
        modes = {p.name: p.stat().st_mode & 0o777 for p in tmp_path.iterdir()}
        connection.execute("ROLLBACK")
        connection.close()
    finally:
        os.umask(old)
    assert len(modes) > 1
    assert set(modes.values()) == {0o600}


def test_nothing_of_it_is_readable_on_disk(tmp_path: Path) -> None:
    make(tmp_path / "x.db", "WAL")
    connection = database.connect(tmp_path / "x.db", KEY, journal="WAL")
    connection.execute("INSERT INTO facts (fact) VALUES ('MARKER in the log')")
    data = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    connection.close()
    assert b"MARKER" not in data
    assert b"SQLite format" not in data
    assert b"CREATE TABLE" not in data


def test_a_wrong_key_opens_nothing_and_changes_nothing(path: Path) -> None:
    before = state(path.parent)
    with pytest.raises(DamagedDatabase, match="damaged or belongs to another case"):
        database.connect(path, bytes(32), journal="DELETE")
    assert state(path.parent) == before


def test_a_plaintext_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE acts (x)")
    plain.commit()
    plain.close()
    before = state(tmp_path)
    with pytest.raises(DamagedDatabase, match="not encrypted"):
        database.connect(path, KEY, journal="DELETE")
    with pytest.raises(DamagedDatabase, match="not encrypted"):
        database.connect(path, KEY, journal="DELETE", new=True)
    assert state(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"\0" * 4096])
def test_what_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "case.db"
    path.write_bytes(content)
    before = state(tmp_path)
    with pytest.raises(DamagedDatabase, match=r"case\.db"):
        database.connect(path, KEY, journal="DELETE")
    assert state(tmp_path) == before


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DamagedDatabase, match="missing"):
        database.connect(tmp_path / "case.db", KEY, journal="DELETE", new=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.db").mkdir()
    with pytest.raises(DamagedDatabase, match="not a file"):
        database.connect(tmp_path / "case.db", KEY, journal="DELETE")


def test_an_unwritable_database_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UserError, match="cannot be written to"):
        database.connect(path, KEY, journal="DELETE")


def test_create_never_takes_a_file_that_is_there(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        database.create(path)
    assert path.read_bytes() == before


def test_no_other_database_can_be_attached(path: Path, tmp_path: Path) -> None:
    connection = database.connect(path, KEY, journal="DELETE")
    with pytest.raises(database.DatabaseError, match="not authorized"):
        connection.execute("ATTACH ? AS other KEY ''", (str(tmp_path / "leak.db"),))
    connection.close()
    assert not (tmp_path / "leak.db").exists()


def test_held_by_another_program_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = database.connect(path, KEY, journal="DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(database, "_BUSY_MS", 0)
    with pytest.raises(UserError, match="held by another program"):
        database.connect(path, KEY, journal="DELETE")
    holder.execute("ROLLBACK")
    holder.close()


TRY = """
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1], timeout=0, isolation_level=None)
connection.execute("PRAGMA key = \\"x'" + sys.argv[2] + "'\\"")
try:
    connection.execute("BEGIN IMMEDIATE")
    print("got it")
except dbapi2.OperationalError as error:
    print(error)
"""


def rival(path: Path) -> str:
    command = [sys.executable, "-c", TRY, str(path), KEY.hex()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_second_connection_does_not_drop_the_locks_of_the_first(path: Path) -> None:
    """POSIX drops a process's locks on a file when it closes any descriptor of it."""
    writer = database.connect(path, KEY, journal="DELETE")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO facts (fact) VALUES ('one')")
    assert rival(path) == "database is locked"
    reader = database.connect(path, KEY, journal="DELETE")
    assert rival(path) == "database is locked"
    reader.close()
    assert rival(path) == "database is locked"
    writer.execute("COMMIT")
    assert rival(path) == "got it"
    writer.close()


def detected(path: Path) -> bool:
    try:
        connection = database.connect(path, KEY, journal="DELETE")
    except UserError:
        return True
    try:
        return not database.integrity(connection)
    finally:
        connection.close()


@pytest.mark.parametrize(
    "count", [60, pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(600)])]
)
def test_every_flipped_bit_is_detected(path: Path, count: int) -> None:
    assert not detected(path)
    whole = path.read_bytes()
    rng = random.Random(count)
    missed = []
    for _ in range(count):
        hurt = bytearray(whole)
        place = rng.randrange(len(hurt))
        hurt[place] ^= 1 << rng.randrange(8)
        path.write_bytes(hurt)
        if not detected(path):
            missed.append(place)
    assert missed == []


@pytest.mark.parametrize("damage", ["truncate", "zero", "swap", "replay"])
def test_hurt_pages_are_detected(path: Path, damage: str) -> None:
    """A replayed page is whole in itself; what it says does not fit its neighbours."""
    old = path.read_bytes()
    connection = database.connect(path, KEY, journal="DELETE")
    connection.execute("UPDATE facts SET fact = fact || ' changed'")
    connection.execute("DELETE FROM facts WHERE id % 3 = 0")
    connection.close()
    data = bytearray(path.read_bytes())
    last = len(data) // 4096 - 1
    page = slice(2 * 4096, 3 * 4096)
    if damage == "truncate":
        del data[last * 4096 :]
    elif damage == "zero":
        data[page] = bytes(4096)
    elif damage == "swap":
        data[page], data[page.stop :][:4096] = data[page.stop :][:4096], data[page]
        data[page] = data[last * 4096 :]
    else:
        data[page] = old[page]
    path.write_bytes(data)
    assert detected(path)
