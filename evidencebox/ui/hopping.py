"""Ctrl+] and Ctrl+[: to the next document in which the search's words stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from evidencebox.model.ids import DocumentId
from evidencebox.ui.languages import tr
from evidencebox.ui.ports import Desk

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

FAR = 500
"""Documents that are looked at; where none of them has a hit, the next press goes on."""


class Hopping(QObject):
    """Ties the keys to a session."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space

    def hop(self, by: int) -> None:
        """Goes on (1) or back (-1)."""
        space = self._space
        ids, here = space.model.ids, space.table.currentIndex().row()
        if here < 0:
            return
        before, after = ids[max(0, here - FAR) : here], ids[here + 1 : here + 1 + FAR]
        ahead = after if by > 0 else before[::-1]
        query = space.search.query
        space.session.read(
            "hop", first_with_hits, space.session.desk, query, ahead, then=self._arrive
        )

    def _arrive(self, document: DocumentId | None) -> None:
        place = self._space.model.place(document) if document is not None else None
        if place is None:
            self._space.status.say(tr("No further document with hits."))
        else:
            self._space.table.go(place)


def first_with_hits(desk: Desk, query: str, documents: Sequence[DocumentId]) -> DocumentId | None:
    """The first document in whose pages the query's words stand; for a background thread."""
    return next((each for each in documents if desk.hits(query, each)), None)
