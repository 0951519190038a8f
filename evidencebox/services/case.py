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
from evidencebox.errors import DamagedCase, UserError
from evidencebox.index.database import Index
from evidencebox.model.ledger import Kind
from evidencebox.services import backups, codes, doors
from evidencebox.services.doors import ingest_lock, session_lock
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import database, header, keys
from evidencebox.vault.anchor import Anchor
from evidencebox.vault.files import make_private_folder
from evidencebox.vault.header import Header, Unlocked
from evidencebox.vault.keychain import Keychain
from evidencebox.vault.lock import FileLock
from evidencebox.vault.signing import Signer
from evidencebox.vault.spool import Spool

__all__ = ["Case", "create", "ingest_lock", "open_with_keys", "recover", "session_lock", "unlock"]
SUFFIX = ".evidencebox"
DATABASES = ("case.db", "catalogue.db", "index.db")


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
    way: Unlocked | None = field(default=None, repr=False)
    presence: FileLock | None = field(default=None, repr=False, compare=False)

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
        if self.presence is not None:
            self.presence.release()


def create(
    folder: Path, reviewer: str, passphrase: str, keychain: Keychain | None = None
) -> tuple[Case, str]:
    """Makes a case and its first reviewer. Returns it open, with the recovery code to print.

    With `keychain` the system's key store opens it too. A half-made case is removed again.
    Raises UserError.
    """
    folder = case_folder(folder.resolve())
    reviewer = named(reviewer)
    try:
        make_private_folder(folder)
    except FileExistsError:
        raise UserError(f"{folder.name} exists already; choose another name.") from None
    except OSError as error:
        raise UserError(
            f"{folder.name} cannot be made in {folder.parent}: {error.strerror}."
        ) from None
    try:
        return _fill(folder, reviewer, passphrase, keychain)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise UserError(f"{folder.name} cannot be made: {error.strerror}.") from None
        raise


def _fill(
    folder: Path, reviewer: str, passphrase: str, keychain: Keychain | None
) -> tuple[Case, str]:
    opened = Unlocked(keys.new_key(), keys.new_key())
    head = header.add_passphrase(header.new_header(), opened, passphrase)
    head, code = header.add_recovery(head, opened.case_key)
    if keychain is not None:
        head = header.add_keychain(head, opened, keychain)
    for name in DATABASES:
        database.create(folder / name)
    _wire(folder, head.case_id, opened, new=True).close()
    # Opened again as any case is: from here on an empty database file is a lost one.
    case = _wire(folder, head.case_id, opened, new=False)
    # The header comes last: a folder without one is no case, whatever interrupted its making.
    _introduce(case, reviewer, head, codes.signer_of(code).author)
    return case, code


def unlock(folder: Path, passphrase: str) -> Case:
    """Opens a case. Raises UserError; a wrong passphrase changes nothing."""
    folder, head = look(folder)
    return _wire(folder, head.case_id, header.unlock(head, passphrase), new=False)


def unlock_by_keychain(folder: Path, keychain: Keychain) -> Case | None:
    """Opens a case by the system's key store; None where that has nothing for it, or fails."""
    folder, head = look(folder)
    opened = header.unlock_by_keychain(head, keychain)
    return None if opened is None else _wire(folder, head.case_id, opened, new=False)


def look(folder: Path) -> tuple[Path, Header]:
    """The case's folder and header, nothing opened. Raises UserError."""
    folder = existing(folder)
    doors.finish_switch(folder)
    return folder, header.load(folder)


def open_with_keys(folder: Path, case_id: str, opened: Unlocked) -> Case:
    """Opens a case in a trusted child process that was handed the keys by pipe."""
    folder = existing(folder)
    doors.finish_switch(folder)
    return _wire(folder, case_id, opened, new=False)


def recover(folder: Path, code: str, reviewer: str, passphrase: str) -> Case:
    """Adds a reviewer by the printed code: the way back in when a passphrase is lost.

    The lost slot stays; its acts keep their author. In a case with one lead, whoever holds the
    code is a lead too from here on, by an act of the code's own key. Raises UserError.
    """
    folder, head = look(folder)
    reviewer = named(reviewer)
    check_writable(folder)
    with session_lock(folder):
        opened = Unlocked(header.recover(head, code), keys.new_key())
        changed = header.add_passphrase(head, opened, passphrase)
        case = _wire(folder, head.case_id, opened, new=False)
        _introduce(case, reviewer, changed)
        try:
            codes.promote(case.decided, code, case.signer.author)
        except BaseException:
            case.close()
            raise
    return case


