"""Highlights and passages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.index.language import parse
from evidencebox.index.snippets import page_hits, snippet
from evidencebox.model.documents import Page
from tests.index.helpers import entry
from tests.index.naive import Naive
from tests.index.test_search import TYPED, texts

TEXT = "Officer O'Neil’s home\nwas searched; an exam-\nple of Wills. O’Neil home, #4471."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("o'neil", ["O'Neil", "O’Neil"]),
        ('"O\'Neil home"', ["O’Neil home"]),
        ('"an example of"', ["an exam-\nple of"]),
        ("will*", ["Wills"]),
        ('"wi* o\'neil"', ["Wills. O’Neil"]),
        ('"officer home"~4', ["Officer", "home"]),
        ("home NOT searched", ["home", "home"]),
        ("#4471 OR 4471", ["#4471"]),
        ("subject:home", []),
        ("type:mail", []),
        ("absent", []),
    ],
)
def test_hits_are_exact_stretches_of_the_page(query: str, expected: list[str]) -> None:
    assert [TEXT[start:end] for start, end in page_hits(parse(query), TEXT)] == expected


@given(texts, st.sampled_from(TYPED))
def test_a_page_shows_hits_exactly_where_a_scan_finds_the_word(text: str, query: str) -> None:
    parsed = parse(f"{query}")
    body_only = parse(query) if ":" in query else parsed
    found = bool(Naive([entry(1, text)]).search(parsed.node))
    hits = page_hits(body_only, text)
    if ":" not in query and query != "*":
        assert bool(hits) == found
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(a[1] <= b[0] for a, b in pairwise(hits))


def test_a_snippet_is_the_passage_with_most_of_the_words() -> None:
    filler = "Nothing of note here. " * 40
    pages = [
        Page(1, filler + "Smith alone. " + filler),
        Page(2, filler + "Then Smith was paid\nby Jones in cash. " + filler),
    ]
    found = snippet(parse("smith jones"), pages)
    assert found.page == 2
    assert [found.text[a:b] for a, b in found.highlights] == ["Smith", "Jones"]
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert "paid by Jones" in found.text
    assert len(found.text) < 260


def test_a_word_joined_over_a_line_end_is_shown() -> None:
    found = snippet(parse("example"), [Page(1, "first"), Page(2, "an exam-\nple here")])
    assert (found.page, [found.text[a:b] for a, b in found.highlights]) == (2, ["exam- ple"])


@pytest.mark.parametrize("query", ["type:mail", "subject:x", "absent", "NOT x", "*"])
def test_without_a_hit_the_first_text_is_shown(query: str) -> None:
    found = snippet(parse(query), [Page(1, "  "), Page(2, "\n begins here")])
    assert (found.page, found.text, found.highlights) == (2, "begins here", ())
    assert snippet(parse(query), []).text == ""


@given(st.lists(st.text(max_size=400), max_size=3), st.sampled_from(["a", "a*", '"a b"', "b OR 0"]))
def test_highlights_lie_inside_the_snippet(given_texts: list[str], query: str) -> None:
    pages = [Page(number, text) for number, text in enumerate(given_texts, 1)]
    found = snippet(parse(query), pages)
    assert all(0 <= start < end <= len(found.text) for start, end in found.highlights)
    assert len(found.text) <= 410
