"""What stands beside redacted pages says nothing of what is blacked out on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from evidencebox.model.documents import DocumentRecord
from evidencebox.model.redactions import Box, Plan, Redacted, Term, fitted
from evidencebox.services import exhibit_book, exhibits, redacting, tags
from evidencebox.services.case import Case
from evidencebox.services.exporting import Request
from evidencebox.services.exporting_kinds import run
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.redaction_text import GONE
from evidencebox.services.redaction_words import hidden, hidden_receipt
from tests.services.making import mail, make_case, never, plant, quiet

NAME = "Grace Hallberg"
NOTHING = Redacted(b"", (), (1,), (), (), False)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A message whose attachment is named after somebody, and a damaged file of hers."""
    folder = tmp_path_factory.mktemp("words")
    files: dict[str, bytes | str] = {
        "note.eml": mail("Harbor", "See there.", {f"{NAME}.txt": b"Seen by Grace Hallberg."}),
        f"{NAME}.bin": b"\0" * 90,
        f"{NAME} again.txt": f"{NAME} again",
    }
    made = make_case(folder / "case")
    ingest(made, plant(folder / "trove", files), Options(workers=1, ocr=""), quiet, never)
    for record in made.catalogue.each():
        if record.sha256 and record.name.startswith(NAME):
            plan = Plan((Term(NAME),))
            redacting.record(made, record.sha256, redacting.Ask(), plan, NOTHING, "0" * 64)
    yield made
    made.close()


def record_of(case: Case, name: str) -> DocumentRecord:
    return next(record for record in case.catalogue.each() if record.name == name)


def everything(folder: Path) -> str:
    """Names and contents of a folder's files; PDFs as their objects say it."""
    said = ""
    for path in folder.rglob("*"):
        said += path.name
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                said += "".join(repr(item) for item in pdf.objects)
                for stream in pdf.objects:
                    if isinstance(stream, pikepdf.Stream) and "/Width" not in stream:
                        said += stream.read_bytes().decode("latin-1")
        elif path.is_file():
            said += path.read_bytes().decode("utf-8", "replace")
    return said


def test_a_book_names_nobody_whom_it_hides(case: Case, tmp_path: Path) -> None:
    for name in (f"{NAME}.bin", f"{NAME} again.txt"):
        record = record_of(case, name)
        assert record.sha256
        exhibits.add(case, record.sha256, description=f"What {NAME.upper()} said", family=True)
    exhibit_book.build(case, Request(exhibit_book.KIND, tmp_path / "out", without_sealed=True))
    found = everything(tmp_path / "out").casefold()
    assert "hallberg" not in found
    assert "What [REDACTED] said".casefold() in found


def test_a_production_says_nothing_in_its_receipt_or_originals(case: Case, tmp_path: Path) -> None:
    request = Request("loadfile", tmp_path / "out", query="hallberg OR harbor", natives=True)
    run(case, request)
    proof = json.loads((tmp_path / "out" / "receipt.json").read_bytes())
    assert "unread" not in proof
    natives = [path.name for path in (tmp_path / "out").rglob("*.untrusted")]
    assert natives == []  # the message holds the attachment's bytes
    texts = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("TEXT/*/*.txt")]
    assert any("See there." in text for text in texts)
    # The message lists its attachment, whose name says who it is about.
    assert not any("hallberg" in text.casefold() for text in texts)
    for path in (tmp_path / "out").rglob("*"):
        named = path.suffix not in (".txt", ".dat") or "DATA" not in path.parts
        if path.is_file() and named and path.parent.parent.name != "TEXT":
            assert NAME not in path.read_bytes().decode("utf-8", "replace"), path.name


def test_a_sheet_that_is_withheld_does_not_say_how_its_file_is_called(
    case: Case, tmp_path: Path
) -> None:
    record = record_of(case, f"{NAME} again.txt")
    assert record.sha256
    tags.label(case, record.sha256, "privileged")
    try:
        run(case, Request("loadfile", tmp_path / "out", query="again", profile="text"))
    finally:
        tags.label(case, record.sha256, "privileged", on=False)
    texts = "".join(p.read_text("utf-8") for p in (tmp_path / "out").rglob("TEXT/*/*.txt"))
    assert "Withheld" in texts
    assert "Hallberg" not in texts


def test_a_receipt_keeps_what_is_not_hidden() -> None:
    plans = [Plan((Term("Grace Hallberg"),))]
    proof = {"query": '"grace hallberg" harbor', "parsed": "x", "total": 3, "unread": {"a": []}}
    assert hidden_receipt(proof, plans) == {
        "query": '"[REDACTED]" harbor', "parsed": "x", "total": 3,
    }  # fmt: skip
    assert hidden("anything", [Plan(inverse=True)]) == GONE


@pytest.mark.parametrize("asked", ["hallberg", "hallb*", "name:hallber?", "halberg~", "HALL-BERG"])
def test_a_receipt_asks_for_no_part_of_a_name(asked: str) -> None:
    plans = [Plan((Term("Grace Hallberg"),))]
    said = hidden_receipt({"query": f"{asked} OR harbor"}, plans)["query"]
    assert "hal" not in said.casefold()
    assert said.endswith("OR harbor")


def test_words_of_ours_say_no_part_of_a_name() -> None:
    plans = [Plan((Term("Grace Hallberg"), Term("The Day of May")))]
    assert hidden("Statement of G. HALLBERG that day", plans) == (
        f"Statement of G. {GONE} that day"
    )


def test_a_box_stays_on_its_page_when_other_pages_are_shown() -> None:
    plan = Plan(boxes=(Box(1, 0, 0, 9, 9), Box(3, 1, 1, 2, 2)), pages=(3, 4, 4))
    assert [box.sheet for box in fitted(plan, (1, 2, 3, 4, 4)).boxes] == [3, 5]
    assert [box.sheet for box in fitted(plan, (3,)).boxes] == [1]
    assert fitted(plan, (1,)).boxes == ()
    with pytest.raises(ValueError, match="sheet"):
        fitted(plan, (4,))
