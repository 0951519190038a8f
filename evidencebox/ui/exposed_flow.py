"""What the page on screen exposes: asked for when it is turned to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import Element
from evidencebox.ui.session import Session

_KEY = "exposed"


class ExposedFlow(QObject):
    """Knows the elements of one page.

    Signals:
        known(): what the page exposes is known now.
    """

    known = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.elements: Sequence[Element] = ()
        self.ready = False
        """Whether they are those of the page that was turned to."""

    def turn_to(self, document: DocumentId | None, page: Page | None) -> None:
        """Another page is on screen, or none."""
        self._session.forget(_KEY)
        self.elements, self.ready = (), False
        if document is not None and page is not None:
            self._session.read(
                _KEY,
                self._session.desk.exposed,
                document,
                page.number,
                page.layer,
                then=self._take,
                # The error is said by the session; the page is shown all the same.
                failed=lambda _: self._take(()),
            )

    def _take(self, found: Sequence[Element]) -> None:
        self.elements, self.ready = found, True
        self.known.emit()
