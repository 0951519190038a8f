"""Backups of what people decided: five that rotate inside the case, and one file anywhere.

Each holds the header, case.db and anchor.log (see `vault/sealed.py`); what was derived from the
trove can be made again from it and is not in them.
"""

from __future__ import annotations

import contextlib
import datetime
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import utc_now
from evidencebox.vault import header, keys, sealed
from evidencebox.vault.anchor import Head
from evidencebox.vault.files import make_private_folder
from evidencebox.vault.header import Header

FOLDER, SUFFIX = "backups", ".backup"
MOST = 5
_APART = datetime.timedelta(hours=1)
"""Within it a newer backup takes the newest's place, or an afternoon's work would be all five."""
_SOON = datetime.timedelta(minutes=15)
_FILES = ("case.db", "anchor.log")
LARGE_BYTES = 24 << 20
"""A case.db like this, of some 8,000 acts, takes about a second to copy, seal and read back."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One that can be read. `utc` is when it was made, `head` what the ledger was then."""

    path: Path
    utc: str
    head: Head

    @property
    def made(self) -> datetime.datetime:
        """The moment, with its time zone."""
        return datetime.datetime.fromisoformat(self.utc)


def known(folder: Path, case_key: bytes) -> list[Backup]:
    """The rotating backups that can be read, oldest first; damaged ones are left out."""
    found = []
    for path in paths(folder):
        try:
            found.append(_backup(path, case_key))
        except UserError:
            continue
    return found


def takes_long(folder: Path) -> bool:
    """Whether a backup would hold up a lock or an opening."""
    return (folder / "case.db").stat().st_size >= LARGE_BYTES


def paths(folder: Path) -> list[Path]:
    """The files of the rotating backups, oldest first, readable or not."""
    return sorted((folder / FOLDER).glob("*" + SUFFIX))


def keep(folder: Path, case_key: bytes, decided: Decided, *, soon: bool = False) -> Backup | None:
    """A rotating backup where something was decided since the newest; None where there is none.

    With `soon` only where the newest is a quarter of an hour old. Raises UserError.
    """
    have = known(folder, case_key)
    head = decided.head()
    if have and have[-1].head == head:
        return None
    now = datetime.datetime.now(datetime.UTC)
    if soon and have and abs(now - have[-1].made) < _SOON:
        return None
    made = write(folder, header.load(folder), case_key, decided)
    _thin(have, made)
    return made


def write(folder: Path, head: Header, case_key: bytes, decided: Decided) -> Backup:
    """A rotating backup more, without a look at how many there are. Raises UserError."""
    with contextlib.suppress(FileExistsError):
        make_private_folder(folder / FOLDER)
    last = paths(folder)
    number = int(last[-1].name.partition(".")[0]) + 1 if last else 1
    return write_file(folder / FOLDER / f"{number:06}{SUFFIX}", folder, head, case_key, decided)


def write_file(path: Path, folder: Path, head: Header, case_key: bytes, decided: Decided) -> Backup:
    """One backup at `path`, read back before it counts. Raises UserError."""
    with scratch(folder) as work:
        ledger_head = decided.copy_to(work / "case.db", keys.derive(case_key, "case.db"))
        (work / "anchor.log").write_bytes(_read(folder / "anchor.log"))
        facts = {
            "case": head.case_id,
            "utc": utc_now(),
            "arrivals": ledger_head.arrivals,
            "head": ledger_head.digest,
        }
        sealed.write(path, head, case_key, facts, [work / name for name in _FILES])
    try:
        sealed.read(path, case_key, None)
    except UserError:
        path.unlink(missing_ok=True)
        raise UserError(
            f"{path.name} could not be read back as it was written; choose another disk."
        ) from None
    return _backup(path, case_key)


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A private folder inside the case, gone again afterwards."""
    work = folder / f"scratch-{secrets.token_hex(4)}"
    make_private_folder(work)
    try:
        yield work
    finally:
        remove_scratch(work)


def remove_scratch(work: Path) -> None:
    """Removes a scratch folder and what is in it."""
    for path in work.iterdir():
        path.unlink()
    work.rmdir()


def _backup(path: Path, case_key: bytes) -> Backup:
    facts = sealed.read_facts(path, case_key)
    return Backup(path, str(facts["utc"]), Head(int(facts["arrivals"]), str(facts["head"])))


def _thin(have: list[Backup], made: Backup) -> None:
    if len(have) > 1 and abs(have[-1].made - have[-2].made) < _APART:
        have.pop().path.unlink()
    while len(have) + 1 > MOST:
        have.pop(0).path.unlink()
    # What cannot be read counts for nothing and would pile up; it stays until five better ones.
    readable = {backup.path for backup in (*have, made)}
    if len(readable) == MOST:
        for path in paths(made.path.parents[1]):
            if path not in readable:
                path.unlink()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
