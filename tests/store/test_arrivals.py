"""Acts from another laptop: any order, any repetition, one state; what is forged is refused."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.store.exchange import from_plain, to_plain
from evidencebox.store.ledger import Draft, Signed
from evidencebox.vault.signing import Signer

if TYPE_CHECKING:
    from tests.store.conftest import Desk

ANN, BEN, CAT = (Signer(letter * 32) for letter in (b"a", b"b", b"c"))
DOCUMENTS = ("d" * 64, "e" * 64)


@pytest.fixture(scope="module")
def laptop(
    new_desk: Callable[[], Desk], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Desk]]:
    """Makes laptops that hold copies of one case, in which Ann is the lead; each its own device."""
    first = new_desk()
    maker = type(first)
    first.decided.settle_device("the first")
    first.act(Kind.REVIEWER, {"author": ANN.author}, name="Ann")
    first.close()
    made: list[Desk] = []

    def make() -> Desk:
        folder = tmp_path_factory.mktemp("laptop") / "case"
        shutil.copytree(first.folder, folder)
        desk = maker.__new__(maker)
        desk.folder, desk.path = folder, folder / "case.db"
        desk.ann, desk.ben = ANN, BEN
        desk._opened = []
        desk.open()
        desk.decided.settle_device(str(len(made)))
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


def tag(desk: Desk, by: Signer, document: int = 0, harm: int = 1, officer: str = "off-1") -> None:
    target = {"document": DOCUMENTS[document], "officer": officer}
    payload = {"harm": harm, "categories": ["medical"], "note": "n", "paths": ["a"]}
    desk.decided.act(Draft(Kind.TAG, [target], payload), by)


def pack(desk: Desk, by: Signer) -> list[Signed]:
    return [from_plain(to_plain(signed)) for signed in desk.decided.signed_acts(by.author)]


def state(desk: Desk) -> dict[str, Any]:
    """Everything that the acts mean, and whether it verifies."""
    tables = ("reviewers", "officers", "tags", "labels", "reviews", "settlements", "materials")
    found: dict[str, Any] = {}
    for table in (*tables, "purges"):
        found[table] = sorted(desk.raw(f"SELECT * FROM {table}"))
    found["purged"] = sorted(desk.raw("SELECT act, part FROM payloads WHERE body IS NULL"))
    found["conflicts"] = desk.decided.conflicts()
    found["policy"] = desk.decided.policy()
    return found


def test_what_was_decided_elsewhere_stands_beside_ones_own(laptop: Callable[[], Desk]) -> None:
    one, two = laptop(), laptop()
    assert one.decided.device != two.decided.device
    tag(one, ANN, harm=2)
    two.act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ben")
    tag(two, BEN, harm=4)
    assert len(one.decided.receive(pack(two, BEN))) == 2
    assert one.decided.receive(pack(two, BEN)) == []
    assert sorted(int(t.harm) for t in one.decided.tags()) == [2, 4]
    assert one.decided.verify()[0] is None
    (conflict,) = one.decided.conflicts()
    assert {int(t.harm) for t in conflict.tags} == {2, 4}
    two.decided.receive(pack(one, ANN))
    assert state(one) == state(two)


def test_a_settled_conflict_rests_until_someone_changes_his_tag(
    laptop: Callable[[], Desk],
) -> None:
    desk = laptop()
    desk.act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ben")
    tag(desk, ANN, harm=2)
    tag(desk, BEN, harm=4)
    (conflict,) = desk.decided.conflicts()
    acts = sorted(t.act for t in conflict.tags)
    target = {"document": DOCUMENTS[0], "officer": "off-1"}
    desk.act(Kind.SETTLE, target, stands=acts[0], acts=acts)
    assert desk.decided.conflicts() == []
    tag(desk, BEN, harm=3)
    assert len(desk.decided.conflicts()) == 1
    tag(desk, BEN, harm=2)
    assert desk.decided.conflicts() == []


def test_the_same_name_on_two_laptops_is_two_reviewers(laptop: Callable[[], Desk]) -> None:
    desk, other = laptop(), laptop()
    other.act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ann")
    desk.decided.receive(pack(other, BEN))
    assert set(desk.decided.reviewers().values()) == {
        f"Ann ({who.author[:6]})" for who in (ANN, BEN)
    }


# --- one state, whatever the way there

STEPS = ("tag", "untag", "label", "reviewed", "undo", "redo", "officer", "settle")


def do(desk: Desk, who: Signer, step: str, number: int) -> None:
    document = DOCUMENTS[number % 2]
    target = {"document": document, "officer": "off-1"}
    if step == "tag":
        tag(desk, who, number % 2, number % 5)
    elif step == "untag":
        desk.act(Kind.UNTAG, target, by=who)
    elif step == "label":
        desk.act(Kind.LABEL, {"document": document, "label": "x"}, by=who, paths=["p"])
    elif step == "reviewed":
        desk.act(Kind.REVIEWED, {"document": document}, by=who, paths=["p"])
    elif step == "officer":
        desk.act(Kind.OFFICER, {"officer": "off-1"}, by=who, officers=[{"last": str(number)}])
    elif step == "settle":
        acts = [t.act for t in desk.decided.tags()]
        desk.act(Kind.SETTLE, target, by=who, acts=sorted(acts), stands="")
    else:
        desk.decided.undo_last(who, redo=step == "redo")


days = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(STEPS), st.integers(0, 9)), max_size=9)


@settings(max_examples=6)
@given(days, st.integers(0, 99))
def test_any_order_and_repetition_end_in_one_state(
    laptop: Callable[[], Desk], day: list[tuple[int, str, int]], seed: int
) -> None:
    desks, who = [laptop(), laptop()], [ANN, BEN]
    desks[1].act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ben")
    rng = random.Random(seed)
    packs = []
    for place, step, number in day:
        do(desks[place], who[place], step, number)
        packs.append(pack(desks[place], who[place]))
        if rng.random() < 0.2:
            desks[1 - place].decided.receive(packs[-1])
    ends = [pack(desk, by) for desk, by in zip(desks, who, strict=True)]
    third = laptop()
    for desk in (*desks, third):
        arriving = [*ends, *rng.sample(packs, len(packs) // 2), *ends]
        rng.shuffle(arriving)
        for some in arriving:
            desk.decided.receive(rng.sample(some, len(some)))
    assert state(desks[0]) == state(desks[1]) == state(third)
    before = state(third)
    assert third.decided.verify()[0] is None
    third.decided.rebuild()
    assert state(third) == before


# --- what is refused, whole


def refused(desk: Desk, acts: list[Signed]) -> str:
    before, head = state(desk), desk.decided.head()
    with pytest.raises(UserError) as caught:
        desk.decided.receive(acts)
    assert (state(desk), desk.decided.head()) == (before, head)
    assert desk.decided.verify()[0] is None
    return str(caught.value)


@pytest.fixture
def two(laptop: Callable[[], Desk]) -> tuple[Desk, list[Signed]]:
    """A laptop, and Ben's pack of four acts from another."""
    here, there = laptop(), laptop()
    there.act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ben")
    for harm in (1, 2, 3):
        tag(there, BEN, harm=harm)
    return here, pack(there, BEN)


