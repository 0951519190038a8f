"""Lists: no cell acts as a formula, the same bytes every time, text that stays text."""

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.export.tables import Column, Table, Workbook, safe_cell, write_csv

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%", " =", "\u00a0=", "\uff1d", "\uff0b"]
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
BODIES = [
    '=HYPERLINK("http://x.example","y")',
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "=DDE(1)",
    '";=1+1',
    ",=1+1",
    "=WEBSERVICE(1)",
]


def attacks() -> list[str]:
    """200 cells that a spreadsheet might run."""
    chance = random.Random(30)
    made = [chance.choice(STARTS) + chance.choice(BODIES) for _ in range(190)]
    return [*BODIES, *made]


def table(cells: list[str]) -> Table:
    return Table("t", "T", (Column("A"), Column("B")), [[cell, "x"] for cell in cells])


def as_csv(made: Table) -> bytes:
    into = io.BytesIO()
    write_csv(made, into)
    return into.getvalue()


def as_xlsx(made: Table) -> bytes:
    book = Workbook("T")
    book.table(made)
    return book.data()


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert cell in (text, "'" + text)


def test_a_csv_reads_back() -> None:
    data = as_csv(table(attacks()))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [safe_cell(cell) for cell in attacks()]
    assert len(rows) == 201


def test_a_workbook_holds_text_and_no_formula() -> None:
    data = as_xlsx(table(attacks()))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}  # n: an empty cell
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in body


def test_the_same_rows_give_the_same_bytes() -> None:
    made = [table(["a", "Ünï", "=1"]) for _ in range(2)]
    assert as_csv(made[0]) == as_csv(made[1])
    assert as_xlsx(made[0]) == as_xlsx(made[1])


def test_lone_surrogates_and_long_cells_are_written() -> None:
    made = table(["\udc80x", "y" * 40_000])
    assert b"?x" in as_csv(made)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(made))).active
    assert sheet is not None
    assert len(str(sheet["A3"].value)) == 32_767


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_libreoffice_shows_text(tmp_path: Path, ending: str) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    made = table(attacks())
    file = tmp_path / f"t.{ending}"
    file.write_bytes(as_csv(made) if ending == "csv" else as_xlsx(made))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    shown = 0
    for row in ElementTree.parse(tmp_path / "t.fods").iter(f"{_TABLE}table-row"):
        cells = [cell for cell in row.iter(f"{_TABLE}table-cell") if "".join(cell.itertext())]
        assert not any(f"{_TABLE}formula" in cell.attrib for cell in cells)
        assert {cell.get(f"{_OFFICE}value-type") for cell in cells} <= {"string"}
        shown += len(cells) * int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    assert shown == 2 * (200 + 1)


def test_a_sheet_is_read_without_pulling_at_its_columns() -> None:
    """Hashes whole on one line, prose wrapped in a row that is high enough, the header kept."""
    digest, prose = "a" * 64, "word " * 40
    made = Table("t", "T", (Column("SHA256"), Column("Note"), Column("X0")), [[digest, prose, 1.5]])
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(made))).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width >= len(digest)
    assert not sheet["A2"].alignment.wrap_text
    assert sheet["B2"].alignment.wrap_text
    height = sheet.row_dimensions[2].height
    assert height >= 15 * len(prose) / 66
    assert sheet["C2"].value == 1.5
    assert sheet.page_setup.paperSize in (1, "1")
    assert b"1.5" in as_csv(made)
    assert b'"1.5"' not in as_csv(made)
