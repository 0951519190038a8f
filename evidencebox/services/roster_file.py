"""A roster's file, CSV or XLSX: its cells row by row, and why a row cannot be used.

The file is the user's own and yet read carefully: nothing in it is calculated, XML entities are not
expanded (defusedxml), and what unpacks to more than a roster can be is refused.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from evidencebox.errors import UserError

MAX_BYTES = 200_000_000
MAX_UNPACKED = 500_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)"')
_GARBLED = re.compile("Ã[\u0080-\u00bf\u0152-\u2122]|â€")
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
    for cell in row.cells:
        if cell.lstrip().startswith("=") and len(cell.strip()) > 1:
            return Row(row.number, row.cells, "It holds a formula; paste the values alone.")
        if "\ufffd" in cell or any(ord(c) < 32 and c not in "\t\r\n" for c in cell):
            return Row(row.number, row.cells, "It holds signs that cannot be read.")
        if _GARBLED.search(cell):
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
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows, last = [], 0
        for cells in reader:
            rows.append(Row(last + 1, cells))
            last = reader.line_num
        return rows
    except csv.Error as error:
        raise UserError(f"{name} cannot be read as CSV: {error}.") from None


def _decoded(data: bytes) -> str:
    """Unicode where it says so or is; else each line for itself, as Windows would read it."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
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
                    merged = set(_merged(archive, getattr(sheet, "_worksheet_path", "")))
                    return [_unmerged(row, merged) for row in rows]
        finally:
            book.close()
    return []


def _unmerged(row: Row, merged: set[int]) -> Row:
    fault = "Its cells are merged with others; undo the merge." if row.number in merged else ""
    return Row(row.number, row.cells, fault)


def _merged(archive: zipfile.ZipFile, path: str) -> Iterator[int]:
    """Rows in which merged cells lie."""
    if path.lstrip("/") not in archive.namelist():
        return
    for match in _MERGED.finditer(archive.read(path.lstrip("/"))):
        yield from range(int(match[1]), min(int(match[2]), int(match[1]) + 10_000) + 1)


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
