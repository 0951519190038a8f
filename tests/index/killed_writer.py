"""A process that writes an index, with merges beside it, until somebody kills it.

It goes on where the index says that it stopped: every operation is one commit, and the generation
counts them. Sizes are small, so that a kill falls into a merge as often as between two.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from evidencebox.index import blocks, merge
from evidencebox.index.database import Index
from evidencebox.index.invert import invert
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.vault import database as vault
from tests.index.helpers import CASE, document, entry

_WORDS = ("will", "may", "an", "O'Neil", "12-3456", "ex-\nam", *map(str, range(300)))
_COMMITS = 60
_BATCH = 6

Operation = tuple[list[IndexEntry], list[DocumentId]]


def operations(seed: int) -> Iterator[Operation]:
    """What each commit appends and then removes; some documents come again with other text."""
    rng = random.Random(seed)
    for turn in range(_COMMITS):
        fresh = [_entry(rng, turn * _BATCH + offset) for offset in range(_BATCH)]
        before = turn * _BATCH
        again = [_entry(rng, number) for number in rng.sample(range(before), min(before, 2))]
        gone = [document(rng.randrange(before))] if turn % 3 == 2 else []
        yield fresh + again, gone


def _entry(rng: random.Random, number: int) -> IndexEntry:
    pages = (" ".join(rng.choices(_WORDS, k=rng.randrange(40))) for _ in range(rng.randrange(3)))
    return entry(number, *pages, keywords={"type": (rng.choice(("mail", "pdf")),)}, size=number)


def small_sizes() -> None:
    """Many rows, many segments, many merges."""
    blocks.CHUNK, blocks.TERMS = 256, 16
    merge.FAN_IN, merge._SMALLEST = 3, 8


def opened(folder: Path) -> Index:
    """The index in `folder`, made where there is none yet."""
    path, key = folder / "index.db", bytes(range(32))

    def connect() -> vault.Connection:
        return vault.connect(path, key, journal="WAL", new=True)

    if path.exists():
        return Index(connect, CASE)
    vault.create(path)
    return Index.create(connect, CASE)


def write(index: Index, seed: int) -> None:
    """All operations that the index does not have yet, and every merge that falls due."""
    done = index.state().generation
    for appended, gone in list(operations(seed))[done:]:
        with index.writer(merge=False) as writer:
            writer.append(appended, invert(appended))
            writer.remove(gone)
        index.merge_soon()
    index.settle()


def main() -> None:
    """`killed_writer FOLDER SEED`: says a byte once it is about to begin."""
    small_sizes()
    index = opened(Path(sys.argv[1]))
    sys.stdout.buffer.write(b"r")
    sys.stdout.buffer.flush()
    write(index, int(sys.argv[2]))
    index.close()


if __name__ == "__main__":
    main()
