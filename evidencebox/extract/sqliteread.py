"""SQLite databases: the schema as a page, each table's rows in labelled blocks."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from evidencebox.extract import strings
from evidencebox.extract.blocks import Blocks
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.sqliteguard import lock_down
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_LARGEST: Final = 512 << 20
"""Bytes of a database: it is held in memory twice, here and in the library."""
_ROWS: Final = 50
_ROWS_AT_ONCE: Final = 500
_WAL: Final = 2
_LONGEST_CELL: Final = 1 << 20
_RUNS: Final = re.compile(rb"[\x20-\x7e]{6,4096}|(?:[\x20-\x7e]\0){6,4096}")
_MOST_FILES: Final = 10_000
_VISIBLE: Final = (0, 3)
"""Columns as stored; those that are computed when read hold nothing of their own."""
_FILE_MARKS: Final = (
    (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"), (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"RIFF", "riff"),
    (b"II*\0", "tif"), (b"MM\0*", "tif"), (b"{\\rtf", "rtf"), (b"bplist00", "plist"),
    (b"\x1f\x8b\x08", "gz"), (b"SQLite format 3\0", "sqlite"), (b"ID3", "mp3"),
)  # fmt: skip
Table = tuple[str, str]


def read(job: Job) -> None:
    """Schema first, then table after table; damage costs the rest of a table."""
    if job.size > _LARGEST:
        reason = f"Databases are read up to {_LARGEST >> 20} MiB; only strings were taken from it."
        strings.read(job)
        job.gaps.clear()
        raise Stop(Status.LIMIT, reason)
    job.source.seek(0)
    data = job.source.read()
    if data[18:20] == bytes([_WAL, _WAL]):
        data = (
            data[:18] + b"\1\1" + data[20:]
        )  # else it would look for its journal, a file that is not here
        job.warn("journal", "Its latest changes may stand in a journal, a file beside it.")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        try:
            base.deserialize(data)
            del data
            lock_down(base)
            _everything(job, base)
        except sqlite3.Error:
            job.gap("broken", "The database is damaged; what came before was read.")
    if not job.yielded:
        strings.read(job)
        job.gaps.clear()
        raise Stop(Status.PARTIAL, "The database is damaged; only readable strings were taken.")


def _everything(job: Job, base: sqlite3.Connection) -> None:
    tables = _schema(job, base)
    job.meta("tables", str(len(tables)))
    files = _Files(job)
    for name, kind in tables:
        if kind == "virtual":
            job.warn("virtual", "A table is computed by an extension; its own tables were read.")
            continue
        try:
            _rows(job, base, name, files)
        except sqlite3.Error:
            job.gap("broken_table", "A table is damaged; its rows up to there were read.")


def _schema(job: Job, base: sqlite3.Connection) -> list[Table]:
    """A page of the statements that made it; gives its tables."""
    tables: list[Table] = []
    flow = Flow(job, "schema")
    try:
        for kind, name, sql in base.execute("SELECT type, name, sql FROM sqlite_master"):
            sql = _cell(sql)
            flow.add(f"{sql or f'{_cell(kind)} {_cell(name)}'}\n")
            if kind == "table" and isinstance(name, str):
                virtual = sql.upper().startswith("CREATE VIRTUAL")
                tables.append((name, "virtual" if virtual else "table"))
    finally:
        flow.close()
    return tables


def _rows(job: Job, base: sqlite3.Connection, table: str, files: _Files) -> None:
    columns = _columns(base, table)
    if not columns:
        return
    blocks = Blocks(job, table, _ROWS, title=f"{table}: {', '.join(columns)}")
    chosen = ", ".join(_quoted(column) for column in columns)
    try:
        for number, row in enumerate(
            _fetched(job, base, f"SELECT {chosen} FROM {_quoted(table)}"), 1
        ):
            cells = []
            for column, value in zip(columns, row, strict=True):
                kept = files.keep(value, f"{table}.{column}.{number}")
                cells.append(kept or " ".join(_cell(value).split()))
            blocks.row(number, cells)
    finally:
        blocks.close()


def _fetched(job: Job, base: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    cursor = base.execute(query)
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows
        job.beat()


def _columns(base: sqlite3.Connection, table: str) -> list[str]:
    rows = base.execute(f"PRAGMA table_xinfo({_quoted(table)})")
    return [str(row[1]) for row in rows if row[6] in _VISIBLE]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _cell(value: object) -> str:
    """A value as text: numbers as they print, text as it stands, bytes by what is readable."""
    if value is None:
        return ""
    if not isinstance(value, bytes):
        return str(value)[:_LONGEST_CELL]
    try:
        text = value[:_LONGEST_CELL].decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return text
    runs = [run.decode("latin-1").replace("\0", "") for run in _RUNS.findall(value[:_LONGEST_CELL])]
    return " ".join([f"[{len(value)} bytes]", *runs])


class _Files:
    """Values that are files of a known type become children."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._kept = 0

    def keep(self, value: object, name: str) -> str:
        """What stands in the row in a file's place; '' if the value is none."""
        if not isinstance(value, bytes) or len(value) < 64:
            return ""
        ending = next((end for mark, end in _FILE_MARKS if value.startswith(mark)), "")
        if not ending or self._kept >= _MOST_FILES or not self._job.may_have_children():
            return ""
        self._kept += 1
        label = f"{name}.{ending}"
        self._job.whole(ChildHead(label, "embedded"), value)
        return f"[{label}]"
