"""The engine against its two oracles: a naive scan, and Whoosh's in-memory index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.errors import QueryError
from evidencebox.index import expansion
from evidencebox.index.database import Index
from evidencebox.index.invert import TEXT_FIELDS
from evidencebox.index.language import parse
from evidencebox.index.plan import Slot, Words
from evidencebox.index.search import facets, search
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.query import LedgerClause
from tests.index.helpers import add, chunked, document, entry, new_index
from tests.index.naive import Naive

WORDS = (
    "ann", "bob", "will", "wills", "O'Neil", "o’neil's", "home", "12-3456", "12-3456/B", "#4471",
    "a.b@c.gov", "exam-\nple", "example", "Ünal", "漢字", "1,234", "an", "of",
)  # fmt: skip
TYPED = (
    "ann", "bob", "will", "wi*", "w?ll", "O'Neil", "o'n*", "home", "12-3456", "#4471", "4471",
    "a.b@c.gov", "c.gov", "*@c.gov", "b@*", "example", "exam", "unal", "漢", "漢字", "1,234", "*s",
    '"an example of"', '"o\'neil home"', '"ann bob"', '"ann bob"~3', '"w* home"', '"exam ple"',
    '"12 3456"', "subject:ann", 'subject:"ann bob"', "type:mail", "type:m*", "name:will", "*",
    "will,ann", "hash:0", "from:c.gov",
)  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
operands = st.sampled_from(TYPED)
queries = st.recursive(
    operands,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(inner, inner).map(" AND ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"NOT ({text})"),
    ),
    max_leaves=4,
)


@st.composite
def entries(draw: st.DrawFn) -> list[IndexEntry]:
    count = draw(st.integers(1, 7))
    return [
        entry(
            number,
            *draw(st.lists(texts, max_size=2)),
            fields={
                name: draw(texts)
                for name in draw(st.sets(st.sampled_from(TEXT_FIELDS), max_size=2))
            },
            keywords={"type": (draw(st.sampled_from(("mail", "pdf"))),)},
        )
        for number in range(count)
    ]


@contextmanager
def _index(given_entries: list[IndexEntry], size: int) -> Iterator[Index]:
    with tempfile.TemporaryDirectory() as folder:
        index = new_index(Path(folder))
        for some in chunked(given_entries, size):
            add(index, some)
        yield index
        index.close()


def nothing(_: LedgerClause) -> set[DocumentId]:
    return set()


@settings(max_examples=60, deadline=None)
@given(entries(), st.integers(1, 4), st.lists(queries, min_size=5, max_size=5))
def test_finds_what_a_naive_scan_finds(
    given_entries: list[IndexEntry], size: int, typed: list[str]
) -> None:
    naive = Naive(given_entries)
    with _index(given_entries, size) as index:
        for text in (*typed, *TYPED[:4]):
            parsed = parse(text)
            found = search(index, parsed, nothing)
            assert set(found.documents) == naive.search(parsed.node), text
            assert found.total == len(found.documents) == len(set(found.documents))


@settings(max_examples=40, deadline=None)
@given(entries(), st.lists(operands, min_size=4, max_size=4))
def test_scores_are_those_of_a_plain_reference(
    given_entries: list[IndexEntry], typed: list[str]
) -> None:
    removed, kept = (
        given_entries[: len(given_entries) // 3],
        given_entries[len(given_entries) // 3 :],
    )
    naive = Naive(kept)
    with _index(given_entries, 2) as index:
        with index.writer(merge=False) as writer:
            writer.remove(one.document for one in removed)
        for text in typed:
            parsed = parse(text)
            if isinstance(parsed.node, Words):
                found = search(index, parsed, nothing)
                scores = dict(zip(found.documents, found.scores, strict=True))
                assert scores == pytest.approx(naive.scores(parsed.node), rel=1e-5), text
                ranked = sorted(scores, key=lambda one: (-scores[one], one))
                assert list(found.documents) == ranked
                assert search(index, parsed, nothing, 2).documents == tuple(ranked[:2])


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = new_index(tmp_path)
    add(
        made,
        [
            entry(0, "Officer O'Neil’s home, case 12-3456.", date=1617235200, size=500),
            entry(1, "an exam-\nple of it", "second page", date=None, size=2_000_000),
            entry(2, "mail to a.b@c.gov", fields={"subject": "O’Neil"}, keywords={
                "type": ("mail",), "has": ("attachment",), "folder": ("Mail", "Mail/2021")}),
            entry(3, fields={"name": "report.pdf"}, keywords={"is": ("failed",)}),
        ],
    )  # fmt: skip
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("o'neil", {0, 2}),
        ('"O\'Neil home"', set()),
        ('"officer o\'neil"', {0}),
        ("12-3456", {0}),
        ("3456", {0}),
        ("example", {1}),
        ('"an example of it"', {1}),
        ('"it second page"', {1}),
        ("c.gov", {2}),
        ("subject:o'neil", {2}),
        ("type:mail", {2}),
        ("has:attachment", {2}),
        ("folder:mail/2021", {2}),
        ("is:failed", {3}),
        ("report.pdf", {3}),
        ("date:2021-04", {0}),
        ("date:..2022", {0}),
        ("date:2022", set()),
        ("size:>1MB", {1}),
        ("size:500", {0}),
        ("pages:2", {1}),
        ("pages:<=1 NOT is:failed", {0, 2}),
        ("o'neil OR example home", {0, 2}),
        ("officer:X harm:>=3", {1}),
        ("officer:X NOT is:reviewed", {1}),
        ("is:reviewed", {2}),
    ],
)
def test_answers(index: Index, text: str, expected: set[int]) -> None:
    def resolve(clause: LedgerClause) -> set[DocumentId]:
        return {document(2)} if clause.reviewed else {document(1), document(99)}

    found = search(index, parse(text), resolve)
    assert set(found.documents) == {document(number) for number in expected}


def test_one_clause_of_the_ledger_for_what_stands_together(index: Index) -> None:
    asked: list[LedgerClause] = []

    def resolve(clause: LedgerClause) -> set[DocumentId]:
        asked.append(clause)
        return set()

    search(index, parse("officer:X (harm:>=3 category:ssn) OR officer:Y"), resolve)
    assert asked == [
        LedgerClause(officer="X", harm_min=3, harm_max=4, category="ssn"),
        LedgerClause(officer="Y"),
    ]


def test_short_ids_and_hashes_of_any_length(index: Index) -> None:
    from evidencebox.model.ids import short_id

    for number in range(4):
        for length in (1, 6, 12, 13, 20, 51):
            text = f"id:{short_id(document(number), length).lower()}"
            assert document(number) in search(index, parse(text), nothing).documents
        for length in (1, 15, 16, 17, 64):
            text = f"hash:{document(number)[:length]}"
            assert document(number) in search(index, parse(text), nothing).documents
    assert not search(index, parse(f"hash:{'0' * 63}1"), nothing).documents


@pytest.mark.parametrize(
    ("pattern", "term", "means"),
    [
        ("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "a" * 255, False),
        ("te*t", "test", True),
        ("te*t", "te", False),
        ("t?*", "t", False),
        ("*est*", "test", True),
        ("a*b*c", "axbxbc", True),
        ("a*bc", "abcbc", True),
        ("*", "", True),
    ],
)
def test_patterns_mean_what_they_say_at_once(pattern: str, term: str, means: bool) -> None:
    assert bool(Slot(pattern, True).regex().fullmatch(term)) is means


def test_facets_count_the_documents_of_a_query(index: Index) -> None:
    assert facets(index, parse("*"), nothing, ["type", "is"]) == {
        "type": {"mail": 1},
        "is": {"failed": 1},
    }
    assert facets(index, parse("home"), nothing, ["type"]) == {"type": {}}


def test_a_mistake_stops_the_search_before_it_begins() -> None:
    with pytest.raises(QueryError):
        parse("officer:X harm:>=high")


def test_a_rule_that_means_too_much_is_refused_and_never_cut(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "MOST_TERMS", 3)
    assert search(index, parse("/o.*r/"), nothing).total == 1
    for text in ("home /.*/", "home OR /[a-z]+/", "case W/5 /.+/"):
        with pytest.raises(QueryError, match="more than 3: write more") as caught:
            search(index, parse(text), nothing)
        assert text[caught.value.position : caught.value.position + caught.value.length][-1] == "/"


def test_no_regular_expression_hangs(index: Index) -> None:
    add(index, [entry(7, "a" * 250 + " " + "ab" * 120)])
    assert search(index, parse("/(a*)*zz/"), nothing).total == 0
    assert document(7) in search(index, parse("/((a|b)+)+/"), nothing).documents
