"""Private files, and replacing one in a single step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidencebox.vault import files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")


def test_what_is_made_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        files.make_private_folder(tmp_path / "folder")
        files.write_private(tmp_path / "folder" / "file", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "folder" / "file").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        files.make_private_folder(tmp_path / "folder")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="symbolic link"):
        files.open_private(tmp_path / "link", os.O_WRONLY | os.O_CREAT)
    assert not (tmp_path / "target").exists()


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_private(tmp_path / "file", b"old")

    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        files.write_private(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_data_then_name_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    fsync = os.fsync

    def remember(descriptor: int) -> None:
        folder = os.path.samestat(os.fstat(descriptor), tmp_path.stat())
        there = (tmp_path / "file").exists()
        events.append(f"{'folder' if folder else 'data'}, named: {there}")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", remember)
    files.write_private(tmp_path / "file", b"x")
    assert events == ["data, named: False", "folder, named: True"]
    events.clear()
    files.make_private_folder(tmp_path / "inner")
    assert events == ["folder, named: True"]


def test_write_all_goes_on_after_a_short_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = files.open_private(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    write = os.write
    monkeypatch.setattr(os, "write", lambda d, data: write(d, bytes(data[:3])))
    files.write_all(descriptor, b"0123456789")
    os.close(descriptor)
    assert (tmp_path / "file").read_bytes() == b"0123456789"
