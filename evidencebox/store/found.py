"""What ingest tells the catalogue: paths seen, bytes identified, documents read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidencebox.model.documents import Digests, Notice, Outcome, Span
from evidencebox.model.extraction import ChildHead
from evidencebox.model.ids import DocumentId
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
    """Everything a document's reading yielded but the text of its pages.

    `to_recognise`: the numbers of the pages that have no text layer to speak of.
    """

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
    to_recognise: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message says of itself. `date`: ISO 8601, '' where there is none."""

    document: DocumentId
    date: str
    metadata: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sought:
    """A document with pages to be recognised, or recognised and not indexed yet.

    `ref` says where a child's bytes wait; `files` are its own places: a trove's folder and the raw
    path in it. `pages` are those still pending.
    """

    document: int
    sha256: DocumentId
    name: str
    media_type: str
    size: int
    pages: Sequence[int]
    ref: SpoolRef | None
    files: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What became of a page: its text where there is any, else why there is none.

    `status`: done, empty or failed; `confidence` of 100; `places` as `model.places` packs them.
    """

    number: int
    status: str
    confidence: int = 0
    reason: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()
    places: bytes = b""
