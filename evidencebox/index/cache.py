"""Blocks of terms that were read before."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import blocks
from evidencebox.index.blocks import Block
from evidencebox.index.postings import Ints
from evidencebox.index.schema import Connection
from evidencebox.index.vocabulary import Vocabularies

Small = NDArray[np.integer]

_CACHED_BLOCKS = 1024
_CACHED_BYTES = 128 << 20
_WORTH_KEEPING = 4096


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


class ListCache:
    """Long lists that were read and decoded in one generation, the last ones, in bounded memory."""

    def __init__(self) -> None:
        self._lists: OrderedDict[tuple[str, str], tuple[Small, Small]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> tuple[Ints, Small] | None:
        """Documents and counts of (field, term), if they are known."""
        with self._lock:
            found = self._lists.get(key)
            if found is None:
                return None
            self._lists.move_to_end(key)
        return found[0].astype(np.int64), found[1]

    def put(self, key: tuple[str, str], docs: Ints, freqs: Small) -> None:
        """Keeps a list, if it is long enough to be worth it."""
        if len(docs) < _WORTH_KEEPING:
            return
        kept = (docs.astype(np.int32), freqs)
        with self._lock:
            if key in self._lists:
                return
            self._lists[key] = kept
            self._bytes += _bytes(kept)
            while self._bytes > _CACHED_BYTES:
                self._bytes -= _bytes(self._lists.popitem(last=False)[1])


def _bytes(kept: tuple[Small, Small]) -> int:
    return sum(array.nbytes for array in kept)
