"""Places of words: kept as they were, given for their own text only, and never taken on trust."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.documents import Span
from evidencebox.model.frames import ProtocolError
from evidencebox.model.places import WHOLE, WordPlace, pack, read_places, unpack


@st.composite
def _words(draw: st.DrawFn) -> tuple[str, list[WordPlace]]:
    text, places = "", list[WordPlace]()
    side = st.tuples(st.integers(0, WHOLE), st.integers(0, WHOLE)).map(sorted)
    for word in draw(st.lists(st.text(min_size=1, max_size=9), max_size=12)):
        (left, right), (top, bottom) = draw(side), draw(side)
        end = len(text) + len(word)
        sure = draw(st.integers(0, 100))
        places.append(WordPlace(len(text), end, left, top, right, bottom, sure))
        text += word + " "
    return text, places


@given(_words())
def test_what_was_kept_comes_back_and_for_no_other_text(made: tuple[str, list[WordPlace]]) -> None:
    text, places = made
    packed = pack(places, text)
    assert unpack(packed, text) == places
    assert unpack(packed, text + "x") == []
    assert read_places([place.span() for place in places]) == (places, [])


def test_words_cost_little() -> None:
    text = " ".join(f"word{n:03}" for n in range(500))
    places = [
        WordPlace(
            8 * n,
            8 * n + 7,
            5000 * (n % 12),
            1200 * (n // 12),
            5000 * (n % 12) + 4100 + n % 7,
            1200 * (n // 12) + 800 + n % 5,
            90 + n % 9,
        )
        for n in range(500)
    ]
    assert len(pack(places, text)) < 12 * len(places)
    assert unpack(b"", text) == []


def test_other_spans_are_left() -> None:
    unsure = Span(0, 3, "uncertain", "41 %")
    word = WordPlace(0, 3, 1, 2, 30, 40, 41)
    assert read_places([unsure, word.span()]) == ([word], [unsure])


@pytest.mark.parametrize(
    "label",
    ["", "1 2 3 4", "1 2 3 4 5 6", "1 2 3 -4 5", "9 2 3 4 5", "1 9 3 4 5", "1 2 65536 4 5",
     "1 2 3 4 101", "1 2 3 4 x", "1 2 3 \uff14 5", "000001 2 3 4 5", "1  2 3 4 5"],
)  # fmt: skip
def test_what_is_no_place_breaks_the_protocol(label: str) -> None:
    with pytest.raises(ProtocolError):
        read_places([Span(0, 3, "word", label)])


def test_words_out_of_order_break_it_too() -> None:
    spans = [Span(4, 7, "word", "1 2 3 4 5"), Span(0, 5, "word", "1 2 3 4 5")]
    with pytest.raises(ProtocolError):
        read_places(spans)
