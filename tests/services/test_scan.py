"""Walking a hostile trove: names, depths, links, pipes, holes."""

from __future__ import annotations

import base64
import os
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.documents import Status
from evidencebox.services import scan
from evidencebox.services.case import Case
from evidencebox.services.scan import open_file, walk
from evidencebox.services.trove import check_trove
from evidencebox.store.found import Seen
from tests.services.making import by_path, documents, found, never, plant, records, take

posix = pytest.mark.skipif(os.name != "posix", reason="names and files that only POSIX knows")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names that other systems refuse")


def seen(root: Path) -> dict[bytes, Seen]:
    return {each.raw: each for each in walk(root, never)}


# --- what cannot be a trove ---------------------------------------------------------------------


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no folder at .*gone; is the drive plugged in\?"):
        check_trove(tmp_path / "gone", tmp_path / "case")


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    plant(tmp_path, {"file.pdf": "x"})
    with pytest.raises(UserError, match="is a file; give the folder that holds the trove"):
        check_trove(tmp_path / "file.pdf", tmp_path / "case")


def test_a_path_that_no_system_takes(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        check_trove(tmp_path / ("x" * 5000), tmp_path / "case")


@pytest.mark.parametrize("spelling", ["trove", "trove/../trove", "link"])
@posix
def test_a_case_inside_the_trove(tmp_path: Path, spelling: str) -> None:
    inside = tmp_path / "trove" / "deep" / "c.evidencebox"
    inside.mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "trove")
    with pytest.raises(UserError, match="The case lies inside the trove"):
        check_trove(tmp_path / spelling, inside)


def test_a_trove_inside_the_case(empty: Case) -> None:
    empty.spool()
    with pytest.raises(UserError, match="part of the case itself"):
        take(empty, empty.folder / "spool")


def test_an_empty_trove_is_no_error(empty: Case, tmp_path: Path) -> None:
    summary = take(empty, plant(tmp_path / "t", {}))
    assert (summary.files, summary.documents, summary.failures) == (0, 0, 0)
    assert documents(empty) == []


# --- names --------------------------------------------------------------------------------------


@linux
def test_names_of_any_bytes_are_kept_found_and_shown(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {})
    raws = [b"new\nline.txt", b"bad\xff\xfe.txt", b"bell\x07 \x1b[31m.txt", b"caf\xc3\xa9.txt"]
    for number, raw in enumerate(raws):
        with open(os.path.join(os.fsencode(trove), raw), "wb") as handle:
            handle.write(b"text number %d" % number)
    assert take(empty, trove).failures == 0
    at = by_path(empty)
    bad = at["bad��.txt"].locations[0]
    assert bad.path_b64 is not None
    assert base64.b64decode(bad.path_b64) == raws[1]
    assert {p for p in at if "�" not in p} == {r.decode() for r in raws if b"\xff" not in r}
    assert sum(p.path_b64 is not None for r in records(empty) for p in r.locations) == 1
    assert found(empty, "name:café.txt") == {at["café.txt"].sha256}
    # A second run knows them all again.
    assert take(empty, trove).bytes == 0


@posix
def test_a_thousand_folders_deep_and_beyond_the_longest_path(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"top.txt": "on top"})
    with descended(trove, "abcdefg", 1000) as deepest:
        name = os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=deepest)
        os.write(name, b"a needle at the bottom")
        os.close(name)
    try:
        assert take(empty, trove).failures == 0
        (document,) = found(empty, "needle")
        (record,) = empty.catalogue.records([document])
        assert len(record.locations[0].path) == 1000 * 8 + len("deep.txt")
        assert record.locations[0].path.count("/") == 1000
    finally:
        clear(trove, "abcdefg", 1000)


@contextmanager
def descended(root: Path, name: str, times: int) -> Iterator[int]:
    here = os.open(root, os.O_RDONLY)
    for _ in range(times):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    yield here
    os.close(here)


def clear(root: Path, name: str, times: int) -> None:
    """Shortens the path first: what is deeper than the system takes cannot be removed by name."""
    for number in range(times):
        top = root / f"{name}{number}"
        if (root / name).exists():
            (root / name).rename(top)
        if (top / name).exists():
            (top / name).rename(root / name)


# --- what is not a file -------------------------------------------------------------------------


@posix
def test_links_pipes_and_sockets_are_listed_and_not_followed(empty: Case, tmp_path: Path) -> None:
    outside = plant(tmp_path / "outside", {"secret.txt": "never to be read"})
    trove = plant(tmp_path / "t", {"a.txt": "plain", "sub/b.txt": "more"})
    (trove / "loop").symlink_to(trove)
    (trove / "sub" / "escape").symlink_to(outside)
    (trove / "sub" / "file link").symlink_to(outside / "secret.txt")
    os.mkfifo(trove / "pipe")
    here = Path.cwd()
    os.chdir(trove)  # a socket's address is short
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind("socket")
    finally:
        os.chdir(here)
        listener.close()
    summary = take(empty, trove)
    listed = {f.path: f for f in empty.catalogue.failures()}
    assert set(listed) == {"loop", "pipe", "socket", "sub/escape", "sub/file link"}
    assert {f.status for f in listed.values()} == {Status.UNSUPPORTED}
    assert "symbolic link" in listed["loop"].reason
    assert "device, pipe or socket" in listed["pipe"].reason
    assert found(empty, "never") == set()
    assert (summary.files, summary.documents, summary.failures) == (2, 2, 5)
    assert take(empty, trove).failures == 5
    unread = [r for r in records(empty) if r.sha256 is None]
    assert {r.locations[0].path for r in unread} == set(listed)


