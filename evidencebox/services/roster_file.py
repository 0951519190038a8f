"""A roster's file, CSV or XLSX: its cells row by row, and why a row cannot be used.

The file is the user's own and yet read carefully: nothing in it is calculated, XML entities are not
expanded (defusedxml), and what unpacks to more than a roster can be is refused.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from evidencebox.errors import UserError

MAX_BYTES = 200_000_000
MAX_UNPACKED = 500_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)"')
_FORMULA = re.compile(r"(?:^|\t)[ \n]*=[ ]*[^\t ]")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")
_GARBLED = re.compile(
    "Ã[\u0080-\u00bf\u0152-\u2122]|â€|(?<=[a-z])[¡-¥\u02c6\u201a\u201e\u2021\u2030](?=[a-z])"
)
"""UTF-8 read as Windows' letters; letters of DOS or an old Macintosh read so, within a word."""
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells; `number` is its line or row from 1. `fault` says why it cannot be used."""

    number: int
    cells: list[str]
    fault: str = ""


def rows_of(file: Path) -> list[Row]:
    """The rows of a CSV file or of a workbook's first sheet that has any. Raises UserError."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UserError(f"{file.name} is too large for a roster; save the roster alone as CSV.")
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None
    rows = _workbook(file.name, data) if data[:4] == b"PK\x03\x04" else _text(file.name, data)
    return [_checked(row) for row in rows if any(cell.strip() for cell in row.cells)]


def _checked(row: Row) -> Row:
    if row.fault:
        return row
    cells = "\t".join(row.cells)
    if _FORMULA.search(cells):
        return Row(row.number, row.cells, "It holds a formula; paste the values alone.")
    if _UNREADABLE.search(cells):
        return Row(row.number, row.cells, "It holds signs that cannot be read.")
    if not cells.isascii() and _GARBLED.search(cells):
        return Row(row.number, row.cells, "Its letters were garbled; save it as UTF-8 anew.")
    return row


# --- CSV ----------------------------------------------------------------------------------------


def _text(name: str, data: bytes) -> list[Row]:
    text = _decoded(data)
    if "\0" in text:
        raise UserError(f"{name} is not a CSV file; save the roster as CSV (UTF-8) or XLSX.")
    try:
        # The delimiter alone: the rest of what it guesses from a few lines would misread others.
        delimiter = csv.Sniffer().sniff(text[:4096], ",;\t|").delimiter
    except csv.Error:
        delimiter = ","
    lines = list(io.StringIO(text, newline=""))
    rows: list[Row] = []
    at = 0
    while at < len(lines):
        at = _records(lines, at, delimiter, rows)
    return rows


def _records(lines: Sequence[str], at: int, delimiter: str, rows: list[Row]) -> int:
    """Reads on from a line, up to one whose quotes are wrong. Returns the line to go on from.

    A quote that is never closed would swallow all that follows: its own line alone is at fault.
    """
    reader = csv.reader(itertools.islice(lines, at, None), delimiter=delimiter, strict=True)
    last = at
    try:
        for cells in reader:
            rows.append(Row(last + 1, cells))
            last = at + reader.line_num
    except csv.Error:
        rows.append(Row(last + 1, [lines[last]], "Its quotation marks do not fit together."))
        return last + 1
    return len(lines)


def _decoded(data: bytes) -> str:
    """Unicode where it says so or is; else each line for itself, as Windows would read it."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:1000].count(0) * 3 > len(data[:1000]):
        # Unicode of Windows without its mark: of plain letters one byte in two is nought.
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(map(_line, data.split(b"\n")))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


# --- XLSX ---------------------------------------------------------------------------------------


def _workbook(name: str, data: bytes) -> list[Row]:
    refused = f"{name} cannot be read as a workbook; save the roster as CSV (UTF-8) or XLSX."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise UserError(f"{name} unpacks to more than a roster can be; save it as CSV.")
            return _sheet(data, archive)
    except UserError:
        raise
    except Exception:  # a damaged workbook raises anything; it is the file that is wrong
        raise UserError(refused) from None


def _sheet(data: bytes, archive: zipfile.ZipFile) -> list[Row]:
    import openpyxl  # 50 ms, and only workbooks need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        try:
            for sheet in book.worksheets:
                rows = [
                    Row(number, [_cell(value) for value in values])
                    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1)
                ]
                if any(any(row.cells) for row in rows):
                    path = getattr(sheet, "_worksheet_path", "")
                    merged = _merged(archive, path, rows[-1].number)
                    return [_unmerged(row, merged) for row in rows]
        finally:
            book.close()
    return []


def _unmerged(row: Row, merged: bytearray) -> Row:
    fault = "Its cells are merged with others; undo the merge." if merged[row.number] else ""
    return Row(row.number, row.cells, fault)


def _merged(archive: zipfile.ZipFile, path: str, last: int) -> bytearray:
    """For each row up to the last whether merged cells lie in it."""
    found = bytearray(last + 1)
    if path.lstrip("/") not in archive.namelist():
        return found
    for match in _MERGED.finditer(archive.read(path.lstrip("/"))):
        first, end = int(match[1]), min(int(match[2]), last)
        found[first : end + 1] = b"\1" * max(0, end + 1 - first)
    return found


def _cell(value: object) -> str:
    """A cell as text: dates as year-month-day, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
