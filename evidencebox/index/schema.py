"""The tables of index.db. Everything is keyed by segment first, so that a segment is appended in
order and a prefix is a range.

- `documents`, `pages`: which documents are live, and each page's text in a row of its own, so that
  a viewer reads one page. A document's key ascends with every arrival.
- `segments`, `columns`: how many documents a segment has, whether it is searched, and its arrays
  (keys, hashes, dates, sizes, lengths, page starts).
- `removed`: keys of dead documents that still stand in a segment.
- `terms`: a block of sorted terms a row, so that a look-up reads one row and a prefix is a range.
- `lists`: two byte streams for each segment and field, cut into rows: document lists (kind 0) and
  positions (kind 1), so that ranking never reads positions and wildcards read neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from evidencebox.errors import UserError

FORMAT = 2

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
);
CREATE TABLE pages (
    key INTEGER NOT NULL,
    layer TEXT NOT NULL,
    page INTEGER NOT NULL,
    label TEXT NOT NULL,
    spans TEXT NOT NULL,
    chars INTEGER NOT NULL,
    text BLOB NOT NULL,
    UNIQUE (key, layer, page)
);
CREATE TABLE segments (
    segment INTEGER PRIMARY KEY AUTOINCREMENT,
    count INTEGER NOT NULL,
    searched INTEGER NOT NULL CHECK (searched IN (0, 1))
);
CREATE TABLE removed (key INTEGER PRIMARY KEY);
CREATE TABLE columns (
    segment INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, UNIQUE (segment, name)
);
CREATE TABLE terms (
    segment INTEGER NOT NULL,
    field TEXT NOT NULL,
    first BLOB NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (segment, field, first)
);
CREATE TABLE lists (
    segment INTEGER NOT NULL,
    field TEXT NOT NULL,
    kind INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (segment, field, kind, chunk)
);
"""


class Cursor(Protocol):
    """What the index uses of a DB-API cursor."""

    lastrowid: int | None

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Writes(Protocol):
    """Where rows go."""

    def executemany(self, sql: str, rows: Iterable[Any], /) -> object: ...


class Connection(Writes, Protocol):
    """What the index uses of a connection in autocommit mode, as the vault opens it."""

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor: ...

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Cursor: ...

    def close(self) -> None: ...


Connect = Callable[[], Connection]


def create(connection: Connection, case_id: str) -> None:
    """The tables of a new, empty index."""
    with transaction(connection):
        for statement in TABLES.split(";"):
            if statement.strip():
                connection.execute(statement)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("format", str(FORMAT)),
                ("case", case_id),
                ("generation", "0"),
                ("layout", "0"),
                ("fingerprint", "0" * 64),
            ],
        )


def check(connection: Connection, case_id: str) -> None:
    """Raises UserError where the index is of another case or a newer EvidenceBox."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'meta'").fetchone()
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall()) if tables else {}
    if meta.get("case") != case_id:
        raise UserError("index.db does not belong to this case; rebuild the index to search it.")
    if meta["format"] != str(FORMAT):
        raise UserError(
            "index.db was written by another version of EvidenceBox; rebuild it to search."
        )


@contextmanager
def transaction(connection: Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """A transaction that is committed on success and rolled back on any error."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
