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
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from evidencebox.errors import UserError
from evidencebox.export import check, loadfile_read, profiles
from evidencebox.export.folder import UNFINISHED
from evidencebox.export.ink import DARK
from evidencebox.export.loadfile import mark
from evidencebox.services import exporting
from tests.services.making import PASSPHRASE, mail, make_case, plant, take

Dots = NDArray[Any]

_PROGRAM = """
import resource, sys
from pathlib import Path
from evidencebox.services import case as cases
from evidencebox.services.exporting import Request
from evidencebox.services.exporting_kinds import run

if __name__ == "__main__":
    case = cases.unlock(Path(sys.argv[1]), sys.argv[3])
    run(case, Request("loadfile", Path(sys.argv[2]), query="", natives=True))
    case.close()
    own, others = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    print(max(resource.getrusage(who).ru_maxrss for who in (own, others)) // 1024)
"""
PAGES = 10_000


def _mixed(pages: int) -> dict[str, bytes | str]:
    """About so many pages: a third of them in PDFs, the rest typeset, or pictures of any size."""
    files: dict[str, bytes | str] = {}
    for number in range(pages // 300):
        files[f"scan/{number:04d}.pdf"] = _pdf(number, 100)
    for number in range(pages // 7):
        parts = (f"{number} part {part} " + "exposure " * 330 for part in range(4))
        files[f"text/{number:05d}.txt"] = "\n\n".join(parts)
    for number in range(pages // 20):
        rows = "\n".join(f"{number},{row},amount" for row in range(40))
        files[f"sheet/{number:05d}.csv"] = f"case,row,what\n{rows}\n"
        attached = {f"{number}.txt": b"attached to %d" % number, "logo.png": _png(number, 9)}
        files[f"mail/{number:05d}.eml"] = mail(f"Number {number}", "Nothing was seen.", attached)
        files[f"photo/{number:05d}.png"] = _png(number, 300 + number)
    return files


def _pdf(number: int, pages: int) -> bytes:
    """Words to the very edge, some of them red."""
    into = io.BytesIO()
    canvas = Canvas(into, pagesize=(612, 792), invariant=1)
    for page in range(pages):
        canvas.setFillColorRGB(0.8 if page % 10 == 0 else 0, 0, 0)
        for row in range(60):
            canvas.drawString(30, 13 * row, f"{number} {page} {row} " + "statement " * 11)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def _png(number: int, side: int) -> bytes:
    into = io.BytesIO()
    colour = (number % 200, 60, 200) if number % 2 else (number % 200,) * 3
    Image.new("RGB", (side, side), colour).save(into, "PNG")
    return into.getvalue()


@pytest.mark.long
@pytest.mark.usefixtures("real_keys")
@pytest.mark.timeout(4 * 3600)
@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux counts it")
def test_ten_thousand_pages(tmp_path: Path) -> None:
    """Numbers that agree on every page, memory within bounds, kills, and the same bytes again."""
    plant(tmp_path / "trove", _mixed(PAGES))
    case = make_case(tmp_path / "case")
    take(case, tmp_path / "trove")
    case.close()
    for seconds in (5, 20):
        with _started(tmp_path, case.folder, tmp_path / "out") as child:
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(seconds)
            child.kill()
        assert not (tmp_path / "out").exists()
        with pytest.raises(UserError, match="interrupted"):
            check.check(tmp_path / "out.unfinished", exporting.holds)
    with _started(tmp_path, case.folder, tmp_path / "out") as child:
        said, _ = child.communicate()
        assert (child.returncode, int(said) <= 600) == (0, True), said
    profile = profiles.load("concordance")
    assert list(loadfile_read.problems(tmp_path / "out", profile)) == []
    opts = sorted((tmp_path / "out").glob("*/DATA/*.opt"))
    pages = [page for opt in opts for page in loadfile_read.read_opt(opt.read_bytes())]
    assert len(pages) >= PAGES
    assert [page.alias for page in pages] == [f"EVB-{n:09d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        _see_number(tmp_path / "out" / page.volume / page.path.replace("\\", "/"), page.alias)
    with _started(tmp_path, case.folder, tmp_path / "again") as child:
        assert child.wait() == 0
    one, other = (check.check(tmp_path / name, exporting.holds) for name in ("out", "again"))
    assert (one.wrong, other.wrong) == ((), ())
    assert one.said["payload"] == other.said["payload"]


def _started(folder: Path, case: Path, out: Path) -> subprocess.Popen[bytes]:
    """An export in a process of its own, which says how many MiB its largest process took."""
    (folder / "program.py").write_text(_PROGRAM)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, str(folder / "program.py"), str(case), str(out), PASSPHRASE]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)


def _see_number(file: Path, number: str) -> None:
    """The stamp's very dots are in the corner; `test_production.py` reads it, which takes longer.

    Of a JPEG the dots are nearly those, and twice as near to them as to any other number's.
    """
    with Image.open(file) as image:
        (across, down), exact = image.size, image.format == "TIFF"
        corner = image.crop((max(0, across - 800), max(0, down - 200), across, down))
        page = np.asarray(corner.convert("L")) < DARK
    # A page that grew for its stamp was stamped by the size that it had before.
    largest = max(12, round(min(across, down) * 0.0142))
    assert any(_shows(page, number, size, exact) for size in range(largest, largest - 4, -1)), file


def _shows(page: Dots, number: str, size: int, exact: bool) -> bool:
    near = _apart(page, number, size)
    begin, value = number[:-9], int(number[-9:])
    others = (f"{begin}{value + step:09d}" for step in (1, 2, 5, 10, 20, 100, 1_000, 10_000))
    return near == 0 or (
        not exact
        and near < 0.02
        and all(near < 0.5 * _apart(page, other, size) for other in others)
    )


def _apart(page: Dots, number: str, size: int) -> float:
    """The share of dots that are not those of this number at its place."""
    wanted, edge = np.asarray(mark(number, size)) < DARK, size - size // 3
    there = page[-wanted.shape[0] - edge : -edge, -wanted.shape[1] - edge : -edge]
    return float((wanted != there).mean()) if wanted.shape == there.shape else 1.0


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
    began = time.monotonic()
    assert _started(tmp_path, case.folder, tmp_path / "whole").wait() == 0
    took = time.monotonic() - began
    whole = check.check(tmp_path / "whole", exporting.holds)
    interrupted = 0
    for moment in range(30):
        out = tmp_path / "killed"
        with _started(tmp_path, case.folder, out) as child:
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
    assert _started(tmp_path, case.folder, tmp_path / "killed").wait() == 0
    after = check.check(tmp_path / "killed", exporting.holds)
    assert (after.wrong, after.said["payload"]) == ((), whole.said["payload"])
