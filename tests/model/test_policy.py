"""Who may do what follows from the set of acts, in whatever order they are heard."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.ledger import FIRST, Act, Kind
from evidencebox.model.policy import SEALED, Policy, Role, founder, policy

ANN, BEN, CAT = "a" * 64, "b" * 64, "c" * 64
Said = tuple[Act, Mapping[str, Any]]


def said(kind: Kind, author: str, clock: int, payload: Mapping[str, Any], /, **target: str) -> Said:
    utc = "2026-01-01T00:00:00Z"
    return Act(author, "d" * 32, 1, utc, clock, kind, (target,), "e" * 64, FIRST), payload


def comes(author: str, clock: int) -> Said:
    return said(Kind.REVIEWER, author, clock, {"name": "x"}, author=author)


def makes(author: str, clock: int, other: str, role: str) -> Said:
    return said(Kind.ROLE, author, clock, {"role": role}, author=other)


def test_the_first_is_lead_and_the_others_review() -> None:
    known = policy([comes(BEN, 4), comes(ANN, 1)])
    assert known.roles == {ANN: Role.LEAD, BEN: Role.REVIEWER}
    assert known.role(CAT) is Role.READER
    assert known.sealed == SEALED


def test_only_a_lead_gives_roles() -> None:
    start = [comes(ANN, 1), comes(BEN, 2), comes(CAT, 3)]
    assert policy([*start, makes(BEN, 4, BEN, "lead")]).role(BEN) is Role.REVIEWER
    given_on = [makes(ANN, 4, BEN, "lead"), makes(BEN, 5, CAT, "reader")]
    assert policy([*start, *given_on]).role(CAT) is Role.READER
    demoted = [makes(ANN, 4, BEN, "lead"), makes(ANN, 5, BEN, "reviewer")]
    assert policy([*start, *demoted, makes(BEN, 6, CAT, "reader")]).role(CAT) is Role.REVIEWER


def test_only_a_lead_says_what_is_sealed() -> None:
    start = [comes(ANN, 1), comes(BEN, 2)]
    by_ben = said(Kind.SEALING, BEN, 3, {"categories": []}, label="sealed")
    by_ann = said(Kind.SEALING, ANN, 3, {"categories": ["medical"]}, label="sealed")
    assert policy([*start, by_ben]).sealed == SEALED
    assert policy([*start, by_ann]).sealed == {"medical"}


def test_what_each_may() -> None:
    known = Policy({ANN: Role.LEAD, BEN: Role.REVIEWER, CAT: Role.READER}, SEALED)
    table = {
        Kind.TAG: (True, True, False),
        Kind.OFFICER: (True, True, False),
        Kind.UNDO: (True, True, False),
        Kind.ROLE: (True, False, False),
        Kind.SEALING: (True, False, False),
        Kind.LOOK: (True, False, False),
        Kind.PURGE: (True, False, False),
        Kind.MATERIAL: (True, True, True),
        Kind.UNMATERIAL: (True, False, False),
    }
    for kind, wanted in table.items():
        assert tuple(known.may(who, kind) for who in (ANN, BEN, CAT)) == wanted, kind
    assert Policy({}, SEALED).may(ANN, Kind.ROLE)


authors = st.sampled_from([ANN, BEN, CAT])
says = st.one_of(
    st.builds(comes, authors, st.integers(1, 6)),
    st.builds(makes, authors, st.integers(2, 9), authors, st.sampled_from([*Role, "nonsense"])),
)


@given(st.lists(says, max_size=12), st.integers(0, 99))
def test_policy_is_a_function_of_the_set(acts: list[Said], seed: int) -> None:
    shuffled = [*acts, *acts[::2]]
    random.Random(seed).shuffle(shuffled)
    assert policy(shuffled) == policy(acts)
    assert founder(a for a, _ in shuffled) == founder(a for a, _ in acts)


def test_a_code_is_a_lead_only_where_the_first_reviewer_or_a_lead_names_it() -> None:
    first = said(Kind.REVIEWER, ANN, 1, {"name": "Ann", "code": CAT}, author=ANN)
    again = said(Kind.REVIEWER, BEN, 2, {"name": "Ben", "code": BEN}, author=ANN)
    known = policy([first, again])
    assert known.role(CAT) is Role.LEAD
    assert known.codes == frozenset({CAT})
    assert known.leads == {ANN}
    assert known.role(BEN) is not Role.LEAD
