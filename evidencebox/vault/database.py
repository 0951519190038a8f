"""SQLCipher connections that fail closed (reference: reliability, sections 3 and 5)."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlcipher3 import dbapi2

from evidencebox.errors import UserError
from evidencebox.vault.files import open_private, sync_file

Connection: TypeAlias = Any
"""An sqlcipher3 connection; that package has no types."""
DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError
dbapi: Any = dbapi2

_PLAINTEXT = b"SQLite format 3\0"
_MINIMUM_SQLITE = (3, 51, 3)
_DENY, _ATTACH = 1, 24
_BUSY_MS = 30_000
_PAGE = 4096
_CACHE_KIB = 16 << 10
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
    connection = None
    try:
        connection = dbapi2.connect(
            path.absolute().as_uri() + "?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_MS / 1000,
        )
        _prepare(connection, key, journal)
    except (dbapi2.DatabaseError, UserError) as error:
        if connection is not None:
            connection.close()
        raise (error if isinstance(error, UserError) else _refusal(path, error)) from None
    return connection


def copy(connection: Connection, path: Path, key: bytes) -> None:
    """One moment of an open database as a new file `path`, under the same `key`; synced.

    Raises FileExistsError, UserError where it cannot be read or written.
    """
    create(path)
    try:
        target = dbapi2.connect(path.absolute().as_uri() + "?mode=rw", uri=True)
        try:
            _set_key(target, key)
            connection.backup(target)
        finally:
            target.close()
        sync_file(path)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, dbapi2.DatabaseError | OSError):
            raise UserError(
                f"{path.name} cannot be written: the disk is full or failed, or what is to be "
                "copied is damaged."
            ) from None
        raise


def rekey(path: Path, old: bytes, new: bytes) -> None:
    """Encrypts a database that nobody else has open anew. Raises DamagedDatabase, UserError."""
    connection = connect(path, old, journal="DELETE")
    try:
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    except dbapi2.DatabaseError:
        raise UserError(
            f"{path.name} cannot be encrypted anew: the disk is full or failed, or it is damaged."
        ) from None
    finally:
        connection.close()
    sync_file(path)


def whole(path: Path, key: bytes) -> bool:
    """Whether a closed database opens with `key` and every page of it is as it was written."""
    try:
        connection = connect(path, key, journal="DELETE")
    except UserError:
        return False
    try:
        return integrity(connection)
    finally:
        connection.close()


def integrity(connection: Connection) -> bool:
    """Whether every page is as it was written and the tables and indexes agree. Reads it all."""
    try:
        return (
            connection.execute("PRAGMA cipher_integrity_check").fetchone() is None
            and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchone() is None
        )
    except dbapi2.DatabaseError:
        return False


def _check_file(path: Path, new: bool) -> None:
    """By name and size alone: to open and close a database's file drops every lock that this
    process holds on it (POSIX), under the feet of a transaction in another thread."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise DamagedDatabase(f"{path.name} is missing from the case folder.") from None
    if not stat.S_ISREG(found.st_mode):
        raise DamagedDatabase(f"{path.name} is not a file, so it cannot be this case's database.")
    if found.st_size < _PAGE and not new:
        # SQLite would take a file of no or a few bytes for a new database.
        raise DamagedDatabase(f"{path.name} is empty: its contents were lost.")
    if not os.access(path, os.R_OK | os.W_OK):
        raise UserError(
            f"{path.name} cannot be written to; give yourself the right to, or copy it."
        )


def _refusal(path: Path, error: dbapi2.DatabaseError) -> UserError:
    if "locked" in str(error):
        return UserError(f"{path.name} is held by another program; close it and try again.")
    if "not a database" in str(error) and _is_plaintext(path):
        return DamagedDatabase(
            f"{path.name} is not encrypted, so EvidenceBox did not write it and will not use it."
        )
    return DamagedDatabase(
        f"{path.name} cannot be opened with this case's key: it is damaged or belongs to "
        "another case."
    )


def _is_plaintext(path: Path) -> bool:
    """Asked only of a file that no connection can have open, since its first page is not ours."""
    with path.open("rb") as handle:
        return handle.read(len(_PLAINTEXT)) == _PLAINTEXT


def _prepare(connection: Connection, key: bytes, journal: Journal) -> None:
    _set_key(connection, key)
    for pragma in (
        "cipher_log_level = NONE",
        "temp_store = 2",
        "trusted_schema = OFF",
        "recursive_triggers = ON",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MS}",
    ):
        connection.execute("PRAGMA " + pragma)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise DamagedDatabase("This build of SQLite cannot encrypt; reinstall EvidenceBox.")
    if dbapi2.sqlite_version_info < _MINIMUM_SQLITE:
        raise DamagedDatabase("This build of SQLite is too old to be safe; reinstall EvidenceBox.")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    mode = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()[0]
    if mode.upper() != journal:
        raise UserError("The database is in use in another way; close the case and try again.")
    connection.execute(f"PRAGMA synchronous = {'EXTRA' if journal == 'DELETE' else 'NORMAL'}")
    # Of a ledger's indexes, which are in the order of hashes, 2 MB are too few: each page is
    # decrypted again. Only what is used is taken.
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if sys.platform == "darwin":
        # There fsync reaches the drive's cache only.
        connection.execute("PRAGMA fullfsync = 1")
        connection.execute("PRAGMA checkpoint_fullfsync = 1")
    connection.set_authorizer(_authorize)


def _set_key(connection: Connection, key: bytes) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _authorize(action: int, *_: object) -> int:
    return _DENY if action == _ATTACH else 0
