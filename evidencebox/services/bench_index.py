"""Our index beside tantivy, FTS5 and Whoosh, on the same texts, in one run on one machine.

Each engine builds and searches in processes of its own, one after another. Every total is compared:
an engine that found other documents would be measured for nothing.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evidencebox.errors import UserError
from evidencebox.index import bench_texts
from evidencebox.index.bench import BenchLine
from evidencebox.index.bench_peers import Whoosh
from evidencebox.index.bench_texts import KINDS, Corpus, Query
from evidencebox.services.bench_engine import Job, encoded
from evidencebox.services.bench_watch import MEGABYTE, Watch

_QUERIES, _COMMON, _SLOW = 200, 5, 5
_CURVE_FROM = 50_000


def bench_index(folder: Path, documents: int) -> Iterator[BenchLine]:
    """The whole table. Needs tantivy and psutil: the extra `bench`."""
    _need_peers()
    yield _machine()
    corpus = bench_texts.write(folder / "texts.jsonl", documents)
    mixed = tuple(bench_texts.queries(corpus, _QUERIES))
    phrases, words = bench_texts.common_phrases(12), bench_texts.common_words(_COMMON)
    every = (*mixed, *phrases, *words)
    ours = _Measured("ours", folder, corpus, every)
    tantivy = _Measured("tantivy", folder, corpus, every)
    _same_totals(ours, tantivy, every)
    yield from _building(ours, tantivy, corpus)
    yield from _curve(ours, documents)
    yield from _searching(ours, tantivy, every)
    slow = (*mixed[:_SLOW], *words)
    fts5 = _Measured("fts5", folder, corpus, slow)
    _same_totals(ours, fts5, slow)
    yield from _beside_fts5(ours, fts5, corpus, words)
    few = replace(corpus, documents=min(documents, Whoosh.most))
    whoosh = _Measured("whoosh", folder, few, ())
    ours_rate, rate = ours.rate, whoosh.rate
    yield BenchLine("indexing", ours_rate, "MB/s", whoosh.name, rate, ours_rate / rate)


def beside(folder: Path, corpus: Corpus, ranked: Sequence[str]) -> Iterator[BenchLine]:
    """The same on texts that are given, without the curve and Whoosh. `ranked`: their words."""
    _need_peers()
    yield _machine()
    words_of = bench_texts.among(ranked)
    mixed = tuple(bench_texts.queries(corpus, _QUERIES, words_of=words_of))
    words = bench_texts.common_words(_COMMON, words_of)
    every = (*mixed, *bench_texts.common_phrases(12, words_of), *words)
    ours = _Measured("ours", folder, corpus, every)
    tantivy = _Measured("tantivy", folder, corpus, every)
    yield from _building(ours, tantivy, corpus)
    yield from _searching(ours, tantivy, every)
    fts5 = _Measured("fts5", folder, corpus, (*mixed[:_SLOW], *words))
    yield from _beside_fts5(ours, fts5, corpus, words)


def _need_peers() -> None:
    if not (find_spec("psutil") and find_spec("tantivy")):
        raise UserError(
            "This bench needs tantivy and psutil, which EvidenceBox itself does not: "
            "python -m pip install 'evidencebox[bench]'."
        )


def _machine() -> BenchLine:
    """Cores beside the load before anything was started: what the figures are worth."""
    made = ", ".join(f"{name} {version(name)}" for name in ("numpy", "sqlcipher3"))
    name = f"machine: {platform.platform()}, Python {platform.python_version()}, {made}"
    cores, load = float(os.cpu_count() or 1), os.getloadavg()[0]
    return BenchLine(name, cores, "cores", "load before", load, cores / max(load, 0.01))


class _Measured:
    """One engine, built and then searched, each in a process of its own."""

    def __init__(self, engine: str, folder: Path, corpus: Corpus, queries: Sequence[Query]) -> None:
        job = Job(engine, str(folder), str(corpus.file), corpus.documents, corpus.bytes)
        self.built, self.build_memory, self.build_cpu = _run(replace(job, build=True))
        self.name = str(self.built["name"])
        self.rate = self.built["bytes"] / MEGABYTE / self.built["seconds"]
        self.rate_cpu = self.built["bytes"] / MEGABYTE / self.build_cpu
        self.found: dict[str, Any] = {}
        self.search_memory = 0.0
        if queries:
            asked = replace(job, queries=tuple(queries))
            self.found, self.search_memory, _ = _run(asked)
            self.plain, _, _ = _run(replace(asked, facets=False))

    def times(self, queries: Sequence[Query], kinds: Sequence[str], what: int) -> list[float]:
        """Milliseconds of the first time each query of these kinds was asked, facets counted.

        `what`: 0 as they passed, 1 as a processor spent them.
        """
        pairs = zip(queries, self.found["first"], strict=True)
        return [took[what] for query, took in pairs if query.kind in kinds]


def _run(job: Job) -> tuple[dict[str, Any], float, float]:
    """What came out, megabytes at most and processor seconds of all its processes together."""
    process = subprocess.Popen(
        [sys.executable, "-m", "evidencebox.services.bench_engine"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    watch = Watch(process.pid)
    out, _ = process.communicate(encoded(job).encode())
    memory, cpu = watch.result()
    if process.returncode:
        raise RuntimeError(f"{job.engine} could not be measured")
    return json.loads(out), memory, cpu


def _same_totals(ours: _Measured, peer: _Measured, queries: Sequence[Query]) -> None:
    known = dict(zip(ours.found["queries"], ours.found["totals"], strict=True))
    for query, total in zip(peer.found["queries"], peer.found["totals"], strict=True):
        if known[query] != total:
            raise RuntimeError(f"{peer.name} found {total} documents for a query, not as many")


def _line(name: str, ours: float, unit: str, peer: _Measured, theirs: float) -> BenchLine:
    """Less is better, but for rates."""
    ratio = ours / theirs if unit.endswith("/s") else theirs / ours
    return BenchLine(name, ours, unit, peer.name, theirs, ratio)


def _building(ours: _Measured, peer: _Measured, corpus: Corpus) -> Iterator[BenchLine]:
    yield _line("indexing", ours.rate, "MB/s", peer, peer.rate)
    yield _line("indexing, processor time", ours.rate_cpu, "MB/s", peer, peer.rate_cpu)
    for name, key in (("index without page texts", "searched"), ("page texts", "stored")):
        mine, theirs = (one.built[key] / corpus.bytes for one in (ours, peer))
        yield _line(f"{name}, of the text", mine, "×", peer, theirs)
    yield _line("memory, building", ours.build_memory, "MB", peer, peer.build_memory)
    yield _line("memory, searching", ours.search_memory, "MB", peer, peer.search_memory)
    yield _line("cold, open to first result", ours.found["cold"], "ms", peer, peer.found["cold"])


def _curve(ours: _Measured, documents: int) -> Iterator[BenchLine]:
    """What a document costs up to each tenth, beside what it costs up to the first 50,000."""
    marks = [(int(done), float(at)) for done, at in ours.built["marks"]]
    marks.append((documents, float(ours.built["seconds"])))
    first = next((mark for mark in marks if mark[0] >= min(_CURVE_FROM, documents)), marks[-1])
    base = first[1] / first[0] * 1000
    wanted = (documents * tenth // 10 for tenth in range(1, 11))
    for done, at in dict.fromkeys(next(m for m in marks if m[0] >= least) for least in wanted):
        if done >= first[0]:
            cost = at / done * 1000
            peer = f"the first {first[0]:,} documents"
            yield BenchLine(
                f"cost of a document, first {done:,}", cost, "ms", peer, base, base / cost
            )


def _searching(ours: _Measured, peer: _Measured, queries: Sequence[Query]) -> Iterator[BenchLine]:
    for what, clock in ((0, ""), (1, ", processor time")):
        mine, theirs = (one.times(queries, KINDS, what) for one in (ours, peer))
        for share, name in ((50, "median"), (95, "95 of 100")):
            yield _line(
                f"200 mixed queries with facets, {name}{clock}",
                _share(mine, share), "ms", peer, _share(theirs, share),
            )  # fmt: skip
    plain, peers = (
        [took[1] for query, took in zip(queries, one.plain["first"], strict=True)
         if query.kind in KINDS]
        for one in (ours, peer)
    )  # fmt: skip
    yield _line(
        "the same without facets, median, processor time",
        _share(plain, 50), "ms", peer, _share(peers, 50),
    )  # fmt: skip
    for kind in (*KINDS, "phrase of common words", "common word"):
        mine, theirs = (one.times(queries, [kind], 1) for one in (ours, peer))
        for share in (50, 95):
            yield _line(
                f"{kind}, {share} of 100, processor time",
                _share(mine, share), "ms", peer, _share(theirs, share),
            )  # fmt: skip


def _beside_fts5(
    ours: _Measured, fts5: _Measured, corpus: Corpus, words: Sequence[Query]
) -> Iterator[BenchLine]:
    yield _line("indexing", ours.rate, "MB/s", fts5, fts5.rate)
    mine, theirs = (one.built["searched"] / corpus.bytes for one in (ours, fts5))
    yield _line("index without page texts, of the text", mine, "×", fts5, theirs)
    own, other = (
        statistics.median(took[1] for took in one.plain["first"][-len(words) :])
        for one in (ours, fts5)
    )
    yield _line("common word by rank, processor time", own, "ms", fts5, other)


def _share(values: Sequence[float], share: int) -> float:
    """The value that `share` of a hundred do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]
