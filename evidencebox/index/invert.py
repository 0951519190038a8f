"""From entries to a segment: pure, with array arithmetic, for an analyser process.

The cost of a token is one dictionary look-up in C: chunk → chunk id. A chunk is taken apart once,
however often it stands; what its parts and extras are, and at which positions, is spread out over
all occurrences with numpy, sorted once per field, and packed once per field.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import postings, tokens
from evidencebox.index.postings import Ints, Lists
from evidencebox.index.segment import NO_DATE, Columns, FieldPart, Segment
from evidencebox.model.documents import Layer
from evidencebox.model.indexing import IndexEntry

BODY = "body"
TEXT_FIELDS = ("subject", "name", "path", "from", "to", "cc", "author")
"""Analysed fields beside the body; any other name an entry uses for a text is refused."""

_STREAMED = 4_000_000
_UNSIGNED = np.dtype("<u4")


class _Chunks(dict[str, int]):
    """Chunk → chunk id; a chunk not seen before is taken apart into terms and positions."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self.widths = array("i")
        self.counts = array("i")
        self.entry_terms = array("i")
        self.entry_offsets = array("i")

    def __missing__(self, chunk: str) -> int:
        if chunk.isascii() and chunk.isalnum() and len(chunk) <= tokens.MAX_TERM_BYTES:
            return self._single(chunk)
        parts = tokens.analyse(chunk)
        self._add(list(enumerate(parts.parts)) + [(e.index, e.term) for e in parts.extras])
        self.widths.append(len(parts.parts))
        self[chunk] = number = len(self.widths) - 1
        return number

    def _single(self, chunk: str) -> int:
        """The short way for what most chunks are: one plain word."""
        terms = self.terms
        self.counts.append(1)
        self.entry_terms.append(terms.setdefault(chunk.lower(), len(terms)))
        self.entry_offsets.append(0)
        self.widths.append(1)
        self[chunk] = number = len(self.widths) - 1
        return number

    def _add(self, entries: list[tuple[int, str]]) -> None:
        self.counts.append(len(entries))
        for offset, term in entries:
            self.entry_terms.append(self.terms.setdefault(term, len(self.terms)))
            self.entry_offsets.append(offset)


class _Values(_Chunks):
    """Keyword value → id: the whole folded value; its position is its place among the values."""

    def __missing__(self, value: str) -> int:
        self._add([(0, keyword(value))])
        self.widths.append(1)
        self[value] = number = len(self.widths) - 1
        return number


def keyword(value: str) -> str:
    """A keyword as it stands in the index; long ones are cut, the same at query time."""
    folded = tokens.fold(value)
    raw = folded.encode("utf-8", "replace")[: tokens.MAX_TERM_BYTES]
    return raw.decode("utf-8", "ignore")


@dataclass(slots=True)
class _Run:
    """The chunk ids of one field over all documents, and how many each document has."""

    ids: list[NDArray[np.int32]] = field(default_factory=list)
    counts: array[int] = field(default_factory=lambda: array("q"))
    docs: array[int] = field(default_factory=lambda: array("q"))

    def add(self, doc: int, ids: NDArray[np.int32]) -> None:
        self.ids.append(ids)
        self.counts.append(len(ids))
        self.docs.append(doc)


def _chunk_ids(table: _Chunks, text: str) -> NDArray[np.int32]:
    """The chunk ids of a text; a long one is streamed, so that its chunks need no memory."""
    found: Iterable[str]
    found = tokens.iter_chunks(text) if len(text) > _STREAMED else tokens.chunks(text)
    return np.fromiter(map(table.__getitem__, found), dtype=np.int32)


_KEPT = 500_000
_kept = threading.local()


def _words() -> _Chunks:
    """The chunks this thread has taken apart so far: most of a batch's words are not new.

    What is kept changes how long a batch takes, never what comes out of it.
    """
    words: _Chunks | None = getattr(_kept, "words", None)
    if words is None or len(words) > _KEPT:
        words = _kept.words = _Chunks()
    return words


