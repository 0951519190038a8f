"""What the window needs besides a document at a time: suggestions, batches, kin, searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from evidencebox.analysis.difference import Difference
from evidencebox.model.coding import BatchPreview, Coding, Kin, ProposedHarm, Suggested
from evidencebox.model.documents import Layer
from evidencebox.model.filters import Filter
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import Answer, Element, Mention
from evidencebox.model.views import Done, SavedSearch


class CodingPort(Protocol):
    """A part of `Desk`; the same holds for its calls."""

    def suggestions(self, document: DocumentId) -> list[Suggested]:
        """Whom a document seems to name, the surest first."""
        ...

    def exposed(self, document: DocumentId, page: int, layer: Layer) -> list[Element]:
        """What a page exposes, in its order, with what was answered; nothing where it is sealed."""
        ...

    def proposed_harm(self, document: DocumentId) -> list[ProposedHarm]:
        """What harm the scheme proposes for whom, the worst first."""
        ...

    def answer(self, found: Sequence[Mention], said: Answer, everywhere: bool = False) -> Done:
        """Answers mentions of one officer by one act; `everywhere`: all written alike, too."""
        ...

    def elsewhere(self, found: Sequence[Mention]) -> int:
        """In how many other documents the same stands and is not answered."""
        ...

    def label(self, documents: Sequence[DocumentId], name: str, on: bool) -> Done: ...

    def preview(self, documents: Sequence[DocumentId], coding: Coding) -> BatchPreview: ...

    def code_all(self, documents: Sequence[DocumentId], coding: Coding, overwrite: bool) -> Done:
        """One act. Raises UserError where there is nothing to do."""
        ...

    def review_all(self, documents: Sequence[DocumentId], on: bool) -> Done: ...

    def kin(self, document: DocumentId) -> Kin: ...

    def compare(self, one: DocumentId, other: DocumentId) -> tuple[str, str, Difference]:
        """Two texts and where they differ. Raises UserError where one is sealed."""
        ...

    def like_query(self, document: DocumentId) -> str:
        """A query for what speaks of the same. Raises UserError."""
        ...

    def completions(self, text: str) -> list[str]:
        """Whole texts that one being typed may become."""
        ...

    def saved_searches(self) -> list[tuple[SavedSearch, int, int]]:
        """With how many documents each finds, and how many of them are new."""
        ...

    def save_search(self, name: str, query: str, sort: str, filters: Sequence[Filter]) -> Done: ...

    def delete_search(self, name: str) -> Done: ...

    def see_search(self, saved: SavedSearch) -> None:
        """What it finds now is not new any more."""
        ...

    def history(self) -> list[str]:
        """The latest queries, newest first."""
        ...

    def remember(self, query: str) -> None: ...
