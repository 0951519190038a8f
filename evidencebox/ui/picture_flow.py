"""From the page that is read to the page as it looks: asked for when it is in sight, and once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import Picture
from evidencebox.ui.languages import tr
from evidencebox.ui.page_text import Marks, Range
from evidencebox.ui.page_view import PageView
from evidencebox.ui.session import Session

BROKEN = "This page could not be drawn: an error of this program, which was noted."


@dataclass(frozen=True, slots=True)
class _Ask:
    """What a picture is of. Two that are equal have the same answer."""

    document: DocumentId
    page: int
    width: int
    hits: tuple[Range, ...]
    exposed: tuple[Range, ...]
    rotation: int


class PictureFlow(QObject):
    """Ties the Page tab to a session."""

    def __init__(self, session: Session, view: PageView) -> None:
        super().__init__(session)
        self._session, self._view = session, view
        self._page: tuple[DocumentId, int] | None = None
        self._marks = Marks()
        self._asked: _Ask | None = None
        view.wanted.connect(self._want)

    def turn_to(self, document: DocumentId, page: int, marks: Marks, bring: bool = True) -> None:
        """A page is on screen, and its own text's marks; `bring`: the current one into sight."""
        if self._page != (document, page):
            self._page = (document, page)
            self._forget()
            self._view.show_waiting()
        self._marks = marks
        self._want()
        if bring:
            self._view.bring(marks.current)

    def renew(self) -> None:
        """The same page looks different now: the next call of `turn_to` has it drawn again."""
        self._forget()

    def close(self) -> None:
        """No page is on screen."""
        self._page = None
        self._marks = Marks()
        self._forget()
        self._view.clear()

    def _forget(self) -> None:
        self._asked = None
        self._session.forget("picture")

    def _want(self) -> None:
        """Asks, where the tab is in sight and what is there is not what is wanted already."""
        if self._page is None or not self._view.isVisible():
            return
        document, page = self._page
        view, marks = self._view, self._marks
        ask = _Ask(document, page, view.width_wanted, marks.hits, marks.exposed, view.rotation)
        if ask == self._asked:
            return
        self._asked = ask
        self._session.read(
            "picture",
            self._session.desk.picture,
            ask.document,
            ask.page,
            ask.width,
            ask.hits + ask.exposed,
            ask.rotation,
            then=partial(self._show, len(ask.hits)),
            refused=self._refuse,
            failed=lambda _: self._view.show_problem(tr(BROKEN)),
        )

    def _show(self, hits: int, picture: Picture) -> None:
        self._view.show_picture(picture, self._marks.current, hits)
        self._want()  # what 100 per cent is may only be known now

    def _refuse(self, error: UserError) -> None:
        self._asked = None  # a drive may be plugged in: coming back asks again
        self._view.show_problem(str(error))
