"""What is suggested for words that stand nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.index.database import Index
from evidencebox.index.language import parse
from evidencebox.index.search import search
from evidencebox.index.suggest import suggestions
from tests.index.helpers import add, document, entry, new_index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = new_index(tmp_path)
    add(made, [entry(1, "smith smythe harassment"), entry(2, "smith o'neil"), entry(3, "smite")])
    add(made, [entry(4, "smits", fields={"subject": "walking"})])
    yield made
    made.close()


def _suggested(index: Index, text: str) -> list[tuple[str, str, int, str]]:
    parsed = parse(text)
    total = search(index, parsed, lambda _: ()).total
    return [
        (one.word, one.instead, one.documents, one.query)
        for one in suggestions(index, parsed, total)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # At one edit: smith, smite and smits; smith stands in most documents.
        ("smitt", [("smitt", "smith", 2, "smith")]),
        (
            "body smiht OR smith",
            [("body", "", 0, ""), ("smiht", "smith", 2, "body smith OR smith")],
        ),
        ('"harrassment of smith"', [("harrassment", "harassment", 1, '"harassment of smith"')]),
        ("subject:wolking", [("wolking", "walking", 1, "subject:walking")]),
        ("o'nail", [("o'nail", "o'neil", 1, "o'neil")]),
        ("smith", []),
        ("smith OR smite", []),
        ("NOT smiht", []),
        ("sm?tt* /smi.tt/ smiht~", []),
        ("xyzzyxyzzy", []),
        ("qq", []),
    ],
)
def test_the_nearest_word_that_stands_most_often(
    index: Index, text: str, expected: list[tuple[str, str, int, str]]
) -> None:
    assert _suggested(index, text) == [one for one in expected if one[1]]


def test_words_of_removed_documents_are_not_suggested(index: Index) -> None:
    with index.writer(merge=False) as writer:
        writer.remove([document(1), document(2)])
    assert [one[1] for one in _suggested(index, "smitt")] == ["smite"]
    assert _suggested(index, "harrassment") == []
