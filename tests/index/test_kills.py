"""An index whose writer is killed again and again is the one of a writer that never was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidencebox.index import blocks, merge
from evidencebox.index.columns import dead
from evidencebox.index.database import Index
from tests.index import killed_writer
from tests.index.killed_writer import opened, small_sizes, write


@pytest.fixture(autouse=True)
def sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the sizes back that this process shares with other tests."""
    for module, name in ((blocks, "CHUNK"), (blocks, "TERMS"), (merge, "FAN_IN"),
                         (merge, "_SMALLEST")):  # fmt: skip
        monkeypatch.setattr(module, name, getattr(module, name))
    small_sizes()


def _everything(index: Index) -> tuple[object, ...]:
    """All that can be asked of an index, whatever its segments are."""
    with index.read() as snapshot:
        documents = sorted(snapshot.document(int(doc)) for doc in snapshot.arrays.by_key)
    pages = {one: tuple(index.pages(one)) for one in documents}
    return index.state(), index.canonical_dump(), pages


def _killed(folder: Path, seed: int, rng: random.Random) -> bool:
    """Runs the writer and kills it at a moment; False where it was done before."""
    command = [sys.executable, killed_writer.__file__, str(folder), str(seed)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"r"
        time.sleep(rng.random() * rng.choice((0.05, 0.3, 1.0)))
        process.kill()
        code = process.wait()
    assert code in (0, 1 if sys.platform == "win32" else -signal.SIGKILL)
    return code != 0


def _kill_until(kills: int, folder: Path, rng: random.Random) -> int:
    """One index, killed until it is done or `kills` are used up; how many there were."""
    seed, done = rng.randrange(1 << 30), 0
    folder.mkdir()
    (folder / "whole").mkdir()
    whole = opened(folder / "whole")
    write(whole, seed)
    while done < kills and _killed(folder, seed, rng):
        done += 1
    index = opened(folder)
    write(index, seed)
    assert _everything(index) == _everything(whole)
    with index.read() as snapshot:
        numbers = [view.number for view in snapshot.arrays.segments]
        connection = snapshot._connection
        rows = connection.execute("SELECT DISTINCT segment FROM lists").fetchall()
        assert {row[0] for row in rows} <= set(numbers), "rows of a merge that never was"
        keys = {int(k) for view in snapshot.arrays.segments for k in view.stored.keys}
        assert set(dead(connection).tolist()) <= keys, "removals of what is gone"
    index.close()
    whole.close()
    return done


def test_kills_change_nothing(tmp_path: Path) -> None:
    assert _kill_until(6, tmp_path / "one", random.Random(7)) > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_two_hundred_kills_change_nothing(tmp_path: Path) -> None:
    rng, kills, turn = random.Random(11), 0, 0
    while kills < 200:
        kills += _kill_until(min(25, 200 - kills), tmp_path / str(turn), rng)
        turn += 1
