"""One holder at a time, and none for longer than he lives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.vault.lock import FileLock, Held

HOLD = """
import sys
from pathlib import Path
from evidencebox.vault.lock import FileLock
lock = FileLock(Path(sys.argv[1]), "held")
print("held", flush=True)
sys.stdin.read()
"""


def test_another_holder_is_refused_with_the_sentence(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock", "first"), pytest.raises(Held, match="Close the other window"):
        FileLock(tmp_path / "lock", "Close the other window.")
    FileLock(tmp_path / "lock", "free again").release()


def test_releasing_twice_does_no_harm(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock", "first")
    lock.release()
    other = FileLock(tmp_path / "lock", "second")
    lock.release()
    with pytest.raises(Held):
        FileLock(tmp_path / "lock", "third")
    other.release()


def test_a_killed_holder_leaves_it_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(Held, match="in use"):
            FileLock(path, "in use")
        holder.kill()
        holder.wait()
        FileLock(path, "in use").release()


def test_a_folder_that_takes_no_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be made in the case folder"):
        FileLock(tmp_path / "missing" / "lock", "held")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="cannot be made in the case folder"):
        FileLock(tmp_path / "folder", "held")
