"""Encryption of exports, in a format that others can open: age (age-encryption.org/v1).

A passphrase wraps a key of this one export (`key.age`, scrypt), the key wraps the content
(X25519, ChaCha20-Poly1305), so that content of any size goes through without standing in memory:
`age --decrypt --identity key.age export.tar.age`.
"""

from __future__ import annotations

from typing import BinaryIO, NewType

import pyrage

from evidencebox.errors import UserError

Recipient = NewType("Recipient", object)
Identity = NewType("Identity", object)


def new_key(passphrase: str) -> tuple[Recipient, bytes]:
    """Whom to encrypt to, and the file that with the passphrase opens it. Slow, by design."""
    identity = pyrage.x25519.Identity.generate()
    key = pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase)
    return Recipient(identity.to_public()), bytes(key)


def open_key(key: bytes, passphrase: str) -> Identity:
    """The other way. Raises UserError."""
    try:
        text = bytes(pyrage.passphrase.decrypt(key, passphrase)).decode().strip()
        return Identity(pyrage.x25519.Identity.from_str(text))
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError):
        raise UserError(
            "That passphrase does not open this export, or key.age is damaged."
        ) from None


def encrypt(source: BinaryIO, into: BinaryIO, recipient: Recipient) -> None:
    """All of `source`, piece by piece."""
    pyrage.encrypt_io(source, into, [recipient])


def decrypt(source: BinaryIO, into: BinaryIO, identity: Identity) -> None:
    """All of `source`, piece by piece. Raises UserError."""
    try:
        pyrage.decrypt_io(source, into, [identity])
    except pyrage.DecryptError:
        raise UserError("export.tar.age is damaged, or not of the key beside it.") from None
