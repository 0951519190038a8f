"""What a generation holds in memory: the columns of all its segments, one after another."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import columns
from evidencebox.index.cache import BlockCache, ListCache
from evidencebox.index.columns import Stored
from evidencebox.index.postings import Ints
from evidencebox.index.schema import Connection


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment as a generation sees it; its documents are numbered from `base`."""

    number: int
    base: int
    stored: Stored
    whole: bool
    """Whether none of its documents is dead."""


@dataclass(frozen=True)
class Arrays:
    """The columns of all segments of one generation, one after another.

    `live[d]` is false for the dead. `lengths[f][d]` counts positions.
    """

    generation: int
    layout: int
    fingerprint: str
    segments: tuple[SegmentView, ...]
    hashes: NDArray[np.uint8]
    live: NDArray[np.bool_]
    dates: Ints
    sizes: Ints
    pages: Ints
    lengths: dict[str, NDArray[np.uint32]]
    averages: dict[str, float]
    cache: BlockCache = field(default_factory=BlockCache)
    lists: ListCache = field(default_factory=ListCache)
    _norms: dict[tuple[str, float], NDArray[np.float32]] = field(default_factory=dict)
    answers: OrderedDict[Any, Any] = field(default_factory=OrderedDict)
    """The last answers: see `search`."""
    turned: dict[str, Any] = field(default_factory=dict)
    """Keyword fields by document, as far as they were asked for: see `tally`."""

    @property
    def version(self) -> tuple[int, int]:
        """Ascends with every commit that changed something, and every merge."""
        return self.generation, self.layout

    @property
    def count(self) -> int:
        """Documents, the dead with them."""
        return len(self.live)

    @cached_property
    def live_count(self) -> int:
        """Documents without the dead."""
        return int(np.count_nonzero(self.live))

    def norms(self, name: str, share: float) -> NDArray[np.float32]:
        """1 / (1 - share + share × length / mean length) of a field, for each document."""
        found = self._norms.get((name, share))
        if found is None:
            lengths = self.lengths[name] / max(self.averages[name], 1e-9)
            found = (1 / (1 - share + share * lengths)).astype(np.float32)
            self._norms[name, share] = found
        return found

    def keys_of(self, docs: Ints) -> NDArray[np.uint64]:
        """The keys of some documents."""
        first = np.ascontiguousarray(self.hashes[docs, :8])
        return first.view(">u8")[:, 0].astype(np.uint64)

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """The first 64 bits of each hash: what ids look up and what ties are broken by."""
        return np.ascontiguousarray(self.hashes[:, :8]).view(">u8")[:, 0].astype(np.uint64)

    @cached_property
    def by_key(self) -> Ints:
        """The live documents in order of their keys."""
        live = np.flatnonzero(self.live)
        return live[np.argsort(self.keys[live], kind="stable")]

    @cached_property
    def places(self) -> NDArray[np.uint32]:
        """Where each live document stands in `by_key`; 0 for the dead."""
        found = np.zeros(self.count, dtype=np.uint32)
        found[self.by_key] = np.arange(len(self.by_key), dtype=np.uint32)
        return found


def load_arrays(connection: Connection, before: Arrays | None) -> Arrays:
    """The arrays of the state that `connection`'s transaction sees; `before` saves reading."""
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    known = {view.number: view.stored for view in before.segments} if before else {}
    views, masks, base = [], [], 0
    gone = columns.dead(connection)
    for (number,) in connection.execute(
        "SELECT segment FROM segments WHERE searched ORDER BY segment"
    ).fetchall():
        stored = known.get(number) or columns.load(connection, number)
        masks.append(columns.alive(stored, gone))
        views.append(SegmentView(number, base, stored, bool(masks[-1].all())))
        base += stored.count
    cache = before.cache if before else BlockCache()
    cache.keep({view.number for view in views})
    live = np.concatenate(masks) if masks else np.zeros(0, dtype=bool)
    lengths = _lengths(views)
    documents = max(1, int(live.sum()))
    return Arrays(
        int(meta["generation"]),
        int(meta["layout"]),
        meta["fingerprint"],
        tuple(views),
        _joined(views, "hashes", np.dtype("u1")).reshape(-1, 32),
        live,
        _joined(views, "dates", np.dtype("i8")),
        _joined(views, "sizes", np.dtype("i8")),
        np.concatenate([np.zeros(0, dtype=np.int64), *(view.stored.pages for view in views)]),
        lengths,
        {
            name: float(np.sum(all_[live], dtype=np.int64)) / documents
            for name, all_ in lengths.items()
        },
        cache,
    )


def _joined(views: list[SegmentView], name: str, dtype: np.dtype[Any]) -> NDArray[Any]:
    arrays = [getattr(view.stored.columns, name) for view in views]
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=dtype)


def _lengths(views: list[SegmentView]) -> dict[str, NDArray[np.uint32]]:
    names = {name for view in views for name in view.stored.lengths}
    return {
        name: np.concatenate(
            [
                view.stored.lengths.get(name, np.zeros(view.stored.count, dtype="<u4"))
                for view in views
            ]
        )
        for name in sorted(names)
    }
