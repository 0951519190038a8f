"""Killed with -9 at any moment, ingest loses nothing: the next run ends where a whole run ends."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from tests.services.making import copy_case, documents, mail, plant, take, wait_until, zipped

ROOT = Path(__file__).resolve().parents[2]
# Small batches, so that there are many moments to be killed in.
DRIVER = """
import sys
from evidencebox.services import ingest_batches, ingest_child, ingest_meter, ingest_run, refresh
for module, name, value in (
    (ingest_batches, "BATCH_DOCUMENTS", 4),
    (ingest_batches, "BATCH_SECONDS", 0.05),
    (refresh, "BATCH", 2),
    (ingest_run, "WINDOW", 2),
    (ingest_run, "IDENTIFY_BATCH", 1),
    (ingest_meter, "PROGRESS_SECONDS", 0.0),
):
    assert hasattr(module, name), name  # else it moved, and nothing here would be small
    setattr(module, name, value)
ingest_child.ocr_languages.chosen = lambda *_: ""  # recognition is killed elsewhere
sys.exit(ingest_child.main())
"""


@pytest.fixture(scope="session")
def trove(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, and containers that stand twice, so that names come late and are refreshed."""
    root = tmp_path_factory.mktemp("killed") / "trove"
    shutil.copytree(sample / "trove", root)
    inner = zipped({f"note {n}.txt": f"note number {n}" for n in range(8)})
    outer = zipped({"letter.eml": mail("Enclosed", "see there", {"inner.zip": inner})})
    return plant(root, {"A/one.zip": outer, "Z/two.zip": outer, "Z/three.zip": inner})


@pytest.fixture(scope="session")
def whole(
    _blank: Case, trove: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], Any]:
    """`documents --json` and the index of a run that nobody killed."""
    case = copy_case(_blank, tmp_path_factory.mktemp("whole"))
    try:
        take(case, trove)
        return documents(case), case.index.canonical_dump()
    finally:
        case.close()


class Run:
    """An ingest in a process of its own, as the window starts it."""

    def __init__(self, case: Case, trove: Path) -> None:
        lock = session_lock(case.folder)
        _, keys = Desk(case, lock).ingest_command(trove)
        lock.release()
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(keys)
        self.process.stdin.flush()
        self.lines = [self.process.stdout.readline()]
        self.began = time.monotonic()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines += self.process.stdout.readlines()

    def kill(self) -> None:
        workers = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        self.wait()
        wait_until(lambda: not any(map(_lives, workers)))

    def wait(self) -> int:
        status = self.process.wait(120)
        self._listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe
            pipe.close()
        return status


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def case(_blank: Case, tmp_path: Path) -> Iterator[Case]:
    opened = copy_case(_blank, tmp_path)
    yield opened
    opened.close()


def kill_and_resume(case: Case, trove: Path, kills: int, seed: int) -> int:
    """Kills so many runs, each a little later than it got before. Returns how many were hit."""
    chance = random.Random(seed)
    hit = 0
    for number in range(kills):
        run = Run(case, trove)
        time.sleep(chance.uniform(0, 0.15 + 0.12 * number))
        if run.process.poll() is None:
            hit += 1
            run.kill()
        else:
            assert run.wait() == 0
    run = Run(case, trove)
    assert run.wait() == 0
    last = json.loads(run.lines[-1])
    assert (last["event"], last["cancelled"]) == ("done", False)
    return hit


def check(case: Case, whole: tuple[list[str], Any]) -> None:
    assert documents(case) == whole[0]
    assert case.index.canonical_dump() == whole[1]
    assert case.spool().packs() == set()
    assert case.decided.verify()[0] is None


def test_killed_six_times_and_resumed(
    case: Case, trove: Path, whole: tuple[list[str], Any]
) -> None:
    assert kill_and_resume(case, trove, 6, seed=1) >= 3
    check(case, whole)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(20))
def test_killed_two_hundred_times(
    case: Case, trove: Path, whole: tuple[list[str], Any], seed: int
) -> None:
    kill_and_resume(case, trove, 10, seed)
    check(case, whole)
