"""A production as its receiver takes it: numbers that are on its pages, bytes that are known."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from evidencebox.config import resource
from evidencebox.export import check, loadfile_read, profiles
from evidencebox.extract.ocr import Tesseract
from evidencebox.services import exporting
from evidencebox.services.exporting import Request
from evidencebox.services.exporting_kinds import run
from tests.services.making import make_case, plant, take

MAIL = """Received: from a.example by b.example; Mon, 6 May 2019 10:00:05 +0200
Received: from z.example by a.example; Mon, 6 May 2019 09:59:59 +0200
From: one@a.example
To: two@b.example
Subject: dates
Date: Mon, 6 May 2019 10:00:00 +0200

words
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents of one and two pages, with their originals."""
    folder = tmp_path_factory.mktemp("production")
    long = "\n".join(f"line {n} of what was seen" for n in range(90))
    plant(folder / "trove", {"a.txt": "one", "b.txt": long, "c.csv": "x,y\n1,2\n", "m.eml": MAIL})
    case = make_case(folder / "case")
    take(case, folder / "trove")
    run(case, Request("loadfile", folder / "out", query="", natives=True))
    case.close()
    return folder / "out"


def test_the_number_on_every_page_is_the_one_in_the_load_file(production: Path) -> None:
    """Read by recognition from the corner where it is stamped, and from nowhere else."""
    engine = Tesseract("eng")
    volume = production / "VOL001"
    pages = list(loadfile_read.read_opt((volume / "DATA" / "VOL001.opt").read_bytes()))
    assert len(pages) >= 4
    for page in pages:
        with Image.open(volume / page.path.replace("\\", "/")) as image:
            width, height = image.size
            corner = image.convert("L").crop((width * 6 // 10, height * 95 // 100, width, height))
        assert page.alias in engine.page(corner, 300).page()[0]


def test_times_are_of_one_zone_and_say_so(production: Path) -> None:
    form = profiles.load(str(production / "profile.toml"))
    data = (production / "VOL001" / "DATA" / "VOL001.dat").read_bytes()
    (mail,) = (row for row in loadfile_read.read_dat(data, form) if row["DOCTYPE"] == "mail")
    assert (mail["DATESENT"], mail["TIMESENT"]) == ("2019-05-06", "08:00:00Z")
    assert mail["DATERCVD"] == "2019-05-06T08:00:05Z"


def test_any_byte_of_any_file_is_missed_by_name(production: Path) -> None:
    """By us and, a byte of each file, by the program that goes along and knows nothing of us."""
    chance = random.Random(8)
    files = sorted(path for path in production.rglob("*") if path.is_file())
    assert len(files) >= 15
    for path in files:
        name, whole = path.relative_to(production).as_posix(), path.read_bytes()
        for place in {0, len(whole) - 1, chance.randrange(len(whole))}:
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            found = check.check(production, exporting.holds)
            assert [wrong.name for wrong in found.wrong] == [name]
        assert _outside(production) == (1, True), name
        path.write_bytes(whole)
    assert check.check(production, exporting.holds).wrong == ()


def _outside(folder: Path) -> tuple[int, bool]:
    """How the stand-alone verifier ends, and whether it says that just one file was altered."""
    program = resource("verifier", "evidencebox_verify.py")
    command = [sys.executable, "-I", str(program), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.count("was altered") == 1
