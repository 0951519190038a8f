"""What an export is: how much of a person it shows, and what its manifest says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Pii(StrEnum):
    """How much an export says of people."""

    FULL = "full"
    PSEUDONYMISED = "pseudonymised"
    """A code for each person, the same in all exports of a case; no name, path, quote or note."""
    COUNTS = "counts"
    """Numbers alone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a manifest says beside its files; the only part that differs between two exports.

    `acts` and `head` are the ledger's right after the act by which the export was recorded.
    `more` is what the kind adds: scope, receipt, what was left out. All of it JSON-able.
    """

    kind: str
    made: str
    tool: str
    case: str
    pii: Pii
    acts: int
    head: str
    act: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished export: `folder` is its name, `head` what to write on paper."""

    folder: str
    files: int
    bytes: int
    payload: str
    head: str
