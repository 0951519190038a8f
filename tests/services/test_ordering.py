"""Orders of results: exact, complete, the same either way round but for ties."""

from __future__ import annotations

import pytest

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.services import tags
from evidencebox.services.case import Case
from evidencebox.services.entry import timestamp
from evidencebox.services.ordering import SORTS
from evidencebox.services.search import search


@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_an_order_loses_nothing_and_is_the_same_twice(case: Case, sort: str) -> None:
    plain = search(case, "officer OR badge")
    found = search(case, "officer OR badge", sort)
    assert found.sort == sort
    assert sorted(found.documents) == sorted(plain.documents)
    assert dict(zip(found.documents, found.scores, strict=True)) == dict(
        zip(plain.documents, plain.scores, strict=True)
    )
    assert search(case, "officer OR badge", sort).documents == found.documents


def test_values_ascend_ties_go_by_id_and_what_has_none_stands_last(case: Case) -> None:
    records = {r.sha256: r for r in case.catalogue.each() if r.sha256}
    for sort, value in (
        ("date", lambda r: timestamp(r.date)),
        ("size", lambda r: r.size),
        ("path", lambda r: (r.locations[0].path.casefold(), r.locations[0].path)),
    ):
        there = [r for r in records.values() if value(r) is not None]
        rest = sorted(r.sha256 for r in records.values() if value(r) is None and r.sha256)
        up = sorted(there, key=lambda r: (value(r), r.sha256))
        assert list(search(case, "", sort).documents) == [r.sha256 for r in up] + rest
        down = search(case, "", "-" + sort).documents
        assert [value(records[d]) for d in down[: len(up)]] == [value(r) for r in reversed(up)]
        assert list(down[len(up) :]) == rest


def test_harm_is_the_worst_tag(case: Case) -> None:
    one, two, *others = sorted(search(case, "officer").documents)
    person = case.decided.officers()[0]
    tags.tag(case, Anchor(one), person, Harm.LOW)
    tags.tag(case, Anchor(one, 1), person, Harm.VERY_HIGH)
    tags.tag(case, Anchor(two), person, Harm.MEDIUM)
    assert search(case, "officer", "-harm").documents == (one, two, *others)
    assert search(case, "officer", "harm").documents == (two, one, *others)


def test_an_order_there_is_none_of_is_refused(case: Case) -> None:
    with pytest.raises(UserError, match="cannot be sorted by 'colour'"):
        search(case, "", "colour")
