"""Elements in a case: found with the documents, found again with roster or vocabulary, answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.documents import Page
from evidencebox.model.frames import ProtocolError
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import Answer, Element
from evidencebox.services import elements, officers, schemes, tags
from evidencebox.services.case import Case
from evidencebox.services.element_work import ElementBatch, exposures
from evidencebox.services.elements import answer, listed, refresh_elements
from evidencebox.services.mention_search import refresh_mentions
from evidencebox.store.totals import totals
from tests.services.making import copied, ready, take

LETTER = "Officer Marcus Whitlow, SSN 219-09-4321, lives at 12 Alder Street, Salem 04001."


def fill(case: Case, folder: Path) -> None:
    officers.add(case, last="Whitlow", first="Marcus", badge="1001", rank="Officer")
    officers.add(case, last="Ferrante", first="Luz", badge="1002", rank="Sergeant")
    folder = folder / "small"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "note.txt").write_text("Det. Ann Okafor, SSN 318-22-1111.", encoding="utf-8")
    take(case, folder)


@pytest.fixture(scope="module")
def _small(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("small"), fill)


@pytest.fixture
def small(_small: Case, tmp_path: Path) -> Iterator[Case]:
    with copied(_small, tmp_path / "small") as case:
        yield case


def kinds_of(case: Case, badge: str) -> set[str]:
    officer = officers.one(case, badge)
    return {element.kind for element in listed(case, officer=officer.id)}


def one_of(case: Case, kind: str, text: str) -> Element:
    return next(e for e in listed(case) if e.kind == kind and e.masked.endswith(text))


def test_found_masked_and_owned(small: Case) -> None:
    assert kinds_of(small, "1001") == {"ssn", "address"}
    element = one_of(small, "ssn", "4321")
    assert element.masked == "•••-••-4321"
    assert element.reason
    assert element.belonging
    assert one_of(small, "ssn", "1111").officer is None


def test_who_comes_later_gets_what_is_his(small: Case) -> None:
    officers.add(small, last="Okafor", first="Ann", badge="1003", rank="Detective")
    refresh_mentions(small)
    assert refresh_elements(small) == 1
    assert kinds_of(small, "1003") == {"ssn"}
    found = [*totals(small.catalogue), *totals(small.catalogue, mentions=True)]
    assert sorted((t.kind, t.documents) for t in found) == [
        ("address", 1),
        ("mention", 1),
        ("mention", 1),
        ("ssn", 1),
        ("ssn", 1),
    ]


def test_answers_stand_move_and_are_undone(small: Case) -> None:
    element = one_of(small, "ssn", "4321")
    ferrante = officers.one(small, "1002").id
    answer(small, element, Answer.SAME, ferrante)
    assert kinds_of(small, "1002") == {"ssn"}
    assert one_of(small, "ssn", "4321").decision is Answer.SAME
    tags.undo(small)
    assert kinds_of(small, "1001") == {"ssn", "address"}
    answer(small, element, Answer.DIFFERENT)
    assert one_of(small, "ssn", "4321").decision is Answer.DIFFERENT
    small.decided.rebuild()
    assert one_of(small, "ssn", "4321").decision is Answer.DIFFERENT


def test_a_vocabulary_of_the_cases_own(small: Case, tmp_path: Path) -> None:
    assert "medical" not in kinds_of(small, "1001")
    file = tmp_path / "words.toml"
    file.write_text('[kind.medical]\n"lives at" = 3\n[personal]\n"officer" = 2\n', "utf-8")
    schemes.change(small, schemes.VOCABULARY, file)
    assert refresh_elements(small) == 2
    assert "medical" in kinds_of(small, "1001")
    before = schemes.text(small, schemes.VOCABULARY)
    schemes.change(small, schemes.VOCABULARY, None)
    assert refresh_elements(small) == 2
    assert "medical" not in kinds_of(small, "1001")
    assert schemes.former(small, schemes.VOCABULARY, schemes.digest(before)) == before
    file.write_text('[kind.medical]\n"cough" = "much"\n', "utf-8")
    with pytest.raises(UserError, match="not a word with a number"):
        schemes.change(small, schemes.VOCABULARY, file)


def test_nothing_to_do_is_done_at_once(small: Case) -> None:
    assert refresh_elements(small) == 0


def test_the_samples_elements(case: Case, sample: Path) -> None:
    badges = {officer.id: officer.badge for officer in case.decided.officers()}
    found = {(e.document, e.page, e.kind): e.officer for e in listed(case)}
    owned = {(e.document, e.page, e.kind, badges[e.officer]) for e in listed(case) if e.officer}
    lines = map(json.loads, (sample / "answers.jsonl").read_text(encoding="utf-8").splitlines())
    truth = {
        (line["sha256"], line["page"], line["element"], line["badge"])
        for line in lines
        if line["kind"] == "element" and not line.get("ocr")
    }
    there = {each for each in truth if each[:3] in found}
    assert len(there) / len(truth) >= 0.9
    assert len(there & owned) / len(there) >= 0.93


def test_an_analyser_is_not_trusted() -> None:
    pages = (Page(1, LETTER),)
    batch = ElementBatch(
        '[personal]\n"he" = 1\n', ("a.example",), [(DocumentId("1" * 64), pages, ())]
    )
    said = json.loads(exposures(list(batch.entries())))
    assert {e.kind for e in batch.unpacked(json.dumps(said).encode())[0]} >= {"ssn", "address"}
    for at, wrong in ((2, -1), (3, 10**6), (4, "secret"), (8, 5), (0, "1"), (5, 7)):
        rows = json.loads(json.dumps(said))
        rows[0][0][at] = wrong
        with pytest.raises(ProtocolError):
            batch.unpacked(json.dumps(rows).encode())
    with pytest.raises(ProtocolError):
        batch.unpacked(b"[]")


def test_no_such_element(small: Case) -> None:
    document = one_of(small, "ssn", "4321").document
    with pytest.raises(UserError, match="no such element") as refused:
        elements.one(small, document, 1, (0, 3))
    assert "elements CASE" in refused.value.typed
