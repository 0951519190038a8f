"""A reviewer's signature on acts and exports: Ed25519, with the kind of message named."""

from __future__ import annotations

import functools

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_DOMAIN = b"evidencebox act 1\0"
_EXPORT_DOMAIN = b"evidencebox export 1\0"


class Signer:
    """Signs for one reviewer. `author` is his public key, 64 hex digits."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.author = self._private.public_key().public_bytes_raw().hex()

    def sign(self, digest: bytes) -> bytes:
        """64 bytes over a 32-byte digest."""
        return self._private.sign(_DOMAIN + digest)

    def sign_export(self, digest: bytes) -> tuple[str, bytes]:
        """The public key, and 64 bytes over the 32-byte digest of an export's manifest."""
        return self.author, self._private.sign(_EXPORT_DOMAIN + digest)


def signature_holds(author: str, digest: bytes, signature: bytes) -> bool:
    """Whether `author` (hex public key) signed the act of that `digest`."""
    return _holds(author, _DOMAIN + digest, signature)


def export_signature_holds(author: str, digest: bytes, signature: bytes) -> bool:
    """Whether `author` (hex public key) signed the manifest of that `digest`."""
    return _holds(author, _EXPORT_DOMAIN + digest, signature)


def _holds(author: str, message: bytes, signature: bytes) -> bool:
    try:
        _public(author).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@functools.lru_cache(maxsize=64)
def _public(author: str) -> Ed25519PublicKey:
    """A case has few authors and many acts."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(author))
