"""Nothing in a file raises out of `extract`; nothing a sink raises is swallowed."""

from __future__ import annotations

import functools
import io
import random
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
from reportlab.pdfgen import canvas

from evidencebox.extract import EXTRACTION_VERSION, extract
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Hint, Limits


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "ünïcode"
    message.set_content("words " * 30)
    message.add_alternative("<p>words <b>bold</b></p>", subtype="html")
    message.add_attachment(b"\0\1\2" * 99, "image", "png", filename="x.png")
    return message.as_bytes()


def pdf() -> bytes:
    out = io.BytesIO()
    paper = canvas.Canvas(out)
    paper.drawString(72, 700, "words")
    paper.acroForm.textfield(name="f", value="v", x=72, y=500)
    paper.save()
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("words")
    document.add_table(2, 2)
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        page.write("A1", "words")
        page.write_comment("A1", "note")
    return out.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "x.txt": lambda: "wörds and wörds\n".encode() * 20,
    "x.html": lambda: b"<html><title>t</title><p>a<table><tr><td>b</table><!-- c -->" * 3,
    "x.csv": lambda: b'a,b,c\n1,"2",3\n' * 9,
    "x.eml": mail,
    "x.mbox": lambda: (b"From a@b Thu Aug 22 12:36:23 2002\n" + mail() + b"\n") * 2,
    "x.pdf": pdf,
    "x.docx": word,
    "x.xlsx": sheet,
    "x.zip": sheet,
    "x.ole": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_048),
}


@functools.cache
def seed_of(name: str) -> bytes:
    return MAKERS[name]()


def mutated(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice([1, 3, 20, 200])):
        at = dice.randrange(len(out))
        action = dice.randrange(5)
        if action == 0:
            out[at] = dice.randrange(256)
        elif action == 1:
            del out[at : at + dice.randrange(1, 50)]
        elif action == 2:
            out[at:at] = out[: dice.randrange(1, 60)]
        elif action == 3:
            out[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"])
        else:
            out[at] ^= 1 << dice.randrange(8)
        if not out:
            break
    return bytes(out)


@pytest.mark.parametrize("name", MAKERS)
def test_mutations_give_an_outcome(read: Any, name: str) -> None:
    dice = random.Random(f"evidencebox {name}")
    for _ in range(60):
        found = read(mutated(seed_of(name), dice), name)
        assert isinstance(found.outcome.status, Status)
        assert found.outcome.version == EXTRACTION_VERSION
        assert bool(found.outcome.reason) == (found.status != "ok")


@pytest.mark.long
@pytest.mark.parametrize("name", MAKERS)
def test_a_thousand_mutations(read: Any, name: str) -> None:
    dice = random.Random(f"evidencebox long {name}")
    for _ in range(1_000):
        assert isinstance(read(mutated(seed_of(name), dice), name).outcome.status, Status)


class DiskFull(Exception):
    """What a sink may raise."""


class FullSink:
    """Fails on the n-th call, whichever it is."""

    def __init__(self, good: int) -> None:
        self.left = good

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise DiskFull

    def page(self, page: Any) -> None:
        self._count()

    def meta(self, key: str, value: str) -> None:
        self._count()

    def warn(self, code: str, detail: str) -> None:
        self._count()

    def child(self, head: Any) -> Any:
        self._count()
        return self

    def __enter__(self) -> FullSink:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def write(self, data: bytes, /) -> None:
        self._count()

    def beat(self) -> None:
        pass


@pytest.mark.parametrize("name", ["x.eml", "x.mbox", "x.pdf", "x.docx", "x.xlsx", "x.zip"])
@pytest.mark.parametrize("good", range(5))
def test_what_the_sink_raises_passes_through(name: str, good: int) -> None:
    source = io.BytesIO(seed_of(name))
    with pytest.raises(DiskFull):
        extract(source, Hint(name), Limits(), FullSink(good))


def test_nothing_is_imported_after_preload() -> None:
    """A process that can no longer open files must not need to."""
    code = (
        "import builtins, io, sys\n"
        "from evidencebox.extract import extract, preload\n"
        "preload()\n"
        "real = builtins.__import__\n"
        "import contextlib, evidencebox.model.extraction as m\n"
        "class S:\n"
        "    def page(self, p): pass\n"
        "    def meta(self, k, v): pass\n"
        "    def warn(self, c, d): pass\n"
        "    def beat(self): pass\n"
        "    def child(self, h): return contextlib.nullcontext(io.BytesIO())\n"
        "before = set(sys.modules)\n"
        "for line in sys.stdin.read().split():\n"
        "    name, data = line.split(':')\n"
        "    source = io.BytesIO(bytes.fromhex(data))\n"
        "    extract(source, m.Hint(name), m.Limits(), S())\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    lines = "\n".join(f"{name}:{seed_of(name).hex()}" for name in MAKERS)
    legacy = "Совершенно секретно: список сотрудников полиции. ".encode("cp1251") * 20
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=f"{lines}\ny.txt:{legacy.hex()}",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"


def test_reasons_hold_nothing_of_the_document(read: Any) -> None:
    found = read(b"%PDF-1.4 SECRETWORD " * 99, "SECRETNAME.pdf")
    said = found.outcome.reason + "".join(detail for _, detail in found.notices)
    assert "SECRET" not in said


def _every(folder: Path, step: int) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())[::step]


def _walk(read: Any, corpora: Path, step: int) -> int:
    count = 0
    for path in _every(corpora, step):
        found = read(path.read_bytes(), path.name)
        assert found.status in set(Status)
        assert found.status not in ("timeout", "pending", "quarantined")
        count += 1
    return count


def test_a_sample_of_the_corpora(read: Any, corpora: Path) -> None:
    assert _walk(read, corpora, 25) > 100


@pytest.mark.long
def test_all_of_the_corpora(read: Any, corpora: Path) -> None:
    assert _walk(read, corpora, 1) > 5_000