def test_a_forged_signature_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    acts[2] = dataclasses.replace(acts[2], signature=acts[1].signature)
    assert "signature of act 3" in refused(here, acts)


def test_an_act_signed_by_another_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    act = acts[3].act
    acts[3] = dataclasses.replace(acts[3], signature=CAT.sign(act.digest))
    assert "signature of act 4" in refused(here, acts)


def test_a_gap_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    assert "Acts 2 to 2" in refused(here, [acts[0], *acts[2:]])


def test_a_fork_of_a_chain_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    here.decided.receive(acts)
    other = dataclasses.replace(acts[3].act, utc="2020-01-01T00:00:00Z")
    forged = dataclasses.replace(acts[3], act=other, signature=BEN.sign(other.digest))
    assert "two acts 4" in refused(here, [*acts[:3], forged])


def test_a_fork_within_one_pack_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    other = dataclasses.replace(acts[3].act, utc="2020-01-01T00:00:00Z")
    forged = dataclasses.replace(acts[3], act=other, signature=BEN.sign(other.digest))
    assert "two acts 4" in refused(here, [*acts, forged])


def test_a_clock_that_runs_back_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    other = dataclasses.replace(acts[3].act, clock=acts[2].act.clock)
    forged = dataclasses.replace(acts[3], act=other, signature=BEN.sign(other.digest))
    assert "out of order" in refused(here, [*acts[:3], forged])


def test_nobody_slips_in_before_the_first_reviewer(laptop: Callable[[], Desk]) -> None:
    here = laptop()
    act = here.decided.signed_acts()[0].act
    seen = here.decided.signed_acts()[0]
    for number in range(200):
        early = dataclasses.replace(
            act, author=CAT.author, device=f"{number:032x}", targets=({"author": CAT.author},)
        )
        if early.id < act.id:
            break
    forged = dataclasses.replace(seen, act=early, signature=CAT.sign(early.digest))
    assert "first reviewer" in refused(here, [forged])