@linux
def test_a_sparse_terabyte_is_listed_with_a_reason_and_real_data_are_read(tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"huge.pst": b"", "some.img": b""})
    os.truncate(trove / "huge.pst", 1 << 40)
    with (trove / "some.img").open("r+b") as handle:
        handle.write(b"x" * (2 << 20))
        handle.truncate(1 << 30)
    found_ = seen(trove)
    assert found_[b"huge.pst"].kind == "special"
    assert "sparse file of 1,099,511,627,776 bytes" in found_[b"huge.pst"].reason
    assert found_[b"some.img"].kind == "file"


@linux
def test_a_file_system_that_tells_no_truth_about_blocks_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network file systems say that every file has no block at all."""
    monkeypatch.setattr(scan, "_HOLLOW_BYTES", 1)
    monkeypatch.setattr(scan, "_BLOCK", 0)
    assert seen(plant(tmp_path / "t", {"a.pst": "x" * 5000}))[b"a.pst"].kind == "file"


def test_a_folder_that_cannot_be_read_is_listed_until_it_can(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"open/a.txt": "x", "shut/b.txt": "y"})
    listed = scan._entries

    def refuse(root: Path, folder: bytes) -> object:
        if folder == b"shut":
            raise PermissionError(13, "Permission denied")
        return listed(root, folder)

    monkeypatch.setattr(scan, "_entries", refuse)
    assert take(empty, trove).failures == 1
    (failure,) = empty.catalogue.failures()
    assert (failure.path, failure.status) == ("shut", "failed")
    assert failure.reason == "The folder cannot be read: Permission denied."
    monkeypatch.undo()
    assert take(empty, trove).failures == 0
    assert set(by_path(empty)) == {"open/a.txt", "shut/b.txt"}


def test_a_file_that_cannot_be_read_is_listed_and_tried_again(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a refusal of our own: the tests may run as root, whom no permission stops."""
    trove = plant(tmp_path / "t", {"a.txt": "good", "b.txt": "shut"})

    def refuse(root: Path, raw: bytes) -> int:
        if raw == b"b.txt":
            raise PermissionError(13, "Permission denied")
        return open_file(root, raw)

    monkeypatch.setattr("evidencebox.services.trove_reader.open_file", refuse)
    for _ in range(2):
        summary = take(empty, trove)
        assert (summary.files, summary.documents, summary.failures) == (2, 1, 1)
    (failure,) = empty.catalogue.failures()
    assert (failure.document, failure.path, failure.stage) == (None, "b.txt", "read")
    assert failure.reason == "It cannot be read: Permission denied."
    monkeypatch.undo()
    assert take(empty, trove).failures == 0
    assert found(empty, "shut") == {by_path(empty)["b.txt"].sha256}


@posix
def test_a_file_that_became_a_pipe_or_a_link_hangs_nobody(tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"real": "x"})
    os.mkfifo(trove / "pipe")
    (trove / "link").symlink_to(trove / "real")
    for raw in (b"pipe", b"link", b"missing"):
        with pytest.raises(OSError, match=r"."):
            open_file(trove, raw)
    descriptor = open_file(trove, b"real")
    assert stat.S_ISREG(os.fstat(descriptor).st_mode)
    os.close(descriptor)


def test_two_walks_see_one_order_and_a_cancelled_one_stops(tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {f"{a}/{b}.txt": "x" for a in "cab" for b in "zxy"})
    first = [each.raw for each in walk(trove, never)]
    assert first == [each.raw for each in walk(trove, never)]
    assert first == sorted(first)
    assert list(walk(trove, lambda: True)) == []


# --- sizes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "megabytes", [5, pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_a_huge_text_file_is_read_or_bounded_with_a_reason(
    empty: Case, tmp_path: Path, megabytes: int
) -> None:
    line = b"the quick brown fox writes report after report for the archive\n"
    body = b"firstneedle\n" + line * (megabytes * (1 << 20) // len(line)) + b"lastneedle\n"
    take(empty, plant(tmp_path / "t", {"big.txt": body}))
    (record,) = records(empty)
    assert found(empty, "firstneedle") == {record.sha256}
    if record.status == Status.OK:
        assert found(empty, "lastneedle") == {record.sha256}
    else:
        assert record.status in (Status.PARTIAL, Status.LIMIT)
        assert record.reason
