"""Encryption of exports, in a format that others can open: age (age-encryption.org/v1).

A passphrase wraps a key of this one export (`key.age`, scrypt), the key wraps the content
(X25519, ChaCha20-Poly1305), so that content of any size goes through without standing in memory:
`age --decrypt --identity key.age export.tar.age`.

The library measures how hard scrypt may be and cannot be told: where it chose 2^20, a gigabyte was
filled for a key of a hundred bytes. So key.age is written here, at the strength that the program
age itself takes, and read by the library as any other.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import BinaryIO, Final, NewType

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from evidencebox.errors import UserError

Recipient = NewType("Recipient", object)
Identity = NewType("Identity", object)
LOG_N = 18
"""scrypt's work: 256 MiB, half a second to two; what `age --passphrase` takes."""
_LABEL: Final = b"age-encryption.org/v1/scrypt"


def new_key(passphrase: str) -> tuple[Recipient, bytes]:
    """Whom to encrypt to, and the file that with the passphrase opens it. Slow, by design."""
    identity = pyrage.x25519.Identity.generate()
    return Recipient(identity.to_public()), _wrapped(f"{identity}\n".encode(), passphrase)


def _wrapped(content: bytes, passphrase: str) -> bytes:
    """An age file of one piece, to a passphrase."""
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrapping = Scrypt(_LABEL + salt, 32, 1 << LOG_N, 8, 1).derive(passphrase.encode())
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    head = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {LOG_N}\n{_text(body)}\n---".encode()
    seal = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    last = bytes(11) + b"\1"  # the first piece, and the last
    sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(last, content, None)
    return head + f" {_text(seal)}\n".encode() + nonce + sealed


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt or None, info=info).derive(key)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii").rstrip("=")


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
    damaged = "export.tar.age is damaged, or not of the key beside it."
    try:
        pyrage.decrypt_io(source, into, [identity])
    except pyrage.DecryptError:
        raise UserError(damaged) from None
    except OSError as error:
        if error.errno is not None:  # the disk's, or of whoever reads what comes out
            raise
        raise UserError(damaged) from None
