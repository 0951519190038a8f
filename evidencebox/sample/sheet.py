"""Workbooks: XlsxWriter's output packed again, stored and with the fiction's times."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from evidencebox.sample.archive import normal_zip


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text (digits alone become numbers); `notes` are comments by row and column."""

    name: str
    rows: Sequence[Sequence[str]]
    hidden: bool = False
    notes: tuple[tuple[int, int, str], ...] = ()


def to_xlsx(sheets: Sequence[Sheet], when: datetime) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": when, "author": "Finance", "title": sheets[0].name})
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                _write(page, row, column, cell, bold if row == 0 else None)
        for row, column, note in sheet.notes:
            page.write_comment(row, column, note, {"author": "Finance"})
        if sheet.hidden:
            page.hide()
    book.close()
    return normal_zip(stream.getvalue())


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: str,
    style: xlsxwriter.format.Format | None,
) -> None:
    # Leading zeros and long account numbers stay text, as a careful clerk types them.
    if cell.isdecimal() and len(cell) < 8 and not cell.startswith("0"):
        page.write_number(row, column, int(cell), style)
    else:
        page.write_string(row, column, cell, style)
