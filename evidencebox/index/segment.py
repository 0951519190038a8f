"""A segment: some documents inverted. It crosses a pipe as bytes, never as a pickle."""

from __future__ import annotations

import hashlib
import operator
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import postings
from evidencebox.index.postings import Bytes, Ints, Sizes

NO_DATE = np.iinfo(np.int64).min
"""Stands in the date column where a document has none."""

_MAGIC = b"EBSEG\x02"
_HEAD = struct.Struct("<H1sQ")
_CODES: dict[bytes, np.dtype[Any]] = {
    b"b": np.dtype("u1"),
    b"i": np.dtype("<i8"),
    b"u": np.dtype("<u4"),
}
_CHECKED_AT_ONCE = 1 << 20
_MOST_WORDS = 1 << 29


@dataclass(frozen=True, slots=True)
class FieldPart:
    """One field of a segment.

    Terms ascend by their bytes: `term_lengths` bytes each of `terms`. Per term `df`, `cf` and the
    bytes of its lists (see `postings`). `lengths`: positions (for keywords: values) a document.
    """

    term_lengths: Bytes
    terms: Bytes
    df: NDArray[np.uint32]
    cf: NDArray[np.uint32]
    doc_sizes: NDArray[np.uint32]
    freq_sizes: NDArray[np.uint32]
    position_sizes: NDArray[np.uint32]
    docs: Bytes
    positions: Bytes
    lengths: NDArray[np.uint32]

    @property
    def sizes(self) -> Sizes:
        """The bytes of the lists."""
        return sizes(self.doc_sizes, self.freq_sizes, self.position_sizes)


