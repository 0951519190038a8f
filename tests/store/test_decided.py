"""Decisions: tables that always say what the acts say, undo, threads, processes, kills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import Act, Kind, standing
from evidencebox.store.engine import reading
from evidencebox.store.projection import act_from
from evidencebox.vault import database
from evidencebox.vault.anchor import Anchor as AnchorLog
from evidencebox.vault.anchor import Head

if TYPE_CHECKING:
    from tests.store.conftest import Desk

TABLES = ("reviewers", "acquisitions", "officers", "tags", "labels", "reviews")

# --- projections


def tables(desk: Desk) -> dict[str, Any]:
    """Every projection's rows, but not their order."""
    connection = database.connect(desk.path, b"k" * 32, journal="DELETE")
    rows = {t: sorted(map(repr, connection.execute(f"SELECT * FROM {t}"))) for t in TABLES}
    connection.close()
    return rows


def keys_in(desk: Desk) -> set[tuple[str, str]]:
    """(key, act) of every row of every projection."""
    connection = database.connect(desk.path, b"k" * 32, journal="DELETE")
    found = {tuple(r) for t in TABLES for r in connection.execute(f"SELECT key, act FROM {t}")}
    connection.close()
    return found


STEP: st.SearchStrategy[Any] = st.one_of(
    st.tuples(
        st.sampled_from([Kind.TAG, Kind.UNTAG, Kind.LABEL, Kind.UNLABEL, Kind.REVIEWED]),
        st.lists(st.sampled_from(["d1", "d2", "d3"]), min_size=1, max_size=3),
        st.sampled_from(["o1", "o2"]),
        st.booleans(),
    ),
    st.tuples(
        st.just(Kind.OFFICER),
        st.lists(st.sampled_from(["o1", "o2"]), min_size=1, max_size=2),
        st.just(""),
        st.booleans(),
    ),
    st.tuples(st.sampled_from(["undo", "redo"]), st.just([]), st.just(""), st.booleans()),
)
Step = tuple[Any, list[str], str, bool]


def take(desk: Desk, step: Step, number: int) -> None:
    """One step: an act, an undo or a redo, by one of two authors."""
    kind, names, officer, anns = step
    by = desk.ann if anns else desk.ben
    before = desk.decided.head().arrivals
    if not isinstance(kind, Kind):
        desk.decided.undo_last(by, redo=kind == "redo")
    elif kind is Kind.OFFICER:
        people = [{"badge": f"{name}-{number}", "last": "L"} for name in names]
        desk.act(kind, *({"officer": name} for name in names), by=by, officers=people)
    else:
        more = {"officer": officer} if kind in (Kind.TAG, Kind.UNTAG) else {"label": officer}
        more = {} if kind is Kind.REVIEWED else more
        targets = [{"document": name, **more} for name in names]
        desk.act(kind, *targets, by=by, harm=number % 5, paths=names)
    assert desk.decided.head().arrivals - before <= 1


def recorded(desk: Desk) -> list[Act]:
    with reading(desk.decided._engine) as connection:
        rows = connection.exec_driver_sql("SELECT * FROM acts ORDER BY arrival").all()
    return [act_from(row) for row in rows]


@settings(max_examples=25)
@given(st.lists(STEP, max_size=14))
def test_the_tables_say_what_the_acts_say(new_desk: Callable[[], Desk], steps: list[Step]) -> None:
    desk = new_desk()
    for number, step in enumerate(steps):
        take(desk, step, number)
    acts = recorded(desk)
    assert keys_in(desk) == {(key, act.id) for key, (act, _) in standing(acts).items()}
    before = tables(desk)
    desk.decided.rebuild()
    assert tables(desk) == before
    assert desk.decided.verify()[0] is None
    assert desk.decided.alarm() is None


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["tag", "tag", "undo", "undo", "redo", "other"]), max_size=16))
def test_undo_and_redo_walk_the_authors_own_acts(
    new_desk: Callable[[], Desk], steps: list[str]
) -> None:
    """Against the plain model of an editor: a list, and how far along it one stands."""
    desk = new_desk()
    done: list[str] = []
    ahead: list[str] = []
    for number, step in enumerate(steps):
        if step == "tag":
            done.append(f"doc-{number}")
            ahead.clear()
            desk.tag(done[-1])
        elif step == "other":
            desk.tag(f"bens-{number}", by=desk.ben)
        elif step == "undo":
            found = desk.decided.undo_last(desk.ann)
            expected = done.pop() if done else None
            if expected:
                ahead.append(expected)
            assert (found.targets[0]["document"] if found else None) == expected
        else:
            found = desk.decided.undo_last(desk.ann, redo=True)
            expected = ahead.pop() if ahead else None
            if expected:
                done.append(expected)
            assert (found.targets[0]["document"] if found else None) == expected
        assert {d for d in desk.harms() if d.startswith("doc")} == set(done)


