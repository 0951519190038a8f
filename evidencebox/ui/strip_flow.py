"""From the pages in small to their pictures: one at a time, and after all that is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer

from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import Picture
from evidencebox.ui.languages import tr
from evidencebox.ui.page_strip import WIDTH
from evidencebox.ui.paper import image_of
from evidencebox.ui.preferences import Preferences

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

_KEY = "thumbnail"
_FIRST = ("document", "page", "exposed", "picture")
"""What a reviewer waits for."""
_ON = b"on"
_SOON_MS = 60


class StripFlow(QObject):
    """Fills the strip with the open document's pages, and turns to those that are chosen."""

    def __init__(self, space: Workspace, preferences: Preferences) -> None:
        super().__init__(space)
        self._space, self._preferences = space, preferences
        self._view, self._strip = space.viewer.page, space.viewer.page.strip
        self._of: tuple[DocumentId | None, tuple[str, ...]] = None, ()
        kept = preferences.layout(_KEY)
        self.on = kept is not None and bytes(kept.data()) == _ON
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self._strip.moved.connect(self._soon.start)
        self._strip.chosen.connect(space.reading.turn_to)
        space.reading.turned.connect(self._turned)

    def verbs(self) -> dict[str, Callable[[], object]]:
        """What keys do."""
        return {"thumbnails": self.toggle}

    def toggle(self) -> None:
        """Shows the strip, or takes it away; it stays so."""
        self.on = not self.on
        self._preferences.keep_layout(_KEY, QByteArray(_ON if self.on else b""))
        self._turned()
        shown = tr("Thumbnails stand beside a page, where a document has several")
        self._space.status.say(shown if self.on else tr("Thumbnails are not shown"))
        if self.on and self._space.viewer.paged:
            self._space.viewer.choose_tab("Page")

    def _turned(self) -> None:
        """A page is on screen, of this document or another."""
        reading, view = self._space.reading, self._space.reading.view
        numbers: list[int] = []
        if self.on and view is not None and self._space.viewer.paged:
            numbers = sorted({head.number for head in view.pages})
        if len(numbers) < 2:  # there is nowhere to go
            numbers = []
        # What a lead opens is drawn anew.
        of = reading.document, reading.sealed
        if self._of != of or tuple(numbers) != self._strip.pages.numbers:
            self._of = of
            self._space.session.forget(_KEY)
            self._strip.show_pages(numbers)
            self._view.show_strip(bool(numbers))
        self._strip.mark(reading.page[0])
        self._soon.start()

    def _ask(self) -> None:
        """Asks for the next one in sight, where nobody waits for anything else."""
        number, document = self._strip.wanted(), self._of[0]
        session = self._space.session
        if number is None or document is None:
            return
        if session.awaits(*_FIRST):
            self._soon.start()
            return
        width = round(WIDTH * self._strip.devicePixelRatioF())
        session.read(
            _KEY,
            session.desk.picture,
            document,
            number,
            width,
            (),
            then=partial(self._take, number),
            # Why it cannot be drawn, the page itself says.
            refused=lambda _: None,
            failed=lambda _: self._take(number, None),
        )

    def _take(self, number: int, picture: Picture | None) -> None:
        if number in self._strip.pages.numbers:  # else the document was closed meanwhile
            self._strip.pages.put(number, None if picture is None else image_of(picture))
            self._soon.start()
