"""The one settings file outside any case: how the window looks, and which computer this is."""

from __future__ import annotations

import hashlib
import re
import secrets
import sys
from pathlib import Path

_DEVICE = re.compile(r"^\[device\]\r?\nid=([0-9a-f]{32})\r?$", re.MULTILINE)


def settings_file() -> Path:
    """In the place the platform has for settings; it need not be there yet."""
    from platformdirs import user_config_path

    return user_config_path("EvidenceBox", appauthor=False) / "desk.ini"


SAMPLE_PASSPHRASE = "a sample and no secret"


def sample_folder() -> Path:
    """Where the sample case stands, or would: a case of made-up people, for trying things out."""
    from platformdirs import user_data_path

    return user_data_path("EvidenceBox", appauthor=False) / "sample" / "Sample.evidencebox"


def computer_id() -> str:
    """A random id, made at first use and kept in the settings file; says nothing of the computer.

    Where nothing can be kept there, a new one each time.
    """
    file = settings_file()
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        found = _DEVICE.search(text)
        if found:
            return found[1]
        made = secrets.token_hex(16)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Added at the end: what the window keeps there is its own, in Qt's spelling.
        with file.open("a", encoding="utf-8", newline="\n") as handle:
            handle.write(("\n" if text else "") + f"[device]\nid={made}\n")
    except (OSError, UnicodeDecodeError):
        return secrets.token_hex(16)
    return made


def place_of(database: Path) -> str:
    """Tells one case.db from its copies, on this computer or another: a hash of both their ids.

    A copy, and a file that was put back from a backup, are new files.
    """
    return hashlib.sha256(f"{computer_id()}:{database.stat().st_ino}".encode()).hexdigest()


def resource(*parts: str) -> Path:
    """The path of a bundled file or folder, in a checkout, a wheel and a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    root = Path(frozen) if frozen else package.parent
    found = root.joinpath("resources", *parts)
    return found if frozen or found.exists() else package.joinpath("resources", *parts)
