"""A hostile database may only be read: no functions, no extensions, nothing attached or written."""

from __future__ import annotations

import sqlite3
from typing import Final

_ALLOWED: Final = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ))
_PRAGMAS: Final = frozenset(
    ("table_xinfo", "trusted_schema", "cell_size_check", "query_only", "writable_schema")
)
_LIMITS: Final = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 64 << 20),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    (sqlite3.SQLITE_LIMIT_COLUMN, 2_000),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 10),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


def lock_down(base: sqlite3.Connection) -> None:
    """Before the first look at the schema: limits, checks, and what a statement may do at all."""
    for which, most in _LIMITS:
        base.setlimit(which, most)
    base.text_factory = _text
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "query_only = ON",
        "writable_schema = ON",  # reads on where one statement of the schema is nonsense
    ):
        base.execute(f"PRAGMA {pragma}")
    base.set_authorizer(_authorize)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _authorize(action: int, one: str | None, *_: str | None) -> int:
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and one in _PRAGMAS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
