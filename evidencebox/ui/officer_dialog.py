"""All there is about one officer: what the roster says, what was tagged, what awaits an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from evidencebox.model.exposure import Exposed, OfficerPage
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.exposure_model import Index
from evidencebox.ui.languages import tr
from evidencebox.ui.sayings import disposition
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import grown


class ExposedModel(QAbstractTableModel):
    """A place a row."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = titles
        self.places: tuple[Exposed, ...] = ()

    def show(self, places: Sequence[Exposed]) -> None:
        """Takes the rows."""
        self.beginResetModel()
        self.places = tuple(places)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        return self._titles[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        at = self.places[index.row()]
        page = str(at.page) if at.page else "–"
        harm = [f"{int(at.harm)} {tr(at.harm.word)}"] if at.harm is not None else []
        cells = [at.id, at.name, page, *harm, at.words, at.note, at.reviewer]
        return one_line(cells[index.column()])


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
        self.tagged = ExposedModel(tagged)
        self.tagged.show(page.tagged)
        self.tagged_table = self._table(self.tagged, tr("Accepted: tagged for this officer"))
        body.addWidget(label(tr("Accepted"), "strong"))
        body.addWidget(self.tagged_table, 1)
        self.suggested = ExposedModel([tr("ID"), tr("Document"), tr("Page"), tr("Why")])
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

    def _table(self, model: ExposedModel, name: str) -> QTableView:
        table = QTableView()
        table.setModel(model)
        set_role(table, "framed")
        table.setAccessibleName(name)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().setVisible(False)
        head = table.horizontalHeader()
        head.setAccessibleName(tr("Columns"))
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate((106, 250, 56, 110, 170)):
            if section < model.columnCount() - 1:
                table.setColumnWidth(section, grown(width))
        head.setSectionResizeMode(model.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(lambda _: self._open())
        if model.places:
            table.selectRow(0)
        return table

    def _open(self) -> None:
        table = self.suggested_table if self.suggested_table.hasFocus() else self.tagged_table
        model = table.model()
        assert isinstance(model, ExposedModel)
        if not model.places and self.suggested.places:
            table, model = self.suggested_table, self.suggested
        at = table.currentIndex().row()
        if 0 <= at < len(model.places):
            self.opened.emit(model.places[at].document)
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
