"""A merge beside a writer: many short transactions, and a last one that makes it count."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from typing import Any

from evidencebox.index import columns, merge, schema
from evidencebox.index.schema import Connect, Connection


class _StoppedError(Exception):
    """A merge was given up; what it wrote is swept up by the next."""


class _Each:
    """Takes rows, each batch in a transaction of its own, so that a writer waits for moments."""

    def __init__(self, connection: Connection, target: int, stop: threading.Event) -> None:
        self._connection = connection
        self._target = target
        self._stop = stop

    def executemany(self, sql: str, rows: Iterable[Any], /) -> object:
        with schema.transaction(self._connection):
            # Another process may have taken it for the remains of a crash; then it stays away.
            if self._stop.is_set() or self._target not in merge.unsearched(self._connection):
                raise _StoppedError
            return self._connection.executemany(sql, rows)


class Merging:
    """The merges of one index, one at a time, in a thread of their own where that is asked for.

    `busy` is held while one runs.
    """

    def __init__(self, connect: Connect) -> None:
        self.busy = threading.Lock()
        self._connect = connect
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False
        self._error: BaseException | None = None

    def step(self) -> bool:
        """Does one merge that is due; False where there was none."""
        with self.busy, contextlib.ExitStack() as open_:
            reading, writing = self._connect(), self._connect()
            open_.callback(reading.close)
            open_.callback(writing.close)
            with contextlib.suppress(_StoppedError):
                return _merge_one(reading, writing, self._stop)
            return False

    def soon(self) -> None:
        """Lets the thread do what is due. Raises what stopped it the last time."""
        with self._guard:
            self._raise()
            self._again = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="merge", daemon=True)
                self._thread.start()

    def settle(self) -> None:
        """Waits for the thread, then does what is still due."""
        self._join()
        while self.step():
            pass

    def close(self) -> None:
        """Gives up a merge that is under way; the next one sweeps up after it."""
        self._stop.set()
        self._join()

    def _join(self) -> None:
        with self._guard:
            thread = self._thread
        if thread is not None:
            thread.join()
        self._raise()

    def _raise(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _run(self) -> None:
        try:
            while self._wanted():
                while not self._stop.is_set() and self.step():
                    pass
        except BaseException as error:  # handed on to the next who asks
            self._error = error
        finally:
            with self._guard:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _wanted(self) -> bool:
        with self._guard:
            again, self._again = self._again, False
            if not again:
                # Said under the guard, so that whoever asks from now on starts another thread.
                self._thread = None
            return again


def _merge_one(reading: Connection, writing: Connection, stop: threading.Event) -> bool:
    """Sweeps up, then does the merge that is due, if one is.

    Nothing read can change under it: segments never do, and a document that is removed meanwhile
    stays in `removed` and is dead in the merged segment too.
    """
    sweep(writing)
    due = merge.merges_due(reading)
    if not due:
        return False
    given = merge.sources(reading, due)
    count = merge.live_count(given)
    target = None
    if count:
        with schema.transaction(writing):
            target = columns.new_segment(writing, count, searched=False)
        merge.write(reading, _Each(writing, target, stop), given, target)
    with schema.transaction(writing):
        replaced = merge.replace(writing, given, target)
    sweep(writing)
    return replaced


def sweep(connection: Connection) -> None:
    """Deletes what merges left that were not finished, or that replaced other segments."""
    for segment in merge.unsearched(connection):
        with schema.transaction(connection):
            merge.sweep(connection, segment)
