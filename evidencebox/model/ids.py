"""Identity: what a document, an officer, a passage and an act are called."""

from __future__ import annotations

import base64
import hashlib
import uuid
from typing import NewType

DocumentId = NewType("DocumentId", str)
"""SHA-256 of the item's bytes, 64 lower-case hex digits."""

OfficerId = NewType("OfficerId", str)
"""A UUID as text. Roster members: `officer_id`; people added by hand: a random one."""

ActId = NewType("ActId", str)
"""SHA-256 of an act's canonical bytes, 64 lower-case hex digits."""

_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def short_id(document: DocumentId, length: int = 6) -> str:
    """The id people read out, e.g. `EB-7Q2M4K`: the first 5 × `length` bits of the hash.

    Crockford's base 32 has no I, L, O or U. Six characters can coincide in a trove of more than
    some ten thousand documents; `id:` searches accept any length, so a longer one settles it.
    """
    text = base64.b32encode(bytes.fromhex(document)).decode("ascii").translate(_CROCKFORD)
    return "EB-" + text[:length]


def officer_id(case_id: str, roster_key: str) -> OfficerId:
    """The same officer for every laptop of a case: uuid5 of the case and the roster's key."""
    return OfficerId(str(uuid.uuid5(uuid.UUID(case_id), roster_key)))


def virtual_document_id(container: DocumentId, entry: str, version: int = 1) -> DocumentId:
    """Identity for an item with no bytes of its own (a PST message): container and entry id."""
    seed = f"evidencebox item {version}\0{container}\0{entry}".encode()
    return DocumentId(hashlib.sha256(seed).hexdigest())