# --- what each kind does


def test_a_tag_is_read_back_whole(desk: Desk) -> None:
    act = desk.act(
        Kind.TAG,
        {"document": "d", "officer": "o", "page": 2},
        harm=3,
        categories=["medical", "family"],
        note="seen on page two",
        paths=["mail/1.eml"],
    )
    (tag,) = desk.decided.tags()
    assert (tag.act, tag.anchor.document, tag.anchor.page) == (act.id, "d", 2)
    assert (tag.officer, tag.harm, tag.note) == ("o", Harm.HIGH, "seen on page two")
    assert tag.categories == ("medical", "family")
    assert (tag.author, tag.utc) == (desk.ann.author, act.utc)
    assert desk.decided.tag_paths() == {DocumentId("d"): "mail/1.eml"}
    desk.close()
    assert desk.open().tags() == [tag]


def test_a_second_decision_replaces_ones_own_and_not_anothers(desk: Desk) -> None:
    desk.tag("d", 1)
    desk.tag("d", 4)
    desk.tag("d", 2, by=desk.ben)
    harms = {tag.author: int(tag.harm) for tag in desk.decided.tags()}
    assert harms == {desk.ann.author: 4, desk.ben.author: 2}


def test_tags_of_documents_asked_for(desk: Desk) -> None:
    for number in range(4):
        desk.tag(f"d{number}")
    asked = [DocumentId(f"d{n}") for n in (1, 3, 9)]
    assert {tag.anchor.document for tag in desk.decided.tags(asked)} == {"d1", "d3"}
    many = [DocumentId(f"x{n}") for n in range(1200)] + asked
    assert len(desk.decided.tags(many)) == 2
    # Oldest first, though the database is asked by portions.
    apart = [asked[1], *many[:600], asked[0]]
    stood = [tag.anchor.document for tag in desk.decided.tags() if tag.anchor.document in apart]
    assert [tag.anchor.document for tag in desk.decided.tags(apart)] == stood == ["d1", "d3"]


def test_a_batch_is_one_act_and_one_undo(desk: Desk) -> None:
    targets = [{"document": f"d{n}", "officer": "o"} for n in range(700)]
    desk.act(Kind.TAG, *targets, harm=1, paths=[f"p{n}" for n in range(700)])
    assert desk.decided.head().arrivals == 1
    assert desk.decided.tag_paths()[DocumentId("d699")] == "p699"
    desk.decided.undo_last(desk.ann)
    assert desk.decided.tags() == []
    desk.decided.undo_last(desk.ann, redo=True)
    assert len(desk.decided.tags()) == 700
    assert desk.decided.tag_paths()[DocumentId("d699")] == "p699"


def test_a_document_named_twice_in_one_act_is_no_error(desk: Desk) -> None:
    target = {"document": "d", "officer": "o"}
    desk.act(Kind.TAG, target, dict(target), harm=2, paths=["first", "second"])
    assert desk.harms() == {"d": 2}
    assert desk.decided.tag_paths() == {DocumentId("d"): "second"}
    assert desk.decided.verify()[0] is None


def test_labels_and_reviews(desk: Desk) -> None:
    for by in (desk.ann, desk.ben):
        desk.act(Kind.LABEL, {"document": "d", "label": "privileged"}, by=by, paths=["p"])
    desk.act(Kind.LABEL, {"document": "d", "label": "confidential"}, paths=["p"])
    desk.act(Kind.REVIEWED, {"document": "d"}, {"document": "e"}, paths=["p", "q"])
    assert desk.decided.labels() == {DocumentId("d"): ["confidential", "privileged"]}
    assert desk.decided.reviewed([DocumentId("e"), DocumentId("f")]) == {"e"}
    desk.act(Kind.UNLABEL, {"document": "d", "label": "privileged"})
    assert "privileged" in desk.decided.labels()[DocumentId("d")], "Ben's label stands"
    desk.act(Kind.UNREVIEWED, {"document": "d"})
    assert desk.decided.reviewed() == {"e"}