def invert(entries: Sequence[IndexEntry]) -> Segment:
    """The segment of `entries`, in their order. Raises ValueError for a document given twice."""
    if len({entry.document for entry in entries}) != len(entries):
        raise ValueError("a document is given twice")
    words = _words()
    try:
        return _invert(entries, words)
    except BaseException:
        # What was kept may be half of a chunk; the next batch begins anew.
        del _kept.words
        raise


def _invert(entries: Sequence[IndexEntry], words: _Chunks) -> Segment:
    values = _Values()
    runs: dict[str, _Run] = {BODY: _Run()}
    keywords: dict[str, _Run] = {}
    for doc, entry in enumerate(entries):
        for page in entry.pages:
            runs[BODY].add(doc, _chunk_ids(words, page.text))
        for name, text in entry.fields.items():
            if name not in TEXT_FIELDS:
                raise ValueError(f"there is no text field {name!r}")
            runs.setdefault(name, _Run()).add(doc, _chunk_ids(words, text))
        for name, given in entry.keywords.items():
            ids = [values[value] for value in dict.fromkeys(filter(None, map(keyword, given)))]
            if ids:
                keywords.setdefault(name, _Run()).add(doc, np.array(ids, dtype=np.int32))
    if keywords.keys() & (runs.keys() | set(TEXT_FIELDS)):
        raise ValueError("a field is both text and keyword")
    count = len(entries)
    body, page_starts = _field(words, runs[BODY], count)
    fields = {BODY: body}
    fields |= {name: _field(words, run, count)[0] for name, run in runs.items() if name != BODY}
    fields |= {name: _field(values, run, count)[0] for name, run in keywords.items()}
    return Segment(count, _columns(entries, page_starts), fields)


def _columns(entries: Sequence[IndexEntry], page_starts: Ints) -> Columns:
    pages = [page for entry in entries for page in entry.pages]
    hashes = bytes.fromhex("".join(entry.document for entry in entries))
    if len(hashes) != 32 * len(entries):
        raise ValueError("a document id is not a SHA-256")
    dates = [NO_DATE if entry.date is None else entry.date for entry in entries]
    return Columns(
        np.frombuffer(hashes, np.uint8),
        np.array(dates, dtype="<i8"),
        np.array([entry.size for entry in entries], dtype="<i8"),
        np.array([len(entry.pages) for entry in entries], dtype=_UNSIGNED),
        np.array([page.number for page in pages], dtype=_UNSIGNED),
        np.array([page.layer is Layer.OCR for page in pages], dtype=np.uint8),
        page_starts.astype(_UNSIGNED),
    )


def _field(table: _Chunks, run: _Run, count: int) -> tuple[FieldPart, Ints]:
    """The part of one field, and the position at which each text given to it begins."""
    ids = np.concatenate(run.ids) if run.ids else np.zeros(0, dtype=np.int32)
    texts = np.frombuffer(run.counts, np.int64)
    text_docs = np.frombuffer(run.docs, np.int64)
    widths = np.array(table.widths, dtype=np.int32)[ids] if len(ids) else ids
    ends = np.concatenate(([0], np.cumsum(widths, dtype=np.int64)))
    text_starts = ends[postings.starts(texts)]
    first = np.searchsorted(text_docs, np.arange(count))
    every = np.append(text_starts, ends[-1])
    lengths = every[np.searchsorted(text_docs, np.arange(count), side="right")] - every[first]
    base = every[first][text_docs]
    docs, places, terms = _spread(table, ids, ends[:-1] - np.repeat(base, texts), text_docs, texts)
    part = _part(_Occurrences(table.terms, terms, docs, places), lengths.astype(_UNSIGNED))
    return part, text_starts - base


