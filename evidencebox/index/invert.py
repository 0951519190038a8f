"""From entries to a segment: pure, with array arithmetic, for an analyser process.

The cost of a token is one dictionary look-up in C: chunk → chunk id. A chunk is taken apart once,
however often it stands; what its parts and extras are, and at which positions, is spread out over
all occurrences with numpy, sorted once per field, and packed once per field.
"""

from __future__ import annotations

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import postings, tokens
from evidencebox.index.parts import Occurrences, part
from evidencebox.index.postings import Ints
from evidencebox.index.segment import NO_DATE, Columns, FieldPart, Segment
from evidencebox.model.documents import Layer
from evidencebox.model.indexing import IndexEntry

BODY = "body"
TEXT_FIELDS = ("subject", "name", "path", "from", "to", "cc", "author")
"""Analysed fields beside the body; any other name an entry uses for a text is refused."""

_LONGEST = tokens.MAX_TERM_BYTES
_ONE = array("i", [1])
_STREAMED = 4_000_000
_AT_ONCE = 1 << 21
_UNSIGNED = np.dtype("<u4")


class _Chunks(defaultdict[str, int]):
    """Chunk → chunk id, counted up in C; `settle` takes new ones apart into terms and positions."""

    def __init__(self) -> None:
        super().__init__(count().__next__)
        self.terms: defaultdict[str, int] = defaultdict(count().__next__)
        self.names: list[str] = []
        self.widths = array("i")
        self.counts = array("i")
        self.entry_terms = array("i")
        self.entry_offsets = array("i")

    def settle(self) -> None:
        """Takes apart what came since it was last asked."""
        if len(self) == len(self.widths):
            return
        new = list(islice(self, len(self.widths), None))
        plain = [chunk.isascii() and chunk.isalnum() and len(chunk) <= _LONGEST for chunk in new]
        at = 0
        while at < len(new):
            try:
                other = plain.index(False, at)
            except ValueError:
                other = len(new)
            self._words(new[at:other])
            if other < len(new):
                parts = tokens.analyse(new[other])
                self._add(list(enumerate(parts.parts)) + [(e.index, e.term) for e in parts.extras])
                self.widths.append(len(parts.parts))
            at = other + 1
        self.names.extend(islice(self.terms, len(self.names), None))

    def _words(self, chunks: list[str]) -> None:
        """The short way for what most chunks are: one plain word."""
        ones = _ONE * len(chunks)
        self.counts.extend(ones)
        self.widths.extend(ones)
        self.entry_offsets.extend(array("i", bytes(4 * len(chunks))))
        terms = self.terms
        self.entry_terms.extend(array("i", [terms[chunk.lower()] for chunk in chunks]))

    def _add(self, entries: list[tuple[int, str]]) -> None:
        self.counts.append(len(entries))
        for offset, term in entries:
            self.entry_terms.append(self.terms[term])
            self.entry_offsets.append(offset)


class _Values(_Chunks):
    """Keyword value → id: the whole folded value; its position is its place among the values."""

    def settle(self) -> None:
        for value in islice(self, len(self.widths), None):
            self._add([(0, keyword(value))])
            self.widths.append(1)
        self.names.extend(islice(self.terms, len(self.names), None))


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
    number = len(entries)
    body, page_starts = _field(words, runs[BODY], number)
    fields = {BODY: body}
    fields |= {name: _field(words, run, number)[0] for name, run in runs.items() if name != BODY}
    fields |= {name: _field(values, run, number)[0] for name, run in keywords.items()}
    return Segment(number, _columns(entries, page_starts), fields)


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


def _field(table: _Chunks, run: _Run, documents: int) -> tuple[FieldPart, Ints]:
    """The part of one field, and the position at which each text given to it begins."""
    table.settle()
    ids = np.concatenate(run.ids) if run.ids else np.zeros(0, dtype=np.int32)
    run.ids.clear()
    texts = np.array(run.counts, dtype=np.int64)
    text_docs = np.array(run.docs, dtype=np.int64)
    widths = np.array(table.widths, dtype=np.int32)
    ends = np.zeros(len(ids) + 1, dtype=np.int64)
    np.cumsum(widths[ids], out=ends[1:])
    text_starts = ends[postings.starts(texts)]
    first = np.searchsorted(text_docs, np.arange(documents))
    every = np.append(text_starts, ends[-1])
    lengths = every[np.searchsorted(text_docs, np.arange(documents), side="right")] - every[first]
    base = every[first][text_docs]
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), texts)
    found = _spread(table, ids, _Places(ends, owners, base, text_docs))
    return part(found, lengths.astype(_UNSIGNED)), text_starts - base


@dataclass(frozen=True, slots=True)
class _Places:
    """Where chunks stand: `ends[c]` positions before chunk c, `owners[c]` the text it is in; of
    each text the positions before its document, and its document."""

    ends: Ints
    owners: NDArray[np.int32]
    base: Ints
    docs: Ints


def _spread(table: _Chunks, ids: NDArray[np.int32], places: _Places) -> Occurrences:
    """Document, position and term of every occurrence, from the chunk ids.

    Some chunks at a time, so that only what comes out grows with the text.
    """
    # Copies: an array that numpy looks into cannot grow with the next batch.
    all_counts = np.array(table.counts, dtype=np.int64)
    all_starts = postings.starts(all_counts)
    all_offsets = np.array(table.entry_offsets, dtype=np.int32)
    all_terms = np.array(table.entry_terms, dtype=np.int32)
    slices = [slice(at, at + _AT_ONCE) for at in range(0, len(ids), _AT_ONCE)]
    total = sum(int(all_counts[ids[some]].sum()) for some in slices)
    docs, stand, terms = (np.empty(total, dtype=np.int32) for _ in range(3))
    at = 0
    for some in slices:
        counts, owners = all_counts[ids[some]], places.owners[some]
        size = int(counts.sum())
        out = slice(at, at + size)
        entries = np.arange(size, dtype=np.int64)
        entries += np.repeat(all_starts[ids[some]] - postings.starts(counts), counts)
        docs[out] = np.repeat(places.docs[owners], counts)
        begins = places.ends[:-1][some] - places.base[owners]
        stand[out] = np.repeat(begins, counts) + all_offsets[entries]
        terms[out] = all_terms[entries]
        at += size
    return Occurrences(table.names, terms, docs, stand)
