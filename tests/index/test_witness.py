"""The second witness: Whoosh's own in-memory index, wherever it has the construct.

It has no joined words and no patterns across symbols, and swaps of letters are two edits to it:
the texts are chosen so that none of these makes a difference.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields as wf
from whoosh import query as wq
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from evidencebox.index.language import parse, schema
from evidencebox.index.plan import And, Between, Every, Near, Node, Not, Or, Slot, Words
from evidencebox.index.rules import Fuzzy, Regex
from evidencebox.index.search import search
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.query import LedgerClause
from tests.index.helpers import add, chunked, entry, new_index

WORDS = (
    "ann", "bob", "will", "wills", "well", "home", "homes", "rome", "smith", "smyth", "smiths",
    "O'Neil", "12-3456", "#4471", "Ünal", "an", "of",
)  # fmt: skip
SINGLE = ("ann", "bob", "will", "home", "4471", "O'Neil", "12-3456", "unal", "smith", "of")
PATTERNS = ("wi*", "w?ll", "*ome", "sm?th*", "*ill*", "w?l*", "h*e", "??me", "*s")
EXPRESSIONS = ("/sm[iy]th/", "/w.ll/", "/(home|rome)s?/", "/an*/", "/[a-h].*/", "/.*s/")
FUZZY = ("will~1", "smith~1", "smith~2", "home~1", "home~2", "smith~1/2", "home~2/1", "ann~1")
PHRASES = ('"ann bob"', '"ann will"~3', '"o\'neil home"', '"will of an"', '"bob ann home"~2')
NUMBERS = ("size:>1kB", "size:..100", "size:7", "size:8..5000", "NOT size:7")


@st.composite
def near(draw: st.DrawFn) -> str:
    """`ann PRE/3 will`: two words that differ, one operator."""
    words = draw(st.lists(st.sampled_from(SINGLE[:4]), min_size=2, max_size=2, unique=True))
    return f" {draw(st.sampled_from(('W', 'PRE')))}/{draw(st.integers(1, 4))} ".join(words)


leaves = st.one_of(
    *map(st.sampled_from, (SINGLE, PATTERNS, EXPRESSIONS, FUZZY, PHRASES, NUMBERS)),
    near().map("({})".format),
    st.builds("subject:{}".format, st.sampled_from((*SINGLE[:5], "wi*", "smith~1"))),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map("NOT ({})".format),
        inner.map("({})".format),
    ),
    max_leaves=4,
)
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@st.composite
def entries(draw: st.DrawFn) -> list[IndexEntry]:
    return [
        entry(
            number,
            *draw(st.lists(texts, max_size=2)),
            fields={"subject": draw(texts)} if draw(st.booleans()) else {},
            size=draw(st.sampled_from((0, 7, 100, 1024, 5000))),
        )
        for number in range(draw(st.integers(1, 7)))
    ]


def _query(node: Node) -> wq.Query:
    match node:
        case And(nodes):
            return wq.And([_query(child) for child in nodes])
        case Or(nodes):
            return wq.Or([_query(child) for child in nodes])
        case Not(child):
            return wq.And([wq.Every(), wq.Not(_query(child))])
        case Every():
            return wq.Every()
        case Between("size", low, high):
            return wq.NumericRange("bytes", low, None if high is None else high - 1)
        case Near():
            return wq.Or([_near(field, node) for field in node.fields])
        case Words():
            return wq.Or([_words(field, node) for field in node.fields])
    raise AssertionError(node)


def _near(field: str, node: Near) -> wq.Query:
    operands = [wq.Or([_words(field, words) for words in some]) for some in node.operands]
    (step,) = node.steps
    return wq.SpanNear2(operands, slop=step.distance, ordered=step.ordered)


def _words(field: str, words: Words) -> wq.Query:
    if len(words.slots) == 1:
        return _slot(field, words.slots[0])
    return wq.Phrase(field, [slot.text for slot in words.slots], slop=words.slop)


def _slot(field: str, slot: Slot) -> wq.Query:
    plain = r"(?=[^\W_]+\Z)"
    match slot.rule:
        case Fuzzy(text, edits, prefix):
            return wq.FuzzyTerm(field, text, maxdist=edits, prefixlength=prefix)
        case Regex(pattern):
            return wq.Regex(field, rf"{plain}(?:{pattern})\Z")
    if slot.glob:
        return wq.Wildcard(field, slot.text)
    return wq.Term(field, slot.text)


def nothing(_: LedgerClause) -> set[DocumentId]:
    return set()


def _told(
    given_entries: list[IndexEntry], typed: list[str], ask: Callable[[str], set[str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = new_index(Path(folder))
        for some in chunked(given_entries, 3):
            add(index, some)
        for text in typed:
            assert set(search(index, parse(text), nothing).documents) == ask(text), text
        index.close()


def _whoosh(given_entries: list[IndexEntry]) -> Searcher:
    kinds = schema()
    kinds.add("bytes", wf.NUMERIC())
    made = RamStorage().create_index(kinds)
    writer = made.writer()
    for one in given_entries:
        body = "\n\n".join(page.text for page in one.pages)
        writer.add_document(sha256=one.document, body=body, bytes=one.size, **one.fields)
    writer.commit()
    return made.searcher()


@settings(deadline=None)
@given(entries(), st.lists(queries, min_size=8, max_size=8))
def test_finds_what_whoosh_finds(given_entries: list[IndexEntry], typed: list[str]) -> None:
    with _whoosh(given_entries) as searcher:

        def ask(text: str) -> set[str]:
            hits = searcher.search(_query(parse(text).node), limit=None)
            return {hit["sha256"] for hit in hits}

        _told(given_entries, typed, ask)
