"""Mentions in a case: found with the documents, found again with the roster, and answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from evidencebox.analysis.mentions import Found
from evidencebox.errors import UserError
from evidencebox.model.documents import Layer, Page
from evidencebox.model.frames import ProtocolError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.suggestions import Answer, Mention
from evidencebox.services import officers
from evidencebox.services.analyse_pool import BatchError
from evidencebox.services.case import Case
from evidencebox.services.look_pool import LookPool
from evidencebox.services.mention_search import refresh_mentions
from evidencebox.services.mention_work import MentionBatch, names
from evidencebox.services.mentions import answer, listed, one, proposals
from evidencebox.store.mentions import Analysis, Mentions
from tests.services.making import copied, ready, take

Triple = tuple[str, int, str]


def found(case: Case) -> set[Triple]:
    badges = {officer.id: officer.badge for officer in case.decided.officers()}
    return {(m.document, m.page, badges[m.officer]) for m in listed(case)}


def truth(sample: Path, *, ocr: bool) -> set[Triple]:
    lines = map(json.loads, (sample / "answers.jsonl").read_text(encoding="utf-8").splitlines())
    return {
        (line["sha256"], line["page"], line["badge"])
        for line in lines
        if line["kind"] == "mention" and bool(line.get("ocr")) == ocr
    }


def test_the_samples_mentions(case: Case, sample: Path) -> None:
    expected, had = truth(sample, ocr=False), found(case)
    assert len(expected & had) / len(expected) >= 0.97
    assert len(had & (expected | truth(sample, ocr=True))) / len(had) >= 0.97
    assert all(m.reason and 0.5 <= m.confidence < 1 for m in listed(case))


def texts(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def fill(case: Case, folder: Path) -> None:
    """Two of one surname, and somebody unknown, in three texts."""
    officers.add(case, last="Whitlow", first="Marcus", badge="1001", rank="Officer")
    officers.add(case, last="Whitlow", first="Andre", badge="1002", rank="Officer")
    trove = texts(
        folder / "small",
        full="Officer Marcus Whitlow came late. Det. Harold Quimbee did not.",
        short="Officer Whitlow was heard, and Det. Harold Quimbee (#7788).",
        later="Sgt. Luz Ferrante reported it.",
    )
    take(case, trove)


@pytest.fixture(scope="module")
def _small(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("small"), fill)


@pytest.fixture
def small(_small: Case, tmp_path: Path) -> Iterator[Case]:
    with copied(_small, tmp_path / "small") as case:
        yield case


def by_badge(case: Case, least: float = 0.5) -> list[tuple[str, str]]:
    badges = {officer.id: officer.badge for officer in case.decided.officers()}
    return sorted((badges[m.officer], m.text) for m in listed(case, least=least))


def test_who_comes_later_is_found_by_the_index(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ("1003", "Sgt. Luz Ferrante") not in by_badge(small)
    looked: list[int] = []
    whole = Mentions.put

    def put(self: Mentions, analyses: list[Analysis], version: int) -> None:
        looked.append(len(analyses))
        whole(self, analyses, version)

    monkeypatch.setattr(Mentions, "put", put)
    officers.add(small, last="Ferrante", first="Luz", badge="1003")
    assert refresh_mentions(small) == 1
    assert looked == [1]
    assert ("1003", "Sgt. Luz Ferrante") in by_badge(small)
    assert refresh_mentions(small) == 0


def test_who_is_taken_back_is_named_no_more(small: Case) -> None:
    small.decided.undo_last(small.signer)
    refresh_mentions(small)
    # Nobody else bears the surname now.
    assert by_badge(small) == [("1001", "Officer Marcus Whitlow"), ("1001", "Officer Whitlow")]
    small.decided.undo_last(small.signer)
    refresh_mentions(small)
    assert list(listed(small, least=0.0)) == []


def test_a_merged_person_lends_his_names(small: Case) -> None:
    other = officers.add(small, last="Ferrante", first="Luz", badge="1003")
    officers.merge(small, other, officers.one(small, "1001"))
    refresh_mentions(small)
    assert ("1001", "Sgt. Luz Ferrante") in by_badge(small)


def doubtful(case: Case, badge: str) -> Mention:
    officer = officers.one(case, badge).id
    return next(m for m in listed(case, officer=officer, least=0.0) if m.confidence < 0.5)


def test_an_answer_is_kept_over_another_analysis(small: Case) -> None:
    mention = doubtful(small, "1002")
    assert mention.decision is None
    answer(small, mention, Answer.SAME)
    Mentions(small.catalogue).forget()
    refresh_mentions(small)
    assert [m.decision for m in listed(small, officer=mention.officer)] == [Answer.SAME]
    small.decided.undo_last(small.signer)
    assert [m.decision for m in listed(small, officer=mention.officer)] == []


def test_an_answer_holds_for_what_is_written_alike(small: Case, tmp_path: Path) -> None:
    take(small, texts(tmp_path / "more", more="Yes, Officer Whitlow was told."))
    mention = doubtful(small, "1001")
    answer(small, mention, Answer.DIFFERENT, everywhere=True)
    alike = [m for m in listed(small, officer=mention.officer, least=0.0) if m.confidence < 0.5]
    assert [m.decision for m in alike] == [Answer.DIFFERENT] * 2
    assert all(
        m.decision is None
        for m in listed(small, officer=mention.officer, least=0.0)
        if m.confidence >= 0.5
    )


def test_answers_are_acts(small: Case) -> None:
    answer(small, doubtful(small, "1001"), Answer.UNSURE)
    small.decided.rebuild()
    assert small.decided.verify()[0] is None
    assert [each.answer for each in small.decided.answers()] == [Answer.UNSURE]


def test_unknown_people_are_proposed(small: Case) -> None:
    assert [(p.name, p.rank, p.badge, p.documents) for p in proposals(small)] == [
        ("Harold Quimbee", "Det", "7788", 2)
    ]
    officers.add(small, last="Quimbee", first="Harold", badge="7788")
    refresh_mentions(small)
    assert proposals(small) == []


def test_a_place_without_a_mention(small: Case) -> None:
    with pytest.raises(UserError, match="There is no mention of that person at 0-1"):
        one(small, doubtful(small, "1001").document, 1, (0, 1), OfficerId("x"))


ENTRY = IndexEntry(DocumentId("1" * 64), (Page(1, "Dana Brandolini"),), {}, {}, None, 0)


@pytest.mark.parametrize(
    "answered",
    [
        "[]",
        "{}",
        "[[[], []], [[], []]]",
        '[[[[1, "text", 0, 99, 0, "f", "t", 900, "e", "r"]], []]]',
        '[[[[2, "text", 0, 4, 0, "f", "t", 900, "e", "r"]], []]]',
        '[[[[1, "text", 0, 4, 7, "f", "t", 900, "e", "r"]], []]]',
        '[[[[1, "text", 0, 4, -1, "f", "t", 900, "e", "r"]], []]]',
        '[[[[1, "text", 0, 4, 0, 5, "t", 900, "e", "r"]], []]]',
        '[[[], [[9, "n", "r", "b"]]]]',
        "[[[], [[1, 2, 3, 4]]]]",
        "no json",
    ],
)
def test_what_does_not_fit_the_batch_is_refused(small: Case, answered: str) -> None:
    batch = MentionBatch(small.decided.officers(), [ENTRY])
    with pytest.raises(ProtocolError):
        batch.unpacked(answered.encode())


def test_what_a_worker_says_comes_back_whole(small: Case) -> None:
    officers.add(small, last="Brandolini", first="Dana")
    batch = MentionBatch(small.decided.officers(), [ENTRY])
    [back] = batch.unpacked(names(list(batch.entries())))
    assert [(m.text, m.layer, m.start, m.end) for m in back.mentions] == [
        ("Dana Brandolini", Layer.TEXT, 0, 15)
    ]


def test_what_was_said_before_a_merge_holds_after_it(small: Case) -> None:
    own, other = officers.one(small, "1001"), officers.one(small, "1002")
    answer(small, doubtful(small, "1002"), Answer.DIFFERENT)
    officers.merge(small, other, own)
    refresh_mentions(small)
    assert {each.officer for each in small.decided.answers()} == {own.id}
    officers.split(small, "1002")
    assert {each.officer for each in small.decided.answers()} == {other.id}


def test_a_document_that_stops_the_analyser_is_counted(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: LookPool[Found], batch: MentionBatch) -> Future[list[Found]]:
        future: Future[list[Found]] = Future()
        if any("reported it" in page.text for entry in batch.documents for page in entry.pages):
            future.set_exception(BatchError("The analyser stopped."))
        else:
            future.set_result(batch.unpacked(names(list(batch.entries()))))
        return future

    monkeypatch.setattr(LookPool, "submit", stop)
    kept = Mentions(small.catalogue)
    before = by_badge(small)
    kept.forget()
    assert refresh_mentions(small) == 3
    assert (by_badge(small), kept.stopped()) == (before, 1)
    # It is not tried again and again by the same rules.
    assert refresh_mentions(small) == 0
