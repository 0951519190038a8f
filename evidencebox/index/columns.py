"""A segment's arrays in rows of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencebox.index.schema import Connection
from evidencebox.index.segment import Columns

Lengths = dict[str, NDArray[np.uint32]]

_TYPES: dict[str, np.dtype[Any]] = {
    "hashes": np.dtype("u1"),
    "dates": np.dtype("<i8"),
    "sizes": np.dtype("<i8"),
    "page_counts": np.dtype("<u4"),
    "page_numbers": np.dtype("<u4"),
    "page_layers": np.dtype("u1"),
    "page_starts": np.dtype("<u4"),
}
_LENGTH = "length:"


@dataclass(frozen=True, slots=True)
class Stored:
    """A segment's arrays: `columns`, and `lengths` by field."""

    count: int
    columns: Columns
    lengths: Lengths


def new_segment(connection: Connection, count: int) -> int:
    """A number, never used before, for a segment of `count` documents."""
    cursor = connection.execute("INSERT INTO segments (count) VALUES (?)", (count,))
    if cursor.lastrowid is None:
        raise RuntimeError("the database gave no number for a segment")
    return cursor.lastrowid


def store(connection: Connection, segment: int, columns: Columns, lengths: Lengths) -> None:
    """Writes a segment's arrays."""
    rows = [(name, getattr(columns, name).tobytes()) for name in Columns.__slots__]
    rows += [(_LENGTH + field, values.tobytes()) for field, values in sorted(lengths.items())]
    connection.executemany(
        "INSERT INTO columns VALUES (?, ?, ?)", [(segment, name, data) for name, data in rows]
    )


def load(connection: Connection, segment: int) -> Stored:
    """Reads a segment's arrays. Raises ValueError where they are damaged."""
    rows = dict(
        connection.execute(
            "SELECT name, data FROM columns WHERE segment = ?", (segment,)
        ).fetchall()
    )
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
    if any(len(values) != count for values in (arrays["dates"], *lengths.values())):
        raise ValueError("a column of the index is damaged")
    return Stored(count, Columns(**arrays), lengths)


def alive(connection: Connection, segment: int, count: int) -> NDArray[np.bool_]:
    """Which of a segment's documents are not removed."""
    mask = np.ones(count, dtype=bool)
    rows = connection.execute("SELECT docno FROM removed WHERE segment = ?", (segment,)).fetchall()
    mask[[row[0] for row in rows]] = False
    return mask
