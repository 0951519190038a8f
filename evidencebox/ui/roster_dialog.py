"""How a roster would be read: which column is what, the first people, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QListWidget, QWidget

from evidencebox.errors import UserError
from evidencebox.model.exposure import RosterPreview
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import tr
from evidencebox.ui.officer_dialog import field_words
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line

_ACROSS = 2
_FIRST = ("badge", "last", "first", "middle", "rank", "unit", "status", "email", "birth_date",
          "aliases", "former_names", "contact")  # fmt: skip
_HEADS = ("badge", "last", "first", "rank", "unit")


class RosterDialog(Dialog):
    """The mapping above, a preview below; nothing is taken before it is asked for.

    Signals:
        accepted_with(dict): field → title of its column.
    """

    accepted_with = Signal(object)

    def __init__(
        self, session: Session, file: Path, seen: RosterPreview, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._file = session, file
        self._before: Mapping[str, str] = {}
        self.columns: dict[str, QComboBox] = {}
        self.setWindowTitle(tr("Import roster"))
        body = column(self, (24, 22, 24, 20), 12)
        body.addStrut(672)
        body.addWidget(label(tr("Import roster"), "display"))
        words = tr("Say which column of the file holds what; the first five people show how it "
                   "would be read.")  # fmt: skip
        body.addWidget(label(words, "secondary", wrap=True))
        body.addLayout(self._mapping(seen))
        self.count = label("", "strong")
        body.addWidget(self.count)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(18)
        body.addLayout(self._table)
        self.rejects = QListWidget()
        self.rejects.setAccessibleName(tr("Lines that are left out"))
        self.rejects.setMaximumHeight(130)
        body.addWidget(self.rejects)
        self.problem = label("", "danger", wrap=True)
        body.addWidget(self.problem)
        body.addStretch(1)
        self.take = button(tr("Import"), "primary", clicked=self._take)
        self.take.setDefault(True)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.take))
        self.finished.connect(lambda _: self._session.forget("roster"))
        self._show(seen)

    def _mapping(self, seen: RosterPreview) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for number, name in enumerate(each for each in _FIRST if each in seen.fields):
            made = QComboBox()
            made.setAccessibleName(tr("Column of: %1").replace("%1", field_words(name)))
            made.view().setAccessibleName(made.accessibleName())
            made.addItem(tr("not in the file"), "")
            for title in seen.titles:
                made.addItem(one_line(title), title)
            made.setCurrentIndex(max(0, made.findData(seen.columns.get(name, ""))))
            made.activated.connect(lambda _: self._again())
            self.columns[name] = made
            line, at = divmod(number, _ACROSS)
            grid.addWidget(label(field_words(name), "secondary"), line, at * 2)
            grid.addWidget(made, line, at * 2 + 1)
        for at in range(_ACROSS):
            grid.setColumnStretch(at * 2 + 1, 1)
        return grid

    def mapping(self) -> dict[str, str]:
        """Field → title of its column, as chosen."""
        chosen = {name: str(box.currentData() or "") for name, box in self.columns.items()}
        return {name: title for name, title in chosen.items() if title}

    def _again(self) -> None:
        preview = self._session.desk.colleagues.preview_roster
        self._session.read(
            "roster", preview, self._file, self.mapping(), then=self._show, refused=self._refuse
        )

    def _show(self, seen: RosterPreview) -> None:
        self.problem.clear()
        self.take.setEnabled(True)
        people = tr("%1 people; %2 lines are left out")
        people = people.replace("%1", f"{seen.count:,}").replace("%2", f"{len(seen.rejects):,}")
        self.count.setText(people)
        while (old := self._table.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, name in enumerate(_HEADS):
            self._table.addWidget(label(field_words(name), "small"), 0, at)
        for line, person in enumerate(seen.people, 1):
            for at, value in enumerate(person):
                self._table.addWidget(label(one_line(value) or "–"), line, at)
        self.rejects.clear()
        self.rejects.setVisible(bool(seen.rejects))
        for number, reason in seen.rejects:
            words = tr("Line %1: %2").replace("%1", f"{number:,}").replace("%2", one_line(reason))
            self.rejects.addItem(words)

    def _refuse(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.take.setEnabled(False)

    def _take(self) -> None:
        self.accepted_with.emit(self.mapping())
        self.accept()
