"""Lists as CSV and XLSX: the same rows, byte for byte, and no cell that acts as a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import xlsxwriter

from evidencebox.export.folder import ExportFolder

Cell = str | int | float | None
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The date that stands in files which want one: when they were made is in the manifest."""
XLSX_ROWS = 1_048_575
LETTER = 1
"""The number of its paper in a workbook."""
WIDEST = 64
"""Characters across of a column: a SHA-256."""
_READABLE = 240
"""Characters across of a printed page: more, and its letters are too small."""
_LINE, _MOST_LINES = 15.0, 8
"""Points of a line of a workbook's row, and how many are shown."""
_XLSX_CHARS = 32_767
# Full-width forms too: an input method's signs, which some spreadsheets take for their own.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = ("\t", "\r", "\n", "\0", "|", "%")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title in the file, how wide it is drawn, and what stands in it."""

    title: str
    width: int = 14
    says: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list: `name` is its file's, `title` for people. `rows` may be had once only."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = field(default=())


class _Writes(Protocol):
    def write(self, data: bytes, /) -> object: ...


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what would begin one gets a `'` before it."""
    begins = text.lstrip().startswith(_FORMULA) or text.startswith(_CONTROL)
    return "'" + text if begins else text


def write_csv(table: Table, into: _Writes) -> int:
    """UTF-8 with BOM, CRLF, text quoted. Returns how many rows there were."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    into.write(b"\xef\xbb\xbf")
    writer.writerow([column.title for column in table.columns])
    count = 0
    for row in table.rows:
        writer.writerow([_plain(cell) for cell in row])
        count += 1
        if text.tell() > 1 << 16:
            into.write(_drained(text))
    into.write(_drained(text))
    return count


def csv_bytes(table: Table) -> bytes:
    """The same, as a short file's bytes."""
    into = io.BytesIO()
    write_csv(table, into)
    return into.getvalue()


def _drained(text: io.StringIO) -> bytes:
    data = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return data


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, int | float):
        return cell
    return safe_cell(encodable(cell or ""))


def encodable(text: str) -> str:
    """Without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def add_csv(folder: ExportFolder, table: Table) -> int:
    """`NAME.csv` in the export. Returns how many rows there were."""
    with folder.open(f"{table.name}.csv") as file:
        return write_csv(table, file)


# --- workbooks ----------------------------------------------------------------------------------


class Workbook:
    """An XLSX file in memory: never a temporary file, which would hold the text in the clear."""

    def __init__(self, title: str) -> None:
        self._into = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self._into,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties(
            {"title": encodable(title), "author": "", "company": "", "created": MADE}
        )
        self.head = self.book.add_format(
            {
                "bold": True,
                "bg_color": "#1F3347",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "top",
                "border": 1,
                "border_color": "#8A99A8",
            }
        )
        self._cell = self.book.add_format({"valign": "top"})
        self._long = self.book.add_format({"valign": "top", "text_wrap": True})
        quoted = {"valign": "top", "text_wrap": True, "quote_prefix": True}
        self._quoted = self.book.add_format(quoted)
        self._number = self.book.add_format({"valign": "top", "align": "right", "indent": 1})
        self._bold = self.book.add_format({"bold": True, "font_size": 14})
        self._names: set[str] = set()

    def sheet(self, name: str) -> Any:
        """A new sheet; its name is cut and made the only one of that name."""
        clean = "".join("_" if c in "[]:*?/\\" else c for c in name).strip("'")[:28] or "Sheet"
        number = 1
        while clean.casefold() in self._names:
            number += 1
            clean = f"{clean[:25]} {number}"
        self._names.add(clean.casefold())
        return self.book.add_worksheet(clean)

    def table(self, table: Table) -> tuple[Any, int]:
        """A list on sheets of its own; returns the first of them and the number of rows."""
        first, count = None, 0
        for part in _parts(table.rows):
            sheet = self.sheet(table.title)
            first = first or sheet
            widths = _widths(table.columns, part)
            self._begin(sheet, table.columns, widths)
            for number, row in enumerate(part, start=1):
                lines = max(map(_lines, row, widths), default=1)
                if lines > 1:
                    sheet.set_row(number, _LINE * lines)
                for column, cell in enumerate(row):
                    self.put(sheet, number, column, cell)
            count += len(part)
            sheet.autofilter(0, 0, max(1, len(part)), len(table.columns) - 1)
        return first, count

    def _begin(self, sheet: Any, columns: Sequence[Column], widths: Sequence[int]) -> None:
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, column.title, self.head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(LETTER)
        across = -(-sum(widths) // _READABLE)
        sheet.fit_to_pages(across, 0)
        sheet.repeat_rows(0)
        if across > 1:
            sheet.repeat_columns(0)
        sheet.set_footer("&L&A&RPage &P of &N")

    def put(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """A number as a number, all else as text, whatever it looks like."""
        if cell is None or cell == "":
            return
        if isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self._number)
            return
        text = encodable(cell)
        how = self._long if len(text) > WIDEST or "\n" in text else self._cell
        how = self._quoted if safe_cell(text) != text else how
        if len(text) > _XLSX_CHARS:
            text = text[: _XLSX_CHARS - 1] + "…"
        sheet.write_string(row, column, text, how)

    def data(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._into.getvalue()


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """As wide as what stands there, so that hashes and ids are whole, and no wider than is read."""
    longest = [len(column.title) + 3 for column in columns]  # three: the filter's arrow
    for row in rows:
        for at, cell in enumerate(row):
            if cell is not None:
                longest[at] = max(longest[at], len(str(cell)) + 2)
    return [min(most, WIDEST + 2) for most in longest]


def _lines(cell: Cell, width: int) -> int:
    """On how many lines a cell stands; what goes on for longer is to be opened."""
    if not isinstance(cell, str):
        return 1
    return min(_MOST_LINES, sum(-(-max(1, len(line)) // (width - 2)) for line in cell.split("\n")))


def _parts(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    """As many rows as a sheet holds; at least one part."""
    part: list[Sequence[Cell]] = []
    for row in rows:
        if len(part) == XLSX_ROWS:
            yield part
            part = []
        part.append(row)
    yield part


def add_both(folder: ExportFolder, table: Table) -> int:
    """`NAME.csv` and `NAME.xlsx`. Returns how many rows there were."""
    rows = list(table.rows)
    same = Table(table.name, table.title, table.columns, rows, table.notes)
    book = Workbook(table.title)
    book.table(same)
    count = add_csv(folder, same)
    folder.add(f"{table.name}.xlsx", book.data())
    return count
