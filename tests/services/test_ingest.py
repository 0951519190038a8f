"""Ingest: identity, families, statuses, resume, cancel, and a trove that is never written."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentType, Status
from evidencebox.model.extraction import Limits
from evidencebox.model.views import Progress
from evidencebox.services import ingest as ingesting
from evidencebox.services import ingest_meter, ingest_readers, ingest_run
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.gather import Flag
from evidencebox.store.intake_rows import MAX_SUSPECT_ATTEMPTS
from evidencebox.vault.lock import Held
from tests.services.making import (
    by_path,
    copy_case,
    documents,
    found,
    mail,
    make_case,
    mbox,
    names,
    plant,
    records,
    snapshot,
    statuses,
    take,
    zipped,
)

ROOT = Path(__file__).resolve().parents[2]
MOCK = [sys.executable, "-I", "-B", str(Path(__file__).with_name("mock_worker.py")), str(ROOT)]
posix = pytest.mark.skipif(os.name != "posix", reason="the mock worker is written for POSIX")


def family_trove(root: Path) -> Path:
    inner = zipped({"deep.txt": "the deep polygraph note", "same.txt": "the same bytes"})
    letter = mail("Sealed file", "see the archive", {"inner.zip": inner})
    outer = zipped({"letter.eml": letter, "folder/other.txt": "another page"})
    box = mbox(mail("First", "one body", {"outer.zip": outer}), mail("Second", "two bodies"))
    return plant(
        root,
        {
            "mails/box.mbox": box,
            "mails/alone.eml": mail("Carrier", "with attachment", {"outer.zip": outer}),
            "loose/same.txt": "the same bytes",
            "loose/copy of same.txt": "the same bytes",
        },
    )


# --- identity and families ----------------------------------------------------------------------


def test_one_document_in_three_places_is_one_document(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {n: "identical words" for n in ("a.txt", "b/b.txt", "b/c/c.txt")})
    summary = take(empty, trove)
    (record,) = records(empty)
    assert [place.path for place in record.locations] == ["a.txt", "b/b.txt", "b/c/c.txt"]
    assert (summary.files, summary.documents, summary.failures) == (3, 1, 0)
    for query in ("name:a.txt", "name:c.txt", "path:c", "is:duplicate", "folder:b", "identical"):
        assert found(empty, query) == {record.sha256}, query


def test_what_to_know_of_a_document_is_found_and_stays_found(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.pdf": zipped({"in.txt": "words"}), "b.txt": "plain words"})
    take(empty, trove)
    assert names(empty, "is:mismatch") == {"a.pdf"}
    # a second name has its entry made anew
    plant(trove, {"c.pdf": (trove / "a.pdf").read_bytes()})
    take(empty, trove)
    assert names(empty, "is:mismatch is:duplicate") == {"a.pdf"}


def test_a_family_is_told_with_every_path(empty: Case, tmp_path: Path) -> None:
    take(empty, family_trove(tmp_path / "t"))
    at = by_path(empty)
    same = at["loose/same.txt"]
    inner = at["mails/alone.eml/outer.zip/letter.eml/inner.zip"]
    outer = at["mails/alone.eml/outer.zip"]
    assert [place.path.count("/") for place in same.locations] == [1, 1, 5, 6]
    assert same.parents == (inner.sha256,)
    assert same.sha256 in inner.children
    assert len(outer.parents) == 2
    assert {at[str(p.path)].sha256 for p in outer.locations} == {outer.sha256}
    deep = at["mails/alone.eml/outer.zip/letter.eml/inner.zip/deep.txt"]
    assert found(empty, "polygraph") == {deep.sha256}
    assert found(empty, "deep.txt") >= found(empty, "name:deep.txt") == {deep.sha256}
    assert found(empty, 'path:"box.mbox"') > {deep.sha256}
    assert outer.sha256 in found(empty, "is:child")
    assert outer.parents[0] in found(empty, "has:attachment")
    assert statuses(empty)["mails/box.mbox"] in (Status.OK, Status.EMPTY)
    assert empty.spool().packs() == set()


def test_two_archives_that_hold_each_other_through_a_copy_end(empty: Case, tmp_path: Path) -> None:
    """No fixed point of SHA-256 is at hand, so the edge that closes the circle is drawn by hand."""
    take(empty, plant(tmp_path / "t", {"a.zip": zipped({"b.zip": zipped({"c.txt": "circle"})})}))
    engine = empty.catalogue.engine
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO children (parent, ordinal, child, name, relation, part)"
            " SELECT c.id, 0, a.id, 'a.zip', 'member', '' FROM documents a, documents c"
            " WHERE a.id = (SELECT min(id) FROM documents) AND c.type = 'text'"
        )
    at = by_path(empty)
    assert "a.zip/b.zip/c.txt" in at
    assert at["a.zip"].parents == (at["a.zip/b.zip/c.txt"].sha256,)
    assert all(len(record.locations) == 1 for record in records(empty))


def test_what_yields_nothing_is_still_found(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"deep/nothing here.dat": b"", "deep/odd.xyz": bytes(range(256))})
    take(empty, trove)
    for record in records(empty):
        name = record.locations[0].path
        for query in (
            f'name:"{record.name}"',
            f"hash:{record.sha256}",
            f"id:{record.id}",
            "folder:deep",
        ):
            assert record.sha256 in found(empty, query), (name, query)
    assert statuses(empty)["deep/nothing here.dat"] == Status.EMPTY
    assert [f.path for f in empty.catalogue.failures()] == ["deep/odd.xyz"]


def test_hello_types_and_dates(case: Case) -> None:
    kinds = {r.type for r in records(case)}
    assert {DocumentType.MAIL, DocumentType.PDF, DocumentType.WORD, DocumentType.SHEET} <= kinds
    assert all(r.date for r in records(case) if r.type is DocumentType.MAIL and r.status == "ok")


# --- again --------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing(case: Case, sample: Path) -> None:
    before, listed, state = case.index.canonical_dump(), documents(case), case.index.state()
    acts = case.decided.head()
    seen: list[Progress] = []
    summary = take(case, sample / "trove", progress=seen.append)
    assert case.index.state() == state
    assert case.index.canonical_dump() == before
    assert documents(case) == listed
    assert case.decided.head() == acts
    assert summary.files == seen[-1].files == seen[-1].total_files
    assert summary.bytes == 0
    assert summary.failures == seen[-1].failures == len(case.catalogue.failures())


def test_a_later_duplicate_is_found_by_both_names_and_so_are_its_children(
    empty: Case, tmp_path: Path
) -> None:
    files: dict[str, bytes | str] = {
        "first.zip": zipped({"inside.txt": "a hidden word"}),
        "plain.txt": "plainly",
    }
    trove = plant(tmp_path / "t", files)
    take(empty, trove)
    plant(trove, {"second.zip": files["first.zip"], "renamed.txt": files["plain.txt"]})
    take(empty, trove)
    assert len(records(empty)) == 3
    assert found(empty, "name:first.zip") == found(empty, "name:second.zip") != set()
    assert found(empty, "name:renamed.txt") == found(empty, "plainly")
    hidden = found(empty, "hidden")
    assert hidden <= found(empty, "path:second.zip")
    assert hidden <= found(empty, "path:first.zip")
    assert hidden <= found(empty, "is:duplicate")


def test_a_changed_file_is_read_again_and_the_old_bytes_stay(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.txt": "old words", "b.txt": "steady"})
    take(empty, trove)
    plant(trove, {"a.txt": "quite new words"})
    summary = take(empty, trove)
    assert (summary.files, summary.bytes) == (2, len("quite new words"))
    (new,), (old,) = found(empty, "quite"), found(empty, "old")
    assert by_path(empty)["a.txt"].sha256 == new
    assert found(empty, "name:a.txt") == {new}
    assert empty.catalogue.records([old])[0].locations == ()


def test_a_moved_trove_is_the_same_trove(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "here", {"a.txt": "some words", "d/b.txt": "more words"})
    take(empty, trove)
    listed, state = documents(empty), empty.index.state()
    moved = trove.rename(tmp_path / "there")
    summary = take(empty, moved)
    assert (documents(empty), empty.index.state()) == (listed, state)
    assert empty.catalogue.troves() == [str(moved)]
    assert (summary.files, summary.bytes) == (2, 0)


def test_another_trove_is_not_taken_for_a_moved_one(empty: Case, tmp_path: Path) -> None:
    take(empty, plant(tmp_path / "one", {"a.txt": "some words"}))
    shutil.rmtree(tmp_path / "one")
    two = plant(tmp_path / "two", {"a.txt": "other words here"})
    take(empty, two)
    assert empty.catalogue.troves() == [str(tmp_path / "one"), str(two)]


def test_two_troves_stand_side_by_side(empty: Case, tmp_path: Path) -> None:
    take(empty, plant(tmp_path / "one", {"a.txt": "shared"}), custodian="Unit A")
    take(empty, plant(tmp_path / "two", {"b.txt": "shared"}), custodian="Unit B")
    (record,) = records(empty)
    assert {(p.path, p.custodian) for p in record.locations} == {
        ("a.txt", "Unit A"),
        ("b.txt", "Unit B"),
    }
    for unit in ("a", "b"):
        assert found(empty, f'custodian:"Unit {unit}"') == {record.sha256}
    take(empty, tmp_path / "one", custodian="Unit C")
    assert found(empty, 'custodian:"Unit C"') == {record.sha256}
    assert found(empty, 'custodian:"Unit A"') == set()


# --- cancel and the trove -----------------------------------------------------------------------


def test_cancelled_midway_and_resumed_is_the_same_as_never_cancelled(
    ingested: Case, sample: Path, empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_run, "WINDOW", 2)
    monkeypatch.setattr(ingest_meter, "PROGRESS_SECONDS", 0.0)
    rounds = 0
    while True:
        cancelled = Flag()
        goal = 15 * (rounds + 1)

        def watch(now: Progress, goal: int = goal, cancelled: Flag = cancelled) -> None:
            if now.files >= goal:
                cancelled.set()

        summary = take(empty, sample / "trove", progress=watch, cancelled=cancelled)
        rounds += 1
        if not summary.cancelled:
            break
    assert rounds >= 3
    (tmp_path / "whole").mkdir()
    whole = copy_case(ingested, tmp_path / "whole")
    try:
        assert documents(empty) == documents(whole)
        assert empty.index.canonical_dump() == whole.index.canonical_dump()
    finally:
        whole.close()
    assert empty.spool().packs() == set()


def test_a_cancelled_run_keeps_what_it_had(empty: Case, sample: Path) -> None:
    now = Flag()
    now.set()
    summary = take(empty, sample / "trove", cancelled=now)
    assert summary.cancelled
    assert len(records(empty)) == summary.documents


def test_the_trove_is_never_written(empty: Case, tmp_path: Path) -> None:
    trove = family_trove(tmp_path / "t")
    for path in [*trove.rglob("*"), trove]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = snapshot(trove)
    try:
        assert take(empty, trove).failures == 0
        assert snapshot(trove) == before
    finally:
        for path in [trove, *trove.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_the_drive_goes_and_comes_back(
    empty: Case, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_run, "WINDOW", 2)
    monkeypatch.setattr(ingest_meter, "PROGRESS_SECONDS", 0.0)
    trove = Path(shutil.copytree(sample / "trove", tmp_path / "drive"))
    away = tmp_path / "away"

    def unplug(now: Progress) -> None:
        if now.files >= 10 and not away.exists():
            trove.rename(away)
            trove.mkdir()  # the mount point stays

    with pytest.raises(UserError, match="The trove is gone: plug its drive in again"):
        take(empty, trove, progress=unplug)
    trove.rmdir()
    away.rename(trove)
    summary = take(empty, trove)
    assert not summary.cancelled
    assert summary.files == 60
    assert not [f for f in empty.catalogue.failures() if f.stage == "read"]


def test_a_disk_that_is_nearly_full_stops_the_run_with_a_sentence(
    empty: Case, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(empty.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(UserError, match="nearly full; make room and start the same import again"):
        take(empty, sample / "trove")
    monkeypatch.undo()
    assert take(empty, sample / "trove").files == 60


def test_a_spool_that_finds_no_room_stops_the_run_with_a_sentence(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    trove = plant(tmp_path / "t", {"a.zip": zipped({"b.txt": "inside"})})
    monkeypatch.setattr("evidencebox.vault.spool.open_private", full)
    with pytest.raises(UserError, match="nearly full"):
        take(empty, trove)
    monkeypatch.undo()
    take(empty, trove)
    assert names(empty, "inside") == {"a.zip/b.txt"}


def test_two_ingests_at_once_are_refused(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.txt": "x"})
    with (
        ingest_lock(empty.folder),
        pytest.raises(Held, match=r"Another import into .* is running; wait for it or stop it"),
    ):
        take(empty, trove)
    with (
        ingest_lock(empty.folder),
        pytest.raises(Held, match="Another import"),
    ):
        ingesting.reopen(take_first(empty, trove), None)


def take_first(case: Case, trove: Path) -> Case:
    from evidencebox.store.intake import Intake

    Intake(case.catalogue, str(trove), "")
    return case


# --- crashes, hangs, loss -----------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("deed", "status", "reason"),
    [
        ("segfault", Status.FAILED, "SIGSEGV"),
        ("half frame", Status.TIMEOUT, "no progress"),
        ("spin", Status.TIMEOUT, "stopped"),
        ("garbage", Status.FAILED, "cannot be trusted"),
    ],
)
def test_a_reader_that_fails_costs_its_file_only(
    empty: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    deed: str,
    status: str,
    reason: str,
) -> None:
    def mocked(workers: int, **options: Any) -> ExtractPool:
        return ExtractPool(workers, [*MOCK, "extract"], **options)

    monkeypatch.setattr(ingest_readers, "ExtractPool", mocked)
    files = {f"good-{n}": f"fine {n}" for n in range(6)} | {deed: "poison"}
    limits = Limits(base_seconds=3, seconds_per_mib=0, stall_seconds=2)
    summary = take(empty, plant(tmp_path / "t", files), limits=limits)
    found_statuses = statuses(empty)
    assert found_statuses.pop(deed) == status
    assert set(found_statuses.values()) == {Status.OK}
    (failure,) = empty.catalogue.failures()
    assert (failure.path, failure.status, failure.stage) == (deed, status, "extract")
    assert reason in failure.reason
    assert summary.failures == 1
    assert names(empty, f"name:{deed}") == {deed}
    assert names(empty, f"is:{status}") == {deed}


@posix
def test_a_document_that_crashes_the_indexer_is_found_by_name(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mocked(workers: int) -> AnalysePool:
        return AnalysePool(workers, [*MOCK, "analyse"])

    monkeypatch.setattr(ingest_run, "AnalysePool", mocked)
    trove = plant(tmp_path / "t", {"a.txt": "one", "bad.txt": "poison", "z.txt": "another"})
    take(empty, trove)
    (failure,) = empty.catalogue.failures()
    assert (failure.path, failure.stage) == ("bad.txt", "index")
    assert "It was not indexed" in failure.reason
    assert names(empty, "name:bad.txt") == names(empty, "is:failed") == {"bad.txt"}
    assert names(empty, "another") == {"z.txt"}
    monkeypatch.undo()
    assert ingesting.reopen(empty, None) == [trove]
    take(empty, trove)
    assert names(empty, "poison") == {"bad.txt"}
    assert empty.catalogue.failures() == []


def test_lost_spool_packs_are_made_again(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"a.zip": zipped({"b.zip": zipped({"c.txt": "rescued"})})})
    drops: list[str] = []
    make = empty.spool

    class Losing:
        def __init__(self) -> None:
            self._spool = make()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._spool, name)

        def open(self, ref: Any) -> Any:
            if not drops:
                drops.append(ref.pack)
                self._spool.drop(ref.pack)
            return self._spool.open(ref)

    monkeypatch.setattr(Case, "spool", lambda _: Losing())
    take(empty, trove)
    assert drops
    assert names(empty, "rescued") == {"a.zip/b.zip/c.txt"}
    assert {r.status for r in records(empty)} <= {Status.OK, Status.EMPTY}


def test_quarantine_leaves_a_poison_alone_and_finds_it_by_name(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file during which the whole application dies, again and again."""

    class Killed(BaseException):
        pass

    def die(self: Any, gathering: Any, done: Any) -> None:
        raise Killed

    trove = plant(tmp_path / "t", {"poison.txt": "the end"})
    monkeypatch.setattr(ingest_readers.Readers, "_read", die)
    deaths = 0
    while True:
        try:
            take(empty, trove)
            break
        except Killed:
            deaths += 1
            assert deaths < 20
    assert deaths == MAX_SUSPECT_ATTEMPTS - 1
    monkeypatch.undo()
    take(empty, trove)
    (failure,) = empty.catalogue.failures()
    assert failure.status == Status.QUARANTINED
    assert "several times over" in failure.reason
    assert names(empty, "name:poison.txt") == names(empty, "is:quarantined") == {"poison.txt"}
    ingesting.reopen(empty, [r.sha256 for r in records(empty) if r.sha256])
    take(empty, trove)
    assert names(empty, "end") == {"poison.txt"}


