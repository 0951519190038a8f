"""Who is told of what was exposed, and who may have credit monitoring: the list, and deciding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from evidencebox.errors import UserError
from evidencebox.model.exposure import Decision, NoticeLine
from evidencebox.model.harm import CATEGORIES
from evidencebox.model.views import Done
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.languages import figure, tr
from evidencebox.ui.rows import RowsModel, RowsTable
from evidencebox.ui.sayings import sentence as said
from evidencebox.ui.session import Session

_TITLES = ("Officer", "Badge", "Exposed", "Suggested", "Monitoring", "Decision", "Date")
_WIDTHS = (190, 70, 230, 200, 110, 110)
_ELIGIBLE = {"yes": "eligible", "perhaps": "perhaps", "no": "–"}
_NAMES = {"ssn": "SSN", "itin": "ITIN", "tin": "TIN"}
_SHOWN: tuple[tuple[str, Callable[[NoticeLine], bool]], ...] = (
    ("Exposed", lambda line: bool(line.found)),
    ("Exposed or suggested", lambda line: line.concerned),
    ("To be told", lambda line: line.decision is Decision.NOTIFY),
    ("Told", lambda line: line.decision is Decision.SENT),
    ("Everyone", lambda line: True),
)


def notice_cells(line: NoticeLine) -> tuple[str, ...]:
    """What stands in the columns of a person."""
    return (
        line.officer.name,
        line.officer.badge,
        kind_words(line.found),
        kind_words(line.suggested),
        monitoring_words(line),
        tr(line.decision.words),
        line.date,
    )


def kind_words(kinds: Sequence[str]) -> str:
    """Kinds of data and categories, in words."""
    names = (CATEGORIES.get(kind) or _NAMES.get(kind) or kind.replace("_", " ") for kind in kinds)
    return ", ".join(map(tr, names))


def monitoring_words(line: NoticeLine) -> str:
    """What was decided about credit monitoring, else whether somebody may have it."""
    if line.monitoring is None:
        return tr(_ELIGIBLE[line.eligible])
    return tr("granted") if line.monitoring else tr("refused")


class NoticeDialog(Dialog):
    """The list above, the decision for who is selected below.

    Signals:
        changed(str): something was decided or written, in words.
    """

    changed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: Sequence[NoticeLine] = ()
        self.model = RowsModel([tr(each) for each in _TITLES], notice_cells)
        self.setWindowTitle(tr("Notices"))
        self.resize(1080, 660)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Notices"), "display"))
        words = tr(
            "Exposed is what was tagged or accepted. Suggested is no finding. Credit monitoring is "
            "for those whose SSN, ITIN or TIN was exposed; counsel decides."
        )
        body.addWidget(label(words, "secondary", wrap=True))
        body.addLayout(self._narrowing())
        self.table = RowsTable(self.model, tr("Notices"), _WIDTHS)
        set_role(self.table, "framed")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        body.addWidget(self.table, 1)
        self.said = label("", "secondary", wrap=True)
        self.said.setAccessibleName(tr("What was just done"))
        self._deciding(body)
        body.addWidget(self.said)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        self.export = button(tr("Export this list…"), clicked=self._choose)
        body.addLayout(row(self.export, None, close))
        self.finished.connect(lambda _: self._session.forget("notices"))
        self.refresh()

    # How it is made

    def _narrowing(self) -> Any:
        self.shown = QComboBox()
        self.shown.setAccessibleName(tr("Who is shown"))
        self.shown.view().setAccessibleName(tr("Who is shown"))
        for words, _ in _SHOWN:
            self.shown.addItem(tr(words))
        self.shown.setCurrentIndex(1)
        self.shown.activated.connect(lambda _: self._narrow())
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Find an officer"))
        self.finder.setAccessibleName(tr("Find an officer"))
        self.finder.setMaximumWidth(260)
        self.finder.textChanged.connect(lambda _: self._narrow())
        self.count = label("", "secondary")
        return row(self.shown, self.finder, 8, self.count, None)

    def _deciding(self, body: Any) -> None:
        self.decision = self._choice(tr("Decision"), [tr(each.words) for each in Decision])
        offers = [tr("Not decided"), tr("Granted"), tr("Refused")]
        self.monitoring = self._choice(tr("Credit monitoring"), offers)
        self.date = QLineEdit()
        self.date.setPlaceholderText("2026-11-23")
        self.date.setAccessibleName(tr("Date of the notice"))
        self.date.setMaximumWidth(150)
        self.note = QLineEdit()
        self.note.setPlaceholderText(tr("Note"))
        self.note.setAccessibleName(tr("Note"))
        self.decide = button("", clicked=self._decide)
        line = row(label(tr("Decision"), "secondary"), self.decision, self.date, 8,
                   label(tr("Credit monitoring"), "secondary"), self.monitoring)  # fmt: skip
        line.addWidget(self.note, 1)
        line.addWidget(self.decide)
        body.addLayout(line)

    def _choice(self, name: str, offers: Sequence[str]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.view().setAccessibleName(name)
        made.addItems(list(offers))
        return made

    # What it shows

    def refresh(self) -> None:
        """Reads the list again."""
        team = self._session.desk.colleagues
        self._session.read("notices", team.notice_list, then=self._show, refused=self._refused)

    def _show(self, lines: Sequence[NoticeLine]) -> None:
        self._lines = lines
        self._narrow()

    def _narrow(self) -> None:
        fits = _SHOWN[self.shown.currentIndex()][1]
        words = self.finder.text().casefold().split()
        chosen = {line.officer.id for line in self.selected()}
        lines = [
            line
            for line in self._lines
            if fits(line)
            and all(w in f"{line.officer.name} {line.officer.badge}".casefold() for w in words)
        ]
        self.model.show(lines)
        count = figure
        both = tr("%1 of %2 people").replace("%1", count(len(lines)))
        self.count.setText(both.replace("%2", count(len(self._lines))))
        self.export.setEnabled(bool(lines))
        self._select(chosen)
        self._offer()

    def _select(self, chosen: set[Any]) -> None:
        """Who was selected stays so; where nobody was, the first is."""
        at = [n for n, line in enumerate(self.model.rows) if line.officer.id in chosen]
        select = self.table.selectionModel()
        flags = select.SelectionFlag.Select | select.SelectionFlag.Rows
        for number in at or ([0] if self.model.rows else []):
            select.select(self.model.index(number, 0), flags)

    def selected(self) -> list[NoticeLine]:
        """Whom the decision is for."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.rows[number] for number in rows]

    def _offer(self) -> None:
        """The fields show what stands for who is selected alone."""
        people = self.selected()
        words = tr("Decide for %1").replace("%1", figure(len(people)))
        self.decide.setText(words)
        self.decide.setAccessibleName(words)
        self.decide.setEnabled(bool(people))
        if len(people) == 1:
            one = people[0]
            self.decision.setCurrentIndex(list(Decision).index(one.decision))
            self.monitoring.setCurrentIndex({None: 0, True: 1, False: 2}[one.monitoring])
            self.date.setText(one.date)
            self.note.setText(one.note)

    # What it does

    def _decide(self) -> None:
        people = [line.officer.id for line in self.selected()]
        decision = list(Decision)[self.decision.currentIndex()]
        date = self.date.text().strip()
        if decision is Decision.SENT and not date:
            date = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        monitoring = (None, True, False)[self.monitoring.currentIndex()]
        self._session.write(
            self._session.desk.colleagues.decide_notice,
            people,
            decision,
            date,
            monitoring,
            self.note.text().strip(),
            then=self._decided,
            refused=self._refused,
        )

    def _decided(self, done: Done) -> None:
        self._told(done.text)
        self.refresh()

    def _choose(self) -> None:
        file, _ = QFileDialog.getSaveFileName(self, tr("Export this list"), "notices.csv", "*.csv")
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """Writes what is shown as CSV."""
        verb = self._session.desk.colleagues.write_notices
        lines = self.model.rows
        self._session.read("", verb, lines, file, then=self._told, refused=self._refused)

    def _told(self, sentence: str) -> None:
        self.said.setText(said(sentence))
        self.changed.emit(said(sentence))

    def _refused(self, error: UserError) -> None:
        self.said.setText(said(str(error)))
