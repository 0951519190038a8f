"""What extraction yields and what the catalogue knows: documents, pages, locations, families."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from evidencebox.model.ids import DocumentId


class Status(StrEnum):
    """How far reading a document came (DESIGN.md, section 12)."""

    OK = "ok"
    PARTIAL = "partial"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    TIMEOUT = "timeout"
    LIMIT = "limit"
    QUARANTINED = "quarantined"
    PENDING = "pending"


UNREAD = frozenset(Status) - {Status.OK, Status.EMPTY, Status.PENDING}
"""Statuses that stand in the failures list: something of the document was not read."""


class Layer(StrEnum):
    """Where a page's text comes from; OCR never replaces the first."""

    TEXT = "text"
    OCR = "ocr"


class DocumentType(StrEnum):
    """What people call a document; the facet and `type:` of the query language."""

    TEXT = "text"
    HTML = "html"
    CSV = "csv"
    MAIL = "mail"
    MAILBOX = "mailbox"
    PDF = "pdf"
    WORD = "word"
    SHEET = "sheet"
    SLIDES = "slides"
    IMAGE = "image"
    ARCHIVE = "archive"
    AUDIO = "audio"
    VIDEO = "video"
    DATABASE = "database"
    OTHER = "other"


TYPE_WORDS = {
    DocumentType.TEXT: "Text",
    DocumentType.HTML: "Web page",
    DocumentType.CSV: "CSV",
    DocumentType.MAIL: "Mail",
    DocumentType.MAILBOX: "Mailbox",
    DocumentType.PDF: "PDF",
    DocumentType.WORD: "Word",
    DocumentType.SHEET: "Sheet",
    DocumentType.SLIDES: "Slides",
    DocumentType.IMAGE: "Image",
    DocumentType.ARCHIVE: "Archive",
    DocumentType.AUDIO: "Audio",
    DocumentType.VIDEO: "Video",
    DocumentType.DATABASE: "Database",
    DocumentType.OTHER: "Other",
}
"""What people read for each type, in lists and filters."""


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of one page: code-point range within the page's text.

    `kind` says what a reader could not see in the text alone: header, footer, note, comment,
    inserted, deleted, hidden, form_field, annotation, mail_header.
    """

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The unit of citation. `number` counts from 1 within its document and layer."""

    number: int
    text: str
    label: str = ""
    layer: Layer = Layer.TEXT
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader of the document should know: a code for machines, a sentence for people."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an extraction ended. `reason` is one sentence, empty when the status is ok.

    `stage` is where it ended (read, extract, index); `engine` and `version` name the reader.
    """

    status: Status
    type: DocumentType = DocumentType.OTHER
    media_type: str = "application/octet-stream"
    reason: str = ""
    stage: str = "extract"
    engine: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Digests:
    """The three digests of one pass over an item's bytes, lower-case hex, and its size in bytes."""

    sha256: DocumentId
    sha1: str
    md5: str
    size: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the trove a document stands.

    `path` is relative to the trove, with `/` between its parts; a child's is its parent's path, a
    `/`, and its own name. `path_b64` holds the raw bytes where they are not UTF-8.
    """

    path: str
    path_b64: str | None = None
    custodian: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One row of `documents --json`: what the catalogue knows. Unread locations have no sha256.

    `thread` is the same for all messages of a thread; None for what is no message.
    """

    sha256: DocumentId | None
    id: str
    locations: tuple[Location, ...]
    type: DocumentType
    media_type: str
    status: Status
    reason: str
    pages: int
    chars: int
    parents: tuple[DocumentId, ...]
    children: tuple[DocumentId, ...]
    size: int
    date: str | None
    title: str = ""
    metadata: dict[str, tuple[str, ...]] = field(default_factory=dict)
    thread: str | None = None

    @property
    def name(self) -> str:
        """The last part of the first path, which is what a row in the window shows."""
        return self.locations[0].path.rsplit("/", 1)[-1] if self.locations else self.id
