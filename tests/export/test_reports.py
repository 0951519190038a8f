"""Reports: one structure as DOCX and PDF, with captions, and pages that are counted."""

from __future__ import annotations

import io

import docx
import pikepdf
import pypdfium2

from evidencebox.export.report import Figure, Grid, Report, Section, captioned, numeric
from evidencebox.export.report_docx import to_docx
from evidencebox.export.report_pdf import to_pdf
from evidencebox.export.tables import Column

COLUMNS = (Column("Who", 20), Column("Many", 8))


def report(*, plain: bool = False) -> Report:
    rows = [(f"person {n}", n) for n in range(60)]
    parts: list[Figure | Grid] = [
        Figure("Bars", [("a", 3), ("b", 0)]),
        Grid("All of them", COLUMNS, rows),
    ]
    sections = [Section("First", ["Words."], parts), Section("Last", ["End <of> it & all."])]
    blanks = ("Name", "Signature")
    return Report("Paper", "Sub", [("Case", "x")], sections, blanks, "Note", plain, "A Firm LLP")


def words(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_pages_are_counted_and_sections_have_bookmarks() -> None:
    data = to_pdf(report())
    pages = words(data)
    assert len(pages) >= 3
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
    assert "A Firm LLP" in pages[0]
    assert "Signature" in pages[0]
    with pikepdf.open(io.BytesIO(data)) as made, made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["1. First", "2. Last"]
    assert "Table 1. All of them" in "".join(pages)
    assert "Figure 1. Bars" in "".join(pages)
    assert "End <of> it & all." in "".join(pages)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_pdf(report()) == to_pdf(report())
    assert to_docx(report()) == to_docx(report())


def test_no_row_is_torn_and_the_header_is_repeated() -> None:
    document = docx.Document(io.BytesIO(to_docx(report())))
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == ["Who", "Many"]
    assert all("cantSplit" in row._tr.xml for row in table.rows)
    assert "tblHeader" in table.rows[0]._tr.xml
    signed = [cell.text for row in document.tables[1].rows for cell in row.cells]
    assert signed == ["Name", "", "Signature", ""]
    assert document.core_properties.author == "A Firm LLP"


def test_numbers_are_told_from_words_and_a_plain_paper_counts_nothing() -> None:
    grid = Grid("", COLUMNS, [("a", 1), ("b", "")])
    assert numeric(grid) == [False, True]
    assert numeric(Grid("", COLUMNS, [])) == [False, False]
    assert [section.title for section in captioned(report(plain=True))] == ["First", "Last"]
    assert captioned(report(plain=True))[0].parts[0].title == "Bars"


def test_a_heading_stays_with_its_table() -> None:
    """Wherever on the page the section begins."""
    rows = [(f"row {n}", n) for n in range(14)]
    for before in range(20, 46):
        lines = [Section("Before", [f"line {n}" for n in range(before)])]
        last = Section("Wanted", ["Some words."], [Grid("Table", COLUMNS, rows)])
        pages = words(to_pdf(Report("P", "", (), [*lines, last], plain=True)))
        (page,) = (text for text in pages if "Wanted" in text)
        assert "row 0" in page, before
        assert "row 13" in page, before