def people(*badges: str, last: str = "Doe") -> dict[str, Any]:
    return {"officers": [{"badge": badge, "last": last, "first": "Jo"} for badge in badges]}


def test_a_roster_import_is_undone_and_redone_as_one(desk: Desk) -> None:
    desk.act(Kind.OFFICER, {"officer": "1"}, **people("b1", last="Old"))
    desk.act(Kind.OFFICER, {"officer": "1"}, {"officer": "2"}, **people("b1", "b2", last="New"))
    assert [(o.badge, o.last) for o in desk.decided.officers()] == [("b1", "New"), ("b2", "New")]
    undone_act = desk.decided.undo_last(desk.ann)
    assert undone_act is not None
    assert undone_act.kind is Kind.OFFICER
    assert [(o.badge, o.last) for o in desk.decided.officers()] == [("b1", "Old")]
    desk.decided.undo_last(desk.ann)
    assert desk.decided.officers() == []
    desk.decided.undo_last(desk.ann, redo=True)
    desk.decided.undo_last(desk.ann, redo=True)
    assert [o.last for o in desk.decided.officers()] == ["New", "New"]


def test_officers_are_found_by_id_and_by_badge(desk: Desk) -> None:
    desk.act(Kind.OFFICER, *({"officer": n} for n in "123"), **people("b", "b", "c"))
    assert {o.id for o in desk.decided.officer("b")} == {"1", "2"}
    assert [o.badge for o in desk.decided.officer("3")] == ["c"]
    assert desk.decided.officer("z") == []


def test_the_roster_is_everyones(desk: Desk) -> None:
    desk.act(Kind.OFFICER, {"officer": "1"}, **people("b"))
    desk.act(Kind.OFFICER, {"officer": "1"}, by=desk.ben, **people("c"))
    assert [(o.id, o.badge) for o in desk.decided.officers()] == [(OfficerId("1"), "c")]


# --- undo


def test_undo_is_for_ones_own_acts_and_there_may_be_none(desk: Desk) -> None:
    assert desk.decided.undo_last(desk.ann) is None
    desk.tag("d", by=desk.ben)
    assert desk.decided.undo_last(desk.ann) is None
    assert desk.decided.undo_last(desk.ann, redo=True) is None
    assert desk.decided.head().arrivals == 1


def test_who_one_is_and_what_was_acquired_is_not_undone(desk: Desk) -> None:
    desk.act(Kind.REVIEWER, {"author": desk.ann.author}, name="Ann")
    desk.act(Kind.ACQUISITION, {"trove": "t"}, source="a drive")
    assert desk.decided.undo_last(desk.ann) is None
    assert desk.decided.reviewers() == {desk.ann.author: "Ann"}
    assert desk.decided.acquisitions() == [{"source": "a drive"}]


def test_undo_brings_back_the_tag_before(desk: Desk) -> None:
    desk.tag("d", 1)
    desk.tag("d", 4)
    desk.decided.undo_last(desk.ann)
    assert desk.harms() == {"d": 1}
    desk.act(Kind.UNTAG, {"document": "d", "officer": "off-1"})
    assert desk.harms() == {}
    desk.decided.undo_last(desk.ann)
    assert desk.harms() == {"d": 1}


def test_a_new_act_ends_redo(desk: Desk) -> None:
    desk.tag("d1")
    desk.tag("d2")
    desk.decided.undo_last(desk.ann)
    desk.tag("d3")
    assert desk.decided.undo_last(desk.ann, redo=True) is None
    assert set(desk.harms()) == {"d1", "d3"}


def test_undo_works_after_reopening(desk: Desk) -> None:
    desk.tag("d1")
    desk.close()
    desk.open().undo_last(desk.ann)
    assert desk.harms() == {}
    desk.close()
    desk.open().undo_last(desk.ann, redo=True)
    assert desk.harms() == {"d1": 1}


def test_the_history_tells_undos_too(desk: Desk) -> None:
    one, other = DocumentId("1" * 64), DocumentId("2" * 64)
    desk.tag(one)
    desk.tag(other)
    desk.tag(one, 3)
    desk.decided.undo_last(desk.ann)
    history = desk.decided.history(one)
    assert [act.kind for act, _ in history] == [Kind.UNDO, Kind.TAG, Kind.TAG]
    assert [payload.get("harm") for _, payload in history] == [None, 3, 1]
    desk.decided.undo_last(desk.ann, redo=True)
    kinds = [act.kind for act, _ in desk.decided.history(one)]
    assert kinds == [Kind.UNDO, Kind.UNDO, Kind.TAG, Kind.TAG]


