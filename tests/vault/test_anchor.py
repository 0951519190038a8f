"""anchor.log: what it notices, and what it must not cry about."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.model.ledger import FIRST
from evidencebox.vault import anchor as anchor_module
from evidencebox.vault.anchor import Anchor, Head


def head(number: int, branch: str = "a") -> Head:
    return Head(number, (branch * 64)[:60] + f"{number:04}") if number else Head(0, FIRST)


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    return Anchor(tmp_path / "anchor.log", b"k" * 32)


def record(anchor: Anchor, *numbers: int) -> None:
    for number in numbers:
        anchor.intent(head(number))
        anchor.done(head(number))


def test_an_empty_ledger_needs_no_log(anchor: Anchor) -> None:
    assert anchor.problem(head(0)) is None


def test_what_was_recorded_fits(anchor: Anchor, tmp_path: Path) -> None:
    record(anchor, 1, 2, 3)
    assert anchor.problem(head(3)) is None
    assert (tmp_path / "anchor.log").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", [0, 1, 5])
def test_lost_acts_are_counted(anchor: Anchor, left: int) -> None:
    record(anchor, *range(1, 8))
    assert f"has {left} acts, {7 - left} fewer" in (anchor.problem(head(left)) or "")


def test_lost_acts_are_counted_beside_an_intent(anchor: Anchor) -> None:
    record(anchor, 1, 2, 3)
    anchor.intent(head(4))
    assert "has 1 acts, 2 fewer" in (anchor.problem(head(1)) or "")


def test_another_ledger_of_the_same_length_is_noticed(anchor: Anchor) -> None:
    record(anchor, 1, 2, 3)
    assert "replaced or altered" in (anchor.problem(head(3, "b")) or "")
    assert "replaced or altered" in (anchor.problem(head(9, "b")) or "")


def test_a_removed_log_is_noticed(anchor: Anchor, tmp_path: Path) -> None:
    record(anchor, 1, 2)
    (tmp_path / "anchor.log").unlink()
    assert "missing" in (anchor.problem(head(2)) or "")
    (tmp_path / "anchor.log").touch()
    assert "missing" in (anchor.problem(head(2)) or "")


def test_a_log_cut_back_with_the_ledger_ahead_is_noticed(anchor: Anchor, tmp_path: Path) -> None:
    record(anchor, 1, 2)
    lines = (tmp_path / "anchor.log").read_bytes().splitlines(keepends=True)
    (tmp_path / "anchor.log").write_bytes(b"".join(lines[:2]))
    assert "replaced or altered" in (anchor.problem(head(2)) or "")


def test_every_flipped_bit_is_noticed(anchor: Anchor, tmp_path: Path) -> None:
    record(anchor, 1, 2)
    path = tmp_path / "anchor.log"
    whole = path.read_bytes()
    for place in range(len(whole) - 1):  # the last line end is a torn line's
        for bit in (0, 7):
            hurt = bytearray(whole)
            hurt[place] ^= 1 << bit
            path.write_bytes(hurt)
            assert "someone edited" in (anchor.problem(head(2)) or ""), (place, bit)


def test_another_cases_log_is_noticed(anchor: Anchor, tmp_path: Path) -> None:
    record(Anchor(tmp_path / "anchor.log", b"x" * 32), 1)
    assert "someone edited" in (anchor.problem(head(1)) or "")


@pytest.mark.parametrize("kept", [0, 1, 40, -1])
def test_a_torn_last_line_is_no_damage(anchor: Anchor, tmp_path: Path, kept: int) -> None:
    record(anchor, 1)
    path = tmp_path / "anchor.log"
    whole = len(path.read_bytes())
    anchor.intent(head(2))
    os.truncate(path, len(path.read_bytes()) - 1 if kept < 0 else whole + kept)
    assert anchor.problem(head(1)) is None
    record(anchor, 2)
    assert anchor.problem(head(2)) is None
    assert len(path.read_bytes().splitlines()) == 4


def test_a_long_torn_tail_is_cut_off_too(anchor: Anchor, tmp_path: Path) -> None:
    record(anchor, *range(1, 60))
    with (tmp_path / "anchor.log").open("ab") as handle:
        handle.write(b"\0" * 9000)
    record(anchor, 60)
    assert anchor.problem(head(60)) is None


def test_a_crash_between_intent_and_commit_is_no_alarm(anchor: Anchor) -> None:
    record(anchor, 1)
    anchor.intent(head(2))
    assert anchor.problem(head(1)) is None


def test_a_crash_between_commit_and_done_is_no_alarm(anchor: Anchor) -> None:
    record(anchor, 1)
    anchor.intent(head(2))
    assert anchor.problem(head(2)) is None


def test_done_lines_of_two_threads_may_come_in_either_order(anchor: Anchor) -> None:
    anchor.intent(head(1))
    anchor.intent(head(2))
    anchor.done(head(2))
    anchor.done(head(1))
    assert anchor.problem(head(2)) is None
    assert "1 fewer" in (anchor.problem(head(1)) or "")


@given(st.lists(st.sampled_from(["before", "between", "after", "whole"]), max_size=12))
def test_no_sequence_of_crashes_raises_an_alarm_or_hides_a_loss(steps: list[str]) -> None:
    """A crash before the intent, between intent and commit, after the commit, or none."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        anchor = Anchor(Path(folder) / "anchor.log", b"k" * 32)
        ledger = [head(0)]
        acknowledged = 0
        for number, step in enumerate(steps):
            new = Head(ledger[-1].arrivals + 1, f"{number:064}")
            if step != "before":
                anchor.intent(new)
            if step in ("after", "whole"):
                ledger.append(new)
            if step == "whole":
                anchor.done(new)
                acknowledged = new.arrivals
            assert anchor.problem(ledger[-1]) is None
        for earlier in ledger[:acknowledged]:
            assert anchor.problem(earlier) is not None


