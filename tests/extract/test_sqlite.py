"""SQLite databases: rows, files in them, hostile schemas, damage."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
Make = Callable[..., bytes]


def made(*statements: str, rows: dict[str, list[tuple[Any, ...]]] | None = None) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)
        for table, values in (rows or {}).items():
            marks = ", ".join("?" for _ in values[0])
            base.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        return base.serialize()


MESSAGES = "CREATE TABLE messages (sender TEXT, body TEXT, sent INTEGER, blob BLOB)"


def test_schema_and_rows(read: Any) -> None:
    rows = [("Ann O'Hara", f"meet at {n}", n, None) for n in range(120)]
    found = read(made(MESSAGES, rows={"messages": rows}), "sms.db")
    assert found.status == "ok"
    assert found.outcome.type.value == "database"
    assert found.pages[0].label == "schema"
    assert MESSAGES in found.pages[0].text
    assert [p.label for p in found.pages[1:]] == [
        "messages rows 1–50", "messages rows 51–100", "messages rows 101–120",
    ]  # fmt: skip
    assert "Ann O'Hara\tmeet at 119\t119" in found.text
    assert found.metadata["tables"] == ["1"]


def test_odd_names_and_values(read: Any) -> None:
    data = made(
        'CREATE TABLE "sel""ect; DROP" ("a b" REAL, "from" TEXT)',
        rows={'"sel""ect; DROP"': [(1.5, "line\nbreak"), (None, "\u00fc\U0001f600")]},
    )
    found = read(data, "x.db")
    assert "1.5\tline break" in found.text
    assert "\u00fc\U0001f600" in found.text


def test_utf16_and_tables_without_rowid(read: Any) -> None:
    data = made(
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE k (name TEXT PRIMARY KEY) WITHOUT ROWID",
        rows={"k": [("Żółć",)]},
    )
    assert "Żółć" in read(data, "x.db").text


def test_pictures_in_cells_are_children(read: Any) -> None:
    rows = [("a", "photo", 1, PNG), ("b", "other", 2, b"\xff\xfe\0hidden words\0\1")]
    found = read(made(MESSAGES, rows={"messages": rows}), "x.db")
    assert [(c.head.name, c.data) for c in found.children] == [("messages.blob.1.png", PNG)]
    assert "hidden words" in found.text


def test_a_database_with_a_journal_beside_it(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "wal.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE TABLE t (a)")
        base.execute("INSERT INTO t VALUES ('in the file')")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = path.read_bytes()
    found = read(data, "x.db")
    assert "in the file" in found.text
    assert "journal" in found.codes


HOSTILE = (
    "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c",
    "CREATE TABLE g (a, b AS (hex(zeroblob(9000000))))",
    "CREATE TABLE s (a, b AS (upper(a)) STORED)",
    "CREATE TABLE d (a DEFAULT (randomblob(10)))",
    "CREATE TRIGGER t AFTER INSERT ON g BEGIN SELECT load_extension('x'); END",
)


def test_nothing_of_a_hostile_schema_is_run(read: Any) -> None:
    data = made(
        *HOSTILE[:4], "INSERT INTO g (a) VALUES ('kept')", "INSERT INTO s (a) VALUES ('up')"
    )
    found = read(data, "x.db")
    assert found.status == "ok"
    assert "kept" in found.text
    assert "UP" in found.text
    assert "3030303030" not in found.text


def test_a_full_text_table_is_read_through_its_own_tables(read: Any) -> None:
    data = made(
        "CREATE VIRTUAL TABLE f USING fts5(body)", rows={"f": [("the words that were indexed",)]}
    )
    found = read(data, "x.db")
    assert "the words that were indexed" in found.text
    assert "virtual" in found.codes


def test_damage_keeps_the_schema_and_the_other_tables(read: Any) -> None:
    rows = [("x" * 900, "y", 1, None) for _ in range(40)]
    data = bytearray(
        made(MESSAGES, "CREATE TABLE b (c)", rows={"messages": rows, "b": [("safe",)]})
    )
    data[4_096 : 4_096 + 16] = b"\xff" * 16
    found = read(bytes(data), "x.db")
    assert found.status == "partial"
    assert "safe" in found.text


def test_what_is_no_database_gives_its_strings(read: Any) -> None:
    found = read(b"SQLite format 3\0" + b"\xff" * 500 + b"readable words here", "x.db")
    assert found.status == "partial"
    assert "readable words here" in found.text


def test_the_page_limit(read: Any) -> None:
    rows = [("a", "b", n, None) for n in range(500)]
    data = made(MESSAGES, rows={"messages": rows})
    found = read(data, "x.db", limits=Limits(pages=3))
    assert found.status == "limit"
    assert len(found.pages) == 3


def _mutate(read: Any, times: int) -> None:
    dice = random.Random("evidencebox sqlite")
    rows = [("Ann", "text " * 30, n, PNG if n == 3 else None) for n in range(60)]
    seed = made(MESSAGES, "CREATE INDEX i ON messages (body)", rows={"messages": rows})
    for _ in range(times):
        data = bytearray(seed)
        for _ in range(dice.choice([1, 5, 50])):
            data[dice.randrange(16, len(data))] = dice.randrange(256)
        assert isinstance(read(bytes(data), "x.db").outcome.status, Status)


def test_mutations_give_an_outcome(read: Any) -> None:
    _mutate(read, 150)


@pytest.mark.long
def test_three_thousand_mutations(read: Any) -> None:
    _mutate(read, 3_000)


def test_the_corpora(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs/files/tika-parser-sqlite3-module"
    found = read((folder / "testSqlite3b.db").read_bytes(), "x.db")
    assert found.status == "ok"
    assert "my_table1" in found.text
    assert len(found.children) > 1
