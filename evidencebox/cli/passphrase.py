"""A passphrase from a file: never from an argument, where others could read it."""

from __future__ import annotations

from pathlib import Path

from evidencebox.errors import UserError


def read_passphrase_file(file: Path) -> str:
    """The file's first line, without its end."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"The passphrase file {file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"The passphrase file {file} is not UTF-8 text.") from None
    return text.split("\n", 1)[0].rstrip("\r")
