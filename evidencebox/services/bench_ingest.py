"""How fast a trove is read: two workers beside one, and beside Recoll where that is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from evidencebox.index.bench import BenchLine
from evidencebox.model.views import Summary
from evidencebox.services import case as cases
from evidencebox.services.ingest import Options, ingest
from evidencebox.vault import keys

_MEGABYTE = 1e6
_WATCH_SECONDS = 0.05
_IN_MEMORY = Path("/dev/shm")


def bench_ingest(folder: Path, trove: Path) -> Iterator[BenchLine]:
    """Whole ingests of a trove, text pass only. Its files are in the disk's cache after the first.

    Lines: workers, the parent's share of a core, memory; then Recoll's rate over the same files.
    """
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
    if (seconds := _recoll_seconds(trove)) is not None:
        rate = two.files / seconds
        yield BenchLine(
            "ingest, 2 workers", rate_two, "files/s", "recollindex", rate, rate_two / rate
        )


def _ingested(folder: Path, trove: Path, workers: int) -> tuple[Summary, float]:
    """The summary, and the processor seconds of this process."""
    case, _ = cases.create(folder, "Bench", keys.write_code(keys.new_key()))
    with contextlib.closing(case):
        before = time.process_time()
        summary = ingest(case, trove, Options(workers), lambda _: None, lambda: False)
        return summary, time.process_time() - before


def _recoll_seconds(trove: Path) -> float | None:
    """What `recollindex` takes from nothing; None where it, or a disk in memory, is not to be had.

    Its index is plaintext, so it stands in memory for as long as this takes.
    """
    program = shutil.which("recollindex")
    if program is None or not _IN_MEMORY.is_dir():
        return None
    with tempfile.TemporaryDirectory(prefix="evidencebox-bench-", dir=_IN_MEMORY) as folder:
        (Path(folder) / "recoll.conf").write_text(f'topdirs = "{trove}"\n')
        environment = {**os.environ, "RECOLL_TMPDIR": folder, "TMPDIR": folder}
        began = time.perf_counter()
        subprocess.run(
            [program, "-c", folder, "-z"],
            check=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return time.perf_counter() - began


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
