"""A case: made, opened, recovered. What an open case holds, and the order in which it is closed."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from evidencebox.config import place_of
from evidencebox.errors import UserError
from evidencebox.index.database import Index
from evidencebox.model.ledger import Kind
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import database, header, keys
from evidencebox.vault.anchor import Anchor
from evidencebox.vault.files import make_private_folder
from evidencebox.vault.header import Unlocked
from evidencebox.vault.lock import FileLock
from evidencebox.vault.signing import Signer
from evidencebox.vault.spool import Spool

SUFFIX = ".evidencebox"
_DATABASES = ("case.db", "catalogue.db", "index.db")


@dataclass(frozen=True, slots=True)
class Case:
    """An open case. Its parts are safe for use from several threads."""

    folder: Path
    case_id: str
    case_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    signer: Signer
    decided: Decided
    catalogue: Catalogue
    index: Index

    @property
    def name(self) -> str:
        """The folder's name without its ending: the case's alias on screen."""
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def reviewer(self) -> str:
        """Whose passphrase opened the case."""
        return self.decided.reviewers().get(self.signer.author, "")

    def spool(self) -> Spool:
        """The encrypted place for children's bytes."""
        return Spool(self.folder / "spool", keys.derive(self.case_key, "spool"))

    def close(self) -> None:
        """Closes the databases."""
        self.index.close()
        self.catalogue.close()
        self.decided.close()


def create(folder: Path, reviewer: str, passphrase: str) -> tuple[Case, str]:
    """Makes a case and its first reviewer. Returns it open, with the recovery code to print.

    A half-made case is removed again. Raises UserError.
    """
    folder = _case_folder(folder.resolve())
    reviewer = _named(reviewer)
    try:
        make_private_folder(folder)
    except FileExistsError:
        raise UserError(f"{folder.name} exists already; choose another name.") from None
    except OSError as error:
        raise UserError(
            f"{folder.name} cannot be made in {folder.parent}: {error.strerror}."
        ) from None
    try:
        return _fill(folder, reviewer, passphrase)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise UserError(f"{folder.name} cannot be made: {error.strerror}.") from None
        raise


def _fill(folder: Path, reviewer: str, passphrase: str) -> tuple[Case, str]:
    opened = Unlocked(keys.new_key(), keys.new_key())
    head = header.add_passphrase(header.new_header(), opened, passphrase)
    head, code = header.add_recovery(head, opened.case_key)
    for name in _DATABASES:
        database.create(folder / name)
    _wire(folder, head.case_id, opened, new=True).close()
    # Opened again as any case is: from here on an empty database file is a lost one.
    case = _wire(folder, head.case_id, opened, new=False)
    # The header comes last: a folder without one is no case, whatever interrupted its making.
    _introduce(case, reviewer, head)
    return case, code


def unlock(folder: Path, passphrase: str) -> Case:
    """Opens a case. Raises UserError; a wrong passphrase changes nothing."""
    folder = _existing(folder)
    head = header.load(folder)
    return _wire(folder, head.case_id, header.unlock(head, passphrase), new=False)


def open_with_keys(folder: Path, case_id: str, opened: Unlocked) -> Case:
    """Opens a case in a trusted child process that was handed the keys by pipe."""
    return _wire(_existing(folder), case_id, opened, new=False)


def recover(folder: Path, code: str, reviewer: str, passphrase: str) -> Case:
    """Adds a reviewer by the printed code: the way back in when a passphrase is lost.

    The lost slot stays; its acts keep their author. Raises UserError.
    """
    folder = _existing(folder)
    reviewer = _named(reviewer)
    _check_writable(folder)
    with session_lock(folder):
        head = header.load(folder)
        opened = Unlocked(header.recover(head, code), keys.new_key())
        changed = header.add_passphrase(head, opened, passphrase)
        case = _wire(folder, head.case_id, opened, new=False)
        _introduce(case, reviewer, changed)
    return case


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


def _introduce(case: Case, reviewer: str, head: header.Header) -> None:
    """The reviewer's name to the ledger, his slot to the header; else the case is closed."""
    draft = Draft(Kind.REVIEWER, [{"author": case.signer.author}], {"name": reviewer})
    try:
        case.decided.act(draft, case.signer)
        header.save(case.folder, head)
    except BaseException:
        case.close()
        raise


def _named(reviewer: str) -> str:
    if not reviewer.strip():
        raise UserError("The reviewer's name is empty; give the name that tags are to carry.")
    return reviewer.strip()


def _case_folder(folder: Path) -> Path:
    if folder.name.endswith(SUFFIX) or not folder.name:
        return folder
    return folder.with_name(folder.name + SUFFIX)


def _existing(folder: Path) -> Path:
    """The case's folder, with or without its ending typed; `.` is a folder like any other."""
    folder = folder.resolve()
    for candidate in (folder, _case_folder(folder)):
        if header.is_case(candidate):
            return candidate
    if not folder.exists() and not _case_folder(folder).exists():
        raise UserError(f"There is no case at {folder}; check the path.")
    raise UserError(f"{folder} is not an EvidenceBox case: it has no header.json.")


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        raise UserError(f"{folder.name} stands in a folder that cannot be written to; copy it.")


def _wire(folder: Path, case_id: str, opened: Unlocked, *, new: bool) -> Case:
    _check_writable(folder)

    def connector(name: str, journal: database.Journal) -> Callable[[], database.Connection]:
        key = keys.derive(opened.case_key, name)
        return functools.partial(database.connect, folder / name, key, journal=journal, new=new)

    anchor = Anchor(folder / "anchor.log", keys.derive(opened.case_key, "anchor"))
    with contextlib.ExitStack() as undo:
        decided = Decided(connector("case.db", "DELETE"), case_id, anchor)
        undo.callback(decided.close)
        decided.settle_device(place_of(folder / "case.db"))
        if not decided.belongs:
            raise UserError("case.db belongs to another case; put back the one from a backup.")
        catalogue = Catalogue(connector("catalogue.db", "WAL"))
        undo.callback(catalogue.close)
        connect = connector("index.db", "WAL")
        index = Index.create(connect, case_id) if new else Index(connect, case_id)
        undo.pop_all()
    return Case(
        folder,
        case_id,
        opened.case_key,
        opened.seed,
        Signer(opened.seed),
        decided,
        catalogue,
        index,
    )
