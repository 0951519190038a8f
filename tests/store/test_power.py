"""Power cuts, replayed: what was not synced is dropped, kept in part, or torn, at any call.

The tagger of test_decided.py runs once under strace; its writes, syncs and names are then played
up to a random call. Pessimistic: a name is durable once its folder is synced, every write
since the last sync of its file may be lost alone or be cut at a sector.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evidencebox.errors import UserError
from evidencebox.vault import database
from tests.store.test_decided import TAGGER

if TYPE_CHECKING:
    from tests.store.conftest import Desk

CALLS = "openat,lseek,write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename"
LINE = re.compile(
    rb'(\w+)\((?:(\d+)|AT_FDCWD)?(?:<([^>]*)>)?(?:, )?(?:"([^"]*)")?(.*)\) += (-?\d+)'
)
SECTOR = 512


@dataclass
class File:
    """Its bytes as synced, and what was done to it since: (offset, data), or a length alone."""

    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def now(self) -> bytes:
        return play(self.synced, self.since)

    def sync(self) -> None:
        self.synced, self.since = self.now(), []

    def after_cut(self, rng: random.Random) -> bytes:
        kept: list[tuple[int, bytes | None]] = []
        for offset, data in self.since:
            if rng.random() < 0.4:
                continue
            if data is not None and rng.random() < 0.2:
                data = data[: rng.randrange(len(data) + 1) // SECTOR * SECTOR]
            kept.append((offset, data))
        return play(self.synced, kept)


def play(start: bytes, done: list[tuple[int, bytes | None]]) -> bytes:
    out = bytearray(start)
    for offset, data in done:
        size = offset if data is None else max(len(out), offset + len(data))
        out.extend(bytes(max(0, size - len(out))))
        if data is None:
            del out[offset:]
        else:
            out[offset : offset + len(data)] = data
    return bytes(out)


class Disk:
    """One folder: names and files, as they are and as a power cut may leave them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names = {p.name: File(p.read_bytes()) for p in folder.iterdir()}
        self._synced_names = [dict(self.names)]
        self._places: dict[str, int] = {}
        self.acknowledged: list[str] = []

    def call(self, name: str, path: str, text: bytes, rest: str, result: int) -> None:
        if name == "write" and path.startswith("pipe:"):
            self.acknowledged += re.findall(r"[0-9a-f]{64}", text.decode())
        elif path == str(self._folder) and name == "fsync":
            self._synced_names = [dict(self.names)]
        elif Path(path).parent == self._folder and result >= 0:
            self._change(name, Path(path).name, text, rest, result)

    def _change(self, name: str, file: str, text: bytes, rest: str, result: int) -> None:
        numbers = [int(n) for n in re.findall(r"\b\d+\b", rest)]
        if name == "openat" and "O_CREAT" in rest and file not in self.names:
            self.names[file] = File()
            self._synced_names.append(dict(self.names))
        elif name == "unlink":
            del self.names[file]
            self._synced_names.append(dict(self.names))
        elif name == "lseek":
            self._places[file] = result
        elif name == "ftruncate":
            self.names[file].since.append((numbers[0], None))
        elif name == "pwrite64":
            self.names[file].since.append((numbers[1], text))
        elif name == "write":
            self.names[file].since.append((self._places[file], text))
            self._places[file] += len(text)
        elif name in ("fsync", "fdatasync"):
            self.names[file].sync()
        else:
            assert name == "openat", name

    def cut(self, to: Path, rng: random.Random) -> None:
        """A folder as it may be found when the power is back."""
        to.mkdir()
        for name, file in rng.choice(self._synced_names).items():
            (to / name).write_bytes(file.after_cut(rng))


def calls(trace: Path) -> Iterator[tuple[str, str, bytes, str, int]]:
    for line in trace.read_bytes().splitlines():
        found = LINE.match(line)
        if found is None:
            continue
        name, _, path, text, rest, result = found.groups()
        data = unescape(text or b"")
        if name in (b"openat", b"unlink"):
            path, data = text, b""
        yield name.decode(), unescape(path or b"").decode(), data, rest.decode(), int(result)


def unescape(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("strace"), reason="needs strace, on Linux"
)
@pytest.mark.parametrize(
    "cuts", [60, pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_no_acknowledged_act_is_lost_to_a_power_cut(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, cuts: int
) -> None:
    from tests.store.conftest import Desk as Other

    desk.tag("before")
    desk.close()
    work = tmp_path_factory.mktemp("power")
    shutil.copytree(desk.folder, work / "start")
    command = ["strace", "-qq", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}"]
    tagger = [sys.executable, "-c", TAGGER, str(desk.folder), "a", "8"]
    subprocess.run(
        [*command, "-o", str(work / "trace"), *tagger], check=True, stdout=subprocess.PIPE
    )
    done = [
        call for call in calls(work / "trace") if str(desk.folder) in call[1] or "pipe" in call[1]
    ]
    assert sum(call[0] == "fsync" for call in done) > 40
    rng = random.Random(cuts)
    lost, shut = [], []
    for number in range(cuts):
        at = rng.randrange(len(done))
        disk = Disk(work / "start")
        disk._folder = desk.folder
        for call in done[:at]:
            disk.call(*call)
        folder = work / f"cut-{number}"
        disk.cut(folder, rng)
        try:
            found = look(Other, folder)
        except (UserError, database.DatabaseError):
            shut.append(at)
            continue
        lost += [at for act in disk.acknowledged if act not in found]
        shutil.rmtree(folder)
    assert (lost, shut) == ([], [])


def look(kind: type[Desk], folder: Path) -> set[str]:
    """The acts of a case.db, which must open without alarm and verify."""
    desk = kind.__new__(kind)
    desk.folder, desk.path, desk._opened = folder, folder / "case.db", []
    decided = desk.open()
    try:
        if decided.alarm() or decided.verify()[0]:
            raise UserError("alarm")
        return {str(tag.act) for tag in decided.tags()}
    finally:
        desk.close()
