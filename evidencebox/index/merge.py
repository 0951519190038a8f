"""Merging segments: a concatenation, with the dead dropped. It bounds what a query must read.

A merge may run beside a writer: its segment is not searched until all of it is there. What a crash
leaves of one that was not finished, or of segments that were replaced, is swept up by the next.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import columns
from evidencebox.index.blocks import PartWriter
from evidencebox.index.columns import Stored
from evidencebox.index.merge_lists import SOURCES, Source, merge_field
from evidencebox.index.schema import Connection, Writes
from evidencebox.index.segment import Columns

FAN_IN = SOURCES
"""So many segments of one tier become one; a tier is a power of this, in documents.

Of large ones two thirds: each segment costs every query, and the last merge of a large import, when
no analyser works beside it any more, is not of everything.
"""

_SMALLEST, _LARGE = 64, 3
_TABLES = ("columns", "terms", "lists")


def _tier(documents: int) -> int:
    tier = 0
    while documents > _SMALLEST * FAN_IN**tier:
        tier += 1
    return tier


def merges_due(connection: Connection) -> list[int]:
    """Segments that should become one now, oldest first; none where there is nothing to do."""
    rows = connection.execute(
        "SELECT segment, count FROM segments WHERE searched ORDER BY segment"
    ).fetchall()
    gone = columns.dead(connection)
    tiers: dict[int, list[int]] = {}
    for segment, count in rows:
        # Rarely is anything dead, and then mostly not for long.
        dead = int(np.isin(columns.keys(connection, segment), gone).sum()) if len(gone) else 0
        if 2 * dead > count:
            return [segment]
        tiers.setdefault(_tier(count - dead), []).append(segment)
    return next((some for tier, some in sorted(tiers.items()) if len(some) >= _enough(tier)), [])


def _enough(tier: int) -> int:
    return FAN_IN if tier < _LARGE else max(2, 2 * FAN_IN // 3)


def sources(connection: Connection, segments: Sequence[int]) -> list[Source]:
    """What is to be merged, as it stands now."""
    made, base, gone = [], 0, columns.dead(connection)
    for segment in segments:
        stored = columns.load(connection, segment)
        live = columns.alive(stored, gone)
        docs = np.where(live, base + np.cumsum(live) - 1, -1)
        made.append(Source(segment, stored, live, docs))
        base += int(live.sum())
    return made


def live_count(given: Sequence[Source]) -> int:
    """How many documents the merged segment will have."""
    return sum(int(source.live.sum()) for source in given)


def write(connection: Connection, into: Writes, given: Sequence[Source], target: int) -> None:
    """Writes the rows of the merged segment, all but its row of `segments`."""
    lengths = _lengths(given)
    keys = np.concatenate([source.stored.keys[source.live] for source in given])
    stored = Stored(len(keys), keys, _columns(given), lengths)
    columns.store(into, target, stored)
    for field in sorted(lengths):
        merge_field(connection, PartWriter(into, target, field), given, field)


def replace(connection: Connection, given: Sequence[Source], target: int | None) -> bool:
    """Lets `target` be searched in place of its sources, inside the caller's transaction.

    False where one of them is gone, so that nothing may be replaced.
    """
    wanted = [source.segment for source in given]
    ask = connection.execute
    searched = {row[0] for row in ask("SELECT segment FROM segments WHERE searched")}
    waiting = {row[0] for row in ask("SELECT segment FROM segments WHERE NOT searched")}
    if not searched.issuperset(wanted) or not (target is None or target in waiting):
        return False
    connection.executemany(
        "UPDATE segments SET searched = 0 WHERE segment = ?", [(number,) for number in wanted]
    )
    if target is not None:
        ask("UPDATE segments SET searched = 1 WHERE segment = ?", (target,))
    dropped = [int(key) for s in given for key in s.stored.keys[~s.live].tolist()]
    connection.executemany("DELETE FROM removed WHERE key = ?", [(key,) for key in dropped])
    ask("UPDATE meta SET value = value + 1 WHERE name = 'layout'")
    return True


def merge_segments(connection: Connection, segments: Sequence[int]) -> None:
    """Puts one new segment in the place of `segments`, inside the caller's transaction."""
    given = sources(connection, segments)
    count = live_count(given)
    target = columns.new_segment(connection, count, searched=False) if count else None
    if target is not None:
        write(connection, connection, given, target)
    replace(connection, given, target)
    for segment in segments:
        sweep(connection, segment)


def unsearched(connection: Connection) -> list[int]:
    """Segments whose rows are of no use: replaced ones, and such as were never finished."""
    rows = connection.execute("SELECT segment FROM segments WHERE NOT searched ORDER BY segment")
    return [row[0] for row in rows]


def sweep(connection: Connection, segment: int) -> None:
    """Deletes a segment's rows, inside the caller's transaction."""
    for table in (*_TABLES, "segments"):
        connection.execute(f"DELETE FROM {table} WHERE segment = ?", (segment,))


def _columns(given: Sequence[Source]) -> Columns:
    kept: dict[str, list[NDArray[np.generic]]] = {name: [] for name in Columns.__slots__}
    for source in given:
        own, live = source.stored.columns, source.live
        pages = np.repeat(live, own.page_counts)
        kept["hashes"].append(own.hashes.reshape(-1, 32)[live].reshape(-1))
        for name in ("dates", "sizes", "page_counts"):
            kept[name].append(getattr(own, name)[live])
        for name in ("page_numbers", "page_layers", "page_starts"):
            kept[name].append(getattr(own, name)[pages])
    joined = {name: np.concatenate(arrays) for name, arrays in kept.items()}
    return Columns(**joined)


def _lengths(given: Sequence[Source]) -> columns.Lengths:
    names = {name for source in given for name in source.stored.lengths}
    return {
        name: np.concatenate(
            [
                source.stored.lengths.get(name, np.zeros(source.stored.count, dtype="<u4"))[
                    source.live
                ]
                for source in given
            ]
        )
        for name in sorted(names)
    }
