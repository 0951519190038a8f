"""Making an exhibit of the open document: its number for life, its pages, what it is called."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from evidencebox.errors import UserError
from evidencebox.model.filing import Proposal
from evidencebox.model.views import Done
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.export_scope import many
from evidencebox.ui.languages import tr
from evidencebox.ui.session import Session

_FOR_LIFE = (
    "The number is for life: one that was taken back or withdrawn is never given again, and the "
    "book says why it is missing."
)
_PRINTED = "It is printed as it stands. See that it names nobody whom the exhibit hides."


class ExhibitDialog(Dialog):
    """Enter adds it as proposed.

    Signals:
        added(Done)
    """

    added = Signal(object)

    def __init__(
        self, session: Session, proposal: Proposal, page: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._proposal = session, proposal
        self.setWindowTitle(tr("Add to the exhibits"))
        body = column(self, (24, 22, 24, 20), 10)
        body.addStrut(520)
        body.addWidget(label(tr("Add to the exhibits"), "display"))
        self.about = label(self._about(), "secondary", wrap=True)
        body.addWidget(self.about)
        self.number = self._field(tr("Number"), proposal.number)
        body.addWidget(label(tr(_FOR_LIFE), "small", wrap=True))
        self.description = self._field(tr("Description"), proposal.description)
        body.addWidget(label(tr(_PRINTED), "small", wrap=True))
        self.pages = QLineEdit()
        self.pages.setAccessibleName(tr("Pages"))
        self.pages.setPlaceholderText(tr("all; or 1-3,7"))
        here = tr("Only page %1").replace("%1", f"{page:,}")
        self.only = button(here, clicked=lambda: self.pages.setText(str(page)))
        body.addWidget(label(tr("Pages"), "strong"))
        body.addLayout(row(self.pages, self.only))
        self.only.setVisible(proposal.pages > 1 and page > 0)
        attached = many(
            proposal.attached,
            tr("With the document that is attached"),
            tr("With the %1 documents that are attached"),
        )
        self.family = QCheckBox(attached)
        self.family.setVisible(proposal.attached > 0)
        self.family.setChecked(proposal.attached > 0)
        body.addWidget(self.family)
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        body.addStretch(1)
        self.add = button(tr("Add"), "primary", clicked=self._add)
        self.add.setDefault(True)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.add))

    def _about(self) -> str:
        made, pages = self._proposal, self._proposal.pages
        words = f"{made.id} · " + many(pages, tr("1 page"), tr("%1 pages"))
        if made.known:
            already = tr("It is an exhibit already: %1.").replace("%1", ", ".join(made.known))
            return f"{words}. {already}"
        return words

    def _field(self, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(name)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(label(name, "strong"))
        layout.addWidget(made)
        return made

    def _add(self) -> None:
        self.add.setEnabled(False)
        self._session.write(
            self._session.desk.exhibits.add,
            self._proposal.document,
            self.pages.text(),
            self.number.text(),
            self.description.text(),
            self.family.isChecked(),
            then=self._added,
            refused=self._refuse,
        )

    def _added(self, done: Done) -> None:
        self.added.emit(done)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.add.setEnabled(True)
        self.problem.setText(str(error))
        self.problem.show()


class WithdrawDialog(Dialog):
    """Why an exhibit is to be none any more.

    Signals:
        given(str): the reason.
    """

    given = Signal(str)

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Withdraw an exhibit"))
        body = column(self, (24, 22, 24, 20), 10)
        body.addStrut(460)
        body.addWidget(label(tr("Withdraw %1").replace("%1", number), "display"))
        body.addWidget(label(tr(_FOR_LIFE), "secondary", wrap=True))
        body.addWidget(label(tr("Reason"), "strong"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("It is printed in the list of gaps"))
        body.addWidget(self.reason)
        body.addStretch(1)
        self.withdraw = button(tr("Withdraw"), "primary", clicked=self._give)
        self.withdraw.setDefault(True)
        self.withdraw.setEnabled(False)
        self.reason.textChanged.connect(lambda t: self.withdraw.setEnabled(bool(t.strip())))
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.withdraw))

    def _give(self) -> None:
        self.given.emit(self.reason.text().strip())
        self.accept()
