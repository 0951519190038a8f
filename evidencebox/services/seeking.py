"""A child taken out of its parent once more: known by size and hash, kept in memory or a pack."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from evidencebox.model.documents import Notice, Page
from evidencebox.model.extraction import ChildHead
from evidencebox.services.extract_job import ChildReceiver
from evidencebox.services.sources import RandomAccess
from evidencebox.store.whereabouts import Whereabouts
from evidencebox.vault.spool import PackWriter, Spool, SpoolRef


class Held:
    """A child's bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = self.memory = len(data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length]

    def source(self) -> RandomAccess:
        return self

    def drop(self) -> None:
        """Memory goes by itself."""


class Packed:
    """A child's bytes in a pack."""

    memory = 0

    def __init__(self, spool: Spool, ref: SpoolRef) -> None:
        self._spool = spool
        self._ref = ref

    def source(self) -> RandomAccess:
        return self._spool.open(self._ref)

    def drop(self) -> None:
        self._spool.drop(self._ref.pack)


class Found(Exception):
    """The child was found, and the rest of its parent need not be read."""


class Seeker:
    """A `Receiver` that keeps the one child that is wanted, and nothing else."""

    def __init__(self, wanted: Whereabouts, spool: Spool | None, hurry: bool) -> None:
        self.found: Held | Packed | None = None
        self._wanted = wanted
        self._spool = spool
        self._hurry = hurry

    def page(self, page: Page) -> None:
        """Its text is known."""

    def meta(self, key: str, value: str) -> None:
        """As are these."""

    def notice(self, notice: Notice) -> None:
        """And this."""

    def child(self, head: ChildHead) -> ChildReceiver:
        if self.found is not None:
            return _Passed()
        return _Sought(self._wanted, self._spool, self._take)

    def _take(self, found: Held | Packed) -> None:
        self.found = found
        if self._hurry:
            raise Found

    def give_up(self) -> None:
        """Nothing of it is wanted any more."""
        if self.found is not None:
            self.found.drop()
            self.found = None


class _Passed:
    """A child that is not wanted."""

    def write(self, data: bytes, /) -> None:
        pass

    def close(self) -> None:
        pass

    def abort(self) -> None:
        pass


class _Sought:
    """One child of the parent, which may be the one. Held no further than to the wanted size."""

    def __init__(
        self, wanted: Whereabouts, spool: Spool | None, take: Callable[[Held | Packed], None]
    ) -> None:
        self._wanted = wanted
        self._spool = spool
        self._take = take
        self._digest = hashlib.sha256()
        self._size = 0
        self._data = bytearray()
        self._pack: PackWriter | None = None
        if spool is not None:
            self._pack = spool.new_pack()
            self._pack.begin()

    def write(self, data: bytes, /) -> None:
        self._size += len(data)
        if self._size > self._wanted.size:
            self.abort()
            return
        self._digest.update(data)
        if self._pack is not None:
            self._pack.write(data)
        else:
            self._data += data

    def close(self) -> None:
        if self._size != self._wanted.size or self._digest.hexdigest() != self._wanted.document:
            self.abort()
        elif self._pack is not None and self._spool is not None:
            ref = self._pack.end()
            self._pack.close()
            self._take(Packed(self._spool, ref))
        else:
            self._take(Held(bytes(self._data)))

    def abort(self) -> None:
        """Forgets it, on the disk too. Any number of times."""
        self._data.clear()
        if self._pack is not None and self._spool is not None:
            self._pack.close()
            self._spool.drop(self._pack.name)
            self._pack = None
