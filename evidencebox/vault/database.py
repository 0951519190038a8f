"""SQLCipher connections that fail closed (reference: reliability, sections 3 and 5)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlcipher3 import dbapi2

from evidencebox.errors import UserError
from evidencebox.vault.files import open_private

Connection: TypeAlias = Any
"""An sqlcipher3 connection; that package has no types."""
DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError
dbapi: Any = dbapi2

_PLAINTEXT = b"SQLite format 3\0"
_MINIMUM_SQLITE = (3, 51, 3)
_DENY, _ATTACH = 1, 24
Journal = Literal["DELETE", "WAL"]


class DamagedDatabase(UserError):
    """A database of the case is missing, foreign, plaintext or damaged."""


def create(path: Path) -> None:
    """An empty file for a new database, private before a byte is in it. Raises FileExistsError."""
    os.close(open_private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))


def connect(path: Path, key: bytes, *, journal: Journal, new: bool = False) -> Connection:
    """Opens `path` with a raw 32-byte key, for use from any one thread at a time.

    `journal` DELETE goes with synchronous EXTRA (case.db: nothing acknowledged is lost), WAL with
    NORMAL (derived databases). `new` accepts the empty file of `create`. Transactions are begun
    by the caller: the connection is in autocommit mode. Raises DamagedDatabase.
    """
    _check_file(path, new)
    connection = dbapi2.connect(
        path.absolute().as_uri() + "?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=30.0,
    )
    try:
        _prepare(connection, key, journal)
    except dbapi2.DatabaseError as error:
        connection.close()
        if "locked" in str(error):
            raise UserError(
                f"{path.name} is held by another program; close it and try again."
            ) from None
        raise DamagedDatabase(
            f"{path.name} cannot be opened with this case's key: it is damaged or belongs to "
            "another case."
        ) from None
    return connection


def _check_file(path: Path, new: bool) -> None:
    try:
        with path.open("rb") as handle:
            start = handle.read(len(_PLAINTEXT))
    except FileNotFoundError:
        raise DamagedDatabase(f"{path.name} is missing from the case folder.") from None
    if start == _PLAINTEXT:
        raise DamagedDatabase(
            f"{path.name} is not encrypted, so EvidenceBox did not write it and will not use it."
        )
    if not start and not new:
        raise DamagedDatabase(f"{path.name} is empty: its contents were lost.")


def _prepare(connection: Connection, key: bytes, journal: Journal) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in (
        "cipher_log_level = NONE",
        "temp_store = 2",
        "trusted_schema = OFF",
        "recursive_triggers = ON",
        "foreign_keys = ON",
        "busy_timeout = 30000",
    ):
        connection.execute("PRAGMA " + pragma)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise DamagedDatabase("This build of SQLite cannot encrypt; reinstall EvidenceBox.")
    if dbapi2.sqlite_version_info < _MINIMUM_SQLITE:
        raise DamagedDatabase("This build of SQLite is too old to be safe; reinstall EvidenceBox.")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute(f"PRAGMA synchronous = {'EXTRA' if journal == 'DELETE' else 'NORMAL'}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = 1")
    connection.set_authorizer(_authorize)


def _authorize(action: int, *_: object) -> int:
    return _DENY if action == _ATTACH else 0
