"""What services hand to the window and the command line: plain rows, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.documents import DocumentRecord, DocumentType, Layer
from evidencebox.model.filters import Filter, compose
from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.people import Officer
from evidencebox.model.query import Suggestion
from evidencebox.model.review import Tag


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The head of the window: `name` is the case folder's, `reviewer` whose slot opened it.

    `sandbox` is the weakest tier that any import reported for its readers; empty before one did.
    """

    name: str
    reviewer: str
    documents: int
    failures: int
    officers: int
    trove_present: bool
    sandbox: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a search's answer. `page` counts from 1; `highlights` are ranges of `snippet`."""

    document: DocumentId
    path: str
    page: int
    score: float
    snippet: str
    highlights: tuple[tuple[int, int], ...] = ()
    sealed: bool = False


RELEVANCE = "relevance"
"""Best first: the order of an answer for which no other was asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """A search's answer in the order of `sort`: all ids, so that a window can page through them."""

    query: str
    parsed: str
    documents: tuple[DocumentId, ...]
    scores: tuple[float, ...]
    milliseconds: float
    sort: str = RELEVANCE
    notes: tuple[str, ...] = ()
    """What the query may not mean as it was typed, a sentence each."""
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def details(self) -> str:
        """How the query was understood, and what is to be said of it."""
        return " · ".join([self.parsed, *self.notes, *(one.words for one in self.suggestions)])


@dataclass(frozen=True, slots=True)
class ListLine:
    """One query of a list and its answer, or the sentence why it has none.

    `unique`: documents that no other line found; `with_families`: with all that was sent or kept
    together with one. `position` is the code point of a mistake in the query.
    """

    line: int
    label: str
    query: str
    parsed: str = ""
    documents: tuple[DocumentId, ...] = ()
    scores: tuple[float, ...] = ()
    unique: int = 0
    with_families: int = 0
    error: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ListReport:
    """A list of queries run as one batch. `total` counts each document once."""

    lines: tuple[ListLine, ...]
    total: int
    with_families: int
    milliseconds: float

    @property
    def failed(self) -> int:
        """How many lines could not be run."""
        return sum(bool(line.error) for line in self.lines)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody saved. `own`: whether the present reviewer did."""

    act: ActId
    name: str
    query: str
    sort: str
    filters: tuple[Filter, ...]
    reviewer: str
    own: bool
    utc: str

    @property
    def composed(self) -> str:
        """The whole query, filters and all."""
        return compose(self.query, self.filters).query


@dataclass(frozen=True, slots=True)
class Similar:
    """A document that is like another: how much (0 to 1, exact), and in what way."""

    document: DocumentId
    similarity: float
    kind: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of the results list. `harm` is the worst tagged, None where nothing is tagged.

    `categories` are those of all its tags, by the names they are kept under.
    """

    document: DocumentId
    id: str
    name: str
    date: str | None
    type: DocumentType
    officers: tuple[str, ...]
    harm: Harm | None
    reviewed: bool
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page without its text."""

    number: int
    label: str
    layer: Layer
    chars: int


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with the officer it names, as the coding pane shows it."""

    tag: Tag
    officer: Officer


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything the viewer needs but the pages' text. `history` is newest first.

    `thread`: the other messages of its thread by date, or the first of them; so many more.
    `sealed`: the categories for which its content is covered; empty where it can be read.
    """

    record: DocumentRecord
    pages: tuple[PageHead, ...]
    tags: tuple[TagRow, ...]
    labels: tuple[str, ...]
    reviewed: bool
    history: tuple[str, ...]
    thread: tuple[ResultRow, ...] = ()
    thread_more: int = 0
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHit:
    """Where a query's words stand on a page, in code points of that layer's text."""

    page: int
    start: int
    end: int
    layer: Layer = Layer.TEXT


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One line of the left pane: `clause` is what it adds to a query, e.g. `type:mail`.

    `depth`: how many folders it stands in, in a tree.
    """

    clause: str
    label: str
    count: int
    depth: int = 0


DATE = "Date"
"""The facet whose values are years, months or days in their order, and are drawn as bars."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of the left pane."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """One line of the failures list; `document` is None where no byte could be read."""

    document: DocumentId | None
    path: str
    status: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did, in words for the status bar."""

    act: ActId
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ingest is. Bytes and files; `total_*` grow until the scan is complete.

    In the stage `ocr`, `pages` of `total_pages` have been recognised.
    """

    stage: str
    files: int
    total_files: int
    bytes: int
    total_bytes: int
    documents: int
    failures: int
    seconds: float
    scan_complete: bool
    pages: int = 0
    total_pages: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What an ingest did. `files` and `bytes` count paths of the trove, `documents` also children.

    `sandbox` is the weakest tier its readers ran in; empty where nothing had to be read. Pages
    recognised in this run are `ocr_pages`; so many wait for another as `ocr_waiting`.
    """

    files: int
    bytes: int
    documents: int
    failures: int
    seconds: float
    cancelled: bool
    sandbox: str = ""
    ocr_pages: int = 0
    ocr_waiting: int = 0
