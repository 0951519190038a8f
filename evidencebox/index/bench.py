"""The index beside Whoosh, in one run on the same machine and the same synthetic texts.

Never run on a trove: Whoosh's index is plaintext, here in memory.
"""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
from whoosh import fields
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser
from whoosh.searching import Searcher

from evidencebox.index.database import Index
from evidencebox.index.invert import invert
from evidencebox.index.language import parse
from evidencebox.index.schema import Connect
from evidencebox.index.search import search
from evidencebox.index.segment import Segment
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry

PEER = "Whoosh-Reloaded 2.7.5 in memory, not encrypted"
CASE = "00000000-0000-4000-8000-000000000000"

_VOCABULARY = 50_000
_BATCH = 2_000
_LIMIT = 100
_SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "ki", "lo", "me", "nu", "pa", "ri", "so", "tu")
_QUIET = 0.3


@dataclass(frozen=True, slots=True)
class BenchLine:
    """One line of `evidencebox bench`. `ratio` above 1: we are that many times better."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float


def _word(number: int) -> str:
    """Frequent words are short."""
    word, number = "", number + 1
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word


def synthetic_texts(docs: int, words: int, seed: int = 1) -> Iterator[str]:
    """Texts whose words follow Zipf's law: the same for the same arguments, nobody's words."""
    rng = np.random.default_rng(seed)
    names = [_word(number) for number in range(_VOCABULARY)]
    weights = 1 / np.arange(1, _VOCABULARY + 1)
    weights /= weights.sum()
    for _ in range(docs):
        length = int(rng.integers(words // 2, words + words // 2 + 1))
        chosen = [names[at] for at in rng.choice(_VOCABULARY, length, p=weights).tolist()]
        yield ". ".join(" ".join(chosen[at : at + 12]) for at in range(0, length, 12))


def _entries(docs: int, words: int) -> list[IndexEntry]:
    return [
        IndexEntry(
            DocumentId(hashlib.sha256(b"%d" % number).hexdigest()),
            (Page(1, text),),
            {},
            {},
            None,
            0,
        )
        for number, text in enumerate(synthetic_texts(docs, words))
    ]


def bench_index(connect: Connect, docs: int = 20_000, words: int = 120) -> list[BenchLine]:
    """Indexes and searches `docs` texts of about `words` words in both engines.

    `connect` opens a new, empty, encrypted database. Ours goes all the way an ingest goes in one
    process: invert, to bytes and back, store, commit. Queries: the best 100 and the exact total.
    """
    entries = _entries(docs, words)
    megabytes = sum(len(entry.pages[0].text.encode()) for entry in entries) / 1e6
    index = Index.create(connect, CASE)
    ours = megabytes / _seconds(lambda: _fill(index, entries))
    storage = RamStorage().create_index(
        fields.Schema(
            sha256=fields.ID(stored=True),
            body=fields.TEXT(analyzer=RegexTokenizer() | LowercaseFilter()),
        )
    )
    theirs = megabytes / _seconds(lambda: _fill_whoosh(storage, entries))
    lines = [BenchLine("index", ours, "MB/s", PEER, theirs, ours / theirs)]
    with storage.searcher() as searcher:
        parser = QueryParser("body", storage.schema)
        for name, query in _queries(entries):
            mine = _median(partial(_search, index, query))
            peer = _median(partial(_search_whoosh, searcher, parser, query))
            lines.append(BenchLine(name, mine, "ms", PEER, peer, peer / mine))
    index.close()
    return lines


def _search(index: Index, query: str) -> None:
    search(index, parse(query), _nothing, _LIMIT)


def _search_whoosh(searcher: Searcher, parser: QueryParser, query: str) -> None:
    searcher.search(parser.parse(query), limit=_LIMIT)


def _nothing(_: object) -> tuple[DocumentId, ...]:
    return ()


def _queries(entries: Sequence[IndexEntry]) -> list[tuple[str, str]]:
    words = entries[len(entries) // 2].pages[0].text.replace(".", "").split()
    rare = max(words, key=len)
    return [
        ("common word", _word(0)),
        ("AND of two common words", f"{_word(0)} {_word(1)}"),
        ("OR of two common words", f"{_word(2)} OR {_word(3)}"),
        ("rare word", rare),
        ("phrase", f'"{_word(0)} {_word(1)}"'),
        ("prefix", f"{rare[:4]}*"),
    ]


def _fill(index: Index, entries: Sequence[IndexEntry]) -> None:
    left = iter(entries)
    while batch := list(islice(left, _BATCH)):
        raw = invert(batch).to_bytes()
        with index.writer() as writer:
            writer.append(batch, Segment.from_bytes(raw))


def _fill_whoosh(storage: object, entries: Sequence[IndexEntry]) -> None:
    writer = storage.writer(limitmb=256)  # type: ignore[attr-defined]
    for entry in entries:
        writer.add_document(sha256=entry.document, body=entry.pages[0].text)
    writer.commit()


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _median(act: Callable[[], object]) -> float:
    """Milliseconds: the median of at least five runs, the first left out."""
    act()
    runs: list[float] = []
    while len(runs) < 5 or sum(runs) < _QUIET:
        runs.append(_seconds(act))
    return statistics.median(runs) * 1000