# --- beside the ledger


def test_meta_is_kept(desk: Desk) -> None:
    assert desk.decided.meta("index_generation") is None
    desk.decided.set_meta("index_generation", "1")
    desk.decided.set_meta("index_generation", "2")
    desk.close()
    assert desk.open().meta("index_generation") == "2"


def test_the_device_is_the_same_after_reopening(desk: Desk) -> None:
    first = desk.decided.device
    desk.close()
    assert len(first) == 32
    assert desk.open().device == first


def test_opening_and_reading_write_nothing(desk: Desk) -> None:
    desk.tag("d")
    desk.close()
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in desk.folder.iterdir()}
    decided = desk.open()
    decided.tags()
    decided.verify()
    decided.alarm()
    desk.close()
    assert before == {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in desk.folder.iterdir()}


def test_the_log_is_written_before_and_after_the_commit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each line, what another connection sees committed."""
    committed: list[tuple[str, int]] = []
    append = AnchorLog._append

    def watched(self: AnchorLog, kind: str, head: Head) -> None:
        append(self, kind, head)
        committed.append((kind, desk.decided.head().arrivals))

    monkeypatch.setattr(AnchorLog, "_append", watched)
    desk.tag("d")
    desk.decided.undo_last(desk.ann)
    assert committed == [("intent", 0), ("done", 1), ("intent", 1), ("done", 2)]


def test_no_intent_no_act(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(log: AnchorLog, head: Head) -> None:
        raise UserError("anchor.log cannot be written: No space left on device.")

    desk.tag("before")
    monkeypatch.setattr(AnchorLog, "intent", fail)
    with pytest.raises(UserError, match="No space left"):
        desk.tag("after")
    monkeypatch.undo()
    assert set(desk.harms()) == {"before"}
    assert desk.decided.verify()[0] is None


# --- several at once


def test_threads_and_processes_make_one_unbroken_ledger(desk: Desk) -> None:
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", TAGGER, str(desk.folder), seed, "12"], stdout=subprocess.PIPE
        )
        for seed in "cd"
    ]
    errors: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(12):
                desk.tag(f"{name}-{number}")
                desk.decided.tags()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("t1", "t2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for rival in rivals:
        assert rival.communicate()[0].count(b"\n") == 12
        assert rival.returncode == 0
    assert errors == []
    assert desk.decided.verify()[:2] == (None, 48)
    assert desk.decided.alarm() is None
    assert len(desk.decided.tags()) == 48


TAGGER = """
import functools, sys
from pathlib import Path
from evidencebox.model.ledger import Kind
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import database
from evidencebox.vault.anchor import Anchor
from evidencebox.vault.signing import Signer
folder, seed, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
key = b"k" * 32
case = "9b2f6f0e-6f0b-4d0e-8a39-3f2f7f6f4d11"
run = sys.argv[4] if len(sys.argv) > 4 else ""
connect = functools.partial(database.connect, folder / "case.db", key, journal="DELETE")
decided = Decided(connect, case, Anchor(folder / "anchor.log", key))
signer = Signer(seed.encode() * 32)
for number in range(count):
    target = {"document": f"{seed}-{run}{number}", "officer": "o"}
    act = decided.act(Draft(Kind.TAG, [target], {"harm": 1, "paths": ["p"]}), signer)
    print(act.id, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize(
    "kills", [15, pytest.param(500, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_no_acknowledged_tag_is_lost_to_a_kill(desk: Desk, kills: int) -> None:
    desk.close()
    rng = random.Random(kills)
    acknowledged: set[str] = set()
    for number in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", TAGGER, str(desk.folder), "a", "1000", f"{number}-"],
            stdout=subprocess.PIPE,
            text=True,
        ) as tagger:
            assert tagger.stdout is not None
            acknowledged.add(tagger.stdout.readline().strip())
            timer = threading.Timer(rng.random() * 0.08, tagger.send_signal, (signal.SIGKILL,))
            timer.start()
            # A line may be torn by the kill; it was acknowledged when it was whole.
            acknowledged.update(line.strip() for line in tagger.stdout if line.endswith("\n"))
            timer.join()
        decided = desk.open()
        assert decided.alarm() is None, number
        desk.close()
    decided = desk.open()
    assert decided.verify()[0] is None
    assert len(acknowledged) >= kills
    assert acknowledged <= {tag.act for tag in decided.tags()}
