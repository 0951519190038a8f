from __future__ import annotations

import pytest

from evidencebox.model.filters import Composed, Filter, compose, without

MAIL = Filter("Type", "type:mail", "Mail")
WORD = Filter("Type", "type:word", "Word")
HIGH = Filter("Harm", "harm:3", "High")
TO_DO = Filter("Review", "NOT is:reviewed", "To do")


@pytest.mark.parametrize(
    ("text", "filters", "query", "offset"),
    [
        ("", (), "", 0),
        ("a OR b", (), "a OR b", 0),
        ("", (MAIL,), "type:mail", 0),
        ("", (MAIL, WORD, HIGH), "(type:mail OR type:word) AND harm:3", 0),
        ("a OR b", (MAIL,), "(a OR b) AND type:mail", 1),
        ("  a b ", (HIGH, MAIL), "(a b) AND harm:3 AND type:mail", -1),
        ("   ", (HIGH,), "harm:3", 0),
        ("a", (TO_DO, HIGH), "(a) AND (NOT is:reviewed) AND harm:3", 1),
    ],
)
def test_compose(text: str, filters: tuple[Filter, ...], query: str, offset: int) -> None:
    assert compose(text, filters) == Composed(query, offset)


@pytest.mark.parametrize("text", ["polygraph", "  polygraph", "a OR polygraph  "])
def test_the_offset_leads_back_to_what_was_typed(text: str) -> None:
    composed = compose(text, (MAIL,))
    assert composed.query.index("polygraph") - composed.offset == text.index("polygraph")


def test_without_a_group() -> None:
    assert without((MAIL, HIGH, WORD), "Type") == (HIGH,)
