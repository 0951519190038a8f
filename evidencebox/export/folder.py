"""Every export is a folder made here: written under another name, hashed on the way, then renamed.

    with ExportFolder(out) as folder:
        folder.add("lists/persons.csv", data)
        with folder.open("VOL001/load.dat") as file:
            file.write(…)
        folder.finish(facts, sign)

What the caller adds is the payload: the same state gives the same bytes. `finish` puts beside it

- `manifest.json`: the facts, and the SHA-256 of every file of the payload;
- `manifest.sig`: the reviewer's signature on it;
- `SHA256SUMS`: the payload and manifest.json, for `sha256sum -c`;

and gives the folder its name. Whatever interrupts it before leaves `NAME.unfinished` with a file
that says so. With a passphrase nothing is written in the clear: see `export/sealed.py`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from evidencebox.errors import UserError
from evidencebox.export.shelf import Shelf
from evidencebox.model.exports import Exported, Facts
from evidencebox.vault.files import make_private_folder, open_private, sync_folder

FORMAT = "evidencebox export 1"
MANIFEST, SIGNATURE, SUMS = "manifest.json", "manifest.sig", "SHA256SUMS"
OWN = (MANIFEST, SIGNATURE, SUMS)
UNFINISHED = "UNFINISHED.txt"
_SHELF = ".parts"
_NOTE = b"This export was interrupted. It is not whole: delete this folder and export again.\n"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ -]*(?<![. ])")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_SYNC_ALL: Callable[[], None] | None = getattr(os, "sync", None)

Sign = Callable[[bytes], tuple[str, bytes]]
"""A SHA-256 digest → the signer's public key (hex) and his Ed25519 signature."""


