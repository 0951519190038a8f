"""The results as a table: it holds ids, and fetches what a row shows when it comes into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from evidencebox.model.documents import TYPE_WORDS
from evidencebox.model.harm import CATEGORIES
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.views import ResultRow
from evidencebox.ui.languages import told, tr
from evidencebox.ui.shown import one_line

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Reviewed", "ID", "Name", "Date", "Type", "Officers", "Harm")
REVIEWED, ID, NAME, DATE, TYPE, OFFICERS, HARM = range(len(COLUMNS))
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
SEALED = "Sealed document"
"""What a covered document is called, whoever asks."""
BLOCK = 64
KEPT_ROWS = 20_000
_NEAR = 20_000
"""A row is looked for near the last one first: through a million it takes 0.15 s."""


class ResultsModel(QAbstractTableModel):
    """Ids of one search, best first.

    Signals:
        wanted(list): ids whose rows came into view and are not here, or are stale.
        marks_changed(int): so many rows are marked now.
    """

    wanted = Signal(list)
    marks_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[DocumentId, ...] = ()
        self._rows: OrderedDict[DocumentId, ResultRow] = OrderedDict()
        self._stale: set[DocumentId] = set()
        self._asked: set[DocumentId] = set()
        self._blocks: set[int] = set()
        self._marked: dict[DocumentId, None] = {}
        self._found_at = 0
        # A paint touches some two hundred cells; they are asked for together.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    @property
    def ids(self) -> tuple[DocumentId, ...]:
        return self._ids

    def show(self, ids: Sequence[DocumentId]) -> None:
        """Takes the answer of a search; rows that are known stay known."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._asked.clear()
        self._blocks.clear()
        self.endResetModel()

    @property
    def marked(self) -> tuple[DocumentId, ...]:
        """What the reviewer marked, in that order; it stays when something else is searched."""
        return tuple(self._marked)

    def is_marked(self, document: DocumentId) -> bool:
        """Whether a row is marked."""
        return document in self._marked

    def mark(self, documents: Iterable[DocumentId]) -> None:
        """Marks these, and no others."""
        self._marked = dict.fromkeys(documents)
        self._repaint()
        self.marks_changed.emit(len(self._marked))

    def toggle_mark(self, document: DocumentId) -> None:
        """Marks a row, or no longer."""
        rest = [each for each in self._marked if each != document]
        self.mark(rest if len(rest) < len(self._marked) else [*rest, document])

    def clear(self) -> None:
        """Forgets everything, as locking asks."""
        self._marked.clear()
        self._rows.clear()
        self._stale.clear()
        self.show(())

    def place(self, document: DocumentId) -> int | None:
        """The row a document stands in, None where it is not among the results."""
        near = max(0, self._found_at - _NEAR)
        for start, stop in ((near, self._found_at + _NEAR), (0, len(self._ids))):
            try:
                self._found_at = self._ids.index(document, start, stop)
            except ValueError:
                continue
            return self._found_at
        return None

    def known(self, document: DocumentId) -> ResultRow | None:
        """A row that has been fetched, even where it is stale."""
        return self._rows.get(document)

    def fill(self, rows: Iterable[ResultRow]) -> None:
        """Takes rows that were asked for."""
        for row in rows:
            self._rows[row.document] = row
            self._rows.move_to_end(row.document)
            self._stale.discard(row.document)
            self._asked.discard(row.document)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        self._repaint()

    def give_up(self, documents: Iterable[DocumentId]) -> None:
        """Rows that could not be fetched may be asked for again."""
        self._asked.difference_update(documents)

    def mark_stale(self, documents: Iterable[DocumentId] | None = None) -> None:
        """What is shown may be old: it stays until the new row comes. None means all of it."""
        stale = set(self._rows) if documents is None else set(documents)
        self._stale |= stale & self._rows.keys()
        self._repaint()

    def _repaint(self) -> None:
        # Over the whole range: views paint only what is in sight, and no row need be looked up.
        if self._ids:
            last = self.index(len(self._ids) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(COLUMNS[section])
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section == REVIEWED else tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        if role not in _ROLES:
            return None
        document = self._ids[index.row()]
        row = self._rows.get(document)
        if row is None or document in self._stale:
            self._want(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return short_id(document) if index.column() == ID else ""
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if spoken and index.column() == REVIEWED and document in self._marked:
            return told("Marked, %1", cell_spoken(row, REVIEWED))
        return cell_spoken(row, index.column()) if spoken else cell(row, index.column())

    def _want(self, row: int) -> None:
        self._blocks.add(row // BLOCK)
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        wanted = []
        for block in sorted(self._blocks):
            for document in self._ids[block * BLOCK : (block + 1) * BLOCK]:
                missing = document not in self._rows or document in self._stale
                if missing and document not in self._asked:
                    wanted.append(document)
        self._blocks.clear()
        if wanted:
            self._asked.update(wanted)
            self.wanted.emit(wanted)


_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE})


def cell(row: ResultRow, column: int) -> str:
    """What a cell says."""
    if column == ID:
        return row.id
    if column == NAME:
        return tr(SEALED) if row.name == SEALED else one_line(row.name)
    if column == DATE:
        return (row.date or "")[:10]
    if column == TYPE:
        return tr(TYPE_WORDS[row.type])
    if column == OFFICERS:
        return officers_cell(row.officers)
    if column == HARM:
        return "" if row.harm is None else str(int(row.harm))
    return ""


def pills(row: ResultRow) -> list[tuple[str, bool]]:
    """What stands in small print behind a name: labels (True), then categories."""
    labels = [(tr(one_line(name).capitalize()), True) for name in row.labels]
    return labels + [(tr(CATEGORIES.get(name, one_line(name))), False) for name in row.categories]


def cell_spoken(row: ResultRow, column: int) -> str:
    """What a screen reader says of a cell: marks, rings and small print in words."""
    if column == NAME:
        return "; ".join([one_line(row.name), *(words for words, _ in pills(row))])
    if column == REVIEWED:
        return tr("Reviewed") if row.reviewed else tr("To do")
    if column == OFFICERS:
        return ", ".join(one_line(name) for name in row.officers)
    if column == HARM:
        if row.harm is None:
            return tr("Not coded")
        return told("Harm %1", f"{int(row.harm)} {tr(row.harm.word)}")
    return cell(row, column)


def officers_cell(names: Sequence[str]) -> str:
    """The first officer, short, and how many more."""
    if not names:
        return ""
    last, _, first = one_line(names[0]).partition(", ")
    short = f"{last}, {first[0]}." if first else last
    return short if len(names) == 1 else f"{short} +{len(names) - 1}"
