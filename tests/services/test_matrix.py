"""The exposure matrix: a disposition for every member, and numbers that can be counted by hand."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from evidencebox.analysis.elements import KINDS
from evidencebox.analysis.folding import fold
from evidencebox.errors import UserError
from evidencebox.export.tables import safe_cell
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor
from evidencebox.services import tags
from evidencebox.services.case import Case
from evidencebox.services.matrix import State, matrix, write_csv
from evidencebox.services.mention_search import refresh_mentions
from evidencebox.services.officer_page import searched
from tests.services.making import copy_case, found, person, plant, take


def test_counted_by_hand(empty: Case, tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "a.txt": "Interview of Ann Xu about the loan.",
        "b.txt": "Xu, Ann was called again. Also present: badge 22.",
        "c.txt": "Nobody of interest. 22 dollars were paid.",
        "d.txt": "Seen on the stairs: Officer #33 and Officer #22.",
    }
    take(empty, plant(tmp_path / "t", files))
    people = {
        "11": person(empty, "11", "Xu", "Ann"),
        "22": person(empty, "22", "Yates", "Bo"),
        "33": person(empty, "33", "Zimmer", "Cy"),
        "44": person(empty, "44", "Absent", "Al"),
        "": person(empty, "", "?", "?"),
    }
    refresh_mentions(empty)
    (a,), (b,), (d,) = (found(empty, f"name:{n}.txt") for n in "abd")
    tags.tag(empty, Anchor(a), people["11"], Harm.LOW, ["finances"])
    tags.tag(empty, Anchor(a, 1), people["11"], Harm.VERY_HIGH, ["finances", "family"])
    tags.reviewed(empty, d)
    rows = {row.officer.badge: row for row in matrix(empty)}
    assert len(rows) == 5
    assert rows["11"].state is State.HARMED
    assert dict(rows["11"].cells) == {"finances": 1, "family": 1}
    assert (rows["11"].documents, rows["11"].worst, rows["11"].named) == (1, Harm.VERY_HIGH, 2)
    assert rows["11"].unreviewed == 1
    assert rows["11"].disposition == "tagged, worst 4 Very high, 1 not reviewed"
    assert (rows["22"].named, rows["22"].unreviewed) == (2, 1)
    assert "1 not reviewed" in rows["22"].disposition
    assert (rows["33"].named, rows["33"].unreviewed) == (1, 0)
    assert "nothing tagged" in rows["33"].disposition
    assert rows["44"].disposition == rows[""].disposition == "searched, nothing found"
    assert b in found(empty, '"badge 22"')


def test_the_sample_has_a_disposition_for_everyone_and_names_whom_the_key_names(
    case: Case, sample: Path, tmp_path: Path
) -> None:
    rows = matrix(case)
    assert len(rows) == 40
    assert all(row.disposition for row in rows)
    truths = [json.loads(line) for line in (sample / "answers.jsonl").read_text().splitlines()]
    named = {t["badge"] for t in truths if t["kind"] == "mention" and not t.get("ocr")}
    counted = {row.officer.badge for row in rows if row.named}
    assert len(counted & named) / len(named) >= 0.97
    file = tmp_path / "m.csv"
    write_csv(rows, file)
    lines = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert [line["badge"] for line in lines] == [row.officer.badge for row in rows]
    assert all(line["disposition"] for line in lines)
    assert {*KINDS, *(f"tagged_{name}" for name in CATEGORIES)} <= set(lines[0])
    assert sum(int(line["ssn"]) for line in lines) > 0
    owned = {row.officer.badge for row in rows if "ssn" in row.exposed}
    truth = {t["badge"] for t in truths if t.get("element") == "ssn" and not t.get("ocr")}
    assert len(owned & truth) / len(truth) >= 0.93
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe_cell(start + "HYPERLINK(1)") == "'" + start + "HYPERLINK(1)"


def test_a_name_that_is_a_formula_is_disarmed(empty: Case, tmp_path: Path) -> None:
    person(empty, "@1", '=HYPERLINK("x")', "+Ann")
    write_csv(matrix(empty), tmp_path / "m.csv")
    (_, line) = csv.reader((tmp_path / "m.csv").read_text("utf-8-sig").splitlines())
    assert line[:3] == ["'@1", '\'=HYPERLINK("x")', "'+Ann"]


def test_without_a_roster_there_is_none(empty: Case, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="The roster is empty; import one first"):
        matrix(empty)
    person(empty, "1")
    with pytest.raises(UserError, match="cannot be written"):
        write_csv(matrix(empty), tmp_path / "no folder" / "m.csv")


def test_every_disposition_has_a_receipt_that_can_be_made_again(case: Case, tmp_path: Path) -> None:
    """What it claims is checked by a plain search of all texts, in another copy of the case."""
    nobody = [row.officer for row in matrix(case) if row.state is State.NOTHING]
    (tmp_path / "again").mkdir()
    again = copy_case(case, tmp_path / "again")
    texts = [
        " ".join(fold(page.text) for page in case.index.pages(document))
        for document in case.catalogue.all_ids()
    ]
    assert all(row.disposition for row in matrix(case))
    assert nobody
    for officer in nobody:
        said = searched(case, officer)
        assert (said["searched_to_the_end"], said["index_documents"]) == (True, len(texts))
        assert said["looked_for"]["last"] == officer.last
        assert searched(again, officer)["digest"] == said["digest"]
        full = re.compile(rf"\b{fold(officer.first)}\s+{fold(officer.last)}\b")
        assert not any(full.search(text) or fold(officer.email) in text for text in texts)
    tags.reviewed(again, DocumentId(again.catalogue.all_ids()[0]))
    assert searched(again, nobody[0])["digest"] == searched(case, nobody[0])["digest"]
    again.close()


def test_who_was_not_searched_for_is_not_said_to_be_nowhere(case: Case) -> None:
    came = person(case, "90001", "Quisenberry", "Thelonious")
    row = next(row for row in matrix(case) if row.officer.id == came.id)
    assert (row.state, row.named) == (State.OPEN, 0)
    assert row.disposition.endswith("; not searched to the end")
    assert not searched(case, came)["searched_to_the_end"]
    refresh_mentions(case)
    row = next(row for row in matrix(case) if row.officer.id == came.id)
    assert row.disposition == "searched, nothing found"
