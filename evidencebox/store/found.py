"""What ingest tells the catalogue: paths seen, bytes identified, documents read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidencebox.model.documents import Digests, Notice, Outcome
from evidencebox.model.extraction import ChildHead
from evidencebox.vault.spool import SpoolRef


@dataclass(frozen=True, slots=True)
class Seen:
    """One path of the trove as the scan saw it. `reason` says why it will not be read."""

    raw: bytes
    path: str
    size: int
    mtime_ns: int
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a batch of paths comes to.

    `known`: raw paths of files read before and unchanged; `unread` bytes of the others; by how
    many the failures list grew.
    """

    known: frozenset[bytes]
    unread: int
    failures: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A path whose bytes are to be read."""

    location: int
    raw: bytes
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child whose bytes wait in the spool; `parent`: what it came out of, or 0."""

    document: int
    parent: int
    digests: Digests
    ref: SpoolRef
    depth: int
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Child:
    """A child as its parent's reading yielded it."""

    head: ChildHead
    digests: Digests
    ref: SpoolRef


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a document's reading yielded but the text of its pages."""

    document: int
    outcome: Outcome
    pages: int
    chars: int
    title: str
    date: str | None
    metadata: Mapping[str, Sequence[str]]
    notices: Sequence[Notice]
    children: Sequence[Child]
    depth: int
