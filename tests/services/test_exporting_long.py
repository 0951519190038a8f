"""A production of 10,000 pages: numbers that agree, memory that does not grow; and kills."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from evidencebox.errors import UserError
from evidencebox.export import check, loadfile_read, profiles
from evidencebox.export.folder import UNFINISHED
from evidencebox.export.loadfile import page_file, stamped
from evidencebox.services import exporting
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
@pytest.mark.usefixtures("real_keys")
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
    assert [page.alias for page in pages] == [f"EVB-{n:09d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        _see_number(tmp_path / "out" / page.volume / page.path.replace("\\", "/"), page.alias)


def _see_number(file: Path, number: str) -> None:
    """The stamp's dots are on the page; `test_production.py` reads it, which takes longer."""
    with Image.open(file) as image:
        blank = Image.new("L", image.size, 255)
        with Image.open(io.BytesIO(page_file(stamped(blank, number), "tiff", 300)[0])) as wanted:
            ink = ImageChops.invert(wanted.convert("L"))
            box = ink.getbbox()
            assert box is not None
            there = ImageChops.invert(image.convert("L")).crop(box)
            assert ImageChops.difference(ink.crop(box), there).getbbox() is None, number


@pytest.mark.long
@pytest.mark.usefixtures("real_keys")
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_whenever_it_is_killed_no_folder_looks_finished(tmp_path: Path) -> None:
    """A real export in a process of its own, killed at thirty moments from start to end."""
    texts = {f"{n}.txt": f"{n} " + "word " * 900 for n in range(12)}
    plant(tmp_path / "trove", texts)
    case = make_case(tmp_path / "case")
    take(case, tmp_path / "trove")
    case.close()
    (tmp_path / "program.py").write_text(_PROGRAM)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}

    def start(out: Path) -> subprocess.Popen[bytes]:
        given = [str(case.folder), str(out), PASSPHRASE]
        command = [sys.executable, str(tmp_path / "program.py"), *given]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    began = time.monotonic()
    assert start(tmp_path / "whole").wait() == 0
    took = time.monotonic() - began
    whole = check.check(tmp_path / "whole", exporting.holds)
    interrupted = 0
    for moment in range(30):
        out = tmp_path / "killed"
        with start(out) as child:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(took * (moment + 1) / 29)
            child.kill()
        if out.exists():
            assert check.check(out, exporting.holds).wrong == ()
            shutil.rmtree(out)
        elif (left := out.with_name("killed.unfinished")).exists():
            interrupted += 1
            if (left / UNFINISHED).exists():
                with pytest.raises(UserError, match="interrupted"):
                    check.check(left, exporting.holds)
    assert interrupted >= 3
    assert start(tmp_path / "killed").wait() == 0
    after = check.check(tmp_path / "killed", exporting.holds)
    assert (after.wrong, after.said["payload"]) == ((), whole.said["payload"])
