"""Of which documents an export speaks, how many that are, and what becomes of sealed ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from evidencebox.model.exports import ExportKind, Request, ScopeCount
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line

_SOON_MS = 250
ALL, SEARCH, MARKED = "all", "search", "marked"
OPEN, EXHIBITS, OFFICER = "open", "exhibits", "person"
_SCOPES = {
    ALL: "The whole case",
    SEARCH: "What a search finds",
    MARKED: "The marked documents",
    OPEN: "The open document",
    EXHIBITS: "The exhibits",
    OFFICER: "Where one officer is tagged",
}
_EXHIBITED = "has:exhibit"


@dataclass(frozen=True, slots=True)
class Around:
    """What the review has on screen, to be offered as a scope; `folder`: where exports go."""

    query: str = ""
    marked: tuple[DocumentId, ...] = ()
    document: DocumentId | None = None
    folder: Path = Path()


def part(title: str) -> tuple[QFrame, QVBoxLayout]:
    """A titled part of a form."""
    made = QFrame()
    body = column(made, (0, 4, 0, 2), 6)
    if title:
        body.addWidget(label(title, "strong"))
    return made, body


def choice(name: str) -> QComboBox:
    """A box to choose from, named for who does not see it."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.view().setAccessibleName(name)
    return made


def many(count: int, one: str, more: str) -> str:
    """`one`, or `more` with its number at %1."""
    return one if count == 1 else more.replace("%1", f"{count:,}")


class ScopePart(QWidget):
    """The scope of one export, with its live count.

    Signals:
        changed(): the count is of something else now; after the typing has paused.
        officer_asked(): somebody of the roster is to be chosen.
    """

    changed = Signal()
    officer_asked = Signal()

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        self._officer: Officer | None = None
        self._count: ScopeCount | None = None
        body = column(self, (0, 0, 0, 0), 8)
        body.addWidget(self._make_scope())
        body.addWidget(self._make_sealed())
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.changed)

    def _make_scope(self) -> QWidget:
        made, body = part(tr("Of which documents"))
        self.scope = choice(tr("Of which documents"))
        self.scope.activated.connect(lambda _: self._rescope())
        self.query = QLineEdit(self._around.query)
        self.query.setAccessibleName(tr("Search"))
        self.query.setPlaceholderText(tr("Empty for every document"))
        self.query.textChanged.connect(lambda _: self._ask())
        self.person = label(tr("Nobody is chosen yet."), "secondary")
        self.choose_person = button(tr("Choose an officer…"), clicked=self.officer_asked.emit)
        self._people = QWidget()
        self._people.setLayout(row(self.choose_person, self.person, None))
        self.count = label("", "secondary", wrap=True)
        self.count.setAccessibleName(tr("How many documents"))
        for each in (self.scope, self.query, self._people, self.count):
            body.addWidget(each)
        return made

    def _make_sealed(self) -> QWidget:
        self._sealed, body = part(tr("Sealed documents"))
        self.sealed = choice(tr("Sealed documents"))
        self.sealed.addItem(tr("Leave them out"), False)
        self.sealed.addItem(tr("Let them out, with a reason that is recorded"), True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("Reason; it stands in the ledger"))
        self.sealed.activated.connect(lambda _: self._reseal())
        body.addWidget(self.sealed)
        body.addWidget(self.reason)
        return self._sealed

    # What is asked of it

    def show_kind(self, kind: ExportKind) -> None:
        """Offers what a kind can be narrowed to."""
        there = {MARKED: bool(self._around.marked), OPEN: self._around.document is not None}
        offered = [name for name in _SCOPES if there.get(name, True)]
        if not kind.scoped:
            offered = [ALL]
        elif kind.asks == "officer":
            offered = [OFFICER]
        elif kind.asks == "query":
            offered.remove(ALL)
        self.scope.clear()
        for name in offered:
            count = f" ({len(self._around.marked):,})" if name == MARKED else ""
            self.scope.addItem(tr(_SCOPES[name]) + count, name)
        searched = self.scope.findData(SEARCH)
        if searched >= 0 and self._around.query:
            self.scope.setCurrentIndex(searched)
        self.scope.setEnabled(len(offered) > 1)
        self._rescope()

    def narrow(self, request: Request) -> Request:
        """The request, of these documents."""
        scope, sealed = self.scope.currentData(), bool(self.sealed.currentData())
        query = {SEARCH: self.query.text().strip(), EXHIBITS: _EXHIBITED}.get(scope)
        around = self._around
        chosen = around.marked if scope == MARKED else None
        if scope == OPEN and around.document is not None:
            chosen = (around.document,)
        officer = self._officer.id if self._officer is not None and scope == OFFICER else None
        return replace(
            request,
            query=query,
            officer=officer,
            documents=chosen,
            unseal=self.reason.text().strip() if sealed else None,
            without_sealed=not sealed,
        )

    def mistake(self) -> str:
        """What is missing, in one sentence; empty where nothing is."""
        if self.scope.currentData() == OFFICER and self._officer is None:
            return tr("Choose an officer.")
        if self._count is None:
            return tr("Wait until the documents are counted, or mend the search.")
        if self._count.sealed and self.sealed.currentData() and not self.reason.text().strip():
            return tr("Give a reason for letting sealed documents out, or leave them out.")
        return ""

    def left_out(self) -> str:
        """What stays behind, in words."""
        count = self._count or ScopeCount(0)
        words = []
        if count.sealed and not self.sealed.currentData():
            more = tr("%1 sealed documents")
            words.append(many(count.sealed, tr("1 sealed document"), more))
        if count.reported:
            words.append(many(count.reported, tr("1 reported one"), tr("%1 reported ones")))
        return " · ".join(words) or tr("nothing")

    def show_count(self, count: ScopeCount) -> None:
        """Takes how many documents it would be."""
        self._count = count
        words = [many(count.documents, tr("1 document"), tr("%1 documents"))]
        if count.sealed:
            words.append(many(count.sealed, tr("1 is sealed"), tr("%1 are sealed")))
        if count.reported:
            never = tr("%1 were reported and never leave")
            words.append(many(count.reported, tr("1 was reported and never leaves"), never))
        self._say(" · ".join(words), "strong")
        self._sealed.setVisible(count.sealed > 0)
        self.sealed.setEnabled(count.lead)
        if not count.lead:
            self.sealed.setCurrentIndex(0)
        self._reseal()

    def show_refusal(self, sentence: str) -> None:
        """Why nothing can be counted."""
        self._count = None
        self._say(sentence, "danger")

    def show_officer(self, officer: Officer) -> None:
        """Takes whose it is."""
        self._officer = officer
        self.person.setText(f"{one_line(officer.name)}  #{one_line(officer.badge)}")
        self._ask()

    # What happens

    def _rescope(self) -> None:
        scope = self.scope.currentData()
        self.query.setVisible(scope == SEARCH)
        self._people.setVisible(scope == OFFICER)
        self._ask()

    def _ask(self) -> None:
        self._count = None
        self._sealed.hide()
        if self.scope.currentData() == OFFICER and self._officer is None:
            self._say(tr("Choose whose documents they are."), "secondary")
            self._soon.stop()
            return
        self._say(tr("Counting…"), "secondary")
        self._soon.start()

    def _say(self, words: str, role: str) -> None:
        set_role(self.count, role)
        self.count.setText(words)

    def _reseal(self) -> None:
        self.reason.setVisible(bool(self.sealed.currentData()))