def test_an_order_by_someone_who_is_no_lead_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    last = acts[-1].act
    order = dataclasses.replace(
        last, kind=Kind.PURGE, seq=5, clock=last.clock + 1, previous=last.id,
        targets=({"document": DOCUMENTS[0]},),
    )  # fmt: skip
    signed = dataclasses.replace(acts[-1], act=order, signature=BEN.sign(order.digest))
    assert "no lead" in refused(here, [*acts, signed])


def test_content_that_is_left_out_is_refused(two: tuple[Desk, list[Signed]]) -> None:
    here, acts = two
    bare = dataclasses.replace(acts[3].parts[0], salt=None, body=None)
    acts[3] = dataclasses.replace(acts[3], parts=(bare,))
    assert "leaves out" in refused(here, acts)


# --- removal by order


def test_an_order_removes_what_was_said_of_one_document(laptop: Callable[[], Desk]) -> None:
    here, there = laptop(), laptop()
    for desk, by in ((here, ANN), (there, BEN)):
        if by is BEN:
            desk.act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ben")
        tag(desk, by, 0, 3)
        tag(desk, by, 1, 2)
    here.act(Kind.PURGE, {"document": DOCUMENTS[0]}, order="Court, 12 May")
    assert [t.anchor.document for t in here.decided.tags()] == [DOCUMENTS[1]]
    assert here.raw("SELECT count(*) FROM payloads WHERE body IS NULL") == [(1,)]
    assert here.decided.verify()[0] is None
    # A colleague's acts about it lose their content when they arrive, and his own by the order.
    here.decided.receive(pack(there, BEN))
    there.decided.receive(pack(here, ANN))
    assert here.raw("SELECT count(*) FROM payloads WHERE body IS NULL") == [(2,)]
    assert state(here) == state(there)
    assert here.decided.verify()[0] is None
    assert there.decided.verify()[0] is None
    before = state(here)
    here.decided.rebuild()
    assert state(here) == before


def test_an_order_takes_its_part_of_a_batch_only(laptop: Callable[[], Desk]) -> None:
    desk = laptop()
    targets = [{"document": d, "officer": "off-1"} for d in DOCUMENTS]
    desk.act(Kind.TAG, *targets, harm=3, categories=[], note="n", paths=["SECRET/a", "b"])
    desk.act(Kind.PURGE, {"document": DOCUMENTS[0]}, order="x")
    (left,) = desk.decided.tags()
    assert (left.anchor.document, int(left.harm), left.note) == (DOCUMENTS[1], 3, "n")
    assert desk.decided.tag_paths() == {DOCUMENTS[1]: "b"}
    assert "SECRET" not in str(desk.raw("SELECT * FROM payloads", "SELECT body FROM payloads"))
    assert desk.decided.verify()[0] is None


def test_an_order_is_not_undone(laptop: Callable[[], Desk]) -> None:
    desk = laptop()
    desk.act(Kind.PURGE, {"document": DOCUMENTS[0]}, order="x")
    assert desk.decided.undo_last(ANN) is None


# --- roles


def test_what_a_role_forbids_is_refused_in_a_sentence(laptop: Callable[[], Desk]) -> None:
    desk = laptop()
    desk.act(Kind.REVIEWER, {"author": BEN.author}, by=BEN, name="Ben")
    with pytest.raises(UserError, match="Only a lead"):
        desk.act(Kind.ROLE, {"author": BEN.author}, by=BEN, role="lead")
    tag(desk, BEN)
    desk.act(Kind.ROLE, {"author": BEN.author}, role="reader")
    with pytest.raises(UserError, match="read-only"):
        tag(desk, BEN)
    with pytest.raises(UserError, match="read-only"):
        tag(desk, CAT)
    desk.act(Kind.ROLE, {"author": BEN.author}, role="lead")
    desk.act(Kind.SEALING, {"label": "sealed"}, by=BEN, categories=["medical"])
    assert desk.decided.policy().sealed == {"medical"}
    assert desk.decided.verify()[0] is None


def test_a_copy_goes_on_as_another_device(laptop: Callable[[], Desk], tmp_path: Path) -> None:
    desk = laptop()
    device = desk.decided.device
    desk.decided.settle_device(desk.decided.meta("place") or "")
    assert desk.decided.device == device
    desk.decided.settle_device("elsewhere")
    assert desk.decided.device != device
    tag(desk, ANN)
    assert desk.decided.verify()[0] is None
