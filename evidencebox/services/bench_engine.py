"""One engine, measured in a process of its own: `python -m evidencebox.services.bench_engine`.

A process of its own, so that memory is that of one engine, and so that the first search is cold.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from evidencebox.index import bench_peers, bench_texts, search
from evidencebox.index.bench_peers import LIMIT, Engine
from evidencebox.index.bench_texts import FACETS, Corpus, Query, Text
from evidencebox.index.database import Index
from evidencebox.index.language import parse
from evidencebox.index.segment import Segment
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.indexing import put
from evidencebox.vault import database, keys

_CASE = "00000000-0000-4000-8000-000000000000"
_CHARS, _DOCUMENTS = 8_000_000, 4_000
_AHEAD = 2 * bench_peers.THREADS


class Ours:
    """As an ingest does it: analysers in processes, one writer, encrypted, page texts kept."""

    name = f"EvidenceBox, {bench_peers.THREADS} analysers"

    def __init__(self, folder: Path) -> None:
        self._file, key = folder / "index.db", folder / "key"
        if not key.exists():
            # Nothing but synthetic texts is ever under this key.
            key.write_bytes(keys.new_key())
            database.create(self._file)
        self._key = key.read_bytes()
        self._index: Index | None = None
        self.marks: list[tuple[int, float]] = []

    def _connect(self) -> database.Connection:
        return database.connect(self._file, self._key, journal="WAL", new=True)

    def build(self, texts: Iterable[Text]) -> None:
        index = Index.create(self._connect, _CASE)
        began, done = time.perf_counter(), 0
        waiting: deque[tuple[list[IndexEntry], Future[Segment]]] = deque()
        with AnalysePool(bench_peers.THREADS) as analyse:
            for batch in _batches(map(bench_texts.entry, texts)):
                waiting.append((batch, analyse.submit(batch)))
                if len(waiting) > _AHEAD:
                    done += len(waiting[0][0])
                    put(index, analyse, *waiting.popleft())
                    self.marks.append((done, time.perf_counter() - began))
            while waiting:
                put(index, analyse, *waiting.popleft())
        index.settle()
        index.close()

    def open(self) -> None:
        self._index = Index(self._connect, _CASE)

    def search(self, query: Query, *, facets: bool) -> int:
        assert self._index is not None
        typed = bench_peers.typed(query) + (f" type:{query.type}" if query.type else "")
        parsed = parse(typed)
        found = search.search(self._index, parsed, _nothing, LIMIT)
        if facets:
            search.facets(self._index, parsed, _nothing, FACETS)
        return found.total

    def size(self) -> tuple[int, int]:
        self.open()
        assert self._index is not None
        sizes = self._index.sizes()
        return sizes.searched, sizes.pages


def _nothing(_: object) -> tuple[DocumentId, ...]:
    return ()


def _batches(entries: Iterator[IndexEntry]) -> Iterator[list[IndexEntry]]:
    """As large as an ingest makes them at most; its own are cut every five seconds."""
    batch: list[IndexEntry] = []
    chars = 0
    for entry in entries:
        batch.append(entry)
        chars += sum(len(page.text) for page in entry.pages)
        if chars >= _CHARS or len(batch) >= _DOCUMENTS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


ENGINES: dict[str, type[Any]] = {
    "ours": Ours,
    "tantivy": bench_peers.Tantivy,
    "fts5": bench_peers.Fts5,
    "whoosh": bench_peers.Whoosh,
}


@dataclass(frozen=True, slots=True)
class Job:
    """What the process is to do: `build`, or search for `queries` twice over."""

    engine: str
    folder: str
    file: str
    documents: int
    bytes: int
    build: bool = False
    facets: bool = True
    queries: tuple[Query, ...] = ()


def run(job: Job) -> dict[str, Any]:
    """Seconds and bytes of a build; or milliseconds and totals of each query, both times."""
    engine: Engine = ENGINES[job.engine](Path(job.folder))
    if job.build:
        corpus = Corpus(Path(job.file), job.documents, job.bytes)
        began = time.perf_counter()
        counted = _Counted(islice(bench_texts.read(corpus), job.documents))
        engine.build(counted)
        seconds = time.perf_counter() - began
        searched, stored = engine.size()
        marks = getattr(engine, "marks", [])
        return {
            "name": engine.name,
            "seconds": seconds,
            "searched": searched,
            "stored": stored,
            "marks": marks,
            "bytes": counted.bytes,
        }
    began = time.perf_counter()
    engine.open()
    engine.search(bench_texts.common_words(5)[4], facets=job.facets)
    cold = time.perf_counter() - began
    first, totals = _timed(engine, job.queries, job.facets)
    again, _ = _timed(engine, job.queries, job.facets)
    return {
        "name": engine.name,
        "cold": cold * 1000,
        "first": first,
        "again": again,
        "totals": totals,
        "queries": [" ".join((query.kind, *query.words, query.type)) for query in job.queries],
    }


class _Counted:
    """Texts, and how many bytes they had."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._texts = texts
        self.bytes = 0

    def __iter__(self) -> Iterator[Text]:
        for text in self._texts:
            self.bytes += sum(map(len, (*text.pages, text.subject, text.name)))
            yield text


def _timed(
    engine: Engine, queries: Sequence[Query], facets: bool
) -> tuple[list[tuple[float, float]], list[int]]:
    """Of each query the milliseconds that passed, those of a processor, and the total."""
    took, totals = [], []
    for query in queries:
        began, spent = time.perf_counter(), time.process_time()
        totals.append(engine.search(query, facets=facets))
        spent, passed = time.process_time() - spent, time.perf_counter() - began
        took.append((passed * 1000, spent * 1000))
    return took, totals


def main() -> int:
    """Reads a job as JSON, writes what came out as JSON."""
    given = json.load(sys.stdin)
    given["queries"] = tuple(
        Query(each["kind"], tuple(each["words"]), each["type"]) for each in given["queries"]
    )
    json.dump(run(Job(**given)), sys.stdout)
    return 0


def encoded(job: Job) -> str:
    """The job as `main` reads it."""
    return json.dumps(asdict(job))


if __name__ == "__main__":
    sys.exit(main())
