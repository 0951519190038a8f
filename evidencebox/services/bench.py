"""Measurements side by side with a peer, in one run: what the numbers in the docs come from.

Everything measured is synthetic and stands in a temporary folder, encrypted as in a real case.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencebox.index.bench import BenchLine, bench_index
from evidencebox.model.views import Summary
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.worker_process import own_command
from evidencebox.vault import database, keys

_STARTS = 5
_PAGES = 4
_MEGABYTE = 1e6
_WATCH_SECONDS = 0.05


def run(name: str | None, documents: int) -> Iterator[BenchLine]:
    """One bench by name, or all of them. `documents`: texts to index, or files to ingest."""
    for each in [name] if name else BENCHES:
        with tempfile.TemporaryDirectory(prefix="evidencebox-bench-") as folder:
            yield from BENCHES[each](Path(folder), documents)


def _index(folder: Path, documents: int) -> Iterator[BenchLine]:
    """Our index in SQLCipher beside Whoosh's own, plaintext and in memory, on the same texts."""
    file, key = folder / "index.db", keys.new_key()
    database.create(file)
    yield from bench_index(lambda: database.connect(file, key, journal="WAL", new=True), documents)


def _ingest(folder: Path, documents: int) -> Iterator[BenchLine]:
    """A whole ingest with two workers beside one with one; then what the parent spent."""
    generate(folder / "sample", documents, 300, 1)
    trove = folder / "sample" / "trove"
    one, one_cpu = _ingested(folder / "one", trove, 1)
    with _watched_memory() as peaks:
        two, two_cpu = _ingested(folder / "two", trove, 2)
    rate_one, rate_two = one.files / one.seconds, two.files / two.seconds
    yield BenchLine(
        "ingest, 2 workers", rate_two, "files/s", "1 worker", rate_one, rate_two / rate_one
    )
    share_one, share_two = one_cpu / one.seconds, two_cpu / two.seconds
    yield BenchLine(
        "parent's share of a core", share_two, "cores", "1 worker", share_one, share_two / share_one
    )
    if peaks:
        own = peaks.pop(os.getpid(), 0.0)
        largest = max(peaks.values(), default=0.0)
        yield BenchLine("parent's peak memory", own, "MB", "largest worker", largest, largest / own)


def _ingested(folder: Path, trove: Path, workers: int) -> tuple[Summary, float]:
    """The summary, and the processor seconds of this process."""
    case, _ = cases.create(folder, "Bench", keys.write_code(keys.new_key()))
    with contextlib.closing(case):
        before = time.process_time()
        summary = ingest(case, trove, Options(workers), lambda _: None, lambda: False)
        return summary, time.process_time() - before


@contextlib.contextmanager
def _watched_memory() -> Iterator[dict[int, float]]:
    """Process → megabytes at most, of this process and all below it; empty where /proc is not.

    Asked for often, since a process takes its figure with it when it ends.
    """
    peaks: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_WATCH_SECONDS):
            for process, peak in _peaks_below(os.getpid()):
                peaks[process] = max(peak, peaks.get(process, 0.0))

    if not Path("/proc/self/status").exists():
        yield peaks
        return
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def _peaks_below(root: int) -> Iterator[tuple[int, float]]:
    found: dict[int, tuple[int, float]] = {}
    own = Path("/proc/self/cmdline").read_bytes()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, KeyError):
            # Just before a child becomes another program it is a second name for this one.
            if int(folder.name) != root and (folder / "cmdline").read_bytes() == own:
                continue
            lines = (folder / "status").read_text().splitlines()
            fields = dict(line.split(":", 1) for line in lines if ":" in line)
            kilobytes = int(fields["VmHWM"].split()[0])
            found[int(folder.name)] = (int(fields["PPid"]), kilobytes * 1024 / _MEGABYTE)
    for process, (_, peak) in found.items():
        above = process
        while above != root and above in found:
            above = found[above][0]
        if above == root:
            yield process, peak


def _ocr(_: Path, documents: int) -> Iterator[BenchLine]:
    """Text recognition on pages of its own; a page takes seconds, so there are few."""
    from evidencebox.services.bench_ocr import bench_ocr

    yield from bench_ocr(min(documents, _PAGES))


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


BENCHES: dict[str, Callable[[Path, int], Iterator[BenchLine]]] = {
    "index": _index,
    "ingest": _ingest,
    "ocr": _ocr,
    "start": _start,
}
