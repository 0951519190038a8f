"""One sealed file to carry on a stick: who finds it learns its size and the case's id.

    magic ‖ case id ‖ newline ‖ salt ‖ AES-256-GCM(deflated contents)

The key is derived from the case key and the salt; all that stands in the clear is bound.
"""

from __future__ import annotations

import os
import re
import secrets
import zlib
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evidencebox.errors import UserError
from evidencebox.vault import keys
from evidencebox.vault.files import open_private, sync_folder, write_all

MAGIC = b"EvidenceBox pack 1\n"
MOST_BYTES, MOST_CONTENT = 256 << 20, 1 << 30
_SALT_BYTES = 32
_NONCE = bytes(12)  # the key is of this one file
_START = re.compile(re.escape(MAGIC) + rb"([0-9a-f-]{36})\n")


def write(path: Path, case_id: str, case_key: bytes, content: bytes) -> None:
    """Makes `path`; a name that is taken is refused. Raises UserError."""
    start = MAGIC + case_id.encode() + b"\n" + secrets.token_bytes(_SALT_BYTES)
    sealed = _cipher(case_key, start).encrypt(_NONCE, zlib.compress(content, 6), start)
    try:
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            write_all(descriptor, start + sealed)
            os.fsync(descriptor)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        sync_folder(path.parent)
    except FileExistsError:
        raise UserError(f"{path.name} exists already; choose another name.") from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be written: {error.strerror}.") from None


def read(path: Path, case_id: str, case_key: bytes) -> bytes:
    """The content of a pack of this case. Raises UserError."""
    try:
        with path.open("rb") as handle:
            if os.fstat(handle.fileno()).st_size > MOST_BYTES:
                raise UserError(f"{path.name} is larger than any review pack; it is not taken.")
            data = handle.read(MOST_BYTES)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from None
    found = _START.match(data)
    if found is None:
        raise UserError(f"{path.name} is no review pack.")
    if found[1].decode() != case_id:
        raise UserError(f"{path.name} is a review pack of another case.")
    start = data[: found.end() + _SALT_BYTES]
    try:
        deflated = _cipher(case_key, start).decrypt(_NONCE, data[len(start) :], start)
        opened = zlib.decompressobj()
        content = opened.decompress(deflated, MOST_CONTENT)
        whole = opened.eof and not opened.unconsumed_tail
    except (InvalidTag, ValueError, zlib.error):
        raise UserError(
            f"{path.name} cannot be opened: it is damaged, or this case's key was changed on one "
            "laptop and not on the other."
        ) from None
    if not whole:
        raise UserError(f"{path.name} is larger than any review pack; it is not taken.")
    return content


def _cipher(case_key: bytes, start: bytes) -> AESGCM:
    return AESGCM(keys.derive(case_key, "pack", start[-_SALT_BYTES:]))
