"""Strings are found however a page writes them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.export.hunt import hunt, parted, squeezed, without


@pytest.mark.parametrize(
    ("text", "term", "there"),
    [
        ("seen by O’NEIL there", "O'Neil", "O’NEIL"),
        ("the of-\nficer left", "officer", "of-\nficer"),
        ("the of\u00adficer left", "officer", "of\u00adficer"),
        ("the oﬃcer left", "officer", "oﬃcer"),
        ("no. 123 45\n6789,", "123-45-6789", "123 45\n6789"),
        ("Müller, e\u0301mile", "Emile", "e\u0301mile"),
        ("WhitlowSSN", "Whitlow", "Whitlow"),
        ("W h i t l o w", "Whitlow", "W h i t l o w"),
        ("她是王小明。", "王小明", "王小明"),
        ("4 met Grace\n5 Hallberg\n6 there", "Grace Hallberg", "Grace\n5 Hallberg"),
        ("no. 123-45\n 17  6789 and", "123-45-6789", "123-45\n 17  6789"),
        ("Badge4471", "4471", "4471"),
        ("seen by LeeSmith", "Smith", "Smith"),
        ("Sören and Søren", "Soren's", ""),
        ("by SØREN'S hand", "Soren's", "SØREN'S"),
        ("Нallbеrg", "Hallberg", "Нallbеrg"),  # noqa: RUF001
        ("١٢٣٤", "1234", "١٢٣٤"),
    ],
)
def test_a_string_is_found_in_any_spelling(text: str, term: str, there: str) -> None:
    assert [text[f.start : f.end] for f in hunt(text, [term])] == [there] * bool(there)


def test_short_strings_are_whole_words() -> None:
    assert [f.start for f in hunt("evergreen Green greens green", ["Green"])] == [10, 23]


def test_slips_are_allowed_for_in_what_was_recognised_only() -> None:
    assert list(hunt("Whitl0w", ["Whitlow"])) == []
    assert len(list(hunt("Whitl0w and Whitiow, Wh1tlovv", ["Whitlow"], recognised=True))) >= 2


@given(st.text(max_size=40), st.text(min_size=6, max_size=12), st.text(max_size=40))
def test_what_stands_between_blanks_is_always_found(before: str, term: str, after: str) -> None:
    text = f"{before} {unicodedata.normalize('NFD', term.upper())} {after}"
    # Only where upper case has the same letters: a dotless i becomes I, which is i.
    wanted = squeezed(term).text
    if wanted and squeezed(unicodedata.normalize("NFD", term.upper())).text == wanted:
        assert any(wanted in squeezed(text[f.start : f.end]).text for f in hunt(text, [term]))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_without_keeps_the_rest_in_order(text: str, pairs: list[tuple[int, int]]) -> None:
    stretches = [(a, b) for a, b in pairs if a < b <= len(text)]
    gone = {n for start, end in stretches for n in range(start, end)}
    left = "".join(c for n, c in enumerate(text) if n not in gone)
    made = without(text, stretches, "")
    # Blanks between two stretches go with them.
    assert [c for c in made if c not in " \t"] == [c for c in left if c not in " \t"]


def test_a_name_that_goes_on_upon_the_next_sheet_is_found_on_both() -> None:
    before = "Internal\n\nthe key was with Dana\nPage 1\n"
    after = "\nInternal\nWhitlow, who left\n"
    ((one, two),) = set(parted(before, after, ("Dana Whitlow",)))
    assert before[one.start : one.end] == "Dana"
    assert after[two.start : two.end] == "Whitlow"
    assert not list(parted("Dana Whitlow", "came", ("Dana Whitlow",)))
    assert not list(parted("Dana came", "Whitlow left", ("Dana Whitlow",)))
