"""One sheet's rows, streamed: only cells that are there cost anything."""

from __future__ import annotations

import re
from typing import Final

from evidencebox.extract.blocks import Blocks
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Package
from evidencebox.extract.xlsxformat import Formats

ROWS: Final = 200
_HEADS: Final = frozenset(
    ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"]
)
_CODES: Final = re.compile(r'&(?:"[^"]*"|[A-Z]|\d+|K[0-9A-F]{6})')
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")


def column(reference: str) -> int:
    """`C7` is 3; 0 where there is no column letter."""
    found = _LETTERS.match(reference)
    number = 0
    for letter in found.group(0) if found else "":
        number = number * 26 + ord(letter) - 64
    return number


class SheetReader:
    """Handlers for one worksheet part."""

    def __init__(
        self,
        job: Job,
        package: Package,
        name: str,
        hidden: bool,
        strings: list[str],
        formats: Formats,
    ) -> None:
        self._package = package
        label = f"{name} (hidden)" if hidden else name
        self._blocks = Blocks(job, label, ROWS, title=name)
        self._heads = Flow(job, f"{name} headers and footers")
        self._hidden = hidden
        self._strings = strings
        self._formats = formats
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = 0
        self._row_hidden = False
        self._cells: list[str] = []
        self._unseen: set[int] = set()
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] = []
        self._inside = ""
        self._phonetic = False

    def read(self, part: str) -> None:
        """Hands the rows over as they are read, then the headers and footers."""
        self._package.parse(part, self._start, self._end, self._text)
        if self._cells:
            self._end_row()
        self._blocks.close()
        self._heads.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell = attributes
            self._value, self._formula = [], []
        elif tag in ("v", "t", "f") or tag in _HEADS:
            self._inside = tag
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
            self._row_hidden = attributes.get("hidden", "0") in ("1", "true")
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "col" and attributes.get("hidden", "0") in ("1", "true"):
            bounds = attributes.get("min", "0"), attributes.get("max", "0")
            if all(bound.isascii() and bound.isdigit() for bound in bounds):
                self._hidden_columns.append((int(bounds[0]), int(bounds[1])))

    def _text(self, data: str) -> None:
        if self._phonetic or not self._inside:
            return
        if self._inside == "f":
            self._formula.append(data)
        elif self._inside in _HEADS:
            kind = "footer" if self._inside.endswith("Footer") else "header"
            self._heads.add(_CODES.sub(" ", data), kind)
        else:
            self._value.append(data)

    def _end(self, tag: str) -> None:
        if tag in _HEADS:
            self._heads.newline()
        if tag == self._inside:
            self._inside = ""
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()

    def _end_cell(self) -> None:
        text = " ".join(self._shown().split())
        if not text:
            return
        at = column(self._cell.get("r", ""))
        hidden_column = any(low <= at <= high for low, high in self._hidden_columns)
        if self._hidden or self._row_hidden or hidden_column:
            self._unseen.add(len(self._cells))
        self._cells.append(text)

    def _shown(self) -> str:
        value = "".join(self._value)
        kind = self._cell.get("t", "n")
        if kind == "s":
            known = value.isascii() and value.isdigit() and int(value) < len(self._strings)
            return self._strings[int(value)] if known else ""
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "n" and value:
            return self._formats.shown(value, self._cell.get("s", ""))
        formula = "".join(self._formula)
        return value if value or not formula else f"={formula}"

    def _end_row(self) -> None:
        if self._cells:
            self._blocks.row(self._row, self._cells, frozenset(self._unseen))
        self._cells = []
        self._unseen = set()
