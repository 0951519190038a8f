"""Import in the window's trusted child process: its lines, its cancel, its end."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.services import tags
from evidencebox.services.case import Case, ingest_lock, session_lock
from evidencebox.services.desk import Desk
from tests.services.making import documents, found, person, plant, take

ROOT = Path(__file__).resolve().parents[2]


class Child:
    """The very command that the window starts."""

    def __init__(self, case: Case, trove: Path) -> None:
        lock = session_lock(case.folder)
        command, keys = Desk(case, lock).ingest_command(trove)
        lock.release()
        assert case.case_key.hex() not in " ".join(command)
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        )
        assert self.process.stdin
        assert self.process.stdout
        self.stdin: IO[bytes] = self.process.stdin
        self.stdout: IO[bytes] = self.process.stdout
        self.stdin.write(keys)
        self.stdin.flush()

    def event(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.stdout.readline())
        return said

    def rest(self) -> tuple[int, list[dict[str, Any]], bytes]:
        """Exit status, events, standard error."""
        events = [json.loads(line) for line in self.stdout]
        assert self.process.stderr
        errors = self.process.stderr.read()
        status = self.process.wait(60)
        for pipe in (self.stdin, self.stdout, self.process.stderr):
            pipe.close()
        return status, events, errors


def test_progress_then_done(empty: Case, sample: Path) -> None:
    status, events, errors = Child(empty, sample / "trove").rest()
    assert (status, errors) == (0, b"")
    *progress, done = events
    assert progress
    assert {e["event"] for e in progress} == {"progress"}
    assert set(progress[0]) == {
        "event",
        "stage",
        "files",
        "total_files",
        "bytes",
        "total_bytes",
        "documents",
        "failures",
        "seconds",
        "scan_complete",
        "pages",
        "total_pages",
    }
    assert done["event"] == "done"
    assert (done["files"], done["cancelled"]) == (60, False)
    assert done["documents"] == len(documents(empty))


def say_cancel(child: Child) -> None:
    child.stdin.write(b"cancel\n")
    child.stdin.flush()


def hang_up(child: Child) -> None:
    child.stdin.close()


@pytest.mark.parametrize("stop", [say_cancel, hang_up])
def test_a_word_or_the_end_of_the_window_cancels(
    empty: Case, tmp_path: Path, stop: Callable[[Child], None]
) -> None:
    trove = plant(tmp_path / "t", {f"{n:04}.txt": f"text number {n}" for n in range(1000)})
    child = Child(empty, trove)
    assert child.event()["event"] == "progress"
    stop(child)
    status, events, errors = child.rest()
    assert (status, errors) == (0, b"")
    assert (events[-1]["event"], events[-1]["cancelled"]) == ("done", True)
    assert take(empty, trove).files == 1000
    assert len(documents(empty)) == 1000


def test_a_mistake_of_the_user_is_a_line(empty: Case, tmp_path: Path) -> None:
    status, events, errors = Child(empty, tmp_path / "nowhere").rest()
    assert (status, errors) == (2, b"")
    assert [e["event"] for e in events] == ["error"]
    assert events[0]["message"].startswith("There is no folder at")


def test_a_second_import_is_a_line(empty: Case, sample: Path) -> None:
    with ingest_lock(empty.folder):
        status, events, _ = Child(empty, sample / "trove").rest()
    assert status == 2
    assert events[0]["message"].startswith("Another import into blank")


def test_a_tag_commits_while_an_import_runs(case: Case, tmp_path: Path) -> None:
    """The reviewer works on; no commit of the import stands in the way of his."""
    who = person(case, "x1")
    trove = plant(tmp_path / "t", {f"{n:04}.txt": f"text number {n}" for n in range(600)})
    done: list[Any] = []
    child = Child(case, trove)
    reader = threading.Thread(target=lambda: done.append(child.rest()))
    assert child.event()["event"] == "progress"
    reader.start()
    for tagged, document in enumerate(case.catalogue.all_ids()[:40], start=1):
        tags.tag(case, Anchor(document), who, Harm.LOW)
        assert len(found(case, "officer:x1")) == tagged
    reader.join()
    assert done[0][0] == 0
    assert case.catalogue.count() > 600
    assert len(found(case, "officer:x1")) == 40
    assert case.decided.verify()[0] is None
