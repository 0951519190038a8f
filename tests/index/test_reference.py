"""docs/search.md: every example finds what the page says it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidencebox.errors import QueryError
from evidencebox.index.database import Index
from evidencebox.index.language import FIELDS, parse
from evidencebox.index.search import search
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.query import LedgerClause
from tests.index.helpers import add, document, entry, new_index

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text("utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"```search\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
TAGS = {1: ("Smith", 2), 3: ("Smith", 3)}
"""Document → officer and harm of its one tag; document 1 is reviewed, 2 labelled privileged."""


def _entry(row: str) -> IndexEntry:
    number, kind, date, subject, text = (cell.strip() for cell in row.strip("|").split("|"))
    moment = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
    at = int(number)
    keywords: dict[str, tuple[str, ...]]
    keywords = {"type": (kind,), "is": ("ok" if text else "empty",)}
    return entry(
        at,
        text,
        fields={"subject": subject},
        keywords=keywords | ({"has": ("attachment",)} if at == 1 else {}),
        date=int(moment.timestamp()) if moment else None,
        size=len(text) or 2_000_000,
    )


def _resolve(clause: LedgerClause) -> set[DocumentId]:
    if clause.reviewed:
        return {document(1)}
    if clause.label:
        return {document(2)} if clause.label == "privileged" else set()
    low = clause.harm_min or 0
    high = 4 if clause.harm_max is None else clause.harm_max
    return {
        document(at)
        for at, (officer, harm) in TAGS.items()
        if clause.officer in (None, officer) and low <= harm <= high
    }


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    made = new_index(tmp_path_factory.mktemp("reference"))
    rows = [_entry(row) for row in re.findall(r"^\| \d .*$", PAGE, re.MULTILINE)]
    add(made, rows[:4])
    add(made, rows[4:])
    yield made
    made.close()


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_finds_what_the_page_says(index: Index, example: str) -> None:
    variants = {"william": ("bill", "will"), "bill": ("william", "will")}
    query, sign, said = re.split(r"\s+([→!])", example, maxsplit=1)
    if sign == "!":
        with pytest.raises(QueryError, match=re.escape(said.strip())):
            parse(query)
        return
    parsed = parse(query, variants=lambda name: variants.get(name, ()))
    found = search(index, parsed, _resolve)
    assert set(found.documents) == {document(int(number)) for number in said.split()}


def test_every_field_and_operator_stands_on_the_page() -> None:
    assert len(EXAMPLES) > 90
    assert {field for field in FIELDS if f"{field}:" not in PAGE} == set()
    shown = "\n".join(EXAMPLES)
    for sign in (
        "AND",
        "OR",
        "NOT",
        "W/",
        "PRE/",
        '"~',
        "~2/",
        "/\\d",
        "stem(",
        "name(",
        "^",
        "..",
    ):
        assert sign in shown, sign