def sizes(docs: NDArray[Any], freqs: NDArray[Any], positions: NDArray[Any]) -> Sizes:
    """Sizes as numbers to calculate with."""
    return Sizes(docs.astype(np.int64), freqs.astype(np.int64), positions.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Columns:
    """What a segment knows of each document, and where each of its pages begins.

    `hashes`: 32 bytes a document. `page_counts`: pages a document, and for all of them together
    `page_numbers`, `page_layers` (0 text, 1 ocr) and `page_starts`, the body's position there.
    """

    hashes: Bytes
    dates: Ints
    sizes: Ints
    page_counts: NDArray[np.uint32]
    page_numbers: NDArray[np.uint32]
    page_layers: Bytes
    page_starts: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Segment:
    """`count` documents, numbered from 0 in the order they were given."""

    count: int
    columns: Columns
    fields: dict[str, FieldPart] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The segment as one string of bytes."""
        out = [_MAGIC, struct.pack("<II", self.count, len(self.fields))]
        for name in Columns.__slots__:
            out.extend(_array(name, getattr(self.columns, name)))
        for field_name, part in sorted(self.fields.items()):
            raw = field_name.encode()
            out.append(struct.pack("<H", len(raw)) + raw)
            for name in FieldPart.__slots__:
                out.extend(_array(name, getattr(part, name)))
        return b"".join(out)

    def digest(self) -> bytes:
        """SHA-256 of the segment: of its count and all its arrays, in order."""
        made = hashlib.sha256(struct.pack("<II", self.count, len(self.fields)))
        for name in Columns.__slots__:
            made.update(getattr(self.columns, name))
        for field_name, part in sorted(self.fields.items()):
            made.update(field_name.encode())
            for name in FieldPart.__slots__:
                values = getattr(part, name)
                made.update(b"%d" % values.nbytes)
                made.update(values)
        return made.digest()

    @staticmethod
    def from_bytes(data: bytes | memoryview) -> Segment:
        """The segment that `to_bytes` gave. Raises ValueError on anything else."""
        try:
            segment = _read(_Reader(memoryview(data)))
        except (struct.error, UnicodeDecodeError, OverflowError) as error:
            raise ValueError("not a segment") from error
        check(segment)
        return segment


def _array(name: str, values: NDArray[np.generic]) -> Iterator[bytes]:
    code = next(code for code, dtype in _CODES.items() if dtype == values.dtype)
    raw = name.encode()
    yield _HEAD.pack(len(raw), code, values.nbytes) + raw
    yield values.tobytes()


class _Reader:
    def __init__(self, data: memoryview) -> None:
        self._data = data.cast("B")
        self._at = 0

    def take(self, size: int) -> memoryview:
        if size > len(self._data) - self._at:
            raise ValueError("a segment ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    def array(self, name: str) -> NDArray[Any]:
        length, code, size = _HEAD.unpack(self.take(_HEAD.size))
        if bytes(self.take(length)) != name.encode() or code not in _CODES:
            raise ValueError("a segment has an array that is not expected")
        if size % _CODES[code].itemsize:
            raise ValueError("an array of a segment is cut")
        return np.frombuffer(self.take(size), _CODES[code])

    def done(self) -> bool:
        return self._at == len(self._data)


def _read(reader: _Reader) -> Segment:
    if bytes(reader.take(len(_MAGIC))) != _MAGIC:
        raise ValueError("not a segment")
    count, fields = struct.unpack("<II", reader.take(8))
    columns = Columns(*(reader.array(name) for name in Columns.__slots__))
    parts: dict[str, FieldPart] = {}
    for _ in range(fields):
        (length,) = struct.unpack("<H", reader.take(2))
        name = bytes(reader.take(length)).decode()
        arrays = (reader.array(array) for array in FieldPart.__slots__)
        if name in parts:
            raise ValueError("a segment has a field twice")
        parts[name] = FieldPart(*arrays)
    if not reader.done():
        raise ValueError("a segment goes on after its end")
    return Segment(count, columns, parts)


def _need(holds: bool | np.bool_, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


_TYPES = {
    "term_lengths": "u1", "terms": "u1", "df": "<u4", "cf": "<u4", "doc_sizes": "<u4",
    "freq_sizes": "<u4", "position_sizes": "<u4", "docs": "u1", "positions": "u1",
    "lengths": "<u4", "hashes": "u1", "dates": "<i8", "sizes": "<i8", "page_counts": "<u4",
    "page_numbers": "<u4", "page_layers": "u1", "page_starts": "<u4",
}  # fmt: skip


def _check_types(values: Columns | FieldPart) -> None:
    for name in type(values).__slots__:
        right = getattr(values, name).dtype == np.dtype(_TYPES[name])
        _need(right, f"the array {name} of a segment has the wrong type")


def check(segment: Segment) -> None:
    """Raises ValueError where a segment contradicts itself: sizes, order, numbers out of range."""
    columns, count = segment.columns, segment.count
    _check_types(columns)
    _need(len(columns.hashes) == 32 * count, "hashes do not fit")
    _need(len(columns.dates) == len(columns.sizes) == count, "columns do not fit")
    _need(len(columns.page_counts) == count, "page counts do not fit")
    pages = int(columns.page_counts.sum(dtype=np.int64))
    _need(
        pages == len(columns.page_numbers) == len(columns.page_layers) == len(columns.page_starts),
        "pages do not fit",
    )
    _need(not pages or int(columns.page_layers.max()) <= 1, "a page has an unknown layer")
    _need(len({bytes(row) for row in columns.hashes.reshape(-1, 32)}) == count, "a document twice")
    for part in segment.fields.values():
        _check_part(part, count)
    body = segment.fields.get("body")
    lengths = body.lengths if body else np.zeros(count, dtype=np.uint32)
    _check_pages(columns, lengths)


def _check_pages(columns: Columns, lengths: NDArray[np.uint32]) -> None:
    counts = columns.page_counts.astype(np.int64)
    first = columns.page_starts.astype(np.int64)
    steps = np.diff(first)
    inside = postings.within(counts)[1:] > 0
    _need(bool((steps[inside] >= 0).all()), "a page begins before the one before it")
    limit = np.repeat(lengths.astype(np.int64), counts)
    _need(bool((first <= limit).all()), "a page begins after its document's end")


def _check_part(part: FieldPart, count: int) -> None:
    _check_types(part)
    terms = len(part.term_lengths)
    for name in ("df", "cf", "doc_sizes", "freq_sizes", "position_sizes"):
        _need(len(getattr(part, name)) == terms, "terms do not fit")
    _need(len(part.lengths) == count, "lengths do not fit")
    _need(int(part.term_lengths.sum(dtype=np.int64)) == len(part.terms), "terms do not fit")
    words = int(part.lengths.sum(dtype=np.int64))
    _need(words <= _MOST_WORDS, "too many words for one segment")
    _need(not terms or int(part.df.max()) <= count, "a term in more documents than there are")
    _need(not terms or int(part.cf.max()) <= words, "a term that stands too often")
    names = term_list(part.term_lengths, part.terms)
    _need(all(map(operator.lt, names, islice(names, 1, None))), "terms out of order")
    _check_text(part)
    for block, docs, freqs, positions in decoded(part):
        _need(bool((part.df[block] <= part.cf[block]).all()), "fewer occurrences than documents")
        _need(bool((docs < count).all()) and bool((docs >= 0).all()), "a document out of range")
        ends = np.cumsum(freqs) - 1
        last = part.lengths[docs]
        _need(bool((positions[ends] < last).all()), "a position out of range")


def _check_text(part: FieldPart) -> None:
    """Every term is UTF-8 of its own: the whole is, and no term begins inside a character."""
    part.terms.tobytes().decode()
    lengths = part.term_lengths.astype(np.int64)
    _need(not len(lengths) or int(lengths.min()) > 0, "an empty term")
    first = part.terms[postings.starts(lengths)]
    _need(not bool(((first & 0xC0) == 0x80).any()), "a term begins inside a character")


def term_list(lengths: Bytes, terms: Bytes) -> list[bytes]:
    """The terms one by one, as bytes."""
    raw, ends = terms.tobytes(), postings.ends(lengths.astype(np.int64)).tolist()
    return [raw[at:end] for at, end in pairwise(ends)]


def decoded(part: FieldPart) -> Iterator[tuple[slice, Ints, Ints, Ints]]:
    """All lists of a part, some terms at a time: the terms' slice, docs, freqs, positions."""
    df, cf, given = part.df.astype(np.int64), part.cf.astype(np.int64), part.sizes
    doc_ends = postings.ends(given.docs + given.freqs)
    position_ends = postings.ends(given.positions)
    if doc_ends[-1] != len(part.docs) or position_ends[-1] != len(part.positions):
        raise ValueError("a stream does not fit its terms")
    totals, at = np.cumsum(cf), 0
    while at < len(df):
        base = int(totals[at - 1]) if at else 0
        end = max(at + 1, int(np.searchsorted(totals, base + _CHECKED_AT_ONCE, side="right")))
        block = slice(at, end)
        some = Sizes(given.docs[block], given.freqs[block], given.positions[block])
        data = part.docs[doc_ends[at] : doc_ends[end]]
        docs, freqs = postings.unpack_documents(df[block], some, data)
        sums = np.add.reduceat(freqs, postings.starts(df[block]))
        if not np.array_equal(sums, cf[block]):
            raise ValueError("counts do not add up")
        data = part.positions[position_ends[at] : position_ends[end]]
        positions = postings.unpack_positions(cf[block], some.positions, freqs, data)
        yield block, docs, freqs, positions
        at = end
