"""Backups: what was put in comes out, and a changed bit anywhere is found."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.vault import header, sealed
from evidencebox.vault.header import Header, Unlocked

ONE = Unlocked(b"K" * 32, b"1" * 32)


@pytest.fixture
def head() -> Header:
    return header.add_passphrase(header.new_header(), ONE, "first words here")


def made(folder: Path, head: Header, *sizes: int) -> tuple[Path, list[bytes]]:
    files, contents = [], []
    for number, size in enumerate(sizes):
        contents.append(os.urandom(size))
        files.append(folder / f"file-{number}")
        files[-1].write_bytes(contents[-1])
    path = folder / "one.backup"
    sealed.write(path, head, ONE.case_key, {"utc": "now"}, files)
    return path, contents


@pytest.mark.parametrize(
    "sizes", [(0, 0), (1, 0), (sealed.CHUNK,), (sealed.CHUNK - 1, 2, 0), (3 * sealed.CHUNK, 5)]
)
def test_what_went_in_comes_out(tmp_path: Path, head: Header, sizes: tuple[int, ...]) -> None:
    path, contents = made(tmp_path, head, *sizes)
    (tmp_path / "out").mkdir()
    facts = sealed.read(path, ONE.case_key, tmp_path / "out")
    found = [(tmp_path / "out" / f"file-{n}").read_bytes() for n in range(len(sizes))]
    assert found == contents
    assert facts["utc"] == "now"
    assert header.unlock(sealed.read_front(path).header, "first words here") == ONE
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.long)])
def test_every_flipped_bit_is_found(tmp_path: Path, head: Header, count: int) -> None:
    path, _ = made(tmp_path, head, 5000, 300)
    whole, rng, missed = path.read_bytes(), random.Random(count), []
    for _ in range(count):
        place = rng.randrange(len(whole))
        hurt = bytearray(whole)
        hurt[place] ^= 1 << rng.randrange(8)
        path.write_bytes(hurt)
        try:
            sealed.read(path, ONE.case_key, None)
            missed.append(place)
        except UserError:
            pass
    assert missed == []


def test_cut_off_put_together_or_anothers_is_refused(tmp_path: Path, head: Header) -> None:
    path, _ = made(tmp_path, head, 2 * sealed.CHUNK)
    whole = path.read_bytes()
    for end in (0, 20, 60, len(whole) // 3, len(whole) - 1, len(whole) - sealed.CHUNK):
        path.write_bytes(whole[:end])
        with pytest.raises(sealed.BadBackup):
            sealed.read(path, ONE.case_key, None)
    path.write_bytes(whole + b"x")
    with pytest.raises(sealed.BadBackup):
        sealed.read(path, ONE.case_key, None)
    path.write_bytes(whole)
    with pytest.raises(sealed.BadBackup):
        sealed.read(path, b"L" * 32, None)


def test_a_disk_that_takes_no_more_leaves_no_file(
    tmp_path: Path, head: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed, "sync", full)
    with pytest.raises(UserError, match="No space left"):
        made(tmp_path, head, 10)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file-0"]
