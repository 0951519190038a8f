"""From the search box to the rows: one search at a time, the newest answer only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from evidencebox.errors import QueryError, UserError
from evidencebox.model.filters import Composed, Filter, compose, without
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import RELEVANCE, Facet, Found, ResultRow
from evidencebox.ui.bits import announce
from evidencebox.ui.chips import ChipsRow
from evidencebox.ui.facets import FacetPane
from evidencebox.ui.languages import several, told
from evidencebox.ui.ports import Desk
from evidencebox.ui.results_model import ResultsModel
from evidencebox.ui.sayings import sentence
from evidencebox.ui.search_bar import SearchBox
from evidencebox.ui.session import Session

_REFRESH_MS = 250
_ROWS_FIRST_MS = 80
"""Facets are counted when the first rows are there, or so much later where no row is missing."""
TO_DO = "NOT is:reviewed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was searched for."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = RELEVANCE

    @property
    def composed(self) -> Composed:
        return compose(self.text, self.filters)


def count_facets(desk: Desk, found: Found, asked: Asked) -> list[Facet]:
    """Facet counts; a group with ticks counts under all filters but its own.

    Otherwise ticking Mail would set PDF to zero, and OR within a group could not be chosen.
    """
    facets = desk.facets(found)
    ticked = {chosen.facet for chosen in asked.filters}
    if not ticked:
        return facets
    fresh = {facet.name: facet for facet in facets}
    for name in ticked:
        wider = replace(asked, filters=without(asked.filters, name))
        others = desk.facets(replace(found, query=wider.composed.query), (name,))
        fresh |= {facet.name: facet for facet in others}
    return list(fresh.values())


def meant(found: Found, asked: Asked) -> list[tuple[str, str]]:
    """What may have been meant instead of what was typed, with how often it stands."""
    composed, typed = asked.composed, asked.text
    made = []
    for each in found.suggestions:
        # The suggestion is about the whole query: what was typed stands in it at an offset.
        grown = len(each.query) - len(composed.query)
        text = each.query[composed.offset : composed.offset + len(typed) + grown]
        if each.query and found.query == composed.query and text.strip():
            made.append((told("Did you mean %1 (%2)?", each.instead, each.documents), text))
    return made[:2]


class SearchFlow(QObject):
    """Ties search box, chips, facets and results to a session.

    Signals:
        found(Found): results have changed because something was searched for.
        refreshed(Found): the same search was answered again.
    """

    found = Signal(object)
    refreshed = Signal(object)

    def __init__(
        self,
        session: Session,
        box: SearchBox,
        chips: ChipsRow,
        facets: FacetPane,
        model: ResultsModel,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._box, self._chips, self._facets, self._model = box, chips, facets, model
        self.asked = Asked()
        self._found: Found | None = None
        self._soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._soon.timeout.connect(self._count)
        self._rows_first = QTimer(self, singleShot=True, interval=_ROWS_FIRST_MS)
        self._rows_first.timeout.connect(self._count)
        box.searched.connect(self.search)
        chips.removed.connect(lambda chosen: self.toggle(chosen, False))
        chips.cleared.connect(self.clear_filters)
        facets.toggled.connect(self.toggle)
        facets.chosen.connect(self.choose)
        facets.cleared.connect(self.clear_group)
        model.wanted.connect(self._fetch)

    @property
    def query(self) -> str:
        """The query that gave the results on screen."""
        return self._found.query if self._found else self.asked.composed.query

    def search(self, text: str) -> None:
        """Searches for what was typed, under the ticked filters."""
        self._run(replace(self.asked, text=text), fresh=True)

    def ask(self, asked: Asked) -> None:
        """Searches for all of it at once, as when a place is come back to."""
        self._run(asked, fresh=True)

    def toggle(self, chosen: Filter, on: bool) -> None:
        """Adds or removes a filter; a value is asked for or left out, not both."""
        named = (chosen.facet, chosen.clause)
        rest = tuple(f for f in self.asked.filters if (f.facet, f.clause) != named)
        self._run(replace(self.asked, filters=(*rest, chosen) if on else rest), fresh=True)

    def choose(self, chosen: Filter) -> None:
        """Makes a filter the only one of its group."""
        rest = without(self.asked.filters, chosen.facet)
        self._run(replace(self.asked, filters=(*rest, chosen)), fresh=True)

    def clear_group(self, facet: str) -> None:
        """Removes the filters of a group."""
        self._run(replace(self.asked, filters=without(self.asked.filters, facet)), fresh=True)

    def sort(self, sort: str) -> None:
        """Shows the same results in another order."""
        self._run(replace(self.asked, sort=sort), fresh=True)

    def clear_filters(self) -> None:
        """Removes all filters."""
        self._run(replace(self.asked, filters=()), fresh=True)

    def refresh(self) -> None:
        """The same search again: the trove or the tags have changed."""
        self._run(self.asked, fresh=False)

    def touched(self, documents: list[DocumentId] | None) -> None:
        """Rows may have changed; their counts follow a moment later, once for many acts."""
        self._model.mark_stale(documents)
        self._soon.start()

    def _run(self, asked: Asked, fresh: bool) -> None:
        self.asked = asked
        self._chips.show_filters(asked.filters)
        composed = asked.composed

        def answered(found: Found) -> None:
            self._answered(found, fresh)

        def refused(error: UserError) -> None:
            self._refused(error, composed)

        self._session.forget("facets")
        self._session.read(
            "search",
            self._session.desk.search,
            composed.query,
            asked.sort,
            then=answered,
            refused=refused,
        )

    def _answered(self, found: Found, fresh: bool) -> None:
        self._found = found
        self._box.wrong(None, marked=False)
        self._chips.show_problem("")
        self._chips.show_details(found.details)
        self._chips.show_meant(meant(found, self.asked))
        count = len(found.documents)
        words = "document in %1 ms" if count == 1 else "documents in %1 ms"
        self._chips.show_count(count, told(words, round(found.milliseconds)))
        if fresh:
            announce(self._box, several(count, "1 document", "%1 documents"))
        if fresh or found.documents != self._model.ids:
            self._model.show(found.documents)
        self._rows_first.start()
        (self.found if fresh else self.refreshed).emit(found)

    def _refused(self, error: UserError, composed: Composed) -> None:
        mistake = None
        if isinstance(error, QueryError):
            typed = len(self.asked.text)
            position = min(max(0, error.position - composed.offset), typed)
            mistake = (position, min(error.length, typed - position))
        self._box.wrong(mistake, marked=True)
        self._chips.show_problem(sentence(str(error)))
        announce(self._box, sentence(str(error)))

    def _count(self) -> None:
        self._rows_first.stop()
        if self._found is not None:
            self._session.read(
                "facets",
                count_facets,
                self._session.desk,
                self._found,
                self.asked,
                then=self._show_facets,
            )

    def _show_facets(self, facets: list[Facet]) -> None:
        self._facets.show_facets(facets, self.asked.filters)
        left = [v.count for facet in facets for v in facet.values if v.clause == TO_DO]
        ticked = any(chosen.clause == TO_DO for chosen in self.asked.filters)
        self._chips.show_left(left[0] if left and not ticked else None)

    def _fetch(self, documents: list[DocumentId]) -> None:
        self._session.read(
            "",
            self._session.desk.rows,
            documents,
            then=self._fill,
            failed=lambda _: self._model.give_up(documents),
        )

    def _fill(self, rows: list[ResultRow]) -> None:
        self._model.fill(rows)
        if self._rows_first.isActive():
            self._rows_first.stop()
            self._count()
