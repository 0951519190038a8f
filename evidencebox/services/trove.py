"""The trove's folder: that it is one, that it is still there, and that it may have moved."""

from __future__ import annotations

import os
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.scan import open_file
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.trove_paths import files_of, move_trove

_COMPARED = 50


def check_trove(trove: Path, case: Path) -> Path:
    """The trove's absolute path. Raises UserError for what cannot be a trove."""
    root = Path(os.path.abspath(trove))
    try:
        str(root).encode("utf-8")
    except UnicodeEncodeError:
        raise UserError(
            "The path of the trove's own folder is not UTF-8; rename it, or mount it elsewhere."
        ) from None
    try:
        if not root.exists():
            raise UserError(f"There is no folder at {trove}; is the drive plugged in?")
        if not root.is_dir():
            raise UserError(f"{trove} is a file; give the folder that holds the trove.")
        _check_apart(root.resolve(), case.resolve())
        with os.scandir(root) as entries:
            next(entries, None)
    except OSError as error:
        raise UserError(f"{trove} cannot be read: {error.strerror}.") from None
    return root


def _check_apart(root: Path, case: Path) -> None:
    if case.is_relative_to(root):
        raise UserError(
            "The case lies inside the trove; keep it outside, so that the trove stays as it was."
        )
    if root.is_relative_to(case):
        raise UserError("That folder is part of the case itself; give the folder of the trove.")


class Presence:
    """Knows the trove's folder again: a mount point may outlive the drive that was mounted."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = self._identity()

    def check(self) -> None:
        """Raises UserError where the trove is gone."""
        if self._known is None or self._identity() != self._known:
            raise UserError(
                "The trove is gone: plug its drive in again, and start the same import again; "
                "it goes on where it stopped."
            )

    def _identity(self) -> tuple[int, int] | None:
        try:
            info = self._root.stat()
        except OSError:
            return None
        return info.st_dev, info.st_ino


def follow_move(catalogue: Catalogue, root: Path) -> None:
    """Recognises a known trove that was moved, or whose drive is mounted elsewhere, at `root`.

    Without this, each of its documents would get a second location. A trove is taken for moved
    where nothing is left at its old place, and what was read first is here, in the same sizes.
    """
    known = catalogue.troves()
    if str(root) in known:
        return
    for old in known:
        files = files_of(catalogue, old, _COMPARED)
        if files and not os.path.lexists(old) and all(_stands(root, *file) for file in files):
            move_trove(catalogue, old, str(root))
            return


def recognised(catalogue: Catalogue, root: Path) -> str | None:
    """The known trove that stands at `root` now: by its path, else by what was read of it first."""
    known = catalogue.troves()
    if str(root) in known:
        return str(root)
    for old in known:
        files = files_of(catalogue, old, _COMPARED)
        if files and all(_stands(root, *file) for file in files):
            return old
    return None


def missing(catalogue: Catalogue) -> list[str]:
    """The troves whose folder is not there: a drive is not plugged in, or is mounted elsewhere."""
    return [root for root in catalogue.troves() if not Path(root).is_dir()]


def locate(case: Case, root: Path) -> str:
    """Goes on with a trove that stands at `root` now. Returns where it stood. Raises UserError.

    Only what is recognised by its files, and is at its old place no more, is taken for it.
    """
    root = check_trove(root, case.folder)
    with ingest_lock(case.folder):
        old = recognised(case.catalogue, root)
        if old is None:
            raise UserError(
                f"{root} is none of the case's troves: the files that were read first are not "
                "there in the same sizes. Import it if it is new."
            )
        if old != str(root):
            if os.path.lexists(old):
                raise UserError(f"The trove still stands at {old}; a copy of it takes no place.")
            move_trove(case.catalogue, old, str(root))
        return old


def _stands(root: Path, raw: bytes, size: int) -> bool:
    try:
        descriptor = open_file(root, raw)
    except OSError:
        return False
    try:
        return os.fstat(descriptor).st_size == size
    finally:
        os.close(descriptor)
