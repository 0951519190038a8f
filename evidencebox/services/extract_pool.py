"""Extraction in sandboxed workers: a document's bytes in; pages, metadata and children out.

The call is a plain `submit` that gives a `Future`, so that another executor (a cluster's) can stand
here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol, TypeVar

from evidencebox.model.documents import Outcome
from evidencebox.model.extraction import Hint, Limits
from evidencebox.services.executor import (
    RECYCLE_AFTER,
    Executor,
    Job,
)
from evidencebox.services.extract_job import SHARE, ExtractJob, Receiver
from evidencebox.services.handing import Passwords
from evidencebox.services.sources import OpenSource
from evidencebox.services.worker_process import Transport

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class ExtractPool:
    """The extractors. One file's crash, hang or lie becomes that file's `Outcome`."""

    def __init__(
        self,
        workers: int,
        command: Sequence[str] | None = None,
        recycle_after: int = RECYCLE_AFTER,
        queue_size: int | None = None,
        transport: Transport | None = None,
        passwords: Passwords | None = None,
        *,
        dangerous: bool = False,
    ) -> None:
        """`dangerous`: also where readers cannot be shut in well, formats that attackers like."""
        self._passwords = passwords or Passwords()
        self._dangerous = dangerous
        self._executor = Executor("extract", workers, command, recycle_after, queue_size, transport)

    @property
    def tier(self) -> str:
        """See `Executor.tier`."""
        return self._executor.tier

    def __enter__(self) -> ExtractPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(
        self,
        source: OpenSource,
        hint: Hint,
        limits: Limits,
        receive: Receiver,
        family: str = "",
        share: int = SHARE,
        again: Callable[[], None] | None = None,
    ) -> Future[Outcome]:
        """Queues one document; blocks while the queue is full.

        Small documents of one `family` may be read by the same process, up to `share` of them one
        after the other; all others have one each, where the system has fork servers. With `again`,
        one that came to grief behind others is read once more in a process of its own: it is called
        first, in the worker's thread, and the receiver begins anew.

        The source belongs to the pool from here on and is closed by it. `hint.size` is what time
        and ratio are counted by. The future gives an Outcome; it raises what the receiver or the
        source raised, `WorkerStartError` or `ExecutorClosedError`.
        """
        job = ExtractJob(source, hint, limits, receive, family, share, again)
        return self.run(job)

    def run(self, job: _Asking[_T]) -> Future[_T]:
        """Queues what else these workers can do, such as drawing a page."""
        job.passwords = self._passwords
        job.dangerous = self._dangerous
        return self._executor.submit(job)

    def close(self, *, finish: bool = False) -> None:
        """See `Executor.close`."""
        self._executor.close(finish=finish)


class _Asking(Job[_T_co], Protocol[_T_co]):
    """A job whose worker may ask for passwords, and may have to leave some formats."""

    passwords: Passwords
    dangerous: bool
