"""Copies, near-duplicates and what is like them, from ingest to the answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest

from evidencebox.analysis.near_duplicates import Signature, jaccard, shingles, signature
from evidencebox.errors import UserError
from evidencebox.model.documents import Page, Span
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.services import similar as similarity
from evidencebox.services.analyse_pool import BatchError
from evidencebox.services.case import Case
from evidencebox.services.search import search
from evidencebox.services.signature_pool import SignaturePool
from evidencebox.services.signatures import own_text, sign
from evidencebox.services.similar import SimilarDocuments, collapsed, compare, like_query
from evidencebox.store.signatures import Signatures
from tests.services.making import by_path, copied, mail, mbox, never, plant, ready, take


def report(seed: int, changes: int = 0) -> str:
    drawn = random.Random(seed)
    words = [f"word{drawn.randrange(3000)}" for _ in range(300)]
    for number in range(changes):
        words[number * 50] = f"changed{number}"
    return " ".join(words)


def fill(case: Case, folder: Path) -> None:
    letter = mail("Complaint", report(9), {"a.txt": b"what was sent with it"})
    other = mail("Complaint", report(9) + " but", {"a.txt": b"what was sent with it"})
    take(
        case,
        plant(
            folder / "trove",
            {
                "one.txt": report(1),
                "one, later.txt": report(1, 2),
                "one, much later.txt": report(1, 6),
                "same words.txt": report(1).upper().replace(" ", " , "),
                "other.txt": report(2),
                "copy.eml": letter.replace(b"Complaint", b"complaint "),
                "box.mbox": mbox(letter, other),
                "nothing.txt": "",
            },
        ),
    )


@pytest.fixture(scope="module")
def _full(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("full"), fill)


@pytest.fixture
def full(_full: Case, tmp_path: Path) -> Iterator[Case]:
    with copied(_full, tmp_path / "full") as case:
        yield case


@pytest.fixture
def alike(full: Case) -> dict[str, DocumentId]:
    return {path: r.sha256 for path, r in by_path(full).items() if r.sha256}


def test_near_duplicates_are_found_and_measured_exactly(
    full: Case, alike: dict[str, DocumentId]
) -> None:
    paths = {document: path for path, document in alike.items()}
    asked = SimilarDocuments(full)
    for path in ("one.txt", "one, later.txt"):
        for at_least in (0.5, 0.8, 1.0):
            found = asked.similar(alike[path], at_least)
            own = shingles(own_text(full.index.pages(alike[path])))
            texts = {d: shingles(own_text(full.index.pages(d))) for d in paths}
            expected = {d: jaccard(own, text) for d, text in texts.items() if d != alike[path]}
            assert {each.document: each.similarity for each in found} == {
                d: j for d, j in expected.items() if j >= at_least
            }
            assert [e.similarity for e in found] == sorted(e.similarity for e in found)[::-1]
    first, *rest = asked.similar(alike["one.txt"], 0.5)
    assert (paths[first.document], first.similarity, first.kind) == (
        "same words.txt",
        1.0,
        "same words",
    )
    assert {each.kind for each in rest} == {"near-duplicate"}
    assert asked.similar(alike["one.txt"], 0.5, limit=1) == [first]
    assert asked.similar(alike["nothing.txt"]) == []
    assert asked.similar(alike["other.txt"]) == []
    with pytest.raises(UserError, match="number from"):
        asked.similar(alike["one.txt"], 0.0)


def test_copies_of_a_message_are_one_whatever_holds_them(
    full: Case, alike: dict[str, DocumentId]
) -> None:
    letters = search(full, "type:mail").documents
    keys = Signatures(full.catalogue).message_keys()
    assert len(letters) == 3
    groups = collapsed(full, letters)
    ((kept, others),) = groups.items()
    assert {kept, *others} == {d for d in letters if keys[d] == keys[alike["copy.eml"]]}
    assert len(others) == 1
    first = SimilarDocuments(full).similar(alike["copy.eml"])[0]
    assert first.kind == "copy of the message"
    assert first.document in {kept, *others}


def test_groups_join_what_was_compared(full: Case, alike: dict[str, DocumentId]) -> None:
    found = SimilarDocuments(full).groups(0.7)
    wanted = {alike[p] for p in ("one.txt", "one, later.txt", "same words.txt")}
    assert any(wanted <= set(group) for group in found)
    assert all(alike["other.txt"] not in group for group in found)


def test_more_like_this_is_a_query(full: Case, alike: dict[str, DocumentId]) -> None:
    query = like_query(full, alike["one.txt"])
    found = search(full, query).documents
    assert set(found[:4]) == {
        alike[p] for p in ("one.txt", "one, later.txt", "one, much later.txt", "same words.txt")
    }
    with pytest.raises(UserError, match="no words"):
        like_query(full, alike["nothing.txt"])


def test_the_difference_is_of_the_texts(full: Case, alike: dict[str, DocumentId]) -> None:
    left, right, found = compare(full, alike["one.txt"], alike["one, later.txt"])
    differing = [c for c in found.changes if not c.same]
    assert [right[c.other_start : c.other_end] for c in differing] == ["changed0", "changed1"]
    assert left != right
    assert found.whole


def test_what_changes_is_signed_again_and_nothing_else(
    full: Case, alike: dict[str, DocumentId], tmp_path: Path
) -> None:
    kept = Signatures(full.catalogue)
    assert not kept.waiting()
    asked = SimilarDocuments(full)
    before = asked.all()
    assert asked.all() is before
    plant(tmp_path / "trove", {"new.txt": report(2, 1)})
    take(full, tmp_path / "trove")
    assert len(asked.all().signed) == len(before.signed) + 1
    assert len(asked.similar(alike["other.txt"], 0.8)) == 1


def test_a_stopped_run_is_taken_up(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidencebox.services.ingest.sign", lambda *_: None)
    take(empty, plant(tmp_path / "t", {"a.txt": report(1), "b.txt": report(1, 1)}))
    kept = Signatures(empty.catalogue)
    assert kept.waiting()
    sign(empty, 1, lambda: True)
    assert kept.waiting()
    monkeypatch.setattr("evidencebox.services.signatures.BATCH_DOCUMENTS", 1)
    sign(empty, 1, never)
    assert not kept.waiting()
    assert len(kept.all()) == 2


def test_a_text_that_stops_an_analyser_costs_only_itself(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidencebox.services.ingest.sign", lambda *_: None)
    take(empty, plant(tmp_path / "t", {"a.txt": "poison " * 9, "b.txt": report(1), "c.txt": "x"}))

    class Fragile(SignaturePool):
        def submit(self, entries: Sequence[IndexEntry]) -> Future[list[Signature]]:
            if any("poison" in page.text for entry in entries for page in entry.pages):
                failed: Future[list[Signature]] = Future()
                failed.set_exception(BatchError("The analyser crashed while signing."))
                return failed
            return super().submit(entries)

    monkeypatch.setattr("evidencebox.services.signatures.SignaturePool", Fragile)
    sign(empty, 1, never)
    kept = Signatures(empty.catalogue)
    assert not kept.waiting()
    assert {each.words for each in kept.all()} == {300, 1}


def test_the_worker_signs_as_this_process_does() -> None:
    pages = (Page(1, report(1)), Page(2, "and a second page"))
    entries = [IndexEntry(DocumentId(f"{n:064x}"), pages[:n], {}, {}, None, 0) for n in range(3)]
    with SignaturePool(1) as pool:
        found = pool.submit(entries).result()
    expected = [signature(page.text for page in entry.pages) for entry in entries]
    assert [(s.words, s.digest, s.places.tolist()) for s in found] == [
        (s.words, s.digest, s.places.tolist()) for s in expected
    ]


def test_header_lines_of_a_message_are_not_its_text() -> None:
    page = Page(1, "From: a\nhello there", spans=(Span(0, 8, "mail_header"), Span(8, 13, "note")))
    assert own_text([page]) == [" hello there"]
    assert similarity.check(0.5) == 0.5
