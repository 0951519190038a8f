"""Measurements side by side with a peer, in one run: what the numbers in the docs come from.

Everything measured is synthetic and stands in a temporary folder, encrypted as in a real case.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencebox.index.bench import BenchLine
from evidencebox.sample import generate
from evidencebox.services.bench_ingest import bench_ingest
from evidencebox.services.worker_process import own_command

_STARTS = 5
_PAGES = 4
_SHEETS = 100


def run(name: str | None, documents: int) -> Iterator[BenchLine]:
    """One bench by name, or all of them. `documents`: texts to index, or files to ingest."""
    for each in [name] if name else BENCHES:
        with tempfile.TemporaryDirectory(prefix="evidencebox-bench-") as folder:
            yield from BENCHES[each](Path(folder), documents)


def _index(folder: Path, documents: int) -> Iterator[BenchLine]:
    """Our index in SQLCipher beside Whoosh, tantivy and FTS5 on the same texts."""
    from evidencebox.services.bench_index import bench_index

    yield from bench_index(folder, documents)


def _ingest(folder: Path, documents: int) -> Iterator[BenchLine]:
    """A whole ingest of the synthetic sample."""
    generate(folder / "sample", documents, 300, 1)
    yield from bench_ingest(folder, folder / "sample" / "trove")


def ingest_of(trove: Path) -> Iterator[BenchLine]:
    """A whole ingest of a trove that is there: it is only read."""
    with tempfile.TemporaryDirectory(prefix="evidencebox-bench-") as folder:
        yield from bench_ingest(Path(folder), trove)


def index_of(trove: Path) -> Iterator[BenchLine]:
    """The index on a trove's own texts."""
    from evidencebox.services.bench_real import bench_trove

    yield from bench_trove(trove)


def _ocr(_: Path, documents: int) -> Iterator[BenchLine]:
    """Text recognition on pages of its own; a page takes seconds, so there are few."""
    from evidencebox.services.bench_ocr import bench_ocr

    yield from bench_ocr(min(documents, _PAGES))


def _export(folder: Path, documents: int) -> Iterator[BenchLine]:
    """Stamped and redacted pages."""
    from evidencebox.services.bench_export import bench_export

    yield from bench_export(folder, min(documents, _SHEETS))


def _start(folder: Path, _: int) -> Iterator[BenchLine]:
    """From nothing to the drawn welcome page, beside a bare Qt window doing the same."""
    own = own_command("gui", "--screenshots", str(folder / "shots"))
    bare = (
        "from PySide6.QtWidgets import QApplication, QWidget; a = QApplication([]); w = QWidget();"
        "w.show(); a.processEvents(); w.grab()"
    )
    ours = _median_seconds(own)
    theirs = _median_seconds([sys.executable, "-c", bare])
    yield BenchLine("start of the window", ours, "s", "bare Qt window", theirs, theirs / ours)


def _median_seconds(command: list[str]) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    took = []
    for _ in range(_STARTS):
        began = time.perf_counter()
        subprocess.run(command, check=True, env=environment, capture_output=True)
        took.append(time.perf_counter() - began)
    return sorted(took)[len(took) // 2]


def _desk(folder: Path, documents: int) -> Iterator[BenchLine]:
    """How long a reviewer waits for the window, with so many documents."""
    from evidencebox.services.bench_desk import bench_desk

    yield from bench_desk(folder, documents)


def _ledger(folder: Path, documents: int) -> Iterator[BenchLine]:
    """The ledger with so many tags, beside plain SQLite."""
    from evidencebox.services.bench_ledger import bench_ledger

    yield from bench_ledger(folder, documents)


def _lock(folder: Path, documents: int) -> Iterator[BenchLine]:
    """How long a lock takes while an import runs, and with many acts."""
    from evidencebox.services.bench_lock import bench_lock

    yield from bench_lock(folder, documents)


def _people(folder: Path, documents: int) -> Iterator[BenchLine]:
    """Who is found in the sample, with a roster of 3,600."""
    from evidencebox.services.bench_people import bench_sample

    yield from bench_sample(folder, documents)


def people_of(trove: Path) -> Iterator[BenchLine]:
    """Who is found in a folder of messages, with who stands in From and To for a roster.

    Of a file of marked sentences (presidio-synth): which spans are found as elements.
    """
    from evidencebox.services.bench_elements import bench_spans
    from evidencebox.services.bench_people import bench_mail

    if trove.suffix == ".json":
        yield from bench_spans(trove)
        return

    with tempfile.TemporaryDirectory(prefix="evidencebox-bench-") as folder:
        yield from bench_mail(Path(folder), trove)


def _matrix(folder: Path, documents: int) -> Iterator[BenchLine]:
    """How fast the exposure matrix opens, from ten elements a document."""
    from evidencebox.services.bench_matrix import bench_matrix

    yield from bench_matrix(folder, documents)


BENCHES: dict[str, Callable[[Path, int], Iterator[BenchLine]]] = {
    "index": _index,
    "desk": _desk,
    "export": _export,
    "ingest": _ingest,
    "ledger": _ledger,
    "matrix": _matrix,
    "ocr": _ocr,
    "people": _people,
    "start": _start,
    "lock": _lock,
}
