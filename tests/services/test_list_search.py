"""Lists as one batch: hits per term, and the same answers as on screen and in an export."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.services import list_search
from evidencebox.services import search as searching
from evidencebox.services.case import Case
from evidencebox.services.query_list import Asked
from evidencebox.store.families import Families
from tests.services.making import by_path, mail, plant, take, zipped

QUERIES = ("polygraph", "officer OR badge", '"badge', "NOT officer", "type:mail", "")


def asked(*queries: str) -> list[Asked]:
    return [Asked(number, query, f"q{number}") for number, query in enumerate(queries, 1)]


def test_every_line_is_reported_and_counted(case: Case) -> None:
    report = list_search.run(case, asked(*QUERIES))
    assert [line.query for line in report.lines] == list(QUERIES)
    assert [bool(line.error) for line in report.lines] == [q == '"badge' for q in QUERIES]
    assert (report.failed, report.lines[2].position) == (1, 0)
    every = [set(line.documents) for line in report.lines]
    assert report.total == len(set().union(*every)) == case.catalogue.count()
    for number, line in enumerate(report.lines):
        others = set().union(*every[:number], *every[number + 1 :])
        assert line.unique == len(every[number] - others)
        assert line.with_families >= len(every[number])


def test_a_line_answers_as_the_query_by_itself_does(case: Case) -> None:
    report = list_search.run(case, asked(*(q for q in QUERIES if q != '"badge')))
    for line in report.lines:
        alone = searching.search(case, line.query)
        assert (line.documents, line.scores) == (alone.documents, alone.scores)
        assert line.parsed == alone.parsed
        listed = list(searching.hits(case, list_search.found(line), 5))
        assert listed == list(searching.hits(case, alone, 5))


def test_a_family_is_what_was_sent_together(empty: Case, tmp_path: Path) -> None:
    letter = mail("Letter", "the cover", {"a.txt": b"first inside", "b.txt": b"second inside"})
    take(
        empty,
        plant(tmp_path / "t", {"l.eml": letter, "z.zip": zipped({"x.txt": "ex", "y.txt": "why"})}),
    )
    place = {path: record.sha256 for path, record in by_path(empty).items()}
    families = Families(empty.catalogue)
    whole = {place[name] for name in ("l.eml", "l.eml/a.txt", "l.eml/b.txt")}
    assert all(families.of([one]) == whole for one in whole if one)
    lonely = place["z.zip/x.txt"]
    assert lonely is not None
    assert families.of([lonely]) == {lonely}
    report = list_search.run(empty, asked("first", "ex", "nothing"))
    assert [line.with_families for line in report.lines] == [3, 1, 0]
    assert report.with_families == 4


def test_the_report_as_a_sheet_runs_no_formula(case: Case, tmp_path: Path) -> None:
    report = list_search.run(case, [Asked(1, "=1+1", "=cmd|x"), Asked(2, "-x", "@y")])
    list_search.write_csv(report, tmp_path / "report.csv")
    rows = list(csv.reader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 3
    for row in rows[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert rows[2][-1]
    assert rows[2][4:7] == ["", "", ""]
    with pytest.raises(UserError, match="cannot be written"):
        list_search.write_csv(report, tmp_path / "no folder" / "report.csv")


def test_half_a_list_is_no_report(case: Case) -> None:
    with pytest.raises(UserError, match="stopped"):
        list_search.run(case, asked("a", "b"), cancelled=lambda: True)


def test_a_receipt_proves_the_whole_list(case: Case) -> None:
    report = list_search.run(case, asked("officer", '"open'))
    paper = list_search.receipt_of(case, report, "list.csv")
    assert [line["error"] == "" for line in paper["lines"]] == [True, False]
    assert paper["lines"][0]["documents"] == list(report.lines[0].documents)
    assert paper["index_fingerprint"] == case.index.state().fingerprint
