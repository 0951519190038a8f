"""What the open document is like: in the Family tab, side by side, and as a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from evidencebox.analysis.difference import Difference
from evidencebox.model.coding import Kin
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.views import ResultRow
from evidencebox.ui.compare_dialog import CompareDialog
from evidencebox.ui.search_flow import Asked
from evidencebox.ui.theme import Theme

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

MOST = 50
"""Near-duplicates that are listed; all of them can be coded alike."""


class KinFlow(QObject):
    """Ties those to a session."""

    def __init__(self, space: Workspace, theme: Theme) -> None:
        super().__init__(space)
        self._space, self._theme, self._session = space, theme, space.session
        family = space.viewer.family
        space.deciding.related.connect(self._name)
        family.compared.connect(self.compare)
        family.like_asked.connect(self.more_like_this)

    def _name(self, kin: Kin) -> None:
        alike = kin.alike[:MOST]
        if alike:
            self._session.read(
                "kin rows",
                self._session.desk.rows,
                [each.document for each in alike],
                then=partial(self._show, kin),
            )

    def _show(self, kin: Kin, rows: list[ResultRow]) -> None:
        names = {row.document: row for row in rows}
        found = [(e, names[e.document]) for e in kin.alike[:MOST] if e.document in names]
        if kin is self._space.deciding.kin:
            self._space.viewer.family.show_kin(found)

    def compare(self, other: DocumentId) -> None:
        """Opens the open document and another side by side."""
        document = self._space.reading.document
        if document is not None:
            titles = (short_id(document), short_id(other))
            call = self._session.desk.compare
            then = partial(self._compared, titles)
            self._session.read("compare", call, document, other, then=then)

    def _compared(self, titles: tuple[str, str], found: tuple[str, str, Difference]) -> None:
        dialog = CompareDialog(self._theme, titles, *found, self._space)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def more_like_this(self) -> None:
        """Searches for what speaks of the same as the open document."""
        document = self._space.reading.document
        if document is not None:
            call = self._session.desk.like_query
            self._session.read("like", call, document, then=self._search)

    def _search(self, query: str) -> None:
        self._space.top.search.line.setText(query)
        self._space.search.ask(Asked(query))
