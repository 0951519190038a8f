"""Real documents of the office formats, broken at random: always an outcome, never an exception."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status

SEEDS = (
    "testRTFVarious.rtf", "testRTFRegularImages.rtf", "testPPT_various2.pptx",
    "testEXCEL_various.xlsb", "testODFwithOOo3.odt", "testFooter.ods", "testODPMacro.fodp",
    "LibreOfficeImpress_odp_1.3.odp", "testStarOffice-6.0-writer.sxw", "testEPUB.epub",
    "testICalendar.ics", "testSVG.svg",
)  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice([1, 4, 40])):
        at = dice.randrange(len(out))
        action = dice.randrange(4)
        if action == 0:
            out[at] = dice.randrange(256)
        elif action == 1:
            del out[at : at + dice.randrange(1, 40)]
        elif action == 2:
            out[at:at] = out[at : at + dice.randrange(1, 400)]
        else:
            out[at : at + 4] = dice.choice([b"\xff\xff\xff\x7f", b"\0\0\0\0", b"{{{{", b"<a/>"])
        out = out or bytearray(b"x")
    return bytes(out)


def inside(data: bytes, dice: random.Random) -> bytes:
    """The same package with one part broken: else only its directory ever breaks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = [info.filename for info in old.infolist() if info.file_size]
        broken = dice.choice([name for name in names if name != "mimetype"])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, dice) if name == broken else part)
    return out.getvalue()


def broken_at_random(read: Any, corpora: Path, name: str, times: int) -> None:
    dice = random.Random(f"office {name} {times}")
    data = next(corpora.rglob(name)).read_bytes()
    for turn in range(times):
        packed = data[:2] == b"PK" and turn % 3
        found = read(inside(data, dice) if packed else mutated(data, dice), name)
        assert isinstance(found.outcome.status, Status)
        assert bool(found.outcome.reason) == (found.status != "ok")
        assert "RecursionError" not in found.outcome.reason


@pytest.mark.parametrize("name", SEEDS)
def test_broken_documents_have_an_outcome(read: Any, corpora: Path, name: str) -> None:
    broken_at_random(read, corpora, name, 24)


@pytest.mark.long
@pytest.mark.parametrize("name", SEEDS)
def test_a_thousand_broken_documents(read: Any, corpora: Path, name: str) -> None:
    broken_at_random(read, corpora, name, 1_000)
