"""Files that go out together: all of them stand, or none."""

from __future__ import annotations

import os
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.vault.files import open_private, sync_folder


def put(files: dict[Path, bytes]) -> None:
    """All under other names first: a name that stands is that of a whole file."""
    half = {path.with_name(path.name + ".unfinished"): (path, data) for path, data in files.items()}
    try:
        for path, (_, data) in half.items():
            descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
        for path, (target, _) in half.items():
            path.rename(target)
        sync_folder(next(iter(files)).resolve().parent)
    except OSError as error:
        for path in half:
            path.unlink(missing_ok=True)
        raise UserError(f"The redacted file cannot be written: {error.strerror}.") from None
