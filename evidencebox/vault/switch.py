"""Several files of a case replaced as one, so that a kill at any moment leaves all old or all new.

The new ones are gathered in `staged/`. Renaming that folder to `ready` decides; from then on the
files are moved to their places one by one, by whoever opens the case next if need be. That takes no
key, and moving again what was moved already does nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from evidencebox.vault.files import make_private_folder, sync_file, sync_folder

_STAGED, _READY, _DROP = "staged", "ready", "drop-"
ASIDE = "aside"
_BESIDE = ("-journal", "-wal", "-shm")


def stage(folder: Path) -> Path:
    """An empty folder for the new files; what an earlier attempt left there is removed."""
    discard(folder)
    make_private_folder(folder / _STAGED)
    return folder / _STAGED


def discard(folder: Path) -> None:
    """Removes what was staged and never decided."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder / _STAGED)


def commit(folder: Path, *, aside: str = "", drop: str = "") -> None:
    """Decides, and moves.

    `aside` names a folder in `aside/` that takes what is replaced; without, it is removed.
    `drop` names a folder of the case to be emptied.
    """
    staged = folder / _STAGED
    if drop:
        (staged / (_DROP + drop)).touch(mode=0o600)
    for file in _files(staged):
        sync_file(file)
    for inner in (staged, *(p for p in staged.iterdir() if p.is_dir())):
        sync_folder(inner)
    staged.rename(folder / (f"{_READY}.{aside}" if aside else _READY))
    sync_folder(folder)
    finish(folder)


def pending(folder: Path) -> bool:
    """Whether something was decided and is not all moved yet."""
    return any(True for _ in folder.glob(_READY + "*"))


def finish(folder: Path) -> None:
    """Moves what was decided. The caller holds the case alone."""
    for ready in sorted(folder.glob(_READY + "*")):
        name = ready.name.partition(".")[2]
        aside = folder / ASIDE / name if name else None
        for file in sorted(_files(ready)):
            if file.name.startswith(_DROP):
                _empty(folder / file.name.removeprefix(_DROP))
                file.unlink()
            else:
                _move(file, folder / file.relative_to(ready), aside)
        shutil.rmtree(ready)
        sync_folder(folder)


def _move(file: Path, target: Path, aside: Path | None) -> None:
    target.parent.mkdir(mode=0o700, exist_ok=True)
    for old in (*(target.with_name(target.name + end) for end in _BESIDE), target):
        if not old.exists():
            continue
        if aside is not None:
            for made in (aside.parent, aside):
                made.mkdir(mode=0o700, exist_ok=True)
            old.replace(aside / old.name)
        elif old != target:
            old.unlink()
    # A journal that outlived its database would be played into the new one.
    sync_folder(target.parent)
    file.replace(target)
    sync_folder(target.parent)


def _empty(folder: Path) -> None:
    if folder.is_dir():
        for entry in folder.iterdir():
            entry.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        for name in names:
            yield Path(base) / name
