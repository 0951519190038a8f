"""Who has a case open: locks, and what a holder finds waiting."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from evidencebox.vault import switch
from evidencebox.vault.lock import FileLock


def session_lock(folder: Path) -> FileLock:
    """Held by whoever records decisions: the window while it is open, a command while it acts."""
    return FileLock(
        folder / "session.lock",
        f"{folder.name} is open in another window or command; close that one and try again.",
    )


def ingest_lock(folder: Path) -> FileLock:
    """Held by the one process that writes catalogue.db and index.db."""
    return FileLock(
        folder / "ingest.lock",
        f"Another import into {folder.name} is running; wait for it or stop it.",
    )


def presence(folder: Path, *, alone: bool = False) -> FileLock:
    """Held by whoever has the databases open, to keep away who would replace them (`alone`)."""
    return FileLock(
        folder / "open.lock",
        f"{folder.name} is open in another window or command; close that one and try again.",
        shared=not alone,
    )


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else has the case open, for reading, acting or importing. Raises Held."""
    with session_lock(folder), ingest_lock(folder), presence(folder, alone=True):
        yield


def finish_switch(folder: Path) -> None:
    """Ends a rotation or restoring that a kill interrupted after it was decided."""
    if switch.pending(folder):
        with alone(folder):
            switch.finish(folder)
