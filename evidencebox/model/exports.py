"""What an export is: how much of a person it shows, and what its manifest says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from evidencebox.model.ids import DocumentId


class Pii(StrEnum):
    """How much an export says of people."""

    FULL = "full"
    PSEUDONYMISED = "pseudonymised"
    """A code for each person, the same in all exports of a case; no name, path, quote or note."""
    COUNTS = "counts"
    """Numbers alone."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `unseal` is a lead's reason; `passphrase` encrypts the export.

    `documents`: only these, of what the kind and the query give; None for all of them.
    """

    kind: str
    out: Path
    pii: Pii = Pii.FULL
    query: str | None = None
    officer: str | None = None
    unseal: str | None = None
    without_sealed: bool = False
    passphrase: str | None = field(default=None, repr=False)
    natives: bool = False
    profile: str | None = None
    documents: tuple[DocumentId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A kind of export as the window offers it.

    `scoped`: a query, an officer or a selection narrows it; else it is of the whole case.
    `asks`: `query` where nothing is produced by mistake, `officer` where it is one person's.
    `content`: it shows what stands in documents, so that sealed ones need a reason.
    `profiles`: forms to choose from; a file of one's own is always another.
    """

    name: str
    words: str
    levels: tuple[Pii, ...]
    content: bool = True
    scoped: bool = True
    asks: str = ""
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScopeCount:
    """How many documents an export would speak of, and how many it may not as it stands.

    `sealed` need a lead's reason or stay out; `reported` never go out. `lead`: whether who asks
    may open sealed ones.
    """

    documents: int
    sealed: int = 0
    reported: int = 0
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` says of a finished export: files looked at, and each that is not as made."""

    files: int
    wrong: tuple[tuple[str, str], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every byte is as it was made."""
        return not self.wrong


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
