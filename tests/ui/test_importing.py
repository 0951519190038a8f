from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox.model.views import Progress
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.importing import (
    BROKE,
    Ended,
    Import,
    duration,
    progress_words,
    rate,
    seconds_left,
    share,
    trove_problem,
)

HALF = Progress("extract", 50, 100, 5_000, 10_000, 60, 2, 40.0, True)
CHILD = """
import json, sys
print(json.dumps({"event": "hello"}))
key = sys.stdin.readline().strip()
print(json.dumps({"event": "progress", **%s}), flush=True)
waited = %r and sys.stdin.readline().strip() == "cancel"
print(json.dumps({"event": "done", "documents": 60, "failures": 2, "seconds": 40.0,
                  "cancelled": waited, "key": key}), flush=True)
"""


def child(waits: bool = False) -> list[str]:
    # As a literal: JSON's true and false are no Python.
    return [sys.executable, "-c", CHILD % (repr(asdict(HALF)), waits)]


def test_time_left_is_said_only_when_it_is_known() -> None:
    assert seconds_left(HALF) == pytest.approx(40)
    assert seconds_left(replace(HALF, seconds=29.9)) is None
    assert seconds_left(replace(HALF, scan_complete=False)) is None
    assert seconds_left(replace(HALF, bytes=0)) is None
    assert seconds_left(replace(HALF, bytes=10_000)) == 0


def test_share_and_rate() -> None:
    assert share(HALF) == pytest.approx(0.5)
    assert share(replace(HALF, scan_complete=False)) is None
    assert share(replace(HALF, total_bytes=0, bytes=0)) == pytest.approx(0.5)
    assert share(replace(HALF, total_files=0)) is None
    ocr = replace(HALF, stage="ocr", pages=3, total_pages=12)
    assert share(ocr) == pytest.approx(0.25)
    assert progress_words(ocr) == "Recognising text · page 3 of 12"
    assert seconds_left(ocr) is None
    assert rate(HALF) == pytest.approx(1.25)
    assert rate(replace(HALF, seconds=0)) == 0


def test_words() -> None:
    assert progress_words(HALF) == "Import 50 % · 1 files/s · about 40 s left"
    counting = replace(HALF, scan_complete=False, files=1200)
    assert progress_words(counting) == "Import 1,200 files · 30 files/s"
    assert [duration(s) for s in (0, 59, 600, 9000)] == ["1 s", "59 s", "10 min", "2.5 h"]
    assert Ended(60, 2, 40.0).words() == "Import finished: 60 documents in 40 s"
    assert Ended(60, 2, 40.0, cancelled=True).words().startswith("Import stopped")
    assert Ended(problem=BROKE).words() == BROKE


def test_what_the_child_says_is_heard(qtbot: QtBot) -> None:
    run = Import()
    seen: list[Progress] = []
    run.progressed.connect(seen.append)
    with qtbot.waitSignal(run.ended, timeout=20_000) as heard:
        run.start(child(), b"key\n")
    assert seen == [HALF]
    assert heard.args == [Ended(60, 2, 40.0)]
    assert not run.running


def test_cancel_is_asked_for_and_the_child_ends_by_itself(qtbot: QtBot) -> None:
    run = Import()
    run.progressed.connect(lambda _: run.cancel())
    with qtbot.waitSignal(run.ended, timeout=20_000) as heard:
        run.start(child(waits=True), b"key\n")
    assert heard.args == [Ended(60, 2, 40.0, cancelled=True)]


@pytest.mark.parametrize(
    "code", ["raise SystemExit(9)", "import os; os.abort()"], ids=["exits", "aborts"]
)
def test_a_child_that_dies_is_said(qtbot: QtBot, code: str) -> None:
    run = Import()
    with qtbot.waitSignal(run.ended, timeout=20_000) as heard:
        run.start([sys.executable, "-c", code], b"")
    assert heard.args == [Ended(problem=BROKE)]


def test_a_child_that_cannot_start_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    run = Import()
    with qtbot.waitSignal(run.ended) as heard:
        run.start([str(tmp_path / "nothing")], b"")
    assert heard.args == [Ended(problem=BROKE)]


def test_an_error_of_the_child_is_its_sentence(qtbot: QtBot) -> None:
    line = json.dumps({"event": "error", "message": "The drive is full."})
    run = Import()
    with qtbot.waitSignal(run.ended, timeout=20_000) as heard:
        run.start([sys.executable, "-c", f"print({line!r})"], b"")
    assert heard.args == [Ended(problem="The drive is full.")]


def test_a_child_that_babbles_is_our_bug(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    run = Import()
    with qtbot.waitSignal(run.ended, timeout=20_000) as heard:
        run.start([sys.executable, "-c", "print('12 Elm Street')"], b"")
    assert heard.args is not None
    assert "JSONDecodeError" in heard.args[0].problem
    assert "Elm" not in caplog.text


def test_a_trove_is_a_folder_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert trove_problem(tmp_path) == ""
    assert "not there" in trove_problem(tmp_path / "gone")
    assert "is a file" in trove_problem(file)


def test_the_dialog_refuses_what_is_no_trove(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = ImportDialog()
    qtbot.addWidget(dialog)
    started: list[object] = []
    dialog.started.connect(started.append)
    dialog.start.click()
    assert dialog._problem.text() == "Choose the folder that holds the trove."
    dialog.folder.setText("/no/such/folder")
    assert dialog._problem.text() == ""
    dialog.start.click()
    assert "not there" in dialog._problem.text()
    assert started == []


def test_the_dialog_shows_how_far_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ImportDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.folder.setText(str(tmp_path))
    with qtbot.waitSignal(dialog.started) as heard:
        dialog.start.click()
    assert heard.args == [tmp_path]
    dialog.show_progress(HALF)
    assert dialog._facts["Files"].text() == "50 of 100"
    assert dialog._facts["Documents"].text() == "60, 2 need a look"
    assert dialog._facts["Time left"].text() == "about 40 s"
    assert dialog._bar.value() == 500
    with qtbot.waitSignal(dialog.cancelled):
        dialog.stop.click()
    assert not dialog.stop.isEnabled()
    dialog.show_ended(Ended(60, 2, 40.0, cancelled=True))
    assert not dialog.isVisible()
    assert dialog.stop.isEnabled()


def test_the_dialog_keeps_a_problem_to_be_read(qtbot: QtBot) -> None:
    dialog = ImportDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_ended(Ended(problem=BROKE))
    assert dialog.isVisible()
    assert dialog._problem.text() == BROKE
