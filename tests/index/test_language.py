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
        ("a W/ b", 2, "needs a number of words"),
        ("a W/1001 b", 2, "from 1 to 1000"),
        ("W/5 a", 0, "something before"),
        ("a PRE/5", 2, "something after"),
        ("a W/5 OR b", 6, "something before"),
        ("NOT a W/5 b", 6, "write NOT .a W/5 b."),
        ("a W/5 type:mail", 2, "words, phrases or groups"),
        ("(a W/5 b) W/3 c", 10, "chained without parentheses"),
        ("(a b) W/3 (c d)", 6, "words, phrases or groups"),
        ("subject:a W/5 b", 10, "one field: subject:"),
        ("a^2 W/5 b", 4, "weight as a whole"),
        ("a /5 b", 2, "write W/5"),
        ("a /s b", 2, "write W/20"),
        ("smith^0", 5, "stands a weight"),
        ("smith~2/", 5, "1 or 2 wrong letters"),
        ("smi*~", 0, "leave out either"),
        ("a.b.c~", 0, "one word, or two joined"),
        ("a ~2", 2, "without a space"),
        ("+smith", 0, "leave the plus"),
        ("stem(a b)", 0, "stands one word"),
        ("name(", 0, "stands one word"),
        ("stem(o'neil)", 0, "plain word"),
        ("/a{2000}/", 0, "cannot be read"),
        (r"/(a)\1/", 0, "cannot be read"),
        (r"/a)|(b/", 0, "cannot be read"),
        (r"/a\z/", 0, "not needed"),
        ("**", 0, "no letter"),
        ("x *?", 2, "no letter"),
        ("type:(mail OR stem(x))", 14, "takes a value as it is"),
        ("date:2021-02-30", 0, "no 30 February"),
        ('date:"soon"', 0, "name the year"),
        ('date:"2021', 5, "never closed"),
        ("a thread:EB-U", 2, "id: needs a document's id"),
        ("thread:first", 0, "name, or the id of a message"),
        ("size:>1XB", 0, "needs a size"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_position(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text)
    assert caught.value.position == position
    assert 0 <= caught.value.position + caught.value.length <= len(text)
    assert str(caught.value)[-1] in ".?52)"


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
        ("a W/5 b", "word “a” at most 5 words from word “b”"),
        ("c a pre/1 b", "word “c” AND (word “a” at most 1 word before word “b”)"),
        (
            '(a OR stem(b)) W/5 "c d" PRE/2 e*',
            "(word “a” OR word “b” in any form (stem “b”)) at most 5 words from phrase “c d”"
            " at most 2 words before word like “e*”",
        ),
        (
            "(a b) W/2 c",
            "(word “a” at most 2 words from word “c”) AND (word “b” at most 2 words from word “c”)",
        ),
        ("a W/2 b OR c d", "(word “a” at most 2 words from word “b”) OR (word “c” AND word “d”)"),
        ("subject:(a W/2 b)", "word “a” at most 2 words from word “b” in subject"),
        ("smith~", "word “smith” with at most 1 letter wrong"),
        ("smith~2/3^2", "word “smith” with at most 2 letters wrong, the first 3 right × 2"),
        ("/Smi(th|dt)/", "word that matches /Smi(th|dt)/"),
        (r"/a\/b/", "word that matches /a/b/"),
        ("/home/x", "word “/home/x”"),
        ("stem(walking)", "word “walking” in any form (stem “walk”)"),
        ("name(Will)", "name “Will” as bill, will"),
        ("(a OR b c)^2", "word “a” × 2 OR (word “b” × 2 AND word “c” × 2)"),
        ("((a)^2 b)^0.5", "word “a” AND word “b” × 0.5"),
        ("＂ａ ｂ＂ ＯＲ（ｃ）", "phrase “a b” OR word “c”"),  # noqa: RUF001
        ("«a b» „c d‟", "phrase “a b” AND phrase “c d”"),
        ("???-??-????", "word like “???-??-????”"),
        (
            'date:"last week of April 2021"',
            "date last week of April 2021 (2021-04-24 to 2021-04-30)",
        ),
        ('date:>="1 May 2021"', "date >= 1 May 2021 (from 2021-05-01)"),
        ("date:2021-04..2021-06", "date 2021-04..2021-06"),
        ('size:">1 MB"', "size >1 MB"),
        ("thread:0123456789abcdef has:tag", "thread “0123456789abcdef” AND has tag"),
    ],
)
def test_a_query_in_words(text: str, words: str) -> None:
    variants = {"will": ("bill",)}
    assert parse(text, variants=lambda name: variants.get(name, ())).words == words


@pytest.mark.parametrize(
    ("text", "word"), [("a and b", "and"), ("a or b", "or"), ("not a", "not"), ("a near b", "near")]
)
def test_an_operator_in_small_letters_is_a_word_and_pointed_out(text: str, word: str) -> None:
    (note,) = parse(text).notes
    assert note.startswith(f"“{word}” is searched for as a word")
    assert parse(text.replace(word, f'"{word}"')).notes == ()


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "(",
                    ")",
                    '"',
                    "AND",
                    "OR",
                    "NOT",
                    "~2",
                    "*",
                    "?",
                    " ",
                    "'",
                    "-",
                    "#",
                    "W/5",
                    "PRE/2",
                    "^2",
                    "~2/1",
                    "/",
                    "stem(",
                    "name(",
                    "..",
                    ">=",
                    "（",  # noqa: RUF001
                    "＂",  # noqa: RUF001
                    "[",
                    "\\",
                ]
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
