"""What is marked on the page that is read: in its text and on its picture, and stepped through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from evidencebox.model.coding import Suggested
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.ui.bits import announce
from evidencebox.ui.exposed_flow import ExposedFlow
from evidencebox.ui.highlights import exposed_on, people_on
from evidencebox.ui.languages import tr
from evidencebox.ui.marks import Marks, show_words
from evidencebox.ui.picture_flow import PictureFlow
from evidencebox.ui.reading import Opened, marks
from evidencebox.ui.session import Session
from evidencebox.ui.viewer import Viewer

_BELOW = 6
_LATE_MS = 200
"""After which a page is drawn without the people in it, who may take long to be found."""


class MarkFlow(QObject):
    """Ties the marks to a session.

    Signals:
        changed(): other marks are to be shown.
    """

    changed = Signal()

    def __init__(self, session: Session, viewer: Viewer) -> None:
        super().__init__(session)
        self._viewer = viewer
        self._pictures = PictureFlow(session, viewer.page)
        self._exposed = ExposedFlow(session)
        self._named: tuple[Suggested, ...] | None = None
        """Who is named in the open document; None while that is not known."""
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(lambda: self.name_people(()))
        self._shown = Marks()
        self._asked: int | None = None
        self._exposed.known.connect(self.changed)
        viewer.legend.changed.connect(self.changed)

    def open(self) -> None:
        """Another document is read: who is named in it is to come."""
        self._named = None
        self._late.start()

    def name_people(self, found: Sequence[Suggested]) -> None:
        """Takes who is named in the open document."""
        self._late.stop()
        self._named = tuple(found)
        self.changed.emit()

    def turn_to(self, document: DocumentId | None, page: Page | None) -> None:
        """Another page is on screen, or none; what it exposes is asked for."""
        self._exposed.turn_to(document, page)

    def renew(self) -> None:
        """The same page looks different now."""
        self._pictures.renew()

    def close(self, why: str = "") -> None:
        """No page is on screen; `why` in a sentence, where there is a reason."""
        self._late.stop()
        self._exposed.turn_to(None, None)
        self._pictures.close(why)
        self._shown, self._asked = Marks(), None

    def show(self, opened: Opened, page: Page, hit: int | None, bring: bool) -> None:
        """Marks a page. `hit`: the current one of the document's; `bring` it into sight."""
        found = marks(opened, page, hit)
        people = people_on(page, self._named or ())
        exposed = exposed_on(page, self._exposed.elements)
        found = replace(
            found,
            people=tuple(people),
            exposed=tuple(exposed),
            names=(*people.values(), *exposed.values()),
        )
        found = self._viewer.legend.filtered(found)
        self._shown, self._asked = found, None
        self._viewer.text.show_marks(found, bring)
        self._viewer.cells.show_marks(found, bring)
        document = opened.view.record.sha256
        if not self._viewer.paged or document is None:
            self._pictures.close()
        elif self._exposed.ready and self._named is not None:  # so that it is drawn once
            self._pictures.turn_to(document, page.number, page.layer, found, bring)

    def step(self, by: int) -> None:
        """Goes to the next or the previous mark of the page, of whatever kind, around the end, and
        says what it is: by a tooltip, and to a screen reader."""
        places = self._shown.places
        order = sorted(range(len(places)), key=places.__getitem__)
        if not order:
            announce(self._viewer, tr("Nothing is marked on this page"))
            return
        before = order.index(self._asked) if self._asked is not None else (-1 if by > 0 else 0)
        self._asked = order[(before + by) % len(order)]
        words, place = self._shown.words(self._asked), places[self._asked]
        self._viewer.text.show_focus(place)
        self._viewer.cells.show_focus(place)
        self._viewer.page.ask_about(self._asked)
        announce(self._viewer, words)
        self._point_out(words)

    def _point_out(self, words: str) -> None:
        """Where the mark stands, in the tab that is in front."""
        if self._viewer.tab == "Page":
            paper = self._viewer.page.paper
            spot = paper.spot()
            if not spot.isEmpty():
                show_words(paper, spot.bottomLeft() + QPoint(0, _BELOW), words)
        elif self._viewer.tab == "Cells":
            cells = self._viewer.cells
            show_words(cells.viewport(), cells.spot().bottomLeft() + QPoint(0, _BELOW), words)
        elif self._viewer.tab == "Text":
            text = self._viewer.text
            at = text.cursorRect().bottomLeft() + QPoint(0, _BELOW)
            show_words(text.viewport(), at, words)