def test_retry_reads_failures_again_and_nothing_else(case: Case, sample: Path) -> None:
    failures = case.catalogue.failures()
    listed, dump = documents(case), case.index.canonical_dump()
    assert ingesting.reopen(case, None) == [sample / "trove"]
    assert len(case.catalogue.failures()) < len(failures)
    take(case, sample / "trove")
    assert documents(case) == listed
    assert case.index.canonical_dump() == dump
    assert {f.path for f in case.catalogue.failures()} == {f.path for f in failures}


def test_retry_without_the_drive_changes_nothing(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"odd.xyz": bytes(range(256))})
    take(empty, trove)
    trove.rename(tmp_path / "gone")
    with pytest.raises(UserError, match="is the drive plugged in"):
        ingesting.reopen(empty, None)
    assert len(empty.catalogue.failures()) == 1


def test_progress_is_monotonous_and_ends_whole(empty: Case, sample: Path) -> None:
    seen: list[Progress] = []
    summary = take(empty, sample / "trove", progress=seen.append)
    last = seen[-1]
    assert [p.files for p in seen] == sorted(p.files for p in seen)
    assert [p.bytes for p in seen] == sorted(p.bytes for p in seen)
    assert (last.stage, last.scan_complete) == ("done", True)
    assert (last.files, last.bytes) == (last.total_files, last.total_bytes)
    assert (last.files, last.bytes, last.failures) == (
        summary.files,
        summary.bytes,
        summary.failures,
    )


