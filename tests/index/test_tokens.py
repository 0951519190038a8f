"""What a word is."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.index import tokens
from evidencebox.index.tokens import SPAN, analyse, chunks, fold


def terms(text: str) -> list[tuple[str, int]]:
    return [(token.term, token.position) for token in tokens.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith", [("smith", 0)]),
        ("O'Neil home", [("o", 0), ("neil", 1), ("o'neil", 0), ("home", 2)]),
        ("O\u2019Neil", [("o", 0), ("neil", 1), ("o'neil", 0)]),
        ("#4471", [("4471", 0), ("#4471", 0)]),
        ("1,234", [("1", 0), ("234", 1), ("1,234", 0)]),
        ("1,2,3", [("1", 0), ("2", 1), ("3", 2)]),
        ("10:30", [("10", 0), ("30", 1), ("10:30", 0)]),
        ("a:b", [("a", 0), ("b", 1)]),
        ("end. Next", [("end", 0), ("next", 1)]),
        ("a--b", [("a", 0), ("b", 1)]),
        ("ex-\nam of", [("ex", 0), ("am", 1), ("ex-am", 0), ("exam", 0), ("of", 2)]),
        ("ex\u00ad\r\n  am", [("ex", 0), ("am", 1), ("exam", 0)]),
        ("so\u00adft zero\u200cwidth", [("soft", 0), ("zerowidth", 1)]),
        ("漢字かな", [("漢", 0), ("字", 1), ("か", 2), ("な", 3)]),
        ("Müller MU\u0308LLER Straße", [("muller", 0), ("muller", 1), ("strasse", 2)]),
        ("x😀y \U0001d49cbc", [("x", 0), ("y", 1), ("abc", 2)]),
        ("", []),
        ("--- ... '", []),
    ],
)
def test_terms_and_positions(text: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(terms(text)) == sorted(expected)


def test_an_address_is_found_by_part_and_by_pair() -> None:
    found = dict(terms("a.b@c.gov"))
    assert found == {"a": 0, "b": 1, "c": 2, "gov": 3, "a.b": 0, "b@c": 1, "c.gov": 2}


def test_long_parts_are_cut_and_long_extras_left_out() -> None:
    chunk = analyse("é" * 300 + "-" + "b" * 300)
    assert [len(part.encode()) for part in chunk.parts] == [255, 255]
    assert chunk.extras == ()
    assert chunk.links == (None,)


@given(st.text())
def test_offsets_point_at_what_was_folded(text: str) -> None:
    for token in tokens.tokens(text):
        piece = text[token.start : token.end]
        assert piece
        if token.length == 1 and len(token.term) < 80:
            assert fold(piece) == token.term
        assert len(token.term.encode()) <= tokens.MAX_TERM_BYTES
        assert SPAN not in token.term


@given(st.text(alphabet="ab1'-.,:#\n \t@_\u00e9\u0301\u00ad漢😀\U0001d49c", max_size=40))
def test_the_three_sizes_of_the_pattern_agree(text: str) -> None:
    whole = tokens._patterns(sys.maxunicode + 1).chunk
    assert chunks(text) == whole.findall(text) == list(tokens.iter_chunks(text))
    plain = text.encode("ascii", "ignore").decode()
    assert chunks(plain) == whole.findall(plain)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
