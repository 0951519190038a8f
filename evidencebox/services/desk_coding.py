"""The part of an open case that suggests, codes many at once, and remembers searches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from evidencebox.analysis.difference import Difference
from evidencebox.model.coding import BatchPreview, Coding, Kin, ProposedHarm, Suggested
from evidencebox.model.documents import Layer
from evidencebox.model.filters import Filter
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import Answer, Element, Mention
from evidencebox.model.views import Done, SavedSearch
from evidencebox.services import batch, completing, elements, searches, similar, suggesting, tags
from evidencebox.services import kin as kinship
from evidencebox.services.case import Case
from evidencebox.services.seals import Seals
from evidencebox.services.search import search
from evidencebox.services.similar import SimilarDocuments

_MOST_OF_A_PAGE = 20_000
"""Elements that are marked on one page: a list of everybody's numbers may hold a million."""


class CodingDesk:
    """See `ui.ports.CodingPort`. What it needs is set by `Desk`."""

    _case: Case
    _seals: Seals
    _similar: SimilarDocuments

    def suggestions(self, document: DocumentId) -> list[Suggested]:
        # Until it is opened: what is suggested quotes it.
        return [] if self._seals.why(document) else suggesting.suggested(self._case, document)

    def exposed(self, document: DocumentId, page: int, layer: Layer) -> list[Element]:
        if self._seals.why(document):
            return []
        found = elements.listed(self._case, [document], page=page)
        return list(islice((each for each in found if each.layer is layer), _MOST_OF_A_PAGE))

    def proposed_harm(self, document: DocumentId) -> list[ProposedHarm]:
        # The terms say what stands on the pages.
        return [] if self._seals.why(document) else suggesting.proposed(self._case, document)

    def answer(self, found: Sequence[Mention], said: Answer, everywhere: bool = False) -> Done:
        return suggesting.answer(self._case, found, said, everywhere=everywhere)

    def elsewhere(self, found: Sequence[Mention]) -> int:
        return suggesting.elsewhere(self._case, found)

    def label(self, documents: Sequence[DocumentId], name: str, on: bool) -> Done:
        if len(documents) == 1:
            return tags.label(self._case, documents[0], name, on=on)
        return batch.label(self._case, documents, name, on=on)

    def preview(self, documents: Sequence[DocumentId], coding: Coding) -> BatchPreview:
        return batch.preview(self._case, documents, coding)

    def code_all(self, documents: Sequence[DocumentId], coding: Coding, overwrite: bool) -> Done:
        return batch.code(self._case, documents, coding, overwrite=overwrite)

    def review_all(self, documents: Sequence[DocumentId], on: bool) -> Done:
        return batch.reviewed(self._case, documents, on=on)

    def kin(self, document: DocumentId) -> Kin:
        return kinship.kin(self._case, self._similar, document)

    def compare(self, one: DocumentId, other: DocumentId) -> tuple[str, str, Difference]:
        self._seals.refuse([one, other])
        return similar.compare(self._case, one, other)

    def like_query(self, document: DocumentId) -> str:
        self._seals.refuse([document])
        return similar.like_query(self._case, document)

    def completions(self, text: str) -> list[str]:
        return completing.completions(self._case, text)

    def saved_searches(self) -> list[tuple[SavedSearch, int, int]]:
        return searches.counted(self._case, searches.saved_searches(self._case))

    def save_search(self, name: str, query: str, sort: str, filters: Sequence[Filter]) -> Done:
        return searches.save(self._case, name, query, sort, filters)

    def delete_search(self, name: str) -> Done:
        return searches.delete(self._case, name)

    def see_search(self, saved: SavedSearch) -> None:
        searches.see(self._case, saved, search(self._case, saved.composed))

    def history(self) -> list[str]:
        return searches.history(self._case)

    def remember(self, query: str) -> None:
        searches.remember(self._case, query)
