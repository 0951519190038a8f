"""What a lead answers for: sealed documents, orders, reports, packs, the end of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidencebox.errors import UserError
from evidencebox.model.documents import Layer
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.pictures import Picture
from evidencebox.model.policy import SEALED, Role, why_covered
from evidencebox.model.review import Anchor
from evidencebox.model.suggestions import Answer, Element
from evidencebox.services import (
    custody,
    elements,
    exhibits,
    ingest,
    insight,
    packs,
    seals,
    searches,
    sessions,
    stamping,
    tags,
    ways,
)
from evidencebox.services import search as searching
from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from evidencebox.store.elements import Elements
from evidencebox.store.ledger import Draft
from evidencebox.vault.keychain import Keychain
from evidencebox.vault.signing import Signer
from tests.services.making import by_path, copy_case, found, mail, make_case, person, plant, take
from tests.vault.test_keychain import Memory

BEN = Signer(b"b" * 32)
MARK = "zebrafinch"


LETTER = mail("About it", f"the {MARK} of it", {"child.txt": b"kept " + MARK.encode()})


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, DocumentId]:
    """A closed case, to be copied, with a letter that has a child, and a plain file."""
    root = tmp_path_factory.mktemp("letters")
    case = make_case(root / "blank")
    try:
        take(case, plant(root / "t", {"a.eml": LETTER, "b.txt": "other words"}))
        sha = by_path(case)["a.eml"].sha256
        assert sha is not None
    finally:
        case.close()
    return case, sha


@pytest.fixture
def one(letters: tuple[Case, DocumentId], tmp_path: Path) -> Iterator[tuple[Case, DocumentId]]:
    """An open copy of it, and the letter's hash."""
    (tmp_path / "cases").mkdir()
    case = copy_case(letters[0], tmp_path / "cases")
    yield case, letters[1]
    case.close()


def introduce(case: Case, signer: Signer, name: str) -> None:
    case.decided.act(Draft(Kind.REVIEWER, [{"author": signer.author}], {"name": name}), signer)


def tag_minor(case: Case, document: DocumentId) -> None:
    tags.tag(case, Anchor(document, 1), person(case, "7"), Harm.HIGH, ["minor"], "note")


# --- sealed


def test_a_tag_with_a_sealed_category_covers_the_document(one: tuple[Case, DocumentId]) -> None:
    case, letter = one
    assert seals.covered(case, [letter]) == {}
    tag_minor(case, letter)
    assert seals.covered(case, [letter]) == {letter: ("minor",)}
    with pytest.raises(UserError, match=r"is sealed \(Minor\); a lead may open it"):
        seals.check_open(case, letter, None, "text")
    (hit,) = [h for h in searching.hits(case, searching.search(case, MARK)) if h.document == letter]
    assert (hit.snippet, hit.highlights) == (seals.COVERED, ())
    seals.change(case, ["medical"])
    assert seals.covered(case, [letter]) == {}


def test_a_suggestion_covers_until_somebody_says_no_and_a_childs_name_never(
    one: tuple[Case, DocumentId],
) -> None:
    case, letter = one
    abuse = Element(letter, 1, Layer.TEXT, 0, 3, "sexual_abuse", "(3 words)", 0.9, "Why.")
    child = replace(abuse, kind="minor", start=4, end=7)
    rows = {sha: row for row, sha in Elements(case.catalogue).waiting(-1, 0, 100)}
    Elements(case.catalogue).put({rows[letter]: [child]}, 1)
    assert seals.covered(case, [letter]) == {}
    Elements(case.catalogue).put({rows[letter]: [abuse, child]}, 1)
    assert seals.covered(case, [letter]) == {letter: ("sexual_abuse",)}
    elements.answer(case, abuse, Answer.UNSURE)
    assert letter in seals.covered(case, [letter])
    elements.answer(case, abuse, Answer.DIFFERENT)
    assert seals.covered(case, [letter]) == {}
    assert seals.everything(case) == {}


def test_each_category_that_is_sealed_by_default_can_be_tagged_and_set(
    one: tuple[Case, DocumentId],
) -> None:
    case, letter = one
    assert set(CATEGORIES) >= SEALED
    seals.change(case, [])
    seals.change(case, sorted(SEALED))
    tags.tag(case, Anchor(letter, 1), person(case, "7"), Harm.HIGH, ["informant"], "")
    assert seals.everything(case) == {letter: ("informant",)}


