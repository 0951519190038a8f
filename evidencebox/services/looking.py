"""Documents through the analysers, batch by batch, into the catalogue."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from evidencebox.services.analyse_pool import BatchError
from evidencebox.services.look_pool import LookBatch, LookPool, Talk

BATCH_CHARS = 4_000_000
BATCH_DOCUMENTS = 500

D = TypeVar("D")
T = TypeVar("T")


class Looker(Generic[D, T]):
    """Looks through documents of the caller's own form `D`; analysers start with the first.

    `batch`: makes a batch of some; `put`: keeps what was found in them, None for a document that
    the analyser did not come through. To be closed, and best used in a `with`.
    """

    def __init__(
        self,
        talk: Talk,
        workers: int,
        batch: Callable[[Sequence[D]], LookBatch[T]],
        put: Callable[[Sequence[D], Sequence[T | None]], None],
    ) -> None:
        self._talk, self._workers = talk, workers
        self._batch, self._put = batch, put
        self._pool: LookPool[T] | None = None
        self._flying: deque[tuple[Sequence[D], Future[Sequence[T]]]] = deque()
        self.done = 0

    def __enter__(self) -> Looker[D, T]:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.__exit__()

    def run(self, documents: Iterable[tuple[D, int]], cancelled: Callable[[], bool]) -> None:
        """Looks through documents, each with its code points, until `cancelled` turns true."""
        work: list[D] = []
        chars = 0
        for document, size in documents:
            work.append(document)
            chars += size
            if chars >= BATCH_CHARS or len(work) >= BATCH_DOCUMENTS:
                self._submit(work)
                work, chars = [], 0
            if cancelled():
                break
        if work:
            self._submit(work)
        while self._flying:
            self._land()

    def _submit(self, work: Sequence[D]) -> None:
        self._flying.append((work, self._look(work)))
        if len(self._flying) > 2 * self._workers:
            self._land()

    def _look(self, work: Sequence[D]) -> Future[Sequence[T]]:
        if self._pool is None:
            self._pool = LookPool(self._talk, self._workers)
        return self._pool.submit(self._batch(work))

    def _land(self) -> None:
        work, future = self._flying.popleft()
        found: Sequence[T | None]
        try:
            found = future.result()
        except BatchError:
            found = [self._alone(each) for each in work]
        self._put(work, found)
        self.done += len(work)

    def _alone(self, document: D) -> T | None:
        """A document by itself: one that stops an analyser must not take others along."""
        try:
            return self._look([document]).result()[0]
        except BatchError:
            return None
