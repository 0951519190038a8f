"""The composition root for the window: unlock → take the session → hand over a desk."""

from __future__ import annotations

from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.services import case, restore, sessions, ways
from evidencebox.services.desk import Desk
from evidencebox.vault.keychain import Keychain


def open_desk(folder: Path, passphrase: str) -> Desk:
    """Opens a case for the window. Raises UserError."""
    opened = case.unlock(folder, passphrase)
    return _take(opened)


def create_desk(folder: Path, reviewer: str, passphrase: str) -> tuple[Desk, str]:
    """Makes a case for the window. Returns the recovery code too, to be shown once."""
    made, code = case.create(folder, reviewer, passphrase)
    return _take(made), code


def recover_desk(folder: Path, code: str, reviewer: str, passphrase: str) -> Desk:
    """Adds a reviewer by the recovery code and opens the case for him. Raises UserError."""
    return _take(case.recover(folder, code, reviewer, passphrase))


def restore_case(folder: Path, passphrase: str) -> list[str]:
    """Puts back what people decided from a backup; what there is to say. Raises UserError."""
    return restore.words(restore.restore(folder, passphrase))


def key_store_offered(folder: Path) -> bool:
    """Whether a key store, of this system or another, is a way into a case. Nothing is opened."""
    try:
        return ways.key_store_opens(folder)
    except (UserError, OSError):
        # Whatever is wrong with the case is said when somebody tries to open it.
        return False


def key_store_desk(folder: Path) -> Desk:
    """Opens a case by this system's key store. Raises UserError where that cannot."""
    opened = case.unlock_by_keychain(folder, Keychain())
    if opened is None:
        raise UserError(
            "This computer's key store does not open the case, or it is locked; "
            "type the passphrase."
        )
    return _take(opened)


def _take(opened: case.Case) -> Desk:
    try:
        lock = case.session_lock(opened.folder)
        try:
            return Desk(opened, lock, [*sessions.begin(opened), *sessions.asks(opened)])
        except BaseException:
            lock.release()
            raise
    except BaseException:
        opened.close()
        raise
