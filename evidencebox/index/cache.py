"""Blocks of terms that were read before."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection

from evidencebox.index import blocks
from evidencebox.index.blocks import Block
from evidencebox.index.schema import Connection
from evidencebox.index.vocabulary import Vocabularies

_CACHED_BLOCKS = 1024


class BlockCache:
    """What was read of terms; segments never change, so it stays right for ever.

    The blocks read last, and for each segment and field the first terms of all its blocks, so that
    a look-up asks the database for at most one row. `vocabularies`: all terms of those segments and
    fields that a pattern was looked for in.
    """

    def __init__(self) -> None:
        self._blocks: OrderedDict[tuple[int, str, bytes], Block] = OrderedDict()
        self._firsts: dict[tuple[int, str], list[bytes]] = {}
        self.vocabularies = Vocabularies()
        self._lock = threading.Lock()

    def known(self, key: tuple[int, str, bytes]) -> Block | None:
        """A block that was read before."""
        with self._lock:
            if key in self._blocks:
                self._blocks.move_to_end(key)
            return self._blocks.get(key)

    def get(self, key: tuple[int, str, bytes], data: bytes) -> Block:
        """The block of a row."""
        block = self.known(key)
        if block is not None:
            return block
        block = blocks.read_block(data)
        with self._lock:
            self._blocks[key] = block
            while len(self._blocks) > _CACHED_BLOCKS:
                self._blocks.popitem(last=False)
        return block

    def firsts(self, connection: Connection, segment: int, name: str) -> list[bytes]:
        """The first term of each block, ascending."""
        with self._lock:
            found = self._firsts.get((segment, name))
        if found is None:
            rows = connection.execute(
                "SELECT first FROM terms WHERE segment = ? AND field = ? ORDER BY first",
                (segment, name),
            )
            found = [row[0] for row in rows]
            with self._lock:
                self._firsts[segment, name] = found
        return found

    def keep(self, segments: Collection[int]) -> None:
        """Forgets segments that are gone."""
        with self._lock:
            for key in [key for key in self._firsts if key[0] not in segments]:
                del self._firsts[key]
        self.vocabularies.keep(segments)
