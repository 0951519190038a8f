"""The sheets of an OpenDocument workbook as blocks of rows; repetitions are bounded."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.blocks import Blocks
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.pieces import Pieces
from evidencebox.extract.xlsxsheet import ROWS

REPEATS: Final = 100
"""How often a cell or row that the file says repeats is written out; blank ones never are."""
_VALUES: Final = ("string-value", "value", "date-value", "time-value", "boolean-value", "formula")


def count(attributes: dict[str, str], name: str) -> int:
    """A repetition: 1 where it is absent or no number."""
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def letters(column: int) -> str:
    """27 is `AA`."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Sheet:
    """One table: fed row by row and cell by cell."""

    def __init__(self, job: Job, name: str, hidden: bool) -> None:
        self._job = job
        self.name = name
        self.hidden = hidden
        self._blocks = Blocks(job, f"{name} (hidden)" if hidden else name, ROWS, title=name)
        self.comments = Pieces()
        self.drawings = Pieces()
        self._hidden_columns: list[tuple[int, int]] = []
        self._columns = 0
        self._row = 1
        self._rows = 1
        self._row_hidden = False
        self._cells: list[str] = []
        self._unseen: set[int] = set()
        self._column = 1
        self._attributes: dict[str, str] = {}
        self.cell = Pieces()
        self._cut = False

    @property
    def reference(self) -> str:
        return f"{letters(self._column)}{self._row}"

    def column(self, attributes: dict[str, str]) -> None:
        repeated = count(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self._hidden_columns.append((self._columns + 1, self._columns + repeated))
        self._columns += repeated

    def open_row(self, attributes: dict[str, str]) -> None:
        self._rows = count(attributes, "number-rows-repeated")
        self._row_hidden = attributes.get("visibility", "visible") != "visible"
        self._cells, self._unseen, self._column = [], set(), 1

    def close_row(self) -> None:
        if self._cells:
            for extra in range(min(self._rows, REPEATS)):
                self._blocks.row(self._row + extra, self._cells, frozenset(self._unseen))
            self._bounded(self._rows)
        self._row += self._rows
        self._cells, self._unseen = [], set()

    def open_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self.cell = Pieces()

    def close_cell(self) -> None:
        """The text as shown; where none is, the value behind it."""
        repeated = count(self._attributes, "number-columns-repeated")
        text = " ".join(self.cell.text.split())
        if not text:
            values = (self._attributes.get(name, "") for name in _VALUES)
            text = " ".join(next(filter(None, values), "").split())
        if text:
            at = self._column
            in_hidden = any(low <= at <= high for low, high in self._hidden_columns)
            for _ in range(min(repeated, REPEATS)):
                if self.hidden or self._row_hidden or in_hidden:
                    self._unseen.add(len(self._cells))
                self._cells.append(text)
            self._bounded(repeated)
        self._column += repeated

    def _bounded(self, repeated: int) -> None:
        if repeated > REPEATS and not self._cut:
            self._cut = True
            self._job.warn(
                "repeated", f"Cells or rows that repeat are written out {REPEATS} times at most."
            )

    def close(self) -> None:
        """What is left, then the comments and drawings on pages of their own."""
        if self._cells:
            self.close_row()
        self._blocks.close()
        for pieces, label in ((self.comments, "comments"), (self.drawings, "drawings")):
            flow = Flow(self._job, f"{self.name} {label}")
            pieces.pour(flow)
            flow.close()
        self._job.meta("sheet", self.name)
