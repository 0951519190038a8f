"""A sealed document in the window: says that it is covered, and asks why it is to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog

from evidencebox.model.policy import why_covered
from evidencebox.model.views import Done
from evidencebox.ui.languages import tr

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

TITLE = "Open a sealed document"


class Unsealing(QObject):
    """Ties sealed documents to the status line and a dialog."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space, self._told = space, ""
        space.reading.shown.connect(lambda _: self._tell())

    def _tell(self) -> None:
        why, status = self._space.reading.sealed, self._space.status
        if why:
            status.say(why_covered(why))
            self._told = status.words
        elif self._told and status.words == self._told:
            # It was about the document before.
            self._told = ""
            status.say("")

    def ask(self) -> None:
        """Asks for a reason; what is given opens the document for this session, by an act."""
        if not self._space.reading.sealed:
            self._space.status.say(tr("The document on screen is not sealed."))
            return
        dialog = QInputDialog(self._space)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr(TITLE))
        dialog.setLabelText(tr("Why? The look and its reason stand in the ledger."))
        dialog.textValueSelected.connect(self._open)
        dialog.open()

    def _open(self, reason: str) -> None:
        document, session = self._space.reading.document, self._space.session
        if document is not None:
            session.write(session.desk.unseal, document, reason, then=self._opened)

    def _opened(self, done: Done) -> None:
        document = self._space.reading.document
        if document is not None:
            self._space.reading.open(document, self._space.search.query)
        self._space.status.say(done.text)