def test_the_window_shows_it_only_once_a_lead_opens_it(one: tuple[Case, DocumentId]) -> None:
    case, letter = one
    tag_minor(case, letter)
    desk = Desk(case, session_lock(case.folder))
    try:
        assert desk.document(letter).sealed == ("minor",)
        covered = desk.page(letter, 1).text
        assert MARK not in covered
        assert not any(sign.isalnum() for sign in covered)
        assert MARK not in desk.snippet(MARK, letter).snippet
        assert desk.hits(MARK, letter) == []
        (row,) = desk.rows([letter])
        view = desk.document(letter)
        assert (row.name, view.record.title, view.record.name) == (seals.NAME, "", seals.NAME)
        assert "About it" not in repr((row, view.record, view.pages))
        assert "a.eml" not in repr((row, view.record))
        assert "A lead may open it" in why_covered(view.sealed)
        assert desk.suggestions(letter) == []
        datum = Element(letter, 1, Layer.TEXT, 0, 3, "ssn", "••", 0.9, "Why.")
        other = replace(datum, layer=Layer.OCR)
        rows = {sha: row for row, sha in Elements(case.catalogue).waiting(-1, 0, 100)}
        Elements(case.catalogue).put({rows[letter]: [datum, other]}, 1)
        assert desk.exposed(letter, 1, Layer.TEXT) == []
        with pytest.raises(UserError, match="is sealed"):
            desk.like_query(letter)
        with pytest.raises(UserError, match="is sealed"):
            desk.compare(letter, letter)
        (exposed,) = insight.officer_page(case, case.decided.officers()[0].id).tagged
        assert exposed.name == seals.NAME
        exhibits.add(case, letter)
        assert exhibits.listed(case)[0].description.startswith(seals.NAME)
        with pytest.raises(UserError, match="Give a reason"):
            desk.unseal(letter, " ")
        desk.unseal(letter, "the complaint of 12 May")
        assert desk.document(letter).sealed == ()
        assert len(desk.page(letter, 1).text) == len(covered)
        assert MARK in desk.page(letter, 1).text
        assert desk.exposed(letter, 1, Layer.TEXT) == [datum]
        assert desk.exposed(letter, 2, Layer.TEXT) == []
        assert desk.rows([letter])[0].name == "About it"
        assert MARK in desk.snippet(MARK, letter).snippet
        history = desk.document(letter).history
        assert "sealed content looked at" in history[0]
    finally:
        desk._pictures.close()
        desk._lock.release()


def test_only_a_lead_opens_it(one: tuple[Case, DocumentId]) -> None:
    case, letter = one
    tag_minor(case, letter)
    introduce(case, BEN, "Ben")
    draft = Draft(Kind.LOOK, [{"document": letter}], {"reason": "x", "where": "text"})
    with pytest.raises(UserError, match="Only a lead"):
        case.decided.act(draft, BEN)


def test_a_covered_picture_has_no_letters_left() -> None:
    rng = np.random.default_rng(1)
    signs = rng.integers(0, 2, (400, 240, 3), dtype=np.uint8) * 255
    drawn = Picture(240, 400, 3, 240, (), signs.tobytes())
    covered = np.frombuffer(seals.blurred(drawn), np.uint8).reshape(400, 240, 3)
    assert len(np.unique(covered.reshape(-1, 3), axis=0)) <= 24 * 40
    assert abs(int(covered.mean()) - int(signs.mean())) < 3
    assert covered.std() < 15


# --- removal by order


def test_an_order_removes_what_was_said_and_derived(one: tuple[Case, DocumentId]) -> None:
    case, letter = one
    tag_minor(case, letter)
    child = by_path(case)["a.eml/child.txt"].sha256
    searches.remember(case, f"the {MARK}")
    done = custody.purge(case, letter, "Court, 12 May, 3 C 44")
    assert searches.history(case) == []
    assert done.parts == 1
    assert done.backups == 0
    assert found(case, MARK) == {child}
    record = by_path(case)["a.eml"]
    assert (record.status.value, record.reason, record.title) == (
        "quarantined",
        custody.ORDERED,
        "",
    )
    assert case.decided.tags() == []
    assert case.decided.verify()[0] is None
    assert "removed by order" in tags.history(case, letter)[0]
    with pytest.raises(UserError, match="Name the order"):
        custody.purge(case, letter, " ")


def test_what_was_removed_does_not_come_back_with_an_import(
    one: tuple[Case, DocumentId], tmp_path: Path
) -> None:
    case, letter = one
    custody.purge(case, letter, "Court")
    take(case, plant(tmp_path / "t", {"a.eml": LETTER, "c.txt": "new"}))
    assert letter not in found(case, MARK)


# --- reported material


def test_reported_material_is_sealed_for_good(one: tuple[Case, DocumentId]) -> None:
    case, letter = one
    child = by_path(case)["a.eml/child.txt"].sha256
    assert child is not None
    introduce(case, BEN, "Ben")
    custody.report_material(case, letter)
    assert seals.covered(case, [letter, child]) == {
        letter: (seals.REPORTED,),
        child: (seals.REPORTED,),
    }
    with pytest.raises(UserError, match="sealed for good"):
        seals.check_open(case, letter, "because", "text")
    assert case.decided.undo_last(case.signer) is None
    with pytest.raises(UserError, match="Only a lead"):
        case.decided.act(Draft(Kind.UNMATERIAL, [{"document": letter}], {}), BEN)
    custody.withdraw_report(case, letter)
    assert list(seals.covered(case, [letter, child])) == [child]


