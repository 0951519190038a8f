"""The bytes of any document again: from the trove, or out of its parent, read once more.

Nothing is taken on trust: a file is given only while its SHA-256 is the document's, and a child
only when it is the one that its SHA-256 says. What was taken out of a parent is kept for a while:
small ones in memory, others in encrypted packs of their own, which are dropped with them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidencebox.errors import UserError
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.services.case import Case
from evidencebox.services.executor import ExecutorClosedError
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.scan import open_file
from evidencebox.services.seeking import Found, Held, Packed, Seeker
from evidencebox.services.sources import RandomAccess
from evidencebox.store.whereabouts import Whereabouts, whereabouts
from evidencebox.vault import keys
from evidencebox.vault.spool import Spool, SpoolLost

IN_MEMORY: Final = 16 << 20
"""Bytes; a larger child goes to a pack."""
KEPT_BYTES: Final = 64 << 20
KEPT: Final = 8
SECONDS: Final = 120.0
"""For a parent, whatever its size: somebody waits."""
HURRY_FROM: Final = 8 << 20
"""A parent of that size is not read on once its child is found: its reader is ended."""
CLOSING: Final = "The case is being closed."
_READ: Final = 1 << 20
_FOLDER: Final = "viewing"


@dataclass(frozen=True, slots=True)
class Original:
    """A document's bytes: `source` is for the pool, or for `pieces`. It is to be used once.

    `source` is a descriptor of a file in the trove, which whoever takes it closes, or a child's
    bytes, to be had piece by piece.
    """

    source: int | RandomAccess
    hint: Hint

    def pieces(self) -> Iterator[bytes]:
        """The bytes in order, a mebibyte at a time, whatever their number."""
        if isinstance(self.source, int):
            with open(self.source, "rb", buffering=0) as handle:
                while piece := handle.read(_READ):
                    yield piece
            return
        for start in range(0, self.source.size, _READ):
            yield self.source.read_at(start, _READ)

    def close(self) -> None:
        """For one that is not used after all."""
        if isinstance(self.source, int):
            os.close(self.source)


class Originals:
    """One for an open case, made while its session lock is held. Safe for several threads."""

    def __init__(self, case: Case, pool: ExtractPool) -> None:
        self._case = case
        self._pool = pool
        self._lock = threading.RLock()
        self._kept: OrderedDict[DocumentId, Held | Packed] = OrderedDict()
        self._sound: OrderedDict[tuple[int, ...], DocumentId] = OrderedDict()
        self._spool: Spool | None = None

    def open(self, document: DocumentId) -> Original:
        """The document's bytes. Raises UserError where they cannot be had."""
        with self._lock:
            return self._open(document, frozenset())

    def close(self) -> None:
        """Forgets what is kept, and removes the packs. The pool has been closed before."""
        with self._lock:
            while self._kept:
                self._kept.popitem()[1].drop()

    def _open(self, document: DocumentId, below: frozenset[DocumentId]) -> Original:
        place = whereabouts(self._case.catalogue, document)
        if place is None:
            raise UserError(f"This case has no document {short_id(document)}.")
        hint = Hint(place.name, place.media_type, place.size)
        if document in self._kept:
            self._kept.move_to_end(document)
            return Original(self._kept[document].source(), hint)
        problem = f"The bytes of {short_id(document)} cannot be had: nothing holds them any more."
        for root, raw in place.files:
            try:
                return Original(self._file(root, raw, document), hint)
            except UserError as error:
                problem = str(error)
        for parent in place.parents:
            if parent in below or parent == document:
                continue
            try:
                return Original(self._child(place, parent, below | {document}), hint)
            except UserError as error:
                problem = str(error)
        raise UserError(problem)

    # --- files of the trove

    def _file(self, root: str, raw: bytes, document: DocumentId) -> int:
        try:
            descriptor = open_file(Path(root), raw)
        except OSError as error:
            if not Path(root).is_dir():
                why = (
                    "the trove is not there; plug its drive in and try again, or, where it is "
                    "mounted elsewhere, import it once more from there"
                )
            else:
                why = f"its file in the trove cannot be read ({error.strerror})"
            raise UserError(f"{short_id(document)} cannot be shown: {why}.") from None
        try:
            self._check(descriptor, document)
        except BaseException as error:
            os.close(descriptor)
            if isinstance(error, OSError):
                raise UserError(
                    f"{short_id(document)} cannot be shown: its file in the trove cannot be read "
                    f"({error.strerror})."
                ) from None
            raise
        return descriptor

    def _check(self, descriptor: int, document: DocumentId) -> None:
        """That the file is what it was: hashed once, then known by what the system says of it."""
        info = os.fstat(descriptor)
        face = (info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)
        if self._sound.get(face) == document:
            return
        digest = hashlib.sha256()
        while data := os.read(descriptor, _READ):
            digest.update(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        if digest.hexdigest() != document:
            raise UserError(
                f"{short_id(document)} cannot be shown: its file in the trove has changed since "
                "it was read. Verify the trove."
            )
        self._sound[face] = document
        if len(self._sound) > 1000:
            self._sound.popitem(last=False)

    # --- children

    def _child(
        self, place: Whereabouts, parent: DocumentId, below: frozenset[DocumentId]
    ) -> RandomAccess:
        original = self._open(parent, below)
        hurry = original.hint.size >= HURRY_FROM
        seeker = Seeker(place, self._packs() if place.size > IN_MEMORY else None, hurry)
        limits = Limits(base_seconds=SECONDS, max_seconds=SECONDS)
        try:
            with contextlib.suppress(Found):
                self._pool.submit(original.source, original.hint, limits, seeker).result()
        except ExecutorClosedError:
            seeker.give_up()
            raise UserError(CLOSING) from None
        except SpoolLost:
            seeker.give_up()
            raise UserError("What was kept of its parent is lost; try again.") from None
        except BaseException:
            seeker.give_up()
            raise
        if seeker.found is None:
            raise UserError(
                f"{short_id(place.document)} cannot be shown: it could not be taken out of "
                f"{short_id(parent)} again."
            )
        self._keep(place.document, seeker.found)
        return seeker.found.source()

    def _packs(self) -> Spool:
        """Packs that an import knows nothing of, under a key of their own; emptied at first use."""
        if self._spool is None:
            key = keys.derive(self._case.case_key, _FOLDER)
            spool = Spool(self._case.folder / _FOLDER, key)
            for left in spool.packs():
                spool.drop(left)
            self._spool = spool
        return self._spool

    def _keep(self, document: DocumentId, held: Held | Packed) -> None:
        self._kept[document] = held
        while len(self._kept) > 1 and (
            len(self._kept) > KEPT or sum(each.memory for each in self._kept.values()) > KEPT_BYTES
        ):
            self._kept.popitem(last=False)[1].drop()
