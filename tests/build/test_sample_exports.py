"""The sample's exports come about by one command, and any byte of theirs that changes is named."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from evidencebox.config import resource
from evidencebox.export import check, folder
from evidencebox.services import exporting

ROOT = Path(__file__).resolve().parents[2]
_ALL, _MANY = 2048, 12
"""Files up to so many bytes are changed at every one; of larger ones, at so many places."""
_EDGES = (1 << 16, 1 << 20)
"""What is read and written at once."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command of docs/exports.md makes."""
    work = tmp_path_factory.mktemp("sample") / "exports"
    command = [sys.executable, str(ROOT / "build" / "sample_exports.py"), str(work)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return work / "out"


def verifier() -> ModuleType:
    """The program that goes along with every export."""
    file = resource("verifier", "evidencebox_verify.py")
    spec = importlib.util.spec_from_file_location("alone", file)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def places(size: int, chance: random.Random) -> Iterator[int]:
    """Where a file of so many bytes is changed."""
    if size <= _ALL:
        yield from range(size)
        return
    edges = [at + step for edge in _EDGES for at in range(edge, size, edge) for step in (-1, 0)]
    drawn = [chance.randrange(size) for _ in range(_MANY)]
    yield from sorted({0, size - 1, *(edge for edge in edges if edge < size), *drawn})


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_any_changed_byte_is_named_by_both(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digests of files that are as they were are kept, or this would take a day."""
    alone, chance, kept = verifier(), random.Random(8), dict[Path, str]()
    ours, theirs = check._sha256, alone.file_sha256

    def remembered(path: Path, changed: Path, how: object) -> str:
        if path == changed or path not in kept:
            digest = how(path)  # type: ignore[operator]
            if path == changed:
                return str(digest)
            kept[path] = digest
        return kept[path]

    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        export = out / path.relative_to(out).parts[0]
        name, whole = path.relative_to(export).as_posix(), path.read_bytes()
        monkeypatch.setattr(check, "_sha256", lambda p, c=path: remembered(p, c, ours))
        monkeypatch.setattr(alone, "file_sha256", lambda p, c=path: remembered(p, c, theirs))
        for place in places(len(whole), chance):
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            found = check.check(export, exporting.holds)
            assert [wrong.name for wrong in found.wrong] == [name], place
            with pytest.raises(alone.Bad) as said:
                alone.check_export(export)
            told = str(said.value).split("; ")
            assert len(told) == 1, (name, place)
            assert told[0].startswith(f"{name} was altered"), (name, place)
        path.write_bytes(whole)
    for export in out.iterdir():
        assert check.check(export, exporting.holds).wrong == ()
        assert {each.name for each in export.iterdir()} >= set(folder.OWN)
