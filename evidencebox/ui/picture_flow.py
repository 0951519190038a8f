"""From the page that is read to the page as it looks: asked for when it is in sight, and once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from evidencebox.errors import UserError
from evidencebox.model.documents import Layer
from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import Picture
from evidencebox.ui.languages import tr
from evidencebox.ui.marks import Marks, Range
from evidencebox.ui.page_view import PageView
from evidencebox.ui.session import Session

BROKEN = "This page could not be drawn: an error of this program, which was noted."


@dataclass(frozen=True, slots=True)
class _Ask:
    """What a picture is of. Two that are equal have the same answer."""

    document: DocumentId
    page: int
    width: int
    layer: Layer
    places: tuple[Range, ...]
    rotation: int


class PictureFlow(QObject):
    """Ties the Page tab to a session."""

    def __init__(self, session: Session, view: PageView) -> None:
        super().__init__(session)
        self._session, self._view = session, view
        self._page: tuple[DocumentId, int, Layer] | None = None
        self._marks = Marks()
        self._asked: _Ask | None = None
        self._there: _Ask | None = None
        """What the picture on screen is of."""
        self._bring = False
        view.wanted.connect(self._want)

    def turn_to(
        self, document: DocumentId, page: int, layer: Layer, marks: Marks, bring: bool = True
    ) -> None:
        """A page is on screen, and the marks of one layer; `bring`: the current one into sight."""
        if self._page is None or self._page[:2] != (document, page):
            self._forget()
            self._view.show_waiting()
            bring = True
        self._page = document, page, layer
        self._marks = marks
        self._bring = self._bring or bring
        self._want()
        self._point()

    def _point(self) -> None:
        """Frames the current mark, once its own box is there: no other may have its frame."""
        if self._there is not None and self._there == self._asked:
            self._view.show_marks(self._marks, self._bring)
            self._bring = False

    def renew(self) -> None:
        """The same page looks different now: the next call of `turn_to` has it drawn again."""
        self._forget()

    def close(self, why: str = "") -> None:
        """No page is on screen; `why` in a sentence, where there is a reason."""
        self._page = None
        self._marks = Marks()
        self._forget()
        self._view.clear()
        if why:
            self._view.show_problem(why)

    def _forget(self) -> None:
        self._asked = self._there = None
        self._session.forget("picture")

    def _want(self) -> None:
        """Asks, where the tab is in sight and what is there is not what is wanted already."""
        if self._page is None or not self._view.isVisible():
            return
        document, page, layer = self._page
        view, places = self._view, self._marks.places
        ask = _Ask(document, page, view.width_wanted, layer, places, view.rotation)
        if ask == self._asked:
            return
        self._asked = ask
        self._session.read(
            "picture",
            self._session.desk.picture,
            ask.document,
            ask.page,
            ask.width,
            ask.places,
            ask.rotation,
            ask.layer,
            then=self._show,
            refused=self._refuse,
            failed=lambda _: self._view.show_problem(tr(BROKEN)),
        )

    def _show(self, picture: Picture) -> None:
        self._there = self._asked
        self._view.show_picture(picture)
        self._point()
        self._want()  # what 100 per cent is may only be known now

    def _refuse(self, error: UserError) -> None:
        self._asked = None  # a drive may be plugged in: coming back asks again
        self._view.show_problem(str(error))
