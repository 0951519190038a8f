"""The engine against a naive scan, over the whole language and all that befalls an index.

Long form, 20,000 pairs of query and corpus in pieces that can be run one by one:
`pytest --long tests/index/test_oracle.py -k "pairs and piece-7-"`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from evidencebox.index.database import Index
from evidencebox.index.invert import invert
from evidencebox.index.language import parse
from evidencebox.index.plan import Near, Words
from evidencebox.index.search import search
from evidencebox.index.snippets import page_hits
from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.query import LedgerClause
from tests.index import strategies
from tests.index.helpers import document, entry, new_index
from tests.index.naive import Naive, count, read

ZONE = timezone(timedelta(hours=-4))
PIECES, CORPORA, QUERIES = 20, 50, 20

History = list[list[IndexEntry] | int]


def variants(name: str) -> tuple[str, ...]:
    return {"william": ("bill", "will", "o'neil"), "ann": ("absent",)}.get(name, ())


def resolve(clause: LedgerClause) -> set[DocumentId]:
    """Some documents for each clause, always the same, and one that is in no index."""
    bits = sum(map(ord, clause.words))
    return {document(n) for n in range(8) if bits >> n & 1} | {document(99)}


@contextmanager
def indexed(history: History) -> Iterator[tuple[Index, Naive]]:
    """The index after a history, and what must be in it."""
    live: dict[DocumentId, IndexEntry] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = new_index(Path(folder))
        for event in history:
            with index.writer(merge=False) as writer:
                if isinstance(event, int):
                    writer.remove([document(event)])
                    live.pop(document(event), None)
                else:
                    writer.append(event, invert(event))
                    live |= {one.document: one for one in event}
        yield index, Naive(live.values(), resolve)
        index.close()


def agree(index: Index, naive: Naive, text: str) -> None:
    """The same documents, and the same scores."""
    parsed = parse(text, ZONE, variants)
    found = search(index, parsed, resolve)
    assert set(found.documents) == naive.search(parsed.node), text
    assert found.total == len(found.documents) == len(set(found.documents))
    scores = naive.scores(parsed.node)
    assert dict(zip(found.documents, found.scores, strict=True)) == pytest.approx(scores, rel=1e-5)
    assert list(found.scores) == sorted(found.scores, reverse=True)


def compare(history: History, typed: list[str]) -> None:
    with indexed(history) as (index, naive):
        for text in typed[::2]:
            agree(index, naive, text)
        with index.writer() as writer:
            writer.merge_all()
        for text in typed[1::2]:
            agree(index, naive, text)


@settings(max_examples=30)
@given(strategies.histories(), st.lists(strategies.queries, min_size=8, max_size=8))
def test_finds_and_ranks_as_a_naive_scan(history: History, typed: list[str]) -> None:
    compare(history, typed)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("piece", range(PIECES), ids=lambda piece: f"piece-{piece}-")
def test_pairs(piece: int) -> None:
    corpora = 0

    @seed(piece)
    @settings(max_examples=CORPORA, derandomize=False, phases=[Phase.generate])
    @given(
        strategies.histories(),
        st.lists(strategies.queries, min_size=QUERIES, max_size=QUERIES),
    )
    def run(history: History, typed: list[str]) -> None:
        nonlocal corpora
        corpora += 1
        compare(history, typed)

    run()
    assert corpora * QUERIES * PIECES >= 20_000


def _blank(character: str) -> str:
    """What takes as many places, and is in no query."""
    if character in "漢字":
        return "東"
    return "x" if character.isalnum() else " "


@settings(max_examples=150)
@given(strategies.texts, st.one_of(strategies.single, strategies.near()))
def test_a_page_shows_a_leaf_exactly_where_it_stands(text: str, query: str) -> None:
    parsed = parse(query, variants=variants)
    hits = page_hits(parsed, text)
    assert bool(hits) == bool(Naive([entry(1, text)]).search(parsed.node)), query
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(before[1] <= after[0] for before, after in pairwise(hits))
    if hits and isinstance(parsed.node, (Words, Near)):
        # What is shown is enough to make the hit: with all else blanked out it is still one.
        kept = "".join(
            c if any(a <= at < b for a, b in hits) else _blank(c) for at, c in enumerate(text)
        )
        assert count(read([kept]), parsed.node), (query, kept)


def test_pages_in_two_layers_count_once(tmp_path: Path) -> None:
    index = new_index(tmp_path)
    pages = (Page(1, ""), Page(2, "b"), Page(1, "a", layer=Layer.OCR))
    with index.writer() as writer:
        one = IndexEntry(document(1), pages, {}, {}, None, 0)
        writer.append([one], invert([one]))
    assert search(index, parse("pages:2"), resolve).total == 1
    assert search(index, parse("pages:>2"), resolve).total == 0
    index.close()
