"""Workbooks: nothing of the report's silent losses, and one far cell is cheap."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from evidencebox.extract.xlsxformat import masked, plain
from evidencebox.extract.xlsxsheet import column


def book(fill: Any) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(workbook)
    workbook.close()
    return out.getvalue()


def rich(workbook: Any) -> None:
    front, back = workbook.add_worksheet("Front"), workbook.add_worksheet("Back")
    front.write("A1", "visible")
    front.write_comment("A1", "a comment", {"author": "Roe"})
    front.insert_textbox("C3", "in a text box")
    front.set_header('&L&"Arial,Bold"a header')
    front.set_footer("&Ca footer")
    front.write("B2", "in a hidden row")
    front.set_row(1, None, None, {"hidden": True})
    front.write("D3", "in a hidden column")
    front.set_column("D:D", None, None, {"hidden": True})
    front.write_formula("A4", '="x"', None, "cached value")
    front.write_datetime("A5", datetime(2021, 4, 3), workbook.add_format({"num_format": "d.m.yy"}))
    front.write("A6", 78051120, workbook.add_format({"num_format": "000-00-0000"}))
    front.write("A7", 0.1 + 0.2)
    front.write("A8", True)
    front.write("XFD1048576", "the last cell")
    chart = workbook.add_chart({"type": "line"})
    chart.set_title({"name": "a chart title"})
    chart.add_series({"values": "=Front!$A$7:$A$7"})
    front.insert_chart("H1", chart)
    back.write("A1", "on a hidden sheet")
    back.hide()
    workbook.set_properties({"title": "Payroll", "author": "Clerk"})


def test_nothing_is_lost(read: Any) -> None:
    found = read(book(rich), "x.xlsx")
    assert found.status == "ok"
    words = (
        "visible", "a comment", "in a text box", "a header", "a footer", "cached value",
        "2021-04-03", "078-05-1120", "0.3\n", "TRUE", "the last cell", "a chart title",
    )  # fmt: skip
    for word in words:
        assert word in found.text, word
    hidden = {"in a hidden row", "in a hidden column", "on a hidden sheet"}
    assert hidden <= set(found.spans("hidden"))
    assert any("A1 Roe: a comment" in text for text in found.spans("comment"))
    labels = [page.label for page in found.pages]
    assert "Front rows 1–8" in labels
    assert "Front row 1048576" in labels
    assert "Back (hidden) row 1" in labels
    assert found.metadata["title"] == ["Payroll"]


def test_other_files_and_programs_that_cells_ask_are_told(read: Any) -> None:
    relation = (
        '<Relationships><Relationship Id="r1" Type="x/externalLinkPath" '
        'Target="file:///S:/duty/rota.xlsx" TargetMode="External"/></Relationships>'
    )
    out = io.BytesIO(book(lambda workbook: workbook.add_worksheet().write("A1", "four")))
    with zipfile.ZipFile(out, "a") as package:
        for number, text in (
            (1, "<externalBook/>"),
            (2, '<ddeLink ddeService="a" ddeTopic="b c"/>'),
        ):
            name = f"xl/externalLinks/externalLink{number}.xml"
            package.writestr(name, f"<externalLink>{text}</externalLink>")
        package.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", relation)
    found = read(out.getvalue(), "x.xlsx")
    assert found.pages[-1].label.startswith("linked files")
    assert found.pages[-1].text == "<file:///S:/duty/rota.xlsx>\n<a b c>\n"


def test_blocks_of_two_hundred_rows(read: Any) -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("S")
        for row in range(450):
            sheet.write(row, 0, f"r{row}")

    labels = [page.label for page in read(book(fill), "x.xlsx").pages]
    assert labels == ["S rows 1–200", "S rows 201–400", "S rows 401–450"]


@pytest.mark.parametrize(("name", "number"), [("A1", 1), ("Z9", 26), ("AA1", 27), ("XFD7", 16384)])
def test_columns(name: str, number: int) -> None:
    assert column(name) == number


@pytest.mark.parametrize(
    ("number", "mask", "shown"),
    [
        (78051120, "000-00-0000", "078-05-1120"),
        (2025550143, "(000) 000-0000", "(202) 555-0143"),
        (1.5, "000-00", ""),
        (-5, "000-00", ""),
    ],
)
def test_masks(number: float, mask: str, shown: str) -> None:
    assert masked(number, mask) == shown


def test_plain_numbers() -> None:
    assert plain("0.30000000000000004") == "0.3"
    assert plain("4111111111111111") == "4111111111111111"
    assert plain("12") == "12"
