"""The exhibits as a table: in their order, which dragging a row asks to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from evidencebox.model.filing import ExhibitRow
from evidencebox.model.words import spans
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    "Exhibit", "Description", "Bates numbers", "Pages", "Status", "Document", "Treatment",
)  # fmt: skip
NUMBER, DESCRIPTION, BATES, PAGES, STATUS, DOCUMENT, TREATMENT = range(len(COLUMNS))
_MIME = "application/x-evidencebox-exhibit"
_STATES = {"admitted": "Admitted %1", "marked": "Marked %1", "offered": "Offered %1"}
_MARKS = {
    "sealed": "Sealed",
    "privileged": "Privileged: withheld",
    "confidential": "Confidential",
    "redacted": "Redacted",
}


class ExhibitsModel(QAbstractTableModel):
    """A row for each exhibit there ever was; those that do not stand come last and are dimmed.

    Signals:
        moved(int, int): a row is to stand before another; the last place is the count.
    """

    moved = Signal(int, int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[ExhibitRow] = []

    def show(self, rows: Sequence[ExhibitRow]) -> None:
        """Takes the exhibits."""
        self.beginResetModel()
        self.rows = [row for row in rows if row.stands] + [row for row in rows if not row.stands]
        self.endResetModel()

    @property
    def standing(self) -> list[str]:
        """The numbers of those that stand, in order."""
        return [row.number for row in self.rows if row.stands]

    def reordered(self, at: int, before: int) -> list[str] | None:
        """The numbers with one moved before another place; None where nothing would change."""
        numbers = self.standing
        if not 0 <= at < len(numbers) or not 0 <= before <= len(numbers) or before in (at, at + 1):
            return None
        moved = numbers.pop(at)
        numbers.insert(before - (before > at), moved)
        return numbers

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = 0) -> Any:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.number}, {tr(COLUMNS[index.column()])}: {_cell(row, index.column())}"
        if role == Qt.ItemDataRole.ForegroundRole and not row.stands:
            return QColor(self._theme.tokens.secondary)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == DESCRIPTION:
            return one_line(row.description)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        here = flag.ItemIsSelectable | flag.ItemIsEnabled
        return here | flag.ItemIsDragEnabled if self.rows[index.row()].stands else here

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        made = QMimeData()
        # Only a place in this table: nothing of an exhibit can be dropped elsewhere.
        made.setData(_MIME, str(indexes[0].row()).encode())
        return made

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if data.hasFormat(_MIME):
            before = row if row >= 0 else (parent.row() if parent.isValid() else len(self.rows))
            self.moved.emit(int(bytes(data.data(_MIME).data())), min(before, len(self.standing)))
        # The ledger says the order; the row moves when it has.
        return False


def status_words(row: ExhibitRow) -> str:
    """How far an exhibit is before the court, or why it is none any more."""
    if row.gone:
        return one_line(row.gone)
    said = ((name, one_line(getattr(row, name))) for name in _STATES)
    return next((tr(_STATES[name]).replace("%1", text) for name, text in said if text), "–")


def marks_words(row: ExhibitRow) -> str:
    """How it will be bound: as it is, redacted, withheld, and what it is labelled."""
    return " · ".join(tr(_MARKS[name]) for name in row.marks) or "–"


def pages_words(row: ExhibitRow) -> str:
    """Which of the document's pages."""
    if not row.pages:
        return tr("all + attached") if row.family else tr("all")
    return spans(row.pages)


def _cell(row: ExhibitRow, column: int) -> str:
    if column == NUMBER:
        return f"{row.number} ⚠" if row.clash else row.number
    if column == DESCRIPTION:
        return one_line(row.description)
    if column == BATES:
        none = tr("at the first build") if row.stands else "–"
        return " – ".join(dict.fromkeys(row.bates)) or none
    if column == PAGES:
        return pages_words(row)
    if column == STATUS:
        return status_words(row)
    return row.id if column == DOCUMENT else marks_words(row)
