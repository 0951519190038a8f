"""Saved searches, history and completion: what the search box remembers and offers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from evidencebox.model.views import Done, Found, SavedSearch
from evidencebox.ui.completion import Completion
from evidencebox.ui.saved_pane import SaveDialog, SavedPane
from evidencebox.ui.search_flow import Asked

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

_COUNT_MS = 1_500
"""Saved searches are counted again a while after an act: each of them is a search."""


class SavingFlow(QObject):
    """Ties them to a session."""

    def __init__(self, space: Workspace, pane: SavedPane) -> None:
        super().__init__(space)
        self._space, self._session, self._pane = space, space.session, pane
        self.completion = Completion(space.session, space.top.search, space)
        self._later = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._later.timeout.connect(self.count)
        pane.asked.connect(self._open)
        pane.deleted.connect(self._delete)
        space.search.found.connect(self._remember)
        space.search.refreshed.connect(lambda _: self._later.start())
        space.chips.asked.connect(self._search_for)
        space.top.save_asked.connect(self.save)

    def verbs(self) -> dict[str, Callable[[], object]]:
        """What keys do."""
        return {"save_search": self.save}

    def count(self) -> None:
        """Reads the saved searches, and what is new in each."""
        call = self._session.desk.saved_searches
        self._session.read("saved", call, then=self._pane.show_searches)

    def save(self) -> None:
        """Asks for a name and saves what is on screen."""
        asked = self._space.search.asked
        dialog = SaveDialog(asked.composed.query, self._space)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(partial(self._save, asked))
        dialog.open()

    def _save(self, asked: Asked, name: str) -> None:
        call = self._session.desk.save_search
        self._session.write(call, name, asked.text, asked.sort, asked.filters, then=self._acted)

    def _delete(self, name: str) -> None:
        self._session.write(self._session.desk.delete_search, name, then=self._acted)

    def _acted(self, done: Done) -> None:
        self._space.status.say(done.text, undo=True)
        self.count()

    def _open(self, saved: SavedSearch) -> None:
        self._space.top.search.line.setText(saved.query)
        self._space.search.ask(Asked(saved.query, saved.filters, saved.sort))
        call = self._session.desk.see_search
        self._session.write(call, saved, then=lambda _: self.count())

    def _search_for(self, text: str) -> None:
        self._space.top.search.line.setText(text)
        self._space.search.search(text)

    def _remember(self, found: Found) -> None:
        text = self._space.search.asked.text.strip()
        if text:
            self._session.write(self._session.desk.remember, text)
