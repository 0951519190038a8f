"""Dialogs whose answer is another search: a list of queries, a plan of the review, an officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from evidencebox.model.filters import Filter
from evidencebox.model.people import Officer
from evidencebox.ui.facets import OFFICER
from evidencebox.ui.officer_picker import OfficerDialog

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace


class Asking(QObject):
    """Opens them over the workspace."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        space.facets.officer_asked.connect(self.find_officer)

    def search_list(self) -> None:
        """Opens the dialog for a list of queries."""
        from evidencebox.ui.list_dialog import ListDialog

        dialog = ListDialog(self._space.session, self._space)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.searched.connect(self._search_for)
        dialog.open()

    def plan_review(self) -> None:
        """Opens the dialog that assigns, samples and compares."""
        from evidencebox.ui.review_dialog import ReviewDialog

        space = self._space
        dialog = ReviewDialog(space.session, space.search.query, len(space.model.ids), space)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.searched.connect(self._search_for)
        dialog.acted.connect(lambda words: space.acted(words, []))
        dialog.open()

    def _search_for(self, query: str) -> None:
        self._space.top.search.line.setText(query)
        self._space.search.search(query)

    def find_officer(self) -> None:
        """Asks for an officer of the whole roster, and narrows the results to them."""
        dialog = OfficerDialog(self._space)
        dialog.picked.connect(self._narrow_to)
        dialog.ask(self._space.session)

    def _narrow_to(self, officer: Officer) -> None:
        clause = f"officer:{officer.badge or officer.id}"
        self._space.search.toggle(Filter(OFFICER, clause, officer.name), True)
