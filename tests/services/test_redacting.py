"""What a redaction takes out: everybody's names, also of those added a moment ago; its log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.export.hunt import hunt, without
from evidencebox.export.tables import csv_bytes
from evidencebox.model.ids import DocumentId
from evidencebox.services import officers
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.redacted_copy import write
from evidencebox.services.redacting import (
    LOG_COLUMNS,
    Ask,
    Planner,
    log_table,
    plans,
    standing,
)
from tests.services.making import make_case, plant, take

TEXT = "Officer Dana Whitlow, badge 101, and Detective Grace Hallberg, SSN 219-09-9999, came by."


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    plant(tmp_path / "trove", {"report.txt": TEXT})
    made = make_case(tmp_path / "case")
    officers.add(made, last="Whitlow", first="Dana", badge="101")
    take(made, tmp_path / "trove")
    yield made
    made.close()


def the_document(case: Case) -> DocumentId:
    (found,) = (record.sha256 for record in case.catalogue.each() if record.sha256)
    return found


def test_somebody_added_after_the_import_is_blacked_out_too(case: Case) -> None:
    dana = officers.one(case, "101")
    officers.add(case, last="Hallberg", first="Grace", badge="4711")
    plan, _ = Planner(case).plan(the_document(case), Ask(everyone_but=dana.id))
    gone = " ".join(term.text for term in plan.terms)
    assert "Hallberg" in gone
    assert "Whitlow" not in gone


def test_the_file_shows_no_name_of_somebody_added_after_the_import(
    case: Case, tmp_path: Path
) -> None:
    dana = officers.one(case, "101")
    officers.add(case, last="Hallberg", first="Grace", badge="4711")
    out = tmp_path / "copy.pdf"
    write(case, the_document(case), Ask(everyone_but=dana.id), out, check=False)
    left = (tmp_path / "copy.txt").read_text("utf-8")
    assert "Whitlow" in left
    assert "Hallberg" not in left


def test_a_plan_that_stands_takes_in_who_was_added_since(case: Case, tmp_path: Path) -> None:
    dana, document = officers.one(case, "101"), the_document(case)
    ask = Ask(texts=("came by",), everyone_but=dana.id)
    write(case, document, ask, tmp_path / "copy.pdf", check=False)
    officers.add(case, last="Hallberg", first="Grace", badge="4711")
    kept = [term.text for term in standing(case)[document].plan.terms]
    assert not any("Hallberg" in text for text in kept)
    now = [term.text for term in plans(case)[document].terms]
    assert set(kept) < set(now)
    assert any("Hallberg" in text for text in now)


def test_nobody_is_left_out_while_an_import_runs(case: Case) -> None:
    document = the_document(case)
    with ingest_lock(case.folder):
        planner = Planner(case)
        planner.plan(document, Ask(texts=("came by",)))
        for ask in (Ask(elements=("ssn",)), Ask(everyone_but=officers.one(case, "101").id)):
            with pytest.raises(UserError, match="import is running"):
                planner.plan(document, ask)


@pytest.mark.parametrize("reason", ["=1+1", "\n=1", " @x", "|calc", "%0", "\uff1dHYPERLINK()"])
def test_no_cell_of_the_log_acts_as_a_formula(reason: str) -> None:
    row: dict[str, object] = dict.fromkeys(LOG_COLUMNS, "") | {"Reason": reason, "X0": 1.5}
    said = csv_bytes(log_table([row])).decode("utf-8-sig")
    (read,) = csv.DictReader(io.StringIO(said, newline=""))
    assert read["Reason"] == "'" + reason
    assert read["X0"] == "1.5"


def test_who_is_named_once_loses_his_name_wherever_it_stands(tmp_path: Path) -> None:
    text = (
        "Officer Dana Whitlow wrote that Detective Gunhild May-Hallberg left. Hallberg, and "
        "Gunhild alone, may come again: g.hallberg@pd.example, HALL-\nBERG."
    )
    plant(tmp_path / "trove", {"report.txt": text})
    made = make_case(tmp_path / "case")
    try:
        dana = officers.add(made, last="Whitlow", first="Dana", badge="101")
        gunhild = {"last": "May-Hallberg", "first": "Gunhild", "email": "g.hallberg@pd.example"}
        officers.add(made, badge="4711", **gunhild)
        take(made, tmp_path / "trove")
        plan, _ = Planner(made).plan(the_document(made), Ask(everyone_but=dana.id))
    finally:
        made.close()
    terms = [term.text for term in plan.terms]
    left = without(text, [(f.start, f.end) for f in hunt(text, terms)], "#")
    assert left == ("Officer Dana Whitlow wrote that # left. #, and # alone, may come again: #, #.")


def test_a_reason_that_names_what_is_hidden_is_refused(case: Case) -> None:
    with pytest.raises(UserError, match="printed on boxes"):
        Planner(case).plan(the_document(case), Ask(texts=("Whitlow",), reason="Re WHIT-LOW"))


def test_a_copy_is_not_called_after_whom_it_hides(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file's name"):
        write(
            case,
            the_document(case),
            Ask(texts=("Grace Hallberg",)),
            tmp_path / "hallberg_grace_hallberg.pdf",
        )
    assert not list(tmp_path.glob("*hallberg*"))


def test_the_foot_of_a_redacted_sheet_has_no_file_name(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "copy.pdf"
    write(case, the_document(case), Ask(texts=("came by",)), out, check=False)
    said = out.with_suffix(".txt").read_text("utf-8")
    assert "Typeset by EvidenceBox" in said
    assert "report.txt" not in said


def test_half_of_a_name_that_stands_alone_is_told_of(case: Case, tmp_path: Path) -> None:
    ask = Ask(texts=("Hallberg Grace",))
    (warned, _) = sorted(
        write(case, the_document(case), ask, tmp_path / "a.pdf", check=False).warnings
    )[::-1]
    assert "first on sheet 1" in warned
    assert "allberg" not in warned
    whole = write(
        case, the_document(case), Ask(texts=("Grace Hallberg",)), tmp_path / "b.pdf", check=False
    )
    assert whole.warnings == ()
