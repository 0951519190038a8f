"""A sealed document in the window: says that it is covered, and asks why it is to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from evidencebox.model.policy import why_covered
from evidencebox.model.views import Done
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import tr

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

TITLE = "Open a sealed document"


class UnsealDialog(Dialog):
    """Why a sealed document is to be seen; nothing opens without a reason.

    Signals:
        given(str): the reason.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(TITLE))
        body = column(self, (24, 22, 24, 20), 10)
        body.addStrut(420)
        body.addWidget(label(tr(TITLE), "display"))
        words = tr("Why? The look and its reason stand in the ledger.")
        body.addWidget(label(words, "secondary", wrap=True))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("Reason"))
        body.addWidget(self.reason)
        body.addStretch(1)
        self.open_button = button(tr("Open"), "primary", clicked=self._give)
        self.open_button.setDefault(True)
        self.open_button.setEnabled(False)
        self.reason.textChanged.connect(lambda t: self.open_button.setEnabled(bool(t.strip())))
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.open_button))

    def _give(self) -> None:
        self.given.emit(self.reason.text().strip())
        self.accept()


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
        dialog = UnsealDialog(self._space)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._open)
        dialog.open()
        dialog.reason.setFocus()

    def _open(self, reason: str) -> None:
        document, session = self._space.reading.document, self._space.session
        if document is not None:
            session.write(session.desk.unseal, document, reason, then=self._opened)

    def _opened(self, done: Done) -> None:
        document = self._space.reading.document
        if document is not None:
            self._space.reading.open(document, self._space.search.query)
        self._space.status.say(done.text)
