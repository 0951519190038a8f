"""How long a lock takes: with an import at full speed and drawing workers, and with many acts."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.index.bench import BenchLine
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services.bench_ledger import fill
from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from evidencebox.vault import keys
from evidencebox.vault.header import Unlocked

_FEW = 20


def bench_lock(folder: Path, documents: int) -> Iterator[BenchLine]:
    """A lock with an import of so many files running, beside one with nothing running.

    Then with as many acts as documents, beside an opening of the same case.
    """
    generate(folder / "sample", documents, 300, 1)
    idle = _locked(_desk(folder / "idle")[1])
    _, desk = _desk(folder / "busy")
    with _importing(desk, folder / "sample" / "trove"):
        _draw(desk)
        busy = _locked(desk)
    name = "a lock, an import running"
    yield BenchLine(name, busy, "ms", "nothing running", idle, busy / idle)
    case, desk = _desk(folder / "many")
    fill(case, documents)
    again = Unlocked(case.case_key, case.seed)
    took = _locked(desk)
    began = time.perf_counter()
    cases.open_with_keys(case.folder, case.case_id, again).close()
    opened = (time.perf_counter() - began) * 1000
    yield BenchLine(f"a lock, {documents:,} acts", took, "ms", "opening", opened, took / opened)


def _desk(folder: Path) -> tuple[Case, Desk]:
    case, _ = cases.create(folder, "Bench", keys.write_code(keys.new_key()))
    return case, Desk(case, session_lock(case.folder))


def _locked(desk: Desk) -> float:
    """Milliseconds from the press of the key until all is closed, as the window does it."""
    began = time.perf_counter()
    desk.stop()
    desk.close()
    return (time.perf_counter() - began) * 1000


@contextlib.contextmanager
def _importing(desk: Desk, trove: Path) -> Iterator[None]:
    """An import in its child, which has begun to index. It goes on by itself past the lock."""
    command, first = desk.ingest_command(trove)
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(first)
        child.stdin.flush()
        for line in child.stdout:
            if json.loads(line).get("documents", 0) >= _FEW:
                break
        try:
            yield
        finally:
            child.kill()


def _draw(desk: Desk) -> None:
    """Workers that draw pages are running when the lock comes."""
    for document in desk.search("").documents:
        with contextlib.suppress(UserError):
            desk.picture(document, 1, 600, ())
            return