def _spread(
    table: _Chunks, ids: NDArray[np.int32], places: Ints, text_docs: Ints, texts: Ints
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Document, position and term of every occurrence, from the chunk ids."""
    if not len(ids):
        none = np.zeros(0, dtype=np.int32)
        return none, none, none
    # Copies: an array that numpy looks into cannot grow with the next batch.
    all_counts = np.array(table.counts, dtype=np.int64)
    all_starts = postings.starts(all_counts)
    counts = all_counts[ids]
    docs = np.repeat(np.repeat(text_docs.astype(np.int32), texts), counts)
    if len(counts) == len(docs) and bool((counts == 1).all()):
        entries = all_starts[ids]
    else:
        entries = np.arange(len(docs), dtype=np.int64)
        entries += np.repeat(all_starts[ids] - postings.starts(counts), counts)
    offsets = np.array(table.entry_offsets, dtype=np.int32)[entries]
    terms = np.array(table.entry_terms, dtype=np.int32)[entries]
    return docs, np.repeat(places.astype(np.int32), counts) + offsets, terms


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Every occurrence of one field, by document and place; terms are numbers of `names`."""

    names: dict[str, int]
    terms: NDArray[np.int32]
    docs: NDArray[np.int32]
    places: NDArray[np.int32]


def _part(found: _Occurrences, lengths: NDArray[np.uint32]) -> FieldPart:
    used, terms = _ranked(found)
    raw = [term.encode("utf-8", "replace") for term in used]
    order = _order(terms, found.places, found.docs)
    lists = _lists(terms[order], found.docs[order], found.places[order], len(raw))
    packed = postings.pack(lists)
    return FieldPart(
        np.array([len(term) for term in raw], dtype=np.uint8),
        np.frombuffer(b"".join(raw), np.uint8),
        lists.df.astype(_UNSIGNED),
        lists.cf.astype(_UNSIGNED),
        packed.widths,
        packed.docs,
        packed.positions,
        lengths,
    )


def _ranked(found: _Occurrences) -> tuple[list[str], NDArray[np.int32]]:
    """The terms that occur, ascending, and each occurrence's rank among them."""
    occurs = np.zeros(len(found.names), dtype=bool)
    occurs[found.terms] = True
    names = list(found.names)
    used = np.flatnonzero(occurs).tolist()
    used.sort(key=names.__getitem__)
    rank = np.zeros(len(names), dtype=np.int32)
    rank[used] = np.arange(len(used), dtype=np.int32)
    return [names[number] for number in used], rank[found.terms]


def _order(terms: NDArray[np.int32], places: NDArray[np.int32], docs: NDArray[np.int32]) -> Ints:
    """Sorts by term; inside a term by document and position.

    Occurrences come in order of document and chunk, and a term may stand twice in a chunk, out of
    order only between a chunk's parts and its extras. So the key is term, then arrival, and the
    few places that are out of order are put right by a full sort.
    """
    if len(terms) >= 1 << 32:
        raise ValueError("too many words for one segment")
    keys = terms.astype(np.uint64) << np.uint64(32) | np.arange(len(terms), dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    t, d, p = terms[order], docs[order], places[order]
    wrong = (t[1:] == t[:-1]) & (d[1:] == d[:-1]) & (p[1:] <= p[:-1])
    if not wrong.any():
        return order
    order = np.lexsort((places, docs, terms))
    t, d, p = terms[order], docs[order], places[order]
    twice = (t[1:] == t[:-1]) & (d[1:] == d[:-1]) & (p[1:] == p[:-1])
    return np.asarray(order[np.concatenate(([True], ~twice))], dtype=np.int64)


def _lists(
    terms: NDArray[np.int32], docs: NDArray[np.int32], places: NDArray[np.int32], names: int
) -> Lists:
    """Posting lists from occurrences in order; every one of `names` terms occurs."""
    if not len(terms):
        none = np.zeros(0, dtype=np.int64)
        return Lists(none, none, none, none, none)
    new = np.concatenate(([True], (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])))
    first = np.flatnonzero(new)
    freqs = np.diff(np.append(first, len(terms)))
    df = np.bincount(terms[first], minlength=names)
    cf = np.bincount(terms, minlength=names)
    return Lists(df, cf, docs[first].astype(np.int64), freqs, places.astype(np.int64))


def fields_of(entries: Iterable[IndexEntry]) -> set[str]:
    """The names of all fields that `entries` use."""
    names = chain.from_iterable((*entry.fields, *entry.keywords) for entry in entries)
    return {BODY, *names}