class Sink(Protocol):
    """Where the files of an export go: a folder, or an encrypted archive in one."""

    def open(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        """A file to be written from start to end. Raises FileExistsError."""

    def finish(self) -> None:
        """All files are written."""

    def abandon(self) -> None:
        """Nothing of it is wanted."""

    def shelf(self) -> Shelf:
        """Where parts are laid aside until it is finished."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the payload: its name with `/`, SHA-256 in hex, and size in bytes."""

    name: str
    sha256: str
    size: int


class Hashed:
    """A file that is hashed while it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """All of it."""
        self._digest.update(data)
        self.size += len(data)
        self._file.write(data)
        return len(data)

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._digest.hexdigest()


class ExportFolder:
    """A new folder in the making; left without `finish`, nothing remains of it."""

    def __init__(self, target: Path, sink: Sink | None = None) -> None:
        """Raises UserError where the name is taken or the folder cannot be made."""
        self.target = target
        self._sink = FolderSink(target) if sink is None else sink
        self._entries: list[Entry] = []
        self._done = False

    def __enter__(self) -> ExportFolder:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._done:
            self._sink.abandon()

    def add(self, name: str, data: bytes) -> Entry:
        """One file, whole."""
        with self.open(name) as file:
            file.write(data)
        return self._entries[-1]

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[Hashed]:
        """One file, written piece by piece. Several may be open at once. Raises UserError."""
        check_name(name)
        with _sentences(self.target.name), self._sink.open(name) as raw:
            hashed = Hashed(raw)
            yield hashed
        self._entries.append(Entry(name, hashed.sha256, hashed.size))

    def shelf(self) -> Shelf:
        """Where parts that are too large for memory are laid aside, encrypted, until `finish`."""
        return self._sink.shelf()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The payload so far, in the order of writing."""
        return tuple(self._entries)

    def payload_digest(self) -> str:
        """SHA-256, hex, over the payload's lines of SHA256SUMS: what the ledger records."""
        digest = hashlib.sha256()
        for entry in self._entries:
            digest.update(sums_line(entry.name, entry.sha256))
        return digest.hexdigest()

    def finish(self, facts: Facts, sign: Sign) -> Exported:
        """Manifest, signature, sums; then the folder gets its name. Raises UserError."""
        payload = self.payload_digest()
        own = {"format": FORMAT, **asdict(facts), "payload": payload}
        with _sentences(self.target.name):
            manifest = self._manifest(own)
            author, signature = sign(bytes.fromhex(manifest))
            signed = signature_text(manifest, author, signature.hex())
            with self._sink.open(SIGNATURE) as file:
                file.write(signed)
            with self._sink.open(SUMS) as file:
                for entry in self._entries:
                    file.write(sums_line(entry.name, entry.sha256))
                file.write(sums_line(MANIFEST, manifest))
            self._sink.finish()
        self._done = True
        size = sum(entry.size for entry in self._entries)
        return Exported(self.target.name, len(self._entries), size, payload, facts.head)

    def _manifest(self, own: dict[str, object]) -> str:
        """Writes it and returns its SHA-256. Line by line: productions have many files."""
        with self._sink.open(MANIFEST) as raw:
            file = Hashed(raw)
            head = json.dumps(own, indent=1, ensure_ascii=False)
            file.write(head.removesuffix("\n}").encode() + b',\n "files": {')
            for number, entry in enumerate(self._entries):
                comma = b"," if number else b""
                file.write(comma + f'\n  {json.dumps(entry.name)}: "{entry.sha256}"'.encode())
            file.write(b"\n }\n}\n")
        return file.sha256


class FolderSink:
    """Plain files under the target's name with `.unfinished`, for their owner alone."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._making = target.with_name(target.name + ".unfinished")
        if not target.name or target.exists() or target.is_symlink():
            raise UserError(f"{target.name or target} exists already; choose another name.")
        with _sentences(target.name):
            # What an interrupted export left: in its last moment it was whole but had no name.
            if any((self._making / name).is_file() for name in (UNFINISHED, SUMS)):
                shutil.rmtree(self._making)
            make_private_folder(self._making)
            (self._making / UNFINISHED).write_bytes(_NOTE)
        self._shelf: Shelf | None = None

    def shelf(self) -> Shelf:
        """In a folder of its own whose name no file of an export can have."""
        if self._shelf is None:
            self._shelf = Shelf(self._making / _SHELF)
        return self._shelf

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        path = self._making / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with os.fdopen(descriptor, "wb", buffering=1 << 16) as file:
            yield file
            file.flush()
            if _SYNC_ALL is None:
                os.fsync(descriptor)

    def finish(self) -> None:
        """Durable first, so that a folder with its name is a whole one."""
        if self._shelf is not None:
            shutil.rmtree(self._making / _SHELF)
        if _SYNC_ALL is not None:
            _SYNC_ALL()  # one for all: a production has tens of thousands of files
        (self._making / UNFINISHED).unlink()
        sync_folder(self._making)
        self._making.rename(self._target)
        sync_folder(self._target.parent)

    def abandon(self) -> None:
        """Removes what was written."""
        shutil.rmtree(self._making, ignore_errors=True)


def check_name(name: str) -> None:
    """Names are ours, never the trove's: legal on every system. Raises ValueError."""
    parts = name.split("/")
    if name in OWN or name == UNFINISHED or len(name) > 200:
        raise ValueError(f"not for the payload of an export: {name!r}")
    if not all(_NAME.fullmatch(part) and not _RESERVED.match(part) for part in parts):
        raise ValueError(f"no name for a file of an export: {name!r}")


def sums_line(name: str, sha256: str) -> bytes:
    """As `sha256sum` writes and reads it."""
    return f"{sha256}  {name}\n".encode()


def signature_text(manifest: str, author: str, signature: str) -> bytes:
    """manifest.sig: exactly these bytes, so that any change to them shows."""
    said = {"manifest_sha256": manifest, "author": author, "signature": signature}
    return (json.dumps(said, indent=1) + "\n").encode()


@contextlib.contextmanager
def _sentences(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"{name} cannot be written: {error.strerror or error}.") from None