def test_threads_and_files_are_closed_after_an_error(
    empty: Case, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OddError(Exception):
        pass

    def fail(*_: Any) -> Any:
        raise OddError

    before = set(threading.enumerate())
    monkeypatch.setattr(ingest_run.Run, "_identify", fail)
    with pytest.raises(OddError):
        take(empty, sample / "trove")
    assert set(threading.enumerate()) <= before


def test_acquisition_is_an_act_and_a_second_look_is_none(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.txt": "x"})
    take(empty, trove, custodian="Evidence room")
    (body,) = empty.decided.acquisitions()
    assert body["custodian"] == "Evidence room"
    assert (body["files"], body["documents"], body["complete"]) == (1, 1, True)
    take(empty, trove)
    assert len(empty.decided.acquisitions()) == 1
    plant(trove, {"b.txt": "y"})
    take(empty, trove)
    assert len(empty.decided.acquisitions()) == 2


def test_one_worker_and_two_find_the_same(sample: Path, ingested: Case, tmp_path: Path) -> None:
    single = make_case(tmp_path / "single")
    (tmp_path / "copy").mkdir()
    double = copy_case(ingested, tmp_path / "copy")
    try:
        take(single, sample / "trove", workers=1)
        assert documents(single) == documents(double)
        assert single.index.canonical_dump() == double.index.canonical_dump()
    finally:
        single.close()
        double.close()
