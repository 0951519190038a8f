"""Counts equal what a scan of the documents gives, whatever was added and removed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.index.database import Index
from evidencebox.index.invert import invert
from evidencebox.index.language import parse
from evidencebox.index.search import tally
from evidencebox.index.tally import Number
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.query import LedgerClause
from tests.index.helpers import new_index

Made = tuple[list[list[IndexEntry]], set[DocumentId]]


@contextmanager
def new_one() -> Iterator[Index]:
    with tempfile.TemporaryDirectory() as folder:
        index = new_index(Path(folder))
        yield index
        index.close()


def nothing(_: LedgerClause) -> set[DocumentId]:
    return set()


@st.composite
def histories(draw: st.DrawFn) -> Made:
    """Batches of entries, later ones replacing earlier ones, and what is removed at the end."""
    values = st.lists(st.sampled_from(("mail", "Pdf", "été", "a/b c")), unique=True)
    dates = st.none() | st.integers(-(1 << 40), 1 << 40)
    batches = []
    for _ in range(draw(st.integers(1, 3))):
        numbers = draw(st.lists(st.integers(0, 12), unique=True, max_size=8))
        batches.append(
            [
                IndexEntry(
                    DocumentId(f"{number:064x}"),
                    (Page(1, draw(st.sampled_from(("one", "two", "one two")))),),
                    {},
                    {"type": tuple(draw(values))},
                    draw(dates),
                    draw(st.integers(0, 1 << 40)),
                )
                for number in numbers
            ]
        )
    gone = draw(st.sets(st.integers(0, 12), max_size=4))
    return batches, {DocumentId(f"{number:064x}") for number in gone}


@settings(max_examples=60)
@given(history=histories(), query=st.sampled_from(("*", "one", "NOT two")))
def test_counts_are_those_of_a_scan(history: Made, query: str) -> None:
    batches, gone = history
    with new_one() as index:
        for batch in batches:
            with index.writer() as writer:
                writer.append(batch, invert(batch))
        with index.writer() as writer:
            writer.remove(gone)
        kept = {e.document: e for batch in batches for e in batch if e.document not in gone}
        for document in gone:
            kept.pop(document, None)
        check(index, query, [e for e in kept.values() if matches(query, e.pages[0].text)])


def matches(query: str, text: str) -> bool:
    return {"*": True, "one": "one" in text, "NOT two": "two" not in text}[query]


def check(index: Index, query: str, expected: list[IndexEntry]) -> None:
    edges = [-(1 << 41), -5, 0, 1000, 1 << 20, 1 << 41]
    with tally(index, parse(query), nothing) as counted:
        assert counted.total == len(expected)
        words = Counter(v.lower().replace("é", "e") for e in expected for v in e.keywords["type"])
        assert counted.keyword("type") == dict(sorted(words.items()))
        assert counted.keyword("nosuchfield") == {}
        numbers: dict[Number, list[int]] = {
            "dates": [e.date for e in expected if e.date is not None],
            "sizes": [e.size for e in expected],
        }
        for column, values in numbers.items():
            assert counted.span(column) == ((min(values), max(values)) if values else None)
            histogram = np.histogram(values, edges)[0].tolist() if values else [0] * 5
            assert counted.between(column, edges) == histogram
            assert counted.without(column) == len(expected) - len(values)
        some = [e.document for e in expected[::2]] + [DocumentId("f" * 64)]
        assert counted.within(some) == len(expected[::2])


def test_a_field_is_turned_around_once_a_generation() -> None:
    entry = IndexEntry(DocumentId("a" * 64), (), {}, {"type": ("mail",)}, None, 1)
    with new_one() as made:
        with made.writer() as writer:
            writer.append([entry], invert([entry]))
        with tally(made, parse("*"), nothing) as counted:
            assert counted.keyword("type") == {"mail": 1}
        with made.read() as snapshot:
            first = snapshot.arrays.turned["type"]
        with tally(made, parse("*"), nothing) as counted:
            counted.keyword("type")
        with made.read() as snapshot:
            assert snapshot.arrays.turned["type"] is first
        with made.writer() as writer:
            writer.remove([entry.document])
        with tally(made, parse("*"), nothing) as counted:
            assert counted.keyword("type") == {}
