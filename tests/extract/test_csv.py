"""CSV: any delimiter, labelled blocks, broken quoting."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st


def made(rows: list[list[str]], mark: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_blocks_of_rows_are_labelled(read: Any, mark: str) -> None:
    rows = [[f"name {n}", f"badge {n}", "x, y"] for n in range(1, 121)]
    found = read(made(rows, mark), "roster.csv")
    assert [page.label for page in found.pages] == ["rows 1–50", "rows 51–100", "rows 101–120"]
    assert found.pages[1].text.startswith("name 51\tbadge 51\tx, y\n")
    assert found.metadata["rows"] == ["120"]


def test_broken_quoting_loses_no_word(read: Any) -> None:
    lines = [b"a,b,c"] * 5 + [b'"open,' + b"x" * 200_000, b"last,row,here"]
    found = read(b"\n".join(lines), "x.csv")
    assert "last" in found.text
    assert found.text.count("x") == 200_000


cells = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=80))
def test_cells_in_are_cells_out(read: Any, rows: list[list[str]]) -> None:
    found = read(b"\xef\xbb\xbf" + made(rows), "x.csv")
    if found.outcome.type.value == "csv":
        expected = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
        assert [line.split("\t") for line in found.text.splitlines()] == expected
