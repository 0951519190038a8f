"""The exposure matrix as a table: an officer a row, a category a column, each cell a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from evidencebox.model.exposure import Cell, Exposure, ExposureRow
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.ui.languages import tr
from evidencebox.ui.sayings import disposition

Index = QModelIndex | QPersistentModelIndex
_EMPTY = Exposure((), ())
AFTER = ("total", "named", "worst", "disposition")
"""Columns after those of the categories."""


class ExposureModel(QAbstractTableModel):
    """Holds the matrix; shows those of its rows that are asked for, in an order."""

    def __init__(self) -> None:
        super().__init__()
        self.exposure = _EMPTY
        self.suggestions = False
        self._wanted, self._exposed = "", False
        self._order: tuple[int, bool] | None = None
        self.rows: list[ExposureRow] = []
        self.categories: tuple[str, ...] = ()
        """Those that have something in them, as the toggle counts."""

    def show(self, exposure: Exposure) -> None:
        """Takes a matrix."""
        self._again(lambda: setattr(self, "exposure", exposure))

    def narrow(self, text: str, exposed: bool) -> None:
        """Shows officers whose name or badge holds the text, or only the exposed ones."""

        def take() -> None:
            self._wanted, self._exposed = text.casefold().strip(), exposed

        self._again(take)

    def suggest(self, on: bool) -> None:
        """Whether totals hold what is only suggested."""
        self._again(lambda: setattr(self, "suggestions", on))

    def _again(self, change: Callable[[], object]) -> None:
        self.beginResetModel()
        change()
        counted = {
            name
            for row in self.exposure.rows
            for name, cell in row.cells.items()
            if any(self.count(cell))
        }
        self.categories = tuple(name for name in self.exposure.categories if name in counted)
        self.rows = [row for row in self.exposure.rows if self._shows(row)]
        if self._order is not None:
            column, down = self._order
            self.rows.sort(key=lambda row: self._rank(row, column), reverse=down)
        self.endResetModel()

    def _shows(self, row: ExposureRow) -> bool:
        known = f"{row.officer.name} {row.officer.badge}".casefold()
        exposed = row.worst is not None or (self.suggestions and row.named > 0)
        return self._wanted in known and (exposed or not self._exposed)

    def _rank(self, row: ExposureRow, column: int) -> tuple[int, int, str]:
        name = self.name_of(column)
        if name == "worst":
            return (-1 if row.worst is None else int(row.worst), row.documents, "")
        if name in AFTER:
            count = {"total": self.total(row), "named": row.named}.get(name, 0)
            return (count, 0, row.disposition if name == "disposition" else "")
        cell = row.cells.get(name)
        tagged, suggested = self.count(cell)
        return (tagged, suggested, "")

    def total(self, row: ExposureRow) -> int:
        """Documents in which an officer was tagged, or names him too, as the toggle counts."""
        return max(row.documents, row.named) if self.suggestions else row.documents

    def count(self, cell: Cell | None) -> tuple[int, int]:
        """Of a cell what was tagged, and what is only suggested and counts now."""
        if cell is None:
            return 0, 0
        return cell.documents, cell.suggested if self.suggestions else 0

    def name_of(self, column: int) -> str:
        """A category, or one of `AFTER`."""
        categories = self.categories
        return categories[column] if column < len(categories) else AFTER[column - len(categories)]

    def cell(self, index: Index) -> Cell | None:
        """What stands in a category's column."""
        return self.rows[index.row()].cells.get(self.name_of(index.column()))

    def worst(self, index: Index) -> Harm | None:
        """The level a cell is drawn in."""
        if self.name_of(index.column()) == "worst":
            return self.rows[index.row()].worst
        cell = self.cell(index)
        return cell.worst if cell else None

    def suggested(self, index: Index) -> bool:
        """Whether a cell shows nothing but what the machine suggests."""
        tagged, suggested = self.count(self.cell(index))
        return not tagged and suggested > 0

    def query(self, index: Index) -> str:
        """The search a cell opens; empty where there is nothing to find."""
        row, name = self.rows[index.row()], self.name_of(index.column())
        if name == "named":
            return row.named_query if row.named else ""
        if name in AFTER:
            return row.query if row.documents else ""
        cell = row.cells.get(name)
        return cell.query if cell and cell.documents else ""

    def sums(self, column: int) -> int | None:
        """The total of a column over all rows shown; None where it has none."""
        name = self.name_of(column)
        if name == "total":
            return sum(self.total(row) for row in self.rows)
        if name == "named":
            return sum(row.named for row in self.rows)
        if name in AFTER:
            return None
        return sum(max(self.count(row.cells.get(name))) for row in self.rows)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.categories) + len(AFTER)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        down = order is Qt.SortOrder.DescendingOrder
        self._again(lambda: setattr(self, "_order", (column, down) if column >= 0 else None))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole and section < len(self.rows):
                officer = self.rows[section].officer
                return f"{officer.name} (#{officer.badge})" if officer.badge else officer.name
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = self.name_of(section) in ("worst", "disposition")
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        words = column_words(self.name_of(section))
        total = self.sums(section)
        if role == Qt.ItemDataRole.DisplayRole:
            # Two words stand below one another: there are many columns.
            if self.name_of(section) in self.categories and "/" not in words:
                words = words.replace(" ", "\n", 1)
            return words if total is None else f"{words}\n{total:,}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return words if total is None else f"{words}: {total:,}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.words(index)
        return None

    def _text(self, index: Index) -> str:
        row, name = self.rows[index.row()], self.name_of(index.column())
        if name == "total":
            return f"{self.total(row):,}"
        if name == "named":
            return f"{row.named:,}" if row.named else "·"
        if name == "worst":
            return "–" if row.worst is None else f"{int(row.worst)} {tr(row.worst.word)}"
        if name == "disposition":
            return disposition(row.disposition)
        cell = row.cells.get(name)
        tagged, suggested = self.count(cell)
        if suggested > tagged:
            return f"{tagged:,} +{suggested - tagged:,}" if tagged else f"{suggested:,}?"
        return f"{tagged:,}" if tagged else "·"

    def words(self, index: Index) -> str:
        """A cell in words: who, what, how many, how bad."""
        row, name = self.rows[index.row()], self.name_of(index.column())
        start = f"{row.officer.name}, {column_words(name)}"
        cell = row.cells.get(name)
        tagged, suggested = self.count(cell)
        said = []
        if cell is not None and cell.worst is not None:
            said.append(f"{tagged:,}, {tr('worst')} {int(cell.worst)} {tr(cell.worst.word)}")
        if suggested:
            said.append(tr("suggested in %1").replace("%1", f"{suggested:,}"))
        if said:
            return f"{start}: {', '.join(said)}"
        text = self._text(index)
        return f"{start}: {tr('none') if text in ('·', '–') else text}"


def column_words(name: str) -> str:
    """What a column is called."""
    after = {
        "total": tr("Total"),
        "named": tr("Named in"),
        "worst": tr("Worst"),
        "disposition": tr("Disposition"),
    }
    return after.get(name) or tr(CATEGORIES.get(name, name))
