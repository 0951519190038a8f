"""What the window needs from the services behind it; it is handed in, never looked up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evidencebox.model.documents import Layer, Page
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.pictures import Picture
from evidencebox.model.review import Anchor
from evidencebox.model.settings import Settings
from evidencebox.model.views import (
    RELEVANCE,
    CaseSummary,
    DocumentView,
    Done,
    Facet,
    Failure,
    Found,
    Hit,
    ListReport,
    PageHit,
    ResultRow,
)
from evidencebox.ui.coding_port import CodingPort
from evidencebox.ui.filing_port import Exhibits, Exports, Redactions
from evidencebox.ui.office_port import Access, Colleagues, Insight
from evidencebox.ui.review_port import ReviewPort

VERIFIED = "The ledger verifies"


class Desk(CodingPort, ReviewPort, Protocol):
    """An open case.

    Every call may come from any of the window's background threads, two readers and one writer,
    never from the thread that draws. Each raises `UserError` for what a person can put right.
    """

    @property
    def notices(self) -> tuple[str, ...]:
        """What there is to say about the case at its opening, such as what was mended."""
        ...

    @property
    def insight(self) -> Insight: ...

    @property
    def colleagues(self) -> Colleagues: ...

    @property
    def access(self) -> Access: ...

    @property
    def exports(self) -> Exports: ...

    @property
    def exhibits(self) -> Exhibits: ...

    @property
    def redactions(self) -> Redactions: ...

    def summary(self) -> CaseSummary: ...

    def search(self, query: str, sort: str = RELEVANCE) -> Found:
        """An empty query finds every document. Raises QueryError with the place of the mistake.

        `sort`: relevance, date, name, path, size or harm; with a minus sign the other way round.
        """
        ...

    def rows(self, documents: Sequence[DocumentId]) -> list[ResultRow]: ...

    def snippet(self, query: str, document: DocumentId) -> Hit: ...

    def document(self, document: DocumentId) -> DocumentView: ...

    def page(self, document: DocumentId, number: int, layer: Layer = Layer.TEXT) -> Page: ...

    def hits(self, query: str, document: DocumentId) -> list[PageHit]: ...

    def picture(
        self,
        document: DocumentId,
        page: int,
        width_px: int,
        highlights: Sequence[tuple[int, int]],
        rotation: int = 0,
        layer: Layer = Layer.TEXT,
    ) -> Picture:
        """A page of a PDF or a picture, so many pixels across (0: at 100 per cent), with boxes.

        `highlights` are ranges of the page's text in `layer`; a box's `mark` is a place among them.
        """
        ...

    def facets(self, found: Found, only: Collection[str] = ()) -> list[Facet]:
        """What the documents of a search's query are made of; `only` some groups, by name."""
        ...

    def officers(self, text: str, limit: int = 20) -> list[Officer]:
        """Type-ahead by name or badge; no text gives the first of the roster."""
        ...

    def tag(
        self,
        anchor: Anchor,
        officer: OfficerId,
        harm: Harm,
        categories: tuple[str, ...] = (),
        note: str = "",
    ) -> Done: ...

    def untag(self, anchor: Anchor, officer: OfficerId) -> Done: ...

    def reviewed(self, document: DocumentId, on: bool) -> Done: ...

    def undo(self) -> Done:
        """Raises UserError when there is nothing to undo."""
        ...

    def redo(self) -> Done:
        """Raises UserError when there is nothing to redo."""
        ...

    def run_list(self, source: str) -> ListReport:
        """Runs the queries of a file, or of the `roster`; each line is reported."""
        ...

    def write_list(self, report: ListReport, file: Path) -> None:
        """Writes a report as CSV, unencrypted, with no cell that acts."""
        ...

    def failures(self) -> list[Failure]: ...

    def verify(self) -> str:
        """One sentence on the ledger; it begins with `VERIFIED` where, and only where, it holds."""
        ...

    def verify_tail(self) -> str:
        """The same of the last acts only, in no time."""
        ...

    def import_officers(self, file: Path) -> str:
        """One sentence on how many."""
        ...

    def ingest_command(self, trove: Path) -> tuple[list[str], bytes]:
        """The argv of the trusted child process, and what to write to its stdin first."""
        ...

    def unseal(self, document: DocumentId, reason: str) -> Done:
        """Opens a sealed document for this session, by an act; a lead's to do."""
        ...

    def place(self) -> str:
        """What `keep_place` was given last, by this reviewer; empty for nothing."""
        ...

    def keep_place(self, place: str) -> None:
        """Keeps within the case where the reviewer was."""
        ...

    def retry_command(self, documents: Sequence[DocumentId] | None) -> tuple[list[str], bytes]:
        """The same for documents that are to be read again; None: all that failed."""
        ...

    def redate_command(self) -> tuple[list[str], bytes]:
        """The same for dates that are to be read anew with the case's time zone."""
        ...

    def look_command(self) -> tuple[list[str], bytes]:
        """The same for the roster, which is to be looked for in the documents that are there."""
        ...

    def locked(self) -> list[DocumentId]:
        """What is encrypted, or holds what is."""
        ...

    def add_passwords(self, texts: Sequence[str]) -> tuple[int, int]:
        """How many were new, and how many are known now."""
        ...

    def add_password_file(self, file: Path) -> tuple[int, int]:
        """The same for a file with one a line. Raises UserError."""
        ...

    def settings(self) -> tuple[Settings, list[str], str]:
        """What is set; the languages that can be recognised, and those that are by default."""
        ...

    def change_settings(self, values: Mapping[str, str]) -> list[str]:
        """The names of what changed. Raises UserError."""
        ...

    def stop(self) -> None:
        """Ends what may take long, such as drawing a page; from any thread, and `close` follows."""
        ...

    def close(self) -> None: ...

    def lingers(self) -> bool:
        """After `close`: whether something of it goes on, with keys, in a process of its own."""
        ...


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample case: where it stands, what opens it, and the argv that makes it."""

    folder: Path
    passphrase: str
    command: tuple[str, ...]


Opener = Callable[[Path, str], Desk]
"""Case folder and passphrase → the open case. UserError for a wrong passphrase."""

Creator = Callable[[Path, str, str], tuple[Desk, str]]
"""Case folder, reviewer's name and passphrase → the open case and its recovery code."""

Recoverer = Callable[[Path, str, str, str], Desk]
"""Case folder, recovery code, reviewer's name and new passphrase → the open case."""

Restorer = Callable[[Path, str], list[str]]
"""Case folder and passphrase: puts case.db back from a backup → what to say about it."""


@dataclass(frozen=True, slots=True)
class OtherWays:
    """What opens a case besides its passphrase.

    Attributes:
        offered: whether a key store, of this system or another, is one of a case's ways in.
        by_key_store: the open case, by the system's key store. UserError where that fails.
    """

    recover: Recoverer
    restore: Restorer
    offered: Callable[[Path], bool]
    by_key_store: Callable[[Path], Desk]
