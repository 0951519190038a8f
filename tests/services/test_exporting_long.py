"""A production of 10,000 pages: numbers that agree, and memory that does not grow with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencebox.export import loadfile_read, profiles
from tests.services.making import PASSPHRASE, make_case, plant, take

_PROGRAM = """
import resource, sys
from pathlib import Path
from evidencebox.services import case as cases
from evidencebox.services.exporting import Request
from evidencebox.services.exporting_kinds import run

if __name__ == "__main__":
    case = cases.unlock(Path(sys.argv[1]), sys.argv[3])
    run(case, Request("loadfile", Path(sys.argv[2]), query=""))
    case.close()
    own, others = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    print(max(resource.getrusage(who).ru_maxrss for who in (own, others)) // 1024)
"""


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux counts it")
def test_ten_thousand_pages(tmp_path: Path) -> None:
    word = "exposure "
    texts = {
        f"{n:05d}.txt": "\n\n".join(f"{n} part {part} " + word * 330 for part in range(4))
        for n in range(2_500)
    }
    plant(tmp_path / "trove", texts)
    case = make_case(tmp_path / "case")
    take(case, tmp_path / "trove")
    case.close()
    (tmp_path / "program.py").write_text(_PROGRAM)
    given = [str(case.folder), str(tmp_path / "out"), PASSPHRASE]
    command = [sys.executable, str(tmp_path / "program.py"), *given]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 600
    profile = profiles.load("concordance")
    assert list(loadfile_read.problems(tmp_path / "out", profile)) == []
    opts = sorted((tmp_path / "out").glob("*/DATA/*.opt"))
    pages = [page for opt in opts for page in loadfile_read.read_opt(opt.read_bytes())]
    assert len(pages) >= 10_000
