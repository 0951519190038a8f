"""Passwords that the case knows for encrypted documents of the trove. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

OPENED_WITH = "opened_with"
"""The metadata key under which a document keeps the id of the password that opened it."""
LONGEST = 255
"""Code points of one password: longer than any format takes."""
MOST = 10_000
"""How many a case may know, and a worker may be handed."""


@dataclass(frozen=True, slots=True)
class KnownPassword:
    """`id` may be shown and kept anywhere; `text` never leaves memory and case.db."""

    id: str
    text: str = field(repr=False)


def masked(text: str) -> str:
    """What a list shows: enough to tell one's own passwords apart, too little to use."""
    return (text[0] if len(text) >= 6 else "") + "••••••"
