"""A segment's arrays in rows of the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from backports import zstd
from numpy.typing import NDArray

from evidencebox.index.postings import Ints
from evidencebox.index.schema import Connection, Writes
from evidencebox.index.segment import Columns

Lengths = dict[str, NDArray[np.uint32]]

_TYPES: dict[str, np.dtype[Any]] = {
    "keys": np.dtype("<i8"),
    "hashes": np.dtype("u1"),
    "dates": np.dtype("<i8"),
    "sizes": np.dtype("<i8"),
    "page_counts": np.dtype("<u4"),
    "page_numbers": np.dtype("<u4"),
    "page_layers": np.dtype("u1"),
    "page_starts": np.dtype("<u4"),
}
_LENGTH = "length:"
_LEVEL = 1


@dataclass(frozen=True)
class Stored:
    """A segment's arrays: `keys` of its documents, `columns`, and `lengths` by field."""

    count: int
    keys: Ints
    columns: Columns
    lengths: Lengths

    @cached_property
    def pages(self) -> NDArray[np.int64]:
        """How many pages each document has; a page with two layers is one page."""
        owners = np.repeat(np.arange(self.count, dtype=np.int64), self.columns.page_counts)
        keys = np.unique(owners << 32 | self.columns.page_numbers)
        return np.bincount(keys >> 32, minlength=self.count)


def new_segment(connection: Connection, count: int, *, searched: bool = True) -> int:
    """A number, never used before, for a segment of `count` documents."""
    cursor = connection.execute(
        "INSERT INTO segments (count, searched) VALUES (?, ?)", (count, searched)
    )
    if cursor.lastrowid is None:
        raise RuntimeError("the database gave no number for a segment")
    return cursor.lastrowid


def store(connection: Writes, segment: int, stored: Stored) -> None:
    """Writes a segment's arrays."""
    rows = [("keys", stored.keys.astype("<i8").tobytes())]
    rows += [(name, getattr(stored.columns, name).tobytes()) for name in Columns.__slots__]
    rows += [
        (_LENGTH + field, values.tobytes()) for field, values in sorted(stored.lengths.items())
    ]
    connection.executemany(
        "INSERT INTO columns VALUES (?, ?, ?)",
        [(segment, name, zstd.compress(data, _LEVEL)) for name, data in rows],
    )


def load(connection: Connection, segment: int) -> Stored:
    """Reads a segment's arrays. Raises ValueError where they are damaged."""
    found = connection.execute("SELECT name, data FROM columns WHERE segment = ?", (segment,))
    rows = {name: zstd.decompress(data) for name, data in found}
    (count,) = connection.execute(
        "SELECT count FROM segments WHERE segment = ?", (segment,)
    ).fetchone()
    try:
        arrays = {name: np.frombuffer(rows[name], dtype) for name, dtype in _TYPES.items()}
    except KeyError as error:
        raise ValueError("a column of the index is missing") from error
    lengths = {
        name.removeprefix(_LENGTH): np.frombuffer(data, "<u4")
        for name, data in rows.items()
        if name.startswith(_LENGTH)
    }
    keys = arrays.pop("keys")
    if any(len(values) != count for values in (keys, arrays["dates"], *lengths.values())):
        raise ValueError("a column of the index is damaged")
    return Stored(count, keys, Columns(**arrays), lengths)


def keys(connection: Connection, segment: int) -> Ints:
    """The keys of a segment's documents, by number."""
    (data,) = connection.execute(
        "SELECT data FROM columns WHERE segment = ? AND name = 'keys'", (segment,)
    ).fetchone()
    return np.frombuffer(zstd.decompress(data), "<i8")


def dead(connection: Connection) -> Ints:
    """The keys of dead documents that still stand in some segment, ascending."""
    rows = connection.execute("SELECT key FROM removed ORDER BY key").fetchall()
    return np.array([row[0] for row in rows], dtype=np.int64)


def alive(stored: Stored, gone: Ints) -> NDArray[np.bool_]:
    """Which of a segment's documents are not among the dead."""
    if not len(gone):
        return np.ones(stored.count, dtype=bool)
    return ~np.isin(stored.keys, gone)
