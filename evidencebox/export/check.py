"""Whether an export is as it was made: every byte of it, with nothing but the folder at hand.

manifest.json, its signature and SHA256SUMS vouch for each other, so that a change to one of them
is told from a change to a file of the payload. `resources/verifier/evidencebox_verify.py` does the
same without EvidenceBox; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencebox.errors import UserError
from evidencebox.export.folder import (
    FORMAT,
    MANIFEST,
    OWN,
    SIGNATURE,
    SUMS,
    UNFINISHED,
    signature_text,
    sums_line,
)

_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]+)")
_HEX = re.compile(r"[0-9a-f]*")
ALTERED, MISSING, EXTRA = "It was altered.", "It is missing.", "It is not in the manifest."

Holds = Callable[[str, bytes, bytes], bool]
"""Public key (hex), digest, signature → whether the signature holds."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A file that is not as it was made, and in what way."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `said` is the manifest's own text, empty where it cannot be read."""

    wrong: tuple[Wrong, ...]
    files: int
    said: Mapping[str, Any]


def is_export(folder: Path) -> bool:
    """Whether a folder is an export of ours, whole or not. Raises UserError for a ledger's."""
    if (folder / "acts.jsonl").is_file():
        raise UserError(
            f"{folder.name} is a ledger that was handed out: run the evidencebox_verify.py in it."
        )
    return any((folder / name).is_file() for name in (*OWN, UNFINISHED))


def check(folder: Path, holds: Holds) -> Checked:
    """Compares every file with what is said of it. Raises UserError for an unfinished export."""
    if (folder / UNFINISHED).is_file():
        raise UserError(f"{folder.name} is an export that was interrupted: delete it.")
    wrong, files, said = _papers(folder, holds)
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    for name, path in sorted(there.items()):
        if path.is_symlink() or not (path.is_dir() or name in files or name in OWN):
            wrong.append(Wrong(name, EXTRA))
    for name, expected in files.items():
        found = there.get(name)
        if found is None or found.is_symlink():
            wrong.append(Wrong(name, MISSING))
        elif _sha256(found) != expected:
            wrong.append(Wrong(name, ALTERED))
    return Checked(tuple(wrong), len(files), said)


def _papers(folder: Path, holds: Holds) -> tuple[list[Wrong], dict[str, str], dict[str, Any]]:
    """What is wrong with our own three files, the payload's hashes, and the manifest's text."""
    data = {name: _bytes(folder / name) for name in OWN}
    wrong = [Wrong(name, MISSING) for name in OWN if data[name] is None]
    manifest = hashlib.sha256(data[MANIFEST] or b"").hexdigest()
    said = _manifest(data[MANIFEST] or b"")
    sums = _sums(data[SUMS] or b"")
    signed = _signed(data[SIGNATURE] or b"", holds)
    # Two of three settle which of them changed.
    good = said is not None and manifest in (sums.get(MANIFEST), signed)
    if not good and data[MANIFEST] is not None:
        wrong.append(Wrong(MANIFEST, ALTERED))
    if signed is None or (good and signed != manifest):
        wrong += [Wrong(SIGNATURE, ALTERED)] * (data[SIGNATURE] is not None)
    files: dict[str, str] = {n: s for n, s in sums.items() if n != MANIFEST}
    if good and said is not None:
        files = {str(name): str(sha) for name, sha in said["files"].items()}
        lines = b"".join(sums_line(*each) for each in [*files.items(), (MANIFEST, manifest)])
        wrong += [Wrong(SUMS, ALTERED)] * (data[SUMS] not in (None, lines))
    return wrong, files, said if good and said is not None else {}


def _manifest(data: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(data)
        whole = said["format"] == FORMAT and isinstance(said["files"], dict)
    except (ValueError, KeyError, TypeError):
        return None
    return said if whole else None


def _sums(data: bytes) -> dict[str, str]:
    found = (_LINE.fullmatch(line) for line in data.split(b"\n"))
    return {m[2].decode("utf-8", "replace"): m[1].decode() for m in found if m}


def _signed(data: bytes, holds: Holds) -> str | None:
    """The digest that a sound signature is about."""
    try:
        said = json.loads(data)
        digest, author, signature = (
            str(said[name]) for name in ("manifest_sha256", "author", "signature")
        )
        hexes = all(_HEX.fullmatch(part) for part in (digest, author, signature))
        whole = hexes and signature_text(digest, author, signature) == data
        sound = whole and holds(author, bytes.fromhex(digest), bytes.fromhex(signature))
    except (ValueError, KeyError, TypeError):
        return None
    return digest if sound else None


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
