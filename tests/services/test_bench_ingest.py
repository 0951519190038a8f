from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidencebox.services import bench

RECOLL = """#!/bin/sh
test "$1" = -c && grep -q topdirs "$2/recoll.conf" && sleep 0.05
"""


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a disk in memory")
def test_a_trove_is_read_beside_a_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trove, programs = tmp_path / "trove", tmp_path / "bin"
    trove.mkdir()
    programs.mkdir()
    for number in range(5):
        (trove / f"{number}.txt").write_text(f"text number {number}")
    (programs / "recollindex").write_text(RECOLL)
    (programs / "recollindex").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    before = set(Path("/dev/shm").iterdir())
    lines = {(line.name, line.peer): line for line in bench.ingest_of(trove)}
    peer = lines["ingest, 2 workers", "recollindex"]
    assert peer.value == lines["ingest, 2 workers", "1 worker"].value
    assert peer.ratio == pytest.approx(peer.value / peer.peer_value)
    assert 0 < peer.peer_value < 5 / 0.05
    left = {path for path in set(Path("/dev/shm").iterdir()) - before if "bench" in path.name}
    assert not left