def _introduce(case: Case, reviewer: str, head: Header, code: str = "") -> None:
    """The reviewer's name to the ledger, his slot to the header; else the case is closed.

    `code`: the recovery code's public key, where he is the first.
    """
    payload = {"name": reviewer, **({"code": code} if code else {})}
    draft = Draft(Kind.REVIEWER, [{"author": case.signer.author}], payload)
    try:
        case.decided.act(draft, case.signer)
        header.save(case.folder, head)
    except BaseException:
        case.close()
        raise


def named(reviewer: str) -> str:
    """A reviewer's name as it is kept. Raises UserError for none."""
    if not reviewer.strip():
        raise UserError("The reviewer's name is empty; give the name that tags are to carry.")
    return reviewer.strip()


def case_folder(folder: Path) -> Path:
    """With the ending that a case's folder has."""
    if folder.name.endswith(SUFFIX) or not folder.name:
        return folder
    return folder.with_name(folder.name + SUFFIX)


def existing(folder: Path) -> Path:
    """The case's folder, with or without its ending typed; `.` is a folder like any other."""
    folder = folder.resolve()
    for candidate in (folder, case_folder(folder)):
        if header.is_case(candidate):
            return candidate
    if not folder.exists() and not case_folder(folder).exists():
        raise UserError(f"There is no case at {folder}; check the path.")
    raise UserError(f"{folder} is not an EvidenceBox case: it has no header.json.")


def check_writable(folder: Path) -> None:
    """Raises UserError."""
    if not os.access(folder, os.W_OK):
        raise UserError(f"{folder.name} stands in a folder that cannot be written to; copy it.")


def connector(
    folder: Path, name: str, case_key: bytes, *, new: bool = False
) -> Callable[[], database.Connection]:
    """What opens a connection to one of the case's databases."""
    journal: database.Journal = "DELETE" if name == "case.db" else "WAL"
    key = keys.derive(case_key, name)
    return functools.partial(database.connect, folder / name, key, journal=journal, new=new)


def anchor_of(folder: Path, case_key: bytes) -> Anchor:
    """The case's anchor log."""
    return Anchor(folder / "anchor.log", keys.derive(case_key, "anchor"))


def _wire(folder: Path, case_id: str, opened: Unlocked, *, new: bool) -> Case:
    check_writable(folder)
    connect = functools.partial(connector, folder, case_key=opened.case_key, new=new)
    with contextlib.ExitStack() as undo:
        present = doors.presence(folder)
        undo.callback(present.release)
        keep_old = functools.partial(_keep_old, folder, opened.case_key)
        try:
            anchor = anchor_of(folder, opened.case_key)
            decided = Decided(connect("case.db"), case_id, anchor, keep_old)
        except database.DamagedDatabase as error:
            raise DamagedCase(str(error), option="evidencebox restore CASE") from None
        undo.callback(decided.close)
        decided.settle_device(place_of(folder / "case.db"))
        if not decided.belongs:
            raise UserError("case.db belongs to another case; put back the one from a backup.")
        catalogue = Catalogue(connect("catalogue.db"))
        undo.callback(catalogue.close)
        index_connect = connect("index.db")
        index = Index.create(index_connect, case_id) if new else Index(index_connect, case_id)
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
        opened,
        present,
    )


def empty_derived(folder: Path, case_id: str, case_key: bytes) -> None:
    """catalogue.db and index.db with nothing in them, in place of any: to be imported anew.

    The caller holds the case alone.
    """
    for name in DATABASES[1:]:
        for end in ("-wal", "-shm", ""):
            (folder / (name + end)).unlink(missing_ok=True)
        database.create(folder / name)
    Catalogue(connector(folder, "catalogue.db", case_key, new=True)).close()
    Index.create(connector(folder, "index.db", case_key, new=True), case_id).close()


def _keep_old(folder: Path, case_key: bytes, decided: Decided) -> None:
    """A backup before case.db's tables are changed: what an older version wrote is kept."""
    if header.is_case(folder):
        backups.write(folder, header.load(folder), case_key, decided)