def test_threads_do_not_cut_off_each_others_lines(anchor: Anchor, tmp_path: Path) -> None:
    def work(branch: int) -> None:
        for number in range(25):
            anchor.done(Head(branch * 100 + number, f"{branch:064}"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len((tmp_path / "anchor.log").read_bytes().splitlines()) == 100
    assert anchor.problem(Head(324, f"{3:064}")) is None


def test_a_full_disk_is_an_error_and_not_half_a_line(
    anchor: Anchor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(anchor, 1)
    write = os.write
    calls = []

    def short(descriptor: int, data: bytes) -> int:
        calls.append(descriptor)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return write(descriptor, bytes(data[:20]))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", short)
        with pytest.raises(UserError, match="No space left"):
            anchor.intent(head(2))
    assert anchor.problem(head(1)) is None
    record(anchor, 2)
    assert anchor.problem(head(2)) is None


def test_each_line_is_synced_before_the_call_returns(
    anchor: Anchor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def remember(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_size)
        fsync(descriptor)

    folders: list[Path] = []
    monkeypatch.setattr(os, "fsync", remember)
    monkeypatch.setattr(anchor_module, "sync_folder", folders.append)
    record(anchor, 1)
    size = (tmp_path / "anchor.log").stat().st_size
    assert len(synced) == 2
    assert synced[-1] == size
    assert folders == [tmp_path]


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_it_is_never_written_through_a_link(anchor: Anchor, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / "anchor.log").symlink_to(other)
    with pytest.raises(UserError, match=r"anchor\.log cannot be written"):
        anchor.intent(head(1))
    assert other.read_text() == "mine"


def test_a_rollback_that_was_worked_past_shows_for_good(anchor: Anchor) -> None:
    record(anchor, *range(1, 8))
    for number in range(5, 12):
        anchor.intent(head(number, "b"))
        anchor.done(head(number, "b"))
    assert "two different ledgers of 5 acts" in (anchor.problem(head(11, "b")) or "")


def test_a_long_log_is_judged_by_its_end(anchor: Anchor, tmp_path: Path) -> None:
    record(anchor, *range(1, 1001))
    data = bytearray((tmp_path / "anchor.log").read_bytes())
    assert len(data) > 256 << 10
    assert anchor.problem(head(1000)) is None
    assert anchor.recorded() == [head(number) for number in range(1, 1001)]
    assert "200 fewer" in (anchor.problem(head(800)) or "")
    data[40] ^= 1
    (tmp_path / "anchor.log").write_bytes(data)
    assert anchor.problem(head(1000)) is None
    with pytest.raises(UserError, match="were altered"):
        anchor.recorded()
