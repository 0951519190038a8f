"""All there is about one officer: what the roster says, what was tagged, what awaits an answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from evidencebox.model.exposure import Exposed, OfficerPage
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.languages import tr
from evidencebox.ui.rows import RowsModel, RowsTable
from evidencebox.ui.sayings import disposition
from evidencebox.ui.shown import one_line

_WIDTHS = (106, 250, 56, 110, 170)


def exposed_cells(at: Exposed) -> tuple[str, ...]:
    """What stands in the columns of a place: with a level where it was tagged, else why."""
    harm = (f"{int(at.harm)} {tr(at.harm.word)}",) if at.harm is not None else ()
    page = str(at.page) if at.page else "–"
    return (at.id, at.name, page, *harm, at.words, at.note, at.reviewer)


class OfficerPageDialog(Dialog):
    """The page.

    Signals:
        asked(str): a query is to be searched for.
        opened(str): a document is to be shown.
    """

    asked = Signal(str)
    opened = Signal(str)

    def __init__(self, page: OfficerPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.setWindowTitle(tr("Officer"))
        self.resize(980, 660)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(one_line(page.officer.name), "display"))
        body.addWidget(label(disposition(page.disposition), "strong", wrap=True))
        body.addLayout(self._facts())
        tagged = [tr("ID"), tr("Document"), tr("Page"), tr("Harm"), tr("Categories"), tr("Note"),
                  tr("Reviewer")]  # fmt: skip
        self.tagged = RowsModel(tagged, exposed_cells)
        self.tagged.show(page.tagged)
        self.tagged_table = self._table(self.tagged, tr("Accepted: tagged for this officer"))
        body.addWidget(label(tr("Accepted"), "strong"))
        body.addWidget(self.tagged_table, 1)
        self.suggested = RowsModel([tr("ID"), tr("Document"), tr("Page"), tr("Why")], exposed_cells)
        self.suggested.show(page.suggested)
        self.suggested_table = self._table(self.suggested, tr("Suggested: not answered yet"))
        more = f" (+{page.more:,})" if page.more > 0 else ""
        body.addWidget(label(tr("Suggested, and not a finding until accepted") + more, "strong"))
        body.addWidget(self.suggested_table, 1)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        self.search = button(tr("Search what is tagged"), clicked=lambda: self._ask(page.query))
        self.named = button(tr("Search every mention"), clicked=lambda: self._ask(page.named_query))
        self.search.setEnabled(bool(page.tagged))
        self.opener = button(tr("Open document"), clicked=self._open)
        body.addLayout(row(self.search, self.named, None, self.opener, close))

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        for number, (name, value) in enumerate(self.page.facts):
            line, at = divmod(number, 3)
            grid.addWidget(label(field_words(name), "secondary"), line, at * 2)
            grid.addWidget(label(one_line(value)), line, at * 2 + 1)
        grid.setColumnStretch(5, 1)
        return grid

    def _table(self, model: RowsModel[Exposed], name: str) -> RowsTable:
        table = RowsTable(model, name, _WIDTHS)
        set_role(table, "framed")
        table.doubleClicked.connect(lambda _: self._open())
        if model.rows:
            table.selectRow(0)
        return table

    def _open(self) -> None:
        table, model = self.tagged_table, self.tagged
        if self.suggested_table.hasFocus() or not model.rows:
            table, model = self.suggested_table, self.suggested
        at = table.currentIndex().row()
        if 0 <= at < len(model.rows):
            self.opened.emit(model.rows[at].document)
            self.accept()

    def _ask(self, query: str) -> None:
        self.asked.emit(query)
        self.accept()


def field_words(name: str) -> str:
    """A field of the roster, in words."""
    words = {
        "badge": tr("Badge"), "last": tr("Last name"), "first": tr("First name"),
        "middle": tr("Middle name"), "rank": tr("Rank"), "unit": tr("Unit"),
        "status": tr("Status"), "email": tr("Mail address"), "birth_date": tr("Date of birth"),
        "aliases": tr("Other names"), "former_names": tr("Former surnames"),
        "contact": tr("Address for notices"), "ssn4": tr("Last four of the SSN"),
        "role": tr("Role"),
    }  # fmt: skip
    return words.get(name, name)