# --- roles


def test_roles_are_given_by_a_lead_and_one_lead_stays(empty: Case) -> None:
    introduce(empty, BEN, "Ben")
    assert {line["name"]: line["role"] for line in custody.roles(empty)} == {
        empty.reviewer: "lead",
        "Ben": "reviewer",
    }
    with pytest.raises(UserError, match="is the only lead"):
        custody.set_role(empty, empty.reviewer, Role.REVIEWER)
    custody.set_role(empty, "Ben", Role.LEAD)
    custody.set_role(empty, empty.reviewer, Role.READER)
    with pytest.raises(UserError, match="read-only"):
        person(empty, "7")
    with pytest.raises(UserError, match="no reviewer Cat"):
        custody.set_role(empty, "Cat", Role.LEAD)


def test_a_read_only_reviewer_is_told_before_an_import_and_can_still_open(
    empty: Case, tmp_path: Path
) -> None:
    introduce(empty, BEN, "Ben")
    custody.set_role(empty, "Ben", Role.LEAD)
    custody.set_role(empty, empty.reviewer, Role.READER)
    trove = plant(tmp_path / "t", {"a.txt": "words"})
    with pytest.raises(UserError, match="read-only"):
        take(empty, trove)
    with pytest.raises(UserError, match="read-only"):
        ingest.reopen(empty, None)
    assert empty.catalogue.count() == 0
    (empty.folder / "header.copy.json").unlink()
    told = sessions.begin(empty)
    assert "was put back from its copy" in told[0]
    assert empty.decided.acts_of([Kind.VAULT])[-1][1]["event"] == "header.mended"


# --- packs


def test_a_pack_goes_to_another_laptop_and_back(
    one: tuple[Case, DocumentId], tmp_path: Path
) -> None:
    case, letter = one
    (tmp_path / "two").mkdir()
    other = copy_case(case, tmp_path / "two")
    try:
        assert other.decided.device != case.decided.device
        who = person(case, "7")
        tags.tag(case, Anchor(letter), who, Harm.LOW)
        stamping.keep(case, replace(stamping.kept(case), legend="CONFIDENTIAL"))
        packs.export(case, tmp_path / "one.pack")
        introduce(other, BEN, "Ben")
        target = tags.target_of(Anchor(letter), who.id)
        payload = {"harm": 4, "categories": [], "note": "", "paths": ["p"]}
        other.decided.act(Draft(Kind.TAG, [target], payload), BEN)
        taken = packs.take(other, tmp_path / "one.pack")
        assert (taken.acts > 0, taken.conflicts, taken.reviewers) == (True, 1, (case.reviewer,))
        assert packs.take(other, tmp_path / "one.pack").acts == 0
        assert stamping.kept(other) == stamping.kept(case)
        packs.export(other, tmp_path / "two.pack", "Ben")
        packs.take(case, tmp_path / "two.pack")
        (line,) = packs.conflict_lines(case)
        assert sorted(tag["harm"] for tag in line["tags"]) == [1, 4]
        packs.settle(case, ActId(line["tags"][0]["act"]))
        assert packs.conflicts(case) == []
        assert case.decided.verify()[0] is None
        assert other.decided.verify()[0] is None
    finally:
        other.close()
    assert MARK.encode() not in (tmp_path / "one.pack").read_bytes()


@pytest.mark.parametrize("where", ["start", "case", "salt", "end"])
def test_a_pack_that_was_changed_is_refused(empty: Case, tmp_path: Path, where: str) -> None:
    file = tmp_path / "a.pack"
    packs.export(empty, file)
    data = bytearray(file.read_bytes())
    data[{"start": 3, "case": 25, "salt": 70, "end": -1}[where]] ^= 1
    file.write_bytes(data)
    head = empty.decided.head()
    with pytest.raises(UserError, match=r"is no review pack|of another case|cannot be opened"):
        packs.take(empty, file)
    assert empty.decided.head() == head


def test_a_pack_larger_than_any_is_not_read(empty: Case, tmp_path: Path) -> None:
    file = tmp_path / "a.pack"
    with file.open("wb") as handle:
        handle.truncate((256 << 20) + 1)
    with pytest.raises(UserError, match="larger than any"):
        packs.take(empty, file)


# --- the end


def test_a_case_is_destroyed_only_by_its_name(empty: Case) -> None:
    folder = empty.folder
    name = empty.name
    empty.close()
    with pytest.raises(UserError, match="type the case's name"):
        custody.destroy(folder, "no")
    assert (folder / "header.json").exists()
    custody.destroy(folder, name)
    assert not folder.exists()


def test_destroying_takes_the_key_store_entry_too(empty: Case) -> None:
    store = Memory()
    keychain = Keychain(lambda: store)
    ways.keychain_on(empty, keychain)
    assert len(store.kept) == 1
    folder, name = empty.folder, empty.name
    empty.close()
    custody.destroy(folder, name, keychain)
    assert store.kept == {}
    assert not folder.exists()
