"""A merge beside a writer: many short transactions, and a last one that makes it count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidencebox.index import columns, merge, schema
from evidencebox.index.schema import Connection


class _Each:
    """Takes rows, each batch in a transaction of its own, so that a writer waits for moments."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def executemany(self, sql: str, rows: Iterable[Any], /) -> object:
        with schema.transaction(self._connection):
            return self._connection.executemany(sql, rows)


def merge_one(reading: Connection, writing: Connection) -> bool:
    """Sweeps up, then does the merge that is due, if one is.

    Nothing read can change under it: segments never do, and a document that is removed meanwhile
    stays in `removed` and is dead in the merged segment too.
    """
    _sweep(writing)
    due = merge.merges_due(reading)
    if not due:
        return False
    given = merge.sources(reading, due)
    count = merge.live_count(given)
    target = None
    if count:
        with schema.transaction(writing):
            target = columns.new_segment(writing, count, searched=False)
        merge.write(reading, _Each(writing), given, target)
    with schema.transaction(writing):
        replaced = merge.replace(writing, given, target)
    _sweep(writing)
    return replaced


def _sweep(connection: Connection) -> None:
    for segment in merge.unsearched(connection):
        with schema.transaction(connection):
            merge.sweep(connection, segment)
