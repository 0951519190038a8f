"""From a row to its pages and hits, and from a digit to a tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from evidencebox.model.coding import Suggested
from evidencebox.model.documents import Layer, Page
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.review import Anchor
from evidencebox.model.views import DocumentView, Done, PageHit
from evidencebox.ui.coding import CodingPane
from evidencebox.ui.languages import told, tr
from evidencebox.ui.mark_flow import MarkFlow
from evidencebox.ui.reading import Opened, head_of, other_layer, read_document
from evidencebox.ui.sayings import sentence
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line
from evidencebox.ui.viewer import Viewer


class ReadingFlow(QObject):
    """Ties viewer and coding pane to a session.

    Signals:
        acted(str, list): what an act did, in words, and the documents it touched.
        advanced(): the document is reviewed, and the next one is wanted.
        shown(str): a document is on screen.
    """

    acted = Signal(str, list)
    advanced = Signal()
    shown = Signal(str)
    turned = Signal()

    def __init__(self, session: Session, viewer: Viewer, coding: CodingPane) -> None:
        super().__init__(session)
        self._session, self._viewer, self._coding = session, viewer, coding
        self._query = ""
        self._wanted: DocumentId | None = None
        self._opened: Opened | None = None
        self._page: Page | None = None
        self._hit: int | None = None
        self._own: tuple[PageHit, ...] = ()
        self.marks = MarkFlow(session, viewer)
        self.marks.changed.connect(lambda: self._mark(bring=False))
        viewer.hit_stepped.connect(self.step_hit)
        viewer.page_stepped.connect(self.step_page)
        viewer.pages.chosen.connect(self.go_to_page)
        viewer.layer_switched.connect(self.switch_layer)
        viewer.selected.connect(coding.select)
        coding.coded.connect(self._code)
        coding.uncoded.connect(self._uncode)
        coding.done.connect(self._finish)
        coding.officers_wanted.connect(self._find_officers)

    @property
    def document(self) -> DocumentId | None:
        """The document that is open, or about to be."""
        return self._wanted

    @property
    def shows(self) -> tuple[DocumentId | None, str]:
        """The same, with the query whose hits are shown in it."""
        return self._wanted, self._query

    @property
    def page(self) -> tuple[int, Layer]:
        """Number and layer of the page that is shown; 0 for none."""
        return (self._page.number, self._page.layer) if self._page else (0, Layer.TEXT)

    @property
    def sealed(self) -> tuple[str, ...]:
        """Why the open document is covered; empty where it is not."""
        return self._opened.view.sealed if self._opened else ()

    @property
    def view(self) -> DocumentView | None:
        """What is known of the open document."""
        return self._opened.view if self._opened else None

    def use_hits(self, hits: tuple[PageHit, ...] | None) -> None:
        """Other places are stepped through as hits; None: those of the search again."""
        if self._opened is None:
            return
        self._opened = replace(self._opened, hits=self._own if hits is None else hits)
        self._hit = None
        if hits:
            self.step_hit(1)
        else:
            self._mark(bring=False)

    def name_people(self, found: Sequence[Suggested]) -> None:
        """Takes who is named in the open document."""
        self.marks.name_people(found)

    def turn_to(self, number: int, layer: Layer | None = None) -> None:
        """Goes to a page of the open document; without a layer, to that which says more."""
        if self._opened is not None:
            self._turn_to(number, layer, keep_hit=False)

    def open(self, document: DocumentId, query: str) -> None:
        """Opens a document on its first hit."""
        self._coding.commit_note()
        self._wanted, self._query = document, query
        self._session.forget("page")
        self._session.read(
            "document", read_document, self._session.desk, query, document, then=self._show
        )

    def refresh(self) -> None:
        """Reads the open document's tags again; page, hit and focus stay."""
        if self._wanted is not None and self._opened is not None:
            self._session.read(
                "view", self._session.desk.document, self._wanted, then=self._show_tags
            )

    def close(self) -> None:
        """Shows no document; a note that was begun is kept."""
        self._coding.commit_note()
        self._wanted = self._opened = self._page = self._hit = None
        for key in ("document", "page", "view"):
            self._session.forget(key)
        self.marks.close()
        self._viewer.clear()
        self._coding.show_document(None)
        self._place()

    def step_hit(self, by: int) -> None:
        """Goes to the next or the previous hit, over pages, around the end."""
        if self._opened is None or not self._opened.hits:
            return
        count = len(self._opened.hits)
        self._hit = (by - 1) % count if self._hit is None else (self._hit + by) % count
        hit = self._opened.hits[self._hit]
        if self._page is not None and (self._page.number, self._page.layer) == (
            hit.page,
            hit.layer,
        ):
            self._mark()
        else:
            self._turn_to(hit.page, hit.layer)

    def step_page(self, by: int) -> None:
        """Goes to the next or the previous page."""
        if self._opened is None or self._page is None:
            return
        numbers = self._numbers()
        place = numbers.index(self._page.number) + by
        if 0 <= place < len(numbers):
            self._turn_to(numbers[place], keep_hit=False)

    def go_to_page(self, wanted: int) -> None:
        """Goes to a page by its number, or to that which is nearest to it."""
        numbers = self._numbers()
        if numbers:
            self.turn_to(min(numbers, key=lambda number: abs(number - wanted)))

    def switch_layer(self) -> None:
        """From a page's own text to what was recognised there, or back."""
        if self._opened is None or self._page is None:
            return
        layer = other_layer(self._opened.view, self._page)
        if layer is not None:
            self._turn_to(self._page.number, layer, keep_hit=False)

    def finish(self) -> None:
        """Reviewed, next. What is not on screen yet was not reviewed by anybody."""
        if self._opened is None:
            return
        if self._opened.view.record.sha256 != self._wanted:
            words = tr("The document is still being opened; press again when it is there.")
            self._session.refused.emit(words)
            return
        self._coding.commit_note()
        self._finish(True)

    def undo(self) -> None:
        """Takes the last act back."""
        self._session.write(self._session.desk.undo, then=lambda done: self._acted(done, None))

    def redo(self) -> None:
        """Does again what was taken back."""
        self._session.write(self._session.desk.redo, then=lambda done: self._acted(done, None))

    def _show(self, opened: Opened) -> None:
        if self._opened is not None and self._opened.view.sealed != opened.view.sealed:
            self.marks.renew()
        self._opened, self._page = opened, opened.page
        self._own = opened.hits
        self.marks.open()
        self._hit = 0 if opened.hits else None
        self._viewer.show_document(opened.view)
        self._coding.show_document(opened.view)
        self._show_page(opened.page)
        self.shown.emit(opened.view.record.sha256 or "")

    def _show_tags(self, view: DocumentView) -> None:
        if self._opened is None or view.record.sha256 != self._opened.view.record.sha256:
            return
        if self._viewer.page.placeless:  # it may have been recognised again meanwhile
            self.marks.renew()
        self._opened = Opened(view, self._opened.hits, self._page)
        self._viewer.show_document(view)
        self._coding.show_document(view)
        self._mark(bring=False)

    def _turn_to(self, number: int, layer: Layer | None = None, keep_hit: bool = True) -> None:
        assert self._opened is not None
        head = head_of(self._opened.view, number, layer)
        if head is None or self._wanted is None:
            return
        if not keep_hit:
            here = (number, head.layer)
            hits = enumerate(self._opened.hits)
            self._hit = next((i for i, hit in hits if (hit.page, hit.layer) == here), None)
        desk = self._session.desk
        self._session.read(
            "page", desk.page, self._wanted, head.number, head.layer, then=self._show_page
        )

    def _show_page(self, page: Page | None) -> None:
        self._page = page
        self.marks.turn_to(self._wanted, page)
        self._coding.show_page(page)
        if page is None or self._opened is None:
            self._viewer.show_page(None)
            reason = self._opened.view.record.reason if self._opened else ""
            self.marks.close(sentence(one_line(reason)))
        else:
            self._viewer.show_page(page, other_layer(self._opened.view, page))
            self._mark()
        self._place()
        self.turned.emit()

    def _mark(self, bring: bool = True) -> None:
        if self._opened is not None and self._page is not None:
            self.marks.show(self._opened, self._page, self._hit, bring)
        self._place()

    def _numbers(self) -> list[int]:
        return sorted({head.number for head in self._opened.view.pages}) if self._opened else []

    def _place(self) -> None:
        hits = len(self._opened.hits) if self._opened else 0
        numbers = self._numbers()
        place = "–" if self._hit is None else str(self._hit + 1)
        words = told("hit %1 of %2", place, hits) if hits else tr("no hits")
        self._viewer.hits.show_place(words, hits > 0)
        page = told("page %1 of %2", self._page.number, len(numbers)) if self._page else ""
        self._viewer.pages.show_place(page, len(numbers) > 1)

    # Acts

    def _code(
        self,
        anchor: Anchor,
        officer: OfficerId,
        harm: Harm,
        categories: tuple[str, ...],
        note: str,
    ) -> None:
        call = self._session.desk.tag
        self._session.write(
            call,
            anchor,
            officer,
            harm,
            categories,
            note,
            then=lambda done: self._acted(done, [anchor.document]),
        )

    def _uncode(self, anchor: Anchor, officer: OfficerId) -> None:
        self._session.write(
            self._session.desk.untag,
            anchor,
            officer,
            then=lambda done: self._acted(done, [anchor.document]),
        )

    def _finish(self, on: bool) -> None:
        document = self._wanted
        if document is None:
            return
        self._session.write(
            self._session.desk.reviewed,
            document,
            on,
            then=lambda done: self._acted(done, [document]),
        )
        if on:
            self.advanced.emit()

    def _acted(self, done: Done, documents: list[DocumentId] | None) -> None:
        # Undo does not say what it touched; every row in sight is read again then.
        self.acted.emit(done.text, [] if documents is None else documents)
        self.refresh()

    def _find_officers(self, text: str) -> None:
        self._session.read(
            "officers",
            self._session.desk.officers,
            text,
            then=partial(self._coding.picker.show_officers, text),
        )
