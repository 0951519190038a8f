"""An open case as the window uses it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.documents import TYPE_WORDS, DocumentType
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor
from evidencebox.services import afterwards, backups, sessions
from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from evidencebox.vault.lock import Held
from tests.services.making import make_case, plant, take


@pytest.fixture
def desk(case: Case) -> Iterator[Desk]:
    made = Desk(case, session_lock(case.folder))
    yield made
    made.close()


def test_the_head_of_the_window(desk: Desk, case: Case) -> None:
    head = desk.summary()
    assert (head.name, head.reviewer, head.officers) == ("sample", "R. Viewer", 40)
    assert head.documents == case.catalogue.count() > 60
    assert head.failures == len(desk.failures()) > 0
    assert head.trove_present
    (acquired,) = case.decided.acquisitions()
    assert head.sandbox == acquired["sandbox"] != ""


def test_search_open_choose_tag_undo(desk: Desk) -> None:
    found = desk.search("badge")
    document = found.documents[0]
    view = desk.document(document)
    (hit, *_) = desk.hits("badge", document)
    assert desk.page(document, hit.page).text[hit.start : hit.end].casefold() == "badge"
    assert desk.snippet("badge", document).document == document
    officer = desk.officers("", 1)[0]
    done = desk.tag(Anchor(document), officer.id, Harm.HIGH, ("address",), "n")
    assert done.text == f"High set for {officer.last} on {view.record.id}"
    (row,) = desk.document(document).tags
    assert (row.officer, row.tag.harm, row.tag.categories) == (officer, Harm.HIGH, ("address",))
    (line,) = desk.rows([document])
    assert (line.officers, line.harm, line.reviewed) == ((officer.name,), Harm.HIGH, False)
    assert line.categories == ("address",)
    desk.label([document], "privileged", True)
    assert desk.rows([document])[0].labels == ("privileged",)
    desk.undo()
    desk.reviewed(document, True)
    assert desk.rows([document])[0].reviewed
    desk.undo()
    desk.undo()
    assert desk.document(document).tags == ()
    desk.redo()
    assert len(desk.document(document).tags) == 1
    assert desk.document(document).history[-1].endswith(f"3 High for {officer.name}")
    desk.untag(Anchor(document), officer.id)
    assert desk.rows([document])[0].harm is None


def test_rows_keep_the_order_asked_for(desk: Desk) -> None:
    wanted = list(reversed(desk.search("").documents))
    assert [row.document for row in desk.rows(wanted)] == wanted


def test_facets_count_within_what_was_found(desk: Desk) -> None:
    officer = desk.officers("", 1)[0]
    mails = desk.search("type:mail").documents
    desk.tag(Anchor(mails[0]), officer.id, Harm.HIGH)
    desk.tag(Anchor(mails[0], 1), officer.id, Harm.LOW)
    desk.tag(Anchor(mails[1]), officer.id, Harm.LOW)
    desk.reviewed(mails[0], True)
    groups = {f.name: {v.label: v for v in f.values} for f in desk.facets(desk.search("type:mail"))}
    assert groups["Review"]["Reviewed"].count == 1
    assert groups["Review"]["To do"].count == len(mails) - 1
    assert {n: v.count for n, v in groups["Harm"].items()} == {
        "None": 0,
        "Low": 2,
        "Medium": 0,
        "High": 1,
        "Very high": 0,
    }
    assert groups["Officer"][officer.name].count == 2
    assert groups["Type"]["Mail"].count == len(mails)
    assert groups["Type"]["PDF"].count == 0
    for group in groups.values():
        for value in group.values():
            narrowed = desk.search(f"type:mail {value.clause}").documents
            assert len(narrowed) == value.count, value.clause


def test_what_is_not_there_is_said(desk: Desk) -> None:
    document = desk.search("badge").documents[0]
    with pytest.raises(UserError, match="has no page 999"):
        desk.page(document, 999)
    with pytest.raises(UserError, match="There is no document"):
        desk.document(DocumentId("f" * 64))
    assert desk.rows([DocumentId("f" * 64)]) == []


def test_rosters_and_verification_in_words(desk: Desk, tmp_path: Path) -> None:
    plant(tmp_path, {"r.csv": "badge,last,first\n1,A,B\n2,,\n"})
    assert desk.import_officers(tmp_path / "r.csv").startswith("1 officer")
    assert desk.verify().startswith("The ledger verifies")


def test_one_window_at_a_time(desk: Desk, case: Case) -> None:
    with pytest.raises(Held, match="is open in another window or command"):
        session_lock(case.folder)


def test_many_threads_use_one_desk(desk: Desk) -> None:
    officer = desk.officers("", 1)[0]
    documents = desk.search("").documents
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for document in documents[number::4][:6]:
                desk.search("badge")
                desk.document(document)
                desk.tag(Anchor(document), officer.id, Harm.LOW)
                desk.facets(desk.search(""))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(desk.search("harm:1").documents) == 24
    assert desk.verify().startswith("The ledger verifies")


def test_every_type_has_a_name(desk: Desk) -> None:
    assert set(TYPE_WORDS) == set(DocumentType)


def test_a_page_is_drawn_with_its_hits(desk: Desk) -> None:
    found = desk.search("type:pdf")
    drawn = 0
    # A locked PDF has other bytes, and so another place, in each sample; it may be a sealed one.
    for document in [each for each in found.documents[:6] if not desk.document(each).sealed][:3]:
        page = desk.page(document, 1)
        word = page.text.split()[0]
        start = page.text.index(word)
        picture = desk.picture(document, 1, 500, [(start, start + len(word))])
        assert (picture.width, len(picture.pixels)) == (500, picture.size)
        assert {box.mark for box in picture.boxes} == {0}
        drawn += 1
    assert drawn
    desk.stop()
    with pytest.raises(UserError, match="being closed"):
        desk.picture(found.documents[0], 1, 500, [])


@pytest.mark.usefixtures("real_keys")
def test_a_lock_leaves_a_long_backup_to_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "LARGE_BYTES", 0)
    case = make_case(tmp_path / "case")
    take(case, plant(tmp_path / "trove", {"one.txt": "a badge"}))
    folder, case_key = case.folder, case.case_key
    assert sessions.begin(case) == []
    assert backups.paths(folder) == []
    desk = Desk(case, session_lock(folder))
    desk.reviewed(desk.search("badge").documents[0], on=True)
    head = case.decided.head()
    assert not desk.lingers()
    desk.close()
    assert afterwards._left[-1].wait(60) == 0
    assert not desk.lingers()
    (made,) = backups.known(folder, case_key)
    assert made.head == head
