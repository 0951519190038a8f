"""Documents under way in the sandboxed readers of an ingest, and what came of each."""

from __future__ import annotations

import errno
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from evidencebox.errors import UserError
from evidencebox.model.documents import Outcome, Status
from evidencebox.model.extraction import Hint
from evidencebox.services.case import Case
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.gather import Gathering
from evidencebox.services.ingest_meter import DISK_FULL
from evidencebox.services.ingest_options import Options
from evidencebox.services.passwords import handing
from evidencebox.services.settings import time_zone
from evidencebox.services.trove import Presence
from evidencebox.services.trove_reader import NATIVE, Company, Opened
from evidencebox.store.found import Waiting
from evidencebox.vault.spool import Spool, SpoolLost

_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class Coordinator(Protocol):
    """Whose thread all this happens in."""

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        """Has a call made in the coordinator's thread. Any thread."""
        ...

    def read(self, gathering: Gathering, outcome: Outcome) -> None:
        """A document was read, or could not be."""
        ...

    def lost(self, document: int) -> None:
        """A child's bytes in the spool are gone."""
        ...


class Readers:
    """`under_way`: how many documents were handed over and have not come back.

    `alone`: documents that may have stopped earlier runs are read, each by itself.
    """

    def __init__(
        self,
        case: Case,
        spool: Spool,
        presence: Presence,
        options: Options,
        window: int,
        coordinator: Coordinator,
    ) -> None:
        self._spool, self._presence = spool, presence
        self._limits = options.limits
        self._coordinator = coordinator
        self._zone = time_zone(case)
        self._pool = ExtractPool(
            options.workers,
            queue_size=window,
            passwords=handing(case),
            dangerous=options.dangerous_formats,
        )
        # To be closed where a run ends before its time.
        self._gatherings: set[Gathering] = set()
        self.under_way = 0
        self.alone = False

    @property
    def tier(self) -> str:
        """How far the readers are shut in."""
        return self._pool.tier

    def close(self) -> None:
        """Ends the readers, and lets go of what they had begun."""
        self._pool.close()
        for gathering in self._gatherings:
            gathering.close()

    def take_child(self, child: Waiting) -> None:
        """Reads a child from the spool."""
        gathering = Gathering(child.document, child.digests, child.depth, self._spool, self._zone)
        hint = Hint(child.name, child.media_type, child.digests.size, child.depth)
        self._submit(self._spool.open(child.ref), hint, gathering, NATIVE)

    def take_file(self, document: int, opened: Opened, handle: Any) -> None:
        """Reads a file of the trove, by its open handle."""
        gathering = Gathering(document, opened.digests, 0, self._spool, self._zone)
        hint = Hint(opened.unread.path.rpartition("/")[2], "", opened.digests.size, 0)
        self._submit(handle, hint, gathering, opened.company)

    def let_go(self, gathering: Gathering) -> None:
        """What was gathered is in other hands now."""
        self._gatherings.discard(gathering)

    def _submit(self, source: Any, hint: Hint, gathering: Gathering, company: Company) -> None:
        self.under_way += 1
        self._gatherings.add(gathering)
        family = "" if self.alone else company.name
        future = self._pool.submit(
            source, hint, self._limits, gathering, family, company.share, gathering.again
        )
        future.add_done_callback(lambda done: self._coordinator.post(self._read, gathering, done))

    def _read(self, gathering: Gathering, done: Future[Outcome]) -> None:
        self.under_way -= 1
        try:
            outcome = done.result()
        except SpoolLost:
            gathering.close()
            self.let_go(gathering)
            self._coordinator.lost(gathering.document)
            return
        except OSError as error:
            outcome = self._not_read(error)
        self._coordinator.read(gathering, outcome)

    def _not_read(self, error: OSError) -> Outcome:
        """A drive that fails under one file costs that file; a full disk stops the run."""
        if error.errno in _NO_ROOM:
            raise UserError(DISK_FULL) from None
        self._presence.check()
        why = error.strerror or str(error)
        return Outcome(Status.FAILED, reason=f"It cannot be read: {why}.", stage="read")
