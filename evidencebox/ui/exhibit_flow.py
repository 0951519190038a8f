"""Ties the exhibits' page to a session: rows, acts, and the sheet that is in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from evidencebox.errors import UserError
from evidencebox.model.filing import ExhibitRow, Proposal, StampedSheet, Stamping
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.views import Done
from evidencebox.ui.exhibit_dialog import ExhibitDialog, WithdrawDialog
from evidencebox.ui.exhibits_page import ExhibitsPage
from evidencebox.ui.languages import tr
from evidencebox.ui.session import Session

BROKEN = "This sheet could not be drawn: an error of this program, which was noted."


class ExhibitFlow(QObject):
    """One for an open case's page of exhibits.

    Signals:
        acted(str): something was decided; what, in words.
    """

    acted = Signal(str)

    def __init__(self, session: Session, page: ExhibitsPage) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._shown: ActId | None = None
        page.chosen.connect(self._choose)
        page.changed.connect(self._change)
        page.reordered.connect(self._reorder)
        page.undo_asked.connect(self.undo)
        page.withdraw_asked.connect(self._withdraw)
        page.stamps.wanted.connect(self._want)
        page.stamps.chosen.connect(self._stamp)
        session.read("stamping", session.desk.exhibits.stamping, then=self._stamped)

    def refresh(self) -> None:
        """Reads the exhibits again."""
        exhibits = self._session.desk.exhibits
        self._session.read("exhibits", exhibits.rows, then=self._page.show_rows)

    def undo(self) -> None:
        """Takes the last act back."""
        self._session.write(self._session.desk.undo, then=self._done, refused=self._refuse)

    # What is said of one

    def _change(self, number: str, name: str, value: str) -> None:
        change = self._session.desk.exhibits.change
        self._session.write(
            change, number, name, value, then=self._done, refused=self._refuse_and_refresh
        )

    def _reorder(self, numbers: list[str]) -> None:
        reorder = self._session.desk.exhibits.reorder
        self._session.write(reorder, numbers, then=self._done, refused=self._refuse_and_refresh)

    def _withdraw(self, number: str) -> None:
        dialog = WithdrawDialog(number, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda reason: self._change(number, "withdrawn", reason))
        dialog.open()

    def _done(self, done: Done) -> None:
        self._page.say(done.text, undo=True)
        self.acted.emit(done.text)
        self.refresh()

    def _refuse(self, error: UserError) -> None:
        self._page.say(str(error))

    def _refuse_and_refresh(self, error: UserError) -> None:
        self._refuse(error)
        self.refresh()

    # The sheet

    def _choose(self, row: ExhibitRow) -> None:
        stamps = self._page.stamps
        if row.act != self._shown:
            self._shown = row.act
            stamps.begin()
        self._want(stamps.at)

    def _want(self, sheet: int) -> None:
        stamping, act = self._page.stamps.stamping, self._shown
        if stamping is None or act is None:
            return
        self._session.read(
            "exhibit sheet",
            self._session.desk.exhibits.sheet,
            act,
            sheet,
            stamping,
            then=self._show,
            refused=lambda error: self._page.stamps.refuse(str(error)),
            failed=self._fail,
        )

    def _show(self, shown: StampedSheet) -> None:
        self._page.stamps.show_sheet(shown)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._page.stamps.refuse(tr(BROKEN))

    def _stamped(self, stamping: Stamping) -> None:
        self._page.stamps.show_stamping(stamping)
        self._want(self._page.stamps.at)

    def _stamp(self, stamping: Stamping) -> None:
        kept = self._page.stamps.stamping
        keep = self._session.desk.exhibits.keep_stamping

        def refuse(error: UserError) -> None:
            self._refuse(error)
            if kept is not None:
                self._page.stamps.show_stamping(kept)

        def done(_: object) -> None:
            self._page.say(tr("Stamps changed; the next book is stamped so."))
            self._stamped(stamping)

        self._session.write(keep, stamping, then=done, refused=refuse)


def add_exhibit(
    session: Session,
    document: DocumentId,
    page: int,
    parent: QWidget,
    added: Callable[[Done], object],
) -> None:
    """Proposes an exhibit of a document, and makes it where that is taken."""

    def ask(proposal: Proposal) -> None:
        dialog = ExhibitDialog(session, proposal, page, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.added.connect(added)
        dialog.open()
        dialog.number.setFocus()
        dialog.number.selectAll()

    session.read("exhibit proposal", session.desk.exhibits.propose, document, then=ask)
