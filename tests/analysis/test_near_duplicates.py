"""Signatures estimate what the exact measure says, and texts that differ are never one."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.analysis import near_duplicates as near
from evidencebox.analysis.near_duplicates import (
    PLACES,
    candidates,
    estimate,
    groups,
    jaccard,
    pack,
    shingles,
    signature,
    unpack,
)

words = st.lists(
    st.sampled_from(("alpha", "beta", "Gamma", "delta", "élan", "12", "and,")), max_size=40
)


def plain(text: str) -> set[tuple[str, ...]]:
    """The shingles, as anyone would write them down."""
    found = ["".join(filter(str.isalnum, word.casefold())) for word in text.split()]
    found = [word for word in found if word]
    if not found:
        return set()
    return {tuple(found[at : at + 5]) for at in range(max(1, len(found) - 4))}


@given(one=words, other=words)
def test_the_exact_measure_is_exact(one: list[str], other: list[str]) -> None:
    left, right = plain(" ".join(one)), plain(" ".join(other))
    expected = len(left & right) / len(left | right) if left and right else 0.0
    assert jaccard(shingles([" ".join(one)]), shingles([" ".join(other)])) == expected


@given(text=words, cut=st.integers(0, 40))
def test_a_text_is_the_same_however_it_is_cut_into_pages(text: list[str], cut: int) -> None:
    whole = signature([" ".join(text)])
    pages = signature([" ".join(text[:cut]), " ".join(text[cut:])])
    assert (whole.words, whole.digest) == (pages.words, pages.digest)
    assert np.array_equal(whole.places, pages.places)
    assert np.array_equal(
        shingles([" ".join(text)]), shingles([" ".join(text[:cut]), " ".join(text[cut:])])
    )


@pytest.mark.parametrize("length", [6, 30, 200, 5000])
def test_the_estimate_is_near_the_exact_measure(length: int) -> None:
    drawn = random.Random(length)
    off = []
    for _ in range(60):
        one = [f"w{drawn.randrange(20_000)}" for _ in range(length)]
        other = list(one)
        for _ in range(drawn.randrange(0, max(2, length // 8))):
            other[drawn.randrange(length)] = f"w{drawn.randrange(20_000)}"
        exact = jaccard(shingles([" ".join(one)]), shingles([" ".join(other)]))
        mine, yours = signature([" ".join(one)]), signature([" ".join(other)])
        guess = float(estimate(mine.places[None], yours.places)[0])
        off.append((guess - exact) / max(0.02, (exact * (1 - exact) / PLACES) ** 0.5))
    assert max(map(abs, off)) < 5
    assert abs(sum(off) / len(off)) < 0.7


@given(one=words, other=words)
def test_only_the_same_words_have_the_same_digest(one: list[str], other: list[str]) -> None:
    def read(text: list[str]) -> list[str]:
        found = ["".join(filter(str.isalnum, word.casefold())) for word in text]
        return [word for word in found if word]

    same = signature([" ".join(one)]).digest == signature([" ".join(other)]).digest
    assert same == (read(one) == read(other))


def test_long_and_empty_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (signature([]).words, len(shingles(["", "..."]))) == (0, 0)
    assert jaccard(shingles([]), shingles([])) == 0.0
    repeated = signature(["same word here again now " * 60_000])
    assert repeated.words == 300_000
    monkeypatch.setattr(near, "_MOST_KEPT", 2)
    assert signature(["a b c d e f g"]).digest == signature(["A b c, d e f. g"]).digest


def test_bands_find_what_is_alike_and_groups_join_it() -> None:
    drawn = random.Random(5)
    base = [f"w{drawn.randrange(5000)}" for _ in range(400)]
    texts = []
    for number in range(12):
        text = list(base) if number < 8 else [f"x{drawn.randrange(5000)}" for _ in range(400)]
        if number < 8:
            text[number * 40] = "changed"
        texts.append(" ".join(text))
    places = np.stack([signature([text]).places for text in texts])
    pairs = list(candidates(places))
    assert len(set(pairs)) == len(pairs)
    assert all(one < other for one, other in pairs)
    assert groups(pairs) == [list(range(8))]
    copies = np.repeat(places[:1], 1000, axis=0)
    assert len(list(candidates(copies))) == 999
    assert groups([]) == []
    assert groups([(4, 2), (2, 3), (0, 1)]) == [[0, 1], [2, 3, 4]]


def test_signatures_cross_a_pipe() -> None:
    made = [signature(["one two three four five six"]), signature([""])]
    again = unpack(pack(made), 2)
    assert [(s.words, s.digest) for s in again] == [(s.words, s.digest) for s in made]
    assert all(np.array_equal(a.places, b.places) for a, b in zip(again, made, strict=True))
    with pytest.raises(ValueError, match="wrong length"):
        unpack(pack(made), 3)
