"""Stretches cover both texts in order, and what is called the same is the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.analysis import difference as module
from evidencebox.analysis.difference import Difference, difference

texts = st.lists(
    st.sampled_from(["home", "Home", "address", " ", "  ", "\n", "12", ",", "élan", "\f"]),
    max_size=40,
).map("".join)


def check(one: str, other: str, found: Difference) -> None:
    at = other_at = 0
    for change in found.changes:
        assert (change.start, change.other_start) == (at, other_at)
        at, other_at = change.end, change.other_end
        left, right = one[change.start : at], other[change.other_start : other_at]
        assert left or right
        assert not change.same or left.split() == right.split()
    assert (at, other_at) == (len(one), len(other))
    kinds = [change.same for change in found.changes]
    assert all(a != b for a, b in pairwise(kinds))


@given(one=texts, other=texts)
def test_stretches_cover_both_texts(one: str, other: str) -> None:
    check(one, other, difference(one, other))
    assert all(change.same for change in difference(one, one).changes)


def test_only_the_word_that_differs_is_marked() -> None:
    one, other = (
        "He lives at 12 Elm Street.\nSame line.\n",
        "He lives at 14 Elm Street.\nSame line.\n",
    )
    found = difference(one, other)
    differing = [change for change in found.changes if not change.same]
    assert [(one[c.start : c.end], other[c.other_start : c.other_end]) for c in differing] == [
        ("12", "14")
    ]


def test_long_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHARS", 50)
    monkeypatch.setattr(module, "MOST_WORDS", 3)
    monkeypatch.setattr(module, "MOST_LINES", 2)
    one, other = "a b c d e\n" * 20, "a b x d e\n" * 20
    found = difference(one, other)
    assert not found.whole
    check(one[:50], other[:50], found)
