"""The query language: every mistake one sentence and a position, every query in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.errors import QueryError
from evidencebox.index.language import FIELDS, parse


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ('smith "abc', 6, "never closed"),
        ('"', 0, "never closed"),
        ("a (b", 2, "never closed"),
        ("a) b", 1, "never opened"),
        ("a () b", 2, "nothing between"),
        ("(" * 5000 + "a" + ")" * 5000, 50, "too many parentheses"),
        ("size:" + "9" * 50, 0, "needs a size"),
        ("AND", 0, "something before"),
        ("a AND", 2, "something after"),
        ("a AND OR b", 6, "something before"),
        ("(OR a)", 1, "something before"),
        ("(a OR) b", 3, "something after"),
        ("a NOT", 2, "something after"),
        ("subjct:a", 0, "did you mean subject:"),
        ("a http://x", 2, "no field http:"),
        ("subject:", 0, "needs a value"),
        ("subject: a", 0, "needs a value"),
        ("harm:>=high", 0, "level from 0 to 4"),
        ("a harm:5", 2, "level from 0 to 4"),
        ("harm:>4", 0, "No harm level"),
        ("a NEAR/5 b", 2, "write W/5"),
        ("a w/0 b", 2, "from 1 to 1000"),
        ("smith~3", 5, "1 or 2 wrong letters"),
        ("/smi(/", 0, "cannot be read .missing"),
        ("-smith", 0, "write NOT"),
        ("a && b", 2, "Write AND or OR"),
        ("smith^", 5, "stands a weight"),
        ("x [2019", 2, "write them as date:"),
        ('"a b"~', 5, "number of words"),
        ('"a b"~0', 5, "number of words"),
        ('"..."', 0, "no word"),
        ("a !!", 2, "no word"),
        ("date:2021-13", 0, "no month 13"),
        ("date:2021..2019", 0, "needs a date"),
        ("size:big", 0, "needs a size"),
        ("pages:>=", 0, "needs a number"),
        ("id:EB-U", 0, "needs a document's id"),
        ("hash:xyz", 0, "SHA-256"),
        ("type:pdff", 0, "did you mean type:pdf"),
        ("is:faild", 0, "did you mean is:failed"),
        ("is:mismach", 0, "did you mean is:mismatch"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_position(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text)
    assert caught.value.position == position
    assert 0 <= caught.value.position + caught.value.length <= len(text)
    assert str(caught.value)[-1] in ".?5"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a OR b c", "word “a” OR (word “b” AND word “c”)"),
        ("(a OR b) c", "(word “a” OR word “b”) AND word “c”"),
        ("a b OR c d", "(word “a” AND word “b”) OR (word “c” AND word “d”)"),
        ("a AND b", "word “a” AND word “b”"),
        ("NOT a", "NOT word “a”"),
        ("NOT (a b)", "NOT (word “a” AND word “b”)"),
        ("a NOT b OR c", "(word “a” AND NOT word “b”) OR word “c”"),
        ("and or not", "word “and” AND word “or” AND word “not”"),
        ('"O\'Neil home"', "phrase “o neil home”"),
        ("“a b”", "phrase “a b”"),
        ("O'Neil", "word “O'Neil”"),
        ("te*t", "word like “te*t”"),
        ('"a b"~5', "words “a b” in this order, at most 5 words apart"),
        ("subject:(a b)", "word “a” in subject AND word “b” in subject"),
        ("SUBJECT:a", "word “a” in subject"),
        ("is:failed", "is failed"),
        ("is:no_text_layer", "is no_text_layer"),
        ("is:reviewed", "reviewed"),
        (
            'officer:"Will May" x harm:>=3',
            "one tag with officer “Will May”, harm 3–4 AND word “x”",
        ),
        (
            "officer:a officer:b harm:2",
            "one tag with officer “a” AND one tag with officer “b”, harm 2",
        ),
        ("label:privileged harm:1", "labelled “privileged” AND one tag with harm 1"),
        ("", "every document"),
        ("*", "every document"),
    ],
)
def test_a_query_in_words(text: str, words: str) -> None:
    assert parse(text).words == words


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["(", ")", '"', "AND", "OR", "NOT", "~2", "*", "?", " ", "'", "-", "#"]
            ),
            st.sampled_from([f"{field}:" for field in FIELDS]),
            st.sampled_from(["smith", "O'Neil", ">=3", "2021-04", "..", "mail", "EB-7Q", "漢字"]),
            st.text(max_size=3),
        ),
        max_size=10,
    ).map("".join)
)
def test_any_text_is_understood_or_refused_with_a_position(text: str) -> None:
    mistake = None
    try:
        assert parse(text).words
    except QueryError as error:
        mistake = error
    if mistake is not None:
        assert 0 <= mistake.position <= mistake.position + mistake.length <= len(text)
