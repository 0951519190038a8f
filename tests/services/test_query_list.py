"""Lists of queries: whatever wrote the file, each line is the query that was meant."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.services import officers
from evidencebox.services.case import Case
from evidencebox.services.query_list import from_file, officer_query, read, roster
from evidencebox.services.search import search


def queries(folder: Path, data: str | bytes) -> list[tuple[int, str, str]]:
    file = folder / "list.csv"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return [(each.line, each.label, each.query) for each in from_file(file)]


def test_columns_are_found_by_their_names(tmp_path: Path) -> None:
    text = 'Issue;Query\nhome;"""home address"" OR elm"\n\nbad;"(a OR"\n'
    assert queries(tmp_path, text) == [(2, "home", '"home address" OR elm'), (4, "bad", "(a OR")]
    assert queries(tmp_path, "term,name\na AND b,first\n") == [(2, "first", "a AND b")]
    assert queries(tmp_path, "a,first\nb,second\n") == [(1, "first", "a"), (2, "second", "b")]


def test_one_column_is_taken_as_it_stands(tmp_path: Path) -> None:
    plain = '"home address"\npolygraph, drug\n"never closed\n'
    assert [query for *_, query in queries(tmp_path, plain)] == plain.splitlines()
    assert queries(tmp_path, 'query\n"home address"\n') == [(2, "", '"home address"')]


def test_one_column_from_a_spreadsheet_loses_its_quotes(tmp_path: Path) -> None:
    written = '"""home address"""\n"a ""b c"" OR d"\npolygraph\n'
    found = [query for *_, query in queries(tmp_path, written)]
    assert found == ['"home address"', 'a "b c" OR d', "polygraph"]


def test_a_lone_quote_costs_no_line_but_its_own(tmp_path: Path) -> None:
    found = queries(tmp_path, 'name,query\nx,"never closed AND\ny,polygraph\n')
    assert found == [(2, "x", '"never closed AND'), (3, "y", "polygraph")]


@pytest.mark.parametrize(
    "data",
    [
        "query\tname\nPeña\tx\n".encode("cp1252"),
        codecs.BOM_UTF16_LE + "query\tname\nPeña\tx\n".encode("utf-16-le"),
        codecs.BOM_UTF8 + "query,name\r\nPeña,x\r\n".encode(),
    ],
)
def test_any_encoding(tmp_path: Path, data: bytes) -> None:
    assert queries(tmp_path, data) == [(2, "x", "Peña")]


@pytest.mark.parametrize("data", [b"", b"query\n\n", b"PK\x03\x04\0\0\0\0\x01\0"])
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError):
        queries(tmp_path, data)
    with pytest.raises(UserError, match="cannot be read"):
        from_file(tmp_path / "not there")


def test_the_roster_is_a_list(case: Case, empty: Case) -> None:
    people = case.decided.officers()
    asked = read(case, "roster")
    assert [each.label for each in asked] == [person.name for person in people]
    for each in asked:
        assert search(case, each.query).parsed
    with pytest.raises(UserError, match="roster is empty"):
        roster(empty)


def test_an_officer_is_asked_for_by_name_and_badge(empty: Case) -> None:
    odd = officers.add(empty, last='O"Neil', first="Dana", middle="K.", badge="12-3")
    query = officer_query(odd)
    assert '"Dana O Neil"' in query
    assert '"O Neil Dana"' in query
    assert '"Dana K O Neil"' in query
    assert '"badge 12-3"' in query
    search(empty, query)
