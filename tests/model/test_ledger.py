"""What a set of acts means, whatever the order and however often each is heard."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.ledger import (
    CLEARING,
    FINAL,
    FIRST,
    Act,
    Kind,
    keys_of,
    purgeable,
    standing,
    undone,
)
from evidencebox.model.payloads import (
    canonical,
    combine_hashes,
    hash_payload,
    join_payload,
    split_payload,
)

ANN, BEN = "a" * 64, "b" * 64


def act(
    kind: Kind, *targets: dict[str, Any], author: str = ANN, clock: int = 1, seq: int = 1
) -> Act:
    return Act(author, "d" * 32, seq, "2026-01-01T00:00:00Z", clock, kind, targets, "e" * 64, FIRST)


def tag(document: str = "doc", officer: str = "off", **more: Any) -> Act:
    place: dict[str, Any] = {
        k: more.pop(k) for k in ("page", "start", "end", "version") if k in more
    }
    return act(Kind.TAG, {"document": document, "officer": officer, **place}, **more)


def undo(*others: Act, author: str = ANN, clock: int = 9) -> Act:
    return act(Kind.UNDO, *({"act": o.id} for o in others), author=author, clock=clock)


# --- digests


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Act)])
def test_every_field_changes_the_digest(name: str) -> None:
    one = tag()
    others: dict[str, Any] = {
        "seq": 2,
        "clock": 2,
        "kind": Kind.UNTAG,
        "targets": ({"document": "doc", "officer": "offf"},),
    }
    new = others[name] if name in others else getattr(one, name) + "x"
    changed = dataclasses.replace(one, **{name: new})
    assert changed.digest != one.digest
    assert changed.id == changed.digest.hex()


def test_the_digest_of_an_act_stays_what_it_was() -> None:
    """Ledgers outlive versions: should this fail, old cases would no longer verify."""
    device, payload = "d" * 32, "e" * 64
    start = f'{{"author":"{ANN}","clock":1,"device":"{device}","kind":"tag.set",'
    start += f'"payload":"{payload}","previous":"{FIRST}","seq":1,'
    body = start + '"targets":[{"document":"doc","officer":"off"}],"utc":"2026-01-01T00:00:00Z"}'
    assert tag().digest == hashlib.sha256(b"evidencebox act 1\0" + body.encode()).digest()


def test_targets_cannot_be_run_together() -> None:
    one = act(Kind.TAG, {"document": "a", "officer": "b"})
    two = act(Kind.TAG, {"document": "a"}, {"officer": "b"})
    assert one.digest != two.digest


@given(st.recursive(st.integers() | st.text() | st.booleans() | st.none(), st.lists))
def test_canonical_json_is_ascii_and_reads_back(value: Any) -> None:
    assert canonical(value).isascii()
    assert json.loads(canonical(value)) == value


def test_canonical_json_knows_one_order() -> None:
    assert canonical({"b": 1, "a": [2]}) == canonical({"a": [2], "b": 1}) == '{"a":[2],"b":1}'


def test_a_payloads_hash_needs_its_salt() -> None:
    assert hash_payload(b"1", "x") != hash_payload(b"2", "x")
    assert hash_payload(b"1", "x") != hash_payload(b"1", "y")


# --- keys


def test_a_tags_key_is_its_place_its_officer_and_its_author() -> None:
    acts = [
        tag(),
        tag("other"),
        tag(officer="other"),
        tag(author=BEN),
        tag(page=1),
        tag(page=2),
        tag(page=1, start=0, end=4, version=1),
        tag(page=1, start=0, end=5, version=1),
        tag(page=1, start=0, end=4, version=2),
    ]
    assert len({keys_of(a) for a in acts}) == len(acts)
    assert keys_of(tag(clock=5)) == keys_of(tag())


def test_the_roster_has_no_author() -> None:
    one, two = (act(Kind.OFFICER, {"officer": "1"}, author=a) for a in (ANN, BEN))
    assert keys_of(one) == keys_of(two)


def test_clearing_speaks_of_the_same_key_as_setting() -> None:
    target = {"document": "d", "officer": "o", "label": "l"}
    for setting, clearing in (
        (Kind.TAG, Kind.UNTAG),
        (Kind.LABEL, Kind.UNLABEL),
        (Kind.REVIEWED, Kind.UNREVIEWED),
    ):
        assert keys_of(act(setting, target)) == keys_of(act(clearing, target))


def test_an_undo_speaks_of_no_key() -> None:
    assert keys_of(undo(tag())) == ()


# --- undo


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 3001])
def test_undo_and_redo_to_any_depth(depth: int) -> None:
    chain = [tag()]
    for number in range(depth):
        chain.append(undo(chain[-1], clock=number + 2))
    assert undone(chain) == {one.id for one in chain[-2::-2]}
    assert bool(standing(chain)) == (depth % 2 == 0)


def test_nobody_undoes_anothers_act() -> None:
    one = tag()
    assert undone([one, undo(one, author=BEN)]) == set()
    assert undone([one, undo(one)]) == {one.id}
    first = undo(one)
    assert undone([one, first, undo(first, author=BEN, clock=10)]) == {one.id}


def test_an_undo_of_what_has_not_arrived_yet_waits() -> None:
    one = tag()
    early = undo(one)
    assert undone([early]) == set()
    assert undone([early, one]) == {one.id}


def test_two_undos_of_one_act_must_both_go_for_it_to_stand() -> None:
    one = tag()
    first, second = undo(one, clock=2), undo(one, clock=3)
    redo = undo(second, clock=4)
    assert one.id in undone([one, first, second, redo])
    assert one.id not in undone([one, first, second, redo, undo(first, clock=5)])


def test_an_undo_of_several_acts_takes_back_each() -> None:
    one, two = tag("x"), tag("y", clock=2)
    assert undone([one, two, undo(one, two)]) == {one.id, two.id}


def test_undo_brings_back_what_stood_before() -> None:
    old, new = tag(clock=1), tag(clock=2)
    (key,) = keys_of(old)
    assert standing([old, new])[key] == (new, 0)
    assert standing([old, new, undo(new)])[key] == (old, 0)
    assert standing([old, new, undo(old)])[key] == (new, 0)


def test_a_clear_leaves_nothing_and_its_undo_brings_it_back() -> None:
    set_ = tag(clock=1)
    clear = act(Kind.UNTAG, {"document": "doc", "officer": "off"}, clock=2)
    (key,) = keys_of(set_)
    assert standing([set_, clear]) == {}
    assert standing([set_, clear, undo(clear)]) == {key: (set_, 0)}
    assert standing([set_, clear, tag(clock=3)])[key][0].clock == 3


def test_a_clear_by_another_takes_nothing() -> None:
    set_ = tag(clock=1)
    clear = act(Kind.UNTAG, {"document": "doc", "officer": "off"}, clock=2, author=BEN)
    assert list(standing([set_, clear]).values()) == [(set_, 0)]


def test_equal_clocks_are_settled_by_the_digest() -> None:
    one, two = tag(seq=1), tag(seq=2)
    (winner, _) = next(iter(standing([one, two]).values()))
    assert winner.id == max(one.id, two.id)
    assert standing([one, two]) == standing([two, one])


def test_a_key_named_twice_in_one_act_is_its_last_targets() -> None:
    target = {"document": "doc", "officer": "off"}
    both = act(Kind.TAG, target, dict(target))
    assert list(standing([both]).values()) == [(both, 1)]


# --- sets


@st.composite
def ledgers(draw: st.DrawFn) -> list[Act]:
    acts: list[Act] = []
    places = st.builds(
        lambda d, o: {"document": d, "officer": o, "label": o}, *[st.sampled_from("xyz")] * 2
    )
    kinds = st.sampled_from([k for k in Kind if k is not Kind.REVIEWER])
    for number in range(draw(st.integers(0, 14))):
        kind = draw(kinds) if not acts or draw(st.booleans()) else Kind.UNDO
        targets: list[dict[str, Any]]
        if kind is Kind.UNDO:
            picked = draw(st.lists(st.sampled_from(acts), min_size=1, max_size=2)) if acts else []
            targets = [{"act": other.id} for other in picked]
        else:
            targets = draw(st.lists(places, min_size=1, max_size=3))
        author = draw(st.sampled_from([ANN, BEN]))
        clock = draw(st.integers(1, 6))
        acts.append(act(kind, *targets, author=author, clock=clock, seq=number + 1))
    return acts


def slow_undone(acts: dict[str, Act], act_id: str) -> bool:
    """The rule as it is said, with recursion."""
    return any(
        not slow_undone(acts, other.id)
        for other in acts.values()
        if other.kind is Kind.UNDO
        and other.author == acts[act_id].author
        and acts[act_id].kind not in FINAL
        and any(t["act"] == act_id for t in other.targets)
    )


@given(ledgers(), st.integers(0, 99))
def test_state_is_a_function_of_the_set(acts: list[Act], seed: int) -> None:
    shuffled = [*acts, *acts[::2]]
    random.Random(seed).shuffle(shuffled)
    assert standing(shuffled) == standing(acts)
    assert undone(shuffled) == undone(acts)


@given(ledgers())
def test_state_is_what_the_rule_says(acts: list[Act]) -> None:
    by_id: dict[str, Act] = {a.id: a for a in acts}
    gone = {i for i in by_id if slow_undone(by_id, i)}
    assert undone(acts) == gone
    expected: dict[str, Act] = {}
    in_force = [a for a in by_id.values() if a.id not in gone]
    for one in sorted(in_force, key=lambda a: (a.clock, a.id)):
        for key in keys_of(one):
            if one.kind in CLEARING:
                expected.pop(key, None)
            else:
                expected[key] = one
    ordered = {t["document"] for a in acts if a.kind is Kind.PURGE for t in a.targets}
    done_with_it = {"purge", "look", "export", "material"}
    expected = {
        key: act_
        for key, act_ in expected.items()
        if json.loads(key)[0] in done_with_it or json.loads(key)[1] not in ordered
    }
    assert {key: act_ for key, (act_, _) in standing(acts).items()} == expected


@given(ledgers(), ledgers())
def test_merging_is_order_free(mine: list[Act], theirs: list[Act]) -> None:
    assert standing(mine + theirs) == standing(theirs + mine + mine)


# --- parts of a payload


def test_a_batch_about_several_documents_has_a_part_for_each() -> None:
    targets = [{"document": "x"}, {"document": "y"}]
    payload = {"harm": 2, "paths": ["a", "b"], "quotes": ["p", "q"]}
    parts = split_payload(targets, payload)
    assert parts == [{"harm": 2}, {"paths": "a", "quotes": "p"}, {"paths": "b", "quotes": "q"}]
    assert join_payload(parts) == payload
    assert join_payload([parts[0], None, parts[2]]) == {
        "harm": 2,
        "paths": [None, "b"],
        "quotes": [None, "q"],
    }
    assert split_payload(targets[:1], payload) == [payload]
    assert split_payload([{"officer": "1"}, {"officer": "2"}], payload) == [payload]


def test_one_part_is_hashed_as_before_and_several_in_order() -> None:
    assert combine_hashes(["a" * 64]) == "a" * 64
    assert combine_hashes(["a", "b"]) != combine_hashes(["b", "a"])


def test_a_part_goes_with_its_document_and_what_is_shared_with_the_last() -> None:
    both = act(Kind.TAG, {"document": "x", "officer": "o"}, {"document": "y", "officer": "o"})
    assert [purgeable(both, part, {"x"}) for part in (0, 1, 2)] == [False, True, False]
    assert [purgeable(both, part, {"x", "y"}) for part in (0, 1, 2)] == [True, True, True]
    assert not purgeable(act(Kind.PURGE, {"document": "x"}), 0, {"x"})
    assert not purgeable(act(Kind.OFFICER, {"officer": "o"}), 0, {"x"})
