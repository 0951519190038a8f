"""An export within an encrypted archive: nothing of it is ever written in the clear.

The outer folder holds `export.tar.age` and `key.age` (see `vault/age.py`). In the archive stands
the export as it would have been, with a manifest of its own. A file of it stands aside, encrypted,
until it is whole, since an archive names its size first.
"""

from __future__ import annotations

import contextlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from evidencebox.errors import UserError
from evidencebox.export.folder import OWN, ExportFolder, FolderSink, Hashed, check_name
from evidencebox.export.shelf import Part, Shelf
from evidencebox.vault import age

_IN_MEMORY = 4 << 20
"""Bytes of a member; more go to the shelf."""
ARCHIVE, KEY, HOW = "export.tar.age", "key.age", "READ-ME.txt"
_HOW = """This export is encrypted in the format age (age-encryption.org/v1).

With EvidenceBox:   evidencebox decrypt FOLDER --out NEW-FOLDER
With age or rage:   age --decrypt --identity key.age export.tar.age > export.tar
                    tar -xf export.tar

Both ask for the passphrase, which was agreed upon elsewhere. It opens key.age; that opens the rest.
To see whether this folder is as it was made:   sha256sum -c SHA256SUMS
"""


class TarSink:
    """Files as members of a TAR that is written as a stream; their times and owners say nothing.

    A member's size stands before it: a large one is laid on the shelf until it is whole.
    """

    def __init__(self, into: BinaryIO, folder: str, shelf: Callable[[], Shelf]) -> None:
        kind = tarfile.PAX_FORMAT
        self._tar = tarfile.open(mode="w|", fileobj=into, format=kind)  # noqa: SIM115
        self._folder = folder
        self.shelf = shelf

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new member."""
        with contextlib.ExitStack() as stack:
            member = _Member(stack, self.shelf)
            yield cast(BinaryIO, member)
        head = tarfile.TarInfo(f"{self._folder}/{name}")
        head.size, head.mode = member.size, 0o600
        self._tar.addfile(head, member.whole())
        member.drop()

    def finish(self) -> None:
        """The archive's end."""
        self._tar.close()

    def abandon(self) -> None:
        """The outer folder goes, and all of this with it."""


class _Member:
    """A member's bytes until its size is known: in memory, or on the shelf if there are many."""

    def __init__(self, stack: contextlib.ExitStack, shelf: Callable[[], Shelf]) -> None:
        self._stack, self._shelf = stack, shelf
        self._held = io.BytesIO()
        self._part: Part | None = None
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self._part is None and self.size > _IN_MEMORY:
            self._part = self._stack.enter_context(self._shelf().writing())
            self._part.write(self._held.getvalue())
            self._held = io.BytesIO()
        return self._held.write(data) if self._part is None else self._part.write(data)

    def whole(self) -> BinaryIO:
        if self._part is not None:
            return self._shelf().open(self._part.ref)
        self._held.seek(0)
        return self._held

    def drop(self) -> None:
        if self._part is not None:
            self._shelf().drop(self._part.ref)


@contextlib.contextmanager
def encrypted(outer: ExportFolder, passphrase: str) -> Iterator[TarSink]:
    """A sink whose files end up in the outer folder's archive; its key is put beside it."""
    if not passphrase:
        raise UserError("The passphrase of the export is empty; choose one of several words.")
    recipient, key = age.new_key(passphrase)
    with outer.open(ARCHIVE) as file:
        cipher = _Cipher(file, recipient)
        try:
            yield TarSink(cipher.into, outer.target.name, outer.shelf)
        finally:
            cipher.close()
        cipher.check()
    outer.add(KEY, key)
    outer.add(HOW, _HOW.encode())


class _Cipher:
    """Takes bytes by a pipe and encrypts them in a thread: age pulls, an archive pushes."""

    def __init__(self, out: Hashed, recipient: age.Recipient) -> None:
        reader, writer = os.pipe()
        self.into = cast(BinaryIO, _Pipe(os.fdopen(writer, "wb"), self))
        self._error: BaseException | None = None
        self._thread = threading.Thread(
            target=self._run, args=(os.fdopen(reader, "rb"), out, recipient), daemon=True
        )
        self._thread.start()

    def _run(self, source: BinaryIO, out: Hashed, recipient: age.Recipient) -> None:
        with source:
            try:
                age.encrypt(source, cast(BinaryIO, _Flushed(out)), recipient)
            except BaseException as error:
                self._error = error

    def close(self) -> None:
        """No more bytes; waits for the last."""
        with contextlib.suppress(BrokenPipeError):
            self.into.close()
        self._thread.join()

    def check(self) -> None:
        """Raises what went wrong in the thread."""
        if self._error is not None:
            raise self._error


class _Pipe:
    """The pipe's near end; where the far one broke, the reason for it."""

    def __init__(self, file: BinaryIO, cipher: _Cipher) -> None:
        self._file = file
        self._cipher = cipher

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except BrokenPipeError:
            self._cipher.close()
            self._cipher.check()
            raise

    def close(self) -> None:
        self._file.close()


class _Flushed:
    """What age writes to: it wants a flush, which comes with the file's end."""

    def __init__(self, out: Hashed) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        return self._out.write(bytes(data))

    def flush(self) -> None:
        pass


def is_encrypted(folder: Path) -> bool:
    """Whether an export is an archive that a passphrase opens."""
    return (folder / ARCHIVE).is_file() and (folder / KEY).is_file()


def decrypt(folder: Path, passphrase: str, out: Path) -> int:
    """The export in the clear, as a new folder. Returns its files' number. Raises UserError.

    What comes out is not yet checked: `check.check` does that.
    """
    if not is_encrypted(folder):
        raise UserError(f"{folder.name} is no encrypted export: it has no {ARCHIVE} and {KEY}.")
    identity = age.open_key((folder / KEY).read_bytes(), passphrase)
    sink = FolderSink(out)
    try:
        count = _unpack(folder / ARCHIVE, identity, sink)
        sink.finish()
    except BaseException:
        sink.abandon()
        raise
    return count


def _unpack(archive: Path, identity: age.Identity, sink: FolderSink) -> int:
    reader, writer = os.pipe()
    errors: list[BaseException] = []

    def run() -> None:
        with archive.open("rb") as source, os.fdopen(writer, "wb") as into:
            try:
                age.decrypt(source, into, identity)
            except BaseException as error:
                errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    count = 0
    try:
        with os.fdopen(reader, "rb") as stream, tarfile.open(mode="r|", fileobj=stream) as tar:
            for member in tar:
                count += _member(tar, member, sink)
            while stream.read(1 << 16):
                pass
    except tarfile.TarError:
        if not errors:
            raise UserError("The archive in this export is damaged.") from None
    finally:
        thread.join()
    if errors:
        raise errors[0]
    return count


def _member(tar: tarfile.TarFile, member: tarfile.TarInfo, sink: FolderSink) -> int:
    name = member.name.partition("/")[2]
    data = tar.extractfile(member) if member.isreg() else None
    try:
        if name not in OWN:
            check_name(name)
    except ValueError:
        data = None
    if data is None:
        raise UserError("The archive holds what no export holds; it is not unpacked.")
    with sink.open(name) as file:
        while piece := data.read(1 << 20):
            file.write(piece)
    return 1
