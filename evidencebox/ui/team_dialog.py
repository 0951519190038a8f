"""Who may do what in the case, and which categories are sealed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QPushButton, QWidget

from evidencebox.errors import UserError
from evidencebox.model.exposure import Member, Team
from evidencebox.model.harm import CATEGORIES
from evidencebox.model.policy import Role
from evidencebox.model.views import Done
from evidencebox.ui.access_dialog import ReviewerDialog
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import tr
from evidencebox.ui.sayings import sentence
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line

_ACROSS = 3


class TeamDialog(Dialog):
    """Roles and seals; a lead changes them, everyone sees them.

    Signals:
        changed(str): what was done, in words.
    """

    changed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("Reviewers and sealed categories"))
        body = column(self, (24, 22, 24, 20), 12)
        body.addStrut(572)
        body.addWidget(label(tr("Reviewers and sealed categories"), "display"))
        words = tr(
            "These are rules among colleagues, kept by the program and recorded in the ledger; "
            "whoever can open the case has the key to all of it."
        )
        body.addWidget(label(words, "secondary", wrap=True))
        self.add = button(tr("Add a reviewer…"), clicked=self._add_somebody)
        self._people = QGridLayout()
        self._people.setHorizontalSpacing(16)
        self._people.setColumnStretch(0, 1)
        body.addLayout(self._people)
        body.addLayout(row(self.add, None))
        body.addWidget(label(tr("Sealed: covered until a lead opens them"), "strong"))
        boxes = QGridLayout()
        self.boxes: dict[str, QCheckBox] = {}
        for number, (name, shown) in enumerate(CATEGORIES.items()):
            box = QCheckBox(tr(shown))
            box.setAccessibleName(tr("Seal %1").replace("%1", tr(shown)))
            self.boxes[name] = box
            boxes.addWidget(box, number // _ACROSS, number % _ACROSS)
        body.addLayout(boxes)
        self.said = label("", "secondary", wrap=True)
        self.said.setAccessibleName(tr("What was just done"))
        body.addWidget(self.said)
        body.addStretch(1)
        self.keep = button(tr("Keep the seals"), clicked=self._seal)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(None, self.keep, close))
        self.roles: dict[str, QComboBox] = {}
        self.leavers: dict[str, QPushButton] = {}
        self.finished.connect(lambda _: self._session.forget("team"))
        self._read()

    def _read(self) -> None:
        self._session.read("team", self._session.desk.colleagues.team, then=self._show)

    def _show(self, team: Team) -> None:
        for name, box in self.boxes.items():
            box.setChecked(name in team.sealed)
            box.setEnabled(team.lead)
        self.keep.setEnabled(team.lead)
        for line, member in enumerate(team.members):
            if member.name not in self.roles:
                self._add(line, member)
            chosen = self.roles[member.name]
            chosen.setCurrentIndex(chosen.findData(member.role))
            chosen.setEnabled(team.lead)
            if member.name in self.leavers:
                leaver = self.leavers[member.name]
                leaver.setText(tr("Take out…") if member.opens else tr("opens it no more"))
                leaver.setEnabled(team.lead and member.opens)
        self.add.setEnabled(team.lead)
        if not team.lead:
            self.said.setText(tr("Only a lead changes these."))

    def _add(self, line: int, member: Member) -> None:
        name = one_line(member.name)
        shown = tr("%1 (you)").replace("%1", name) if member.own else name
        self._people.addWidget(label(shown), line, 0)
        made = QComboBox()
        made.setAccessibleName(tr("Role of %1").replace("%1", name))
        made.view().setAccessibleName(made.accessibleName())
        for role in Role:
            made.addItem(tr(role.words), role.words)
        made.activated.connect(lambda _: self._give(member.name, str(made.currentData())))
        self._people.addWidget(made, line, 1)
        self.roles[member.name] = made
        if not member.own:
            words = tr("Take out %1").replace("%1", name)
            asks = partial(self._ask_to_leave, member.name)
            leaver = button("", "link", words, asks)
            self._people.addWidget(leaver, line, 2)
            self.leavers[member.name] = leaver

    def _ask_to_leave(self, name: str) -> None:
        self._open(ReviewerDialog(name, self))

    def _add_somebody(self) -> None:
        self._open(ReviewerDialog("", self))

    def _open(self, dialog: ReviewerDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._change_people)
        dialog.open()

    def _change_people(self, name: str, new: str, own: str) -> None:
        access = self._session.desk.access
        self.said.setText(tr("One moment…"))
        asked = (
            partial(access.add_reviewer, name, new)
            if new
            else partial(access.remove_reviewer, name)
        )
        self._session.write(asked, own, then=self._tell, refused=self._refused)

    def _tell(self, said: str) -> None:
        self.said.setText(sentence(said))
        self.changed.emit(self.said.text())
        self._read()

    def _give(self, name: str, role: str) -> None:
        self._run(self._session.desk.colleagues.set_role, name, role)

    def _seal(self) -> None:
        chosen = [name for name, box in self.boxes.items() if box.isChecked()]
        self._run(self._session.desk.colleagues.seal, chosen)

    def _run(self, verb: object, *about: object) -> None:
        assert callable(verb)
        self._session.read("", verb, *about, then=self._done, refused=self._refused)

    def _done(self, done: Done) -> None:
        self.said.setText(done.text)
        self.changed.emit(done.text)
        self._read()

    def _refused(self, error: UserError) -> None:
        self.said.setText(str(error))
        self._read()
