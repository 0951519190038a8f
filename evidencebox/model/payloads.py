"""What an act says, in parts that can be hashed and purged apart from one another. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Target = Mapping[str, Any]
"""What an act is about: a document, perhaps a page or a passage of it, an officer, a label …"""

_PER_TARGET = ("paths", "quotes")
"""Lists of a payload that have an item for each target."""


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, ASCII, no floating-point numbers."""
    return _CANONICAL.encode(value)


def hash_payload(salt: bytes, payload: str) -> str:
    """H(salt ‖ payload): without the salt, a purged payload cannot be guessed back."""
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def split_payload(targets: Sequence[Target], payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of a payload that are hashed and purged apart.

    Just one, unless the act names several documents: then what they share, and one a target.
    """
    if len({target.get("document") for target in targets}) < 2:
        return [dict(payload)]
    apart = {name: payload[name] for name in _PER_TARGET if name in payload}
    common = {name: value for name, value in payload.items() if name not in apart}
    parts = [
        {name: items[number] for name, items in apart.items() if number < len(items)}
        for number in range(len(targets))
    ]
    return [common, *parts]


def join_payload(parts: Sequence[Mapping[str, Any] | None]) -> dict[str, Any]:
    """The payload again; a part that was purged is None, and its items are None."""
    joined = dict(parts[0] or {}) if parts else {}
    if len(parts) > 1:
        for name in _PER_TARGET:
            items = [part.get(name) if part is not None else None for part in parts[1:]]
            if any(item is not None for item in items):
                joined[name] = items
    return joined


def combine_hashes(hashes: Sequence[str]) -> str:
    """An act's payload hash from those of its parts."""
    if len(hashes) == 1:
        return hashes[0]
    text = "evidencebox parts 1\0" + "\n".join(hashes)
    return hashlib.sha256(text.encode()).hexdigest()
