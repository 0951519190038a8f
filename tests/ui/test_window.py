from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.ui.creating import in_lines
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.keys import Choice
from evidencebox.ui.legend import Legend
from evidencebox.ui.marks import show_words
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.theme import Mode
from evidencebox.ui.tokens import DARK, LIGHT
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.conftest import RECOVERY
from tests.ui.fake_desk import PASSPHRASE, WRONG, FakeDesk

SLOW_CHILD = """
import json, sys
sys.stdin.readline()
print(json.dumps({"event": "progress", "stage": "extract", "files": 1, "total_files": 2,
    "bytes": 1, "total_bytes": 2, "documents": 1, "failures": 5, "seconds": 1.0,
    "scan_complete": True}), flush=True)
sys.stdin.readline()
print(json.dumps({"event": "done", "documents": 1, "failures": 5, "seconds": 2.0,
    "cancelled": True}), flush=True)
"""


def space_of(window: Window) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def test_a_wrong_passphrase_is_one_sentence_and_the_window_stays(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.doors.ask(tmp_path / "Sample.evidencebox")
    page = window.front.unlock
    QTest.keyClicks(page.passphrase, "wrong")
    with qtbot.waitSignal(window.settled):
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert page.problem.text() == WRONG
    assert page.problem.isVisible()
    assert window.isVisible()
    assert window.workspace is None
    assert page.passphrase.isEnabled()
    assert not page.busy.isVisible()


def test_unlocking_shows_that_it_works_meanwhile(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.doors.ask(tmp_path / "Sample.evidencebox")
    page = window.front.unlock
    page.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    assert page.busy.isVisible()
    assert not page.unlock.isEnabled()
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert page.passphrase.text() == ""


def test_the_title_names_the_case_and_nothing_else(opened: Window) -> None:
    assert opened.windowTitle() == "EvidenceBox — Sample"
    space_of(opened).table.go(2)
    assert opened.windowTitle() == "EvidenceBox — Sample"


def test_locking_closes_the_desk_and_leaves_nothing_on_screen(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    space = space_of(opened)
    QGuiApplication.clipboard().setText("12 Elm Street")
    QTest.keyClick(space.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.closed
    assert opened.workspace is None
    assert opened.session is None
    assert opened.windowTitle() == "EvidenceBox"
    assert QGuiApplication.clipboard().text() == ""
    assert space.viewer.text.toPlainText() == ""
    assert space.model.rowCount() == 0
    assert opened.front.currentWidget() is opened.front.unlock
    qtbot.waitUntil(lambda: not opened.findChildren(Workspace))


def test_a_locked_case_opens_again(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    opened.lock()
    opened.doors.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.workspace is not None)
    space = space_of(opened)
    qtbot.waitUntil(lambda: space.model.rowCount() == len(desk.trove))


def test_unlocking_brings_the_same_place_back(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    space = space_of(opened)
    space.top.search.line.setText("the")
    space.search.search("the")
    qtbot.waitUntil(lambda: space.search.query == "the")
    qtbot.waitUntil(lambda: space.reading.page[0] > 0)
    last = space.model.ids[-1]
    space.open_document(last)
    qtbot.waitUntil(lambda: space.viewer.text.toPlainText() != "" and space.reading.page[0] > 0)
    where = (space.reading.document, space.reading.page)
    opened.lock()
    assert "the" in desk.kept
    opened.doors.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.workspace is not None)
    again = space_of(opened)
    qtbot.waitUntil(lambda: (again.reading.document, again.reading.page) == where)
    assert again.search.query == "the"
    assert again.top.search.line.text() == "the"


def test_an_act_under_way_is_finished_before_locking(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    space = space_of(opened)
    space.coding.state.choose_officer(desk.roster[0])
    QTest.keyClick(space.table, Qt.Key.Key_3)
    opened.lock()
    assert len(desk.tags) == 1
    assert [name for name, _ in desk.calls][-1] == "close"


def test_a_note_that_was_begun_is_kept_by_locking(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    space = space_of(opened)
    document = space.coding.state.document
    assert document is not None
    desk.tag(Anchor(document), desk.roster[0].id, Harm.LOW)
    space.reading.refresh()
    qtbot.waitUntil(lambda: space.coding.state.tag() is not None)
    space.coding.focus_note()
    QTest.keyClicks(space.coding.note, "kept")
    opened.lock()
    assert [tag.note for tag in desk.tags] == ["kept"]


def test_a_new_case_shows_its_code_and_opens_when_it_is_typed_back(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    front = window.front
    front.welcome.new.click()
    page = front.making
    for line, text in (
        (page.name, "Harbour"),
        (page.place, str(tmp_path)),
        (page.reviewer, "Robin"),
        (page.first, PASSPHRASE),
        (page.again, PASSPHRASE),
    ):
        line.setText(text)
    page.make.click()
    qtbot.waitUntil(lambda: front.currentWidget() is front.recovery)
    assert front.recovery.code.text() == in_lines(RECOVERY)
    assert window.workspace is None
    front.recovery.noted.click()
    front.recovery.typed.setText(RECOVERY)
    front.recovery.check.click()
    assert front.currentWidget() is front.beginning
    front.beginning.later.click()
    assert window.workspace is not None


def test_f9_hides_everything_and_shows_it_again(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    space = space_of(opened)
    space.coding.state.choose_officer(desk.roster[0])
    show_words(space, QPoint(5, 5), "Officer: Quill")
    QTest.keyClick(space.table, Qt.Key.Key_F9)
    curtain = opened._curtain
    assert curtain.isVisible()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert curtain.geometry() == opened.rect()
    picture = opened.grab().toImage()
    ground = picture.pixelColor(3, 3)
    assert ground.name().upper() == LIGHT.background
    assert picture.pixelColor(700, 120) == ground
    assert curtain.hasFocus()
    QTest.keyClick(curtain, Qt.Key.Key_3)
    QTest.keyClick(space.table, Qt.Key.Key_3)
    assert desk.tags == []
    QTest.keyClick(curtain, Qt.Key.Key_F9)
    assert not curtain.isVisible()
    assert space.table.hasFocus()


def test_a_locked_window_says_what_still_holds_the_keys(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    opened._lingering._timer.setInterval(10)
    desk.backing_up = True
    opened.lock()
    hint = opened.front.unlock.hint
    assert hint.isVisible()
    assert hint.text() == "A backup is being made, and holds the keys until it ends."
    desk.backing_up = False
    qtbot.waitUntil(lambda: not hint.isVisible())
    assert not opened._lingering._timer.isActive()


def test_the_curtain_is_lifted_by_the_key_that_was_chosen(opened: Window) -> None:
    opened.office.rebind(Choice({"hide": "F12"}))
    space = space_of(opened)
    space.to_results()
    QTest.keyClick(space.table, Qt.Key.Key_F12)
    assert opened._curtain.isVisible()
    assert opened._curtain.words.text() == "Content is hidden. F12 shows it again."
    QTest.keyClick(opened._curtain, Qt.Key.Key_F9)
    assert opened._curtain.isVisible()
    QTest.keyClick(opened._curtain, Qt.Key.Key_F12)
    assert not opened._curtain.isVisible()


def test_appearance_is_chosen_from_the_menu_and_remembered(
    opened: Window, preferences: Preferences, theme: object
) -> None:
    space_of(opened).top.menu.mode_chosen.emit(Mode.DARK)
    assert preferences.mode is Mode.DARK
    assert opened._theme.tokens is DARK
    ticked = [a for a in space_of(opened).top.menu._modes.values() if a.isChecked()]
    assert [a.text() for a in ticked] == ["Dark  ✓"]


def test_failures_are_listed_with_reasons_and_open(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    space = space_of(opened)
    assert space.status._failures.text() == "1 file needs a look"
    space.status._failures.click()
    qtbot.waitUntil(lambda: opened.findChild(FailuresDialog) is not None)
    dialog = opened.findChild(FailuresDialog)
    assert isinstance(dialog, FailuresDialog)
    model = dialog.table.model()
    cells = [model.index(0, column).data() for column in range(4)]
    assert cells == [
        "scans/broken scan.tif",
        "Failed",
        "extract",
        "The file ends in the middle of its first page.",
    ]
    dialog._open.click()
    broken = next(each.id for each in desk.trove.values() if not each.pages)
    qtbot.waitUntil(lambda: space.coding.state.document == broken)


def test_the_legend_is_made_from_the_map(opened: Window) -> None:
    QTest.keyClick(space_of(opened).table, Qt.Key.Key_Question)
    assert opened.findChild(Legend) is not None


def test_an_import_runs_beside_and_is_cancelled(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    desk.ingest = [sys.executable, "-c", SLOW_CHILD]
    space = space_of(opened)
    opened.imports.show()
    opened.imports.start(tmp_path)
    qtbot.waitUntil(lambda: space.status._bar.isVisible(), timeout=20_000)
    assert space.status._running.text() == "Import 50 % · 1 files/s"
    assert space.status._failures.text() == "5 files need a look"
    opened.imports.cancel()
    qtbot.waitUntil(lambda: not opened.imports.asked, timeout=20_000)
    assert space.status.words == "Import stopped: 1 document in 2 s"
    assert not space.status._bar.isVisible()


def test_closing_waits_for_a_running_import(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    desk.ingest = [sys.executable, "-c", SLOW_CHILD]
    space = space_of(opened)
    opened.imports.start(tmp_path)
    qtbot.waitUntil(lambda: space.status._bar.isVisible(), timeout=20_000)
    assert not opened.close()
    assert not desk.closed
    qtbot.waitUntil(lambda: desk.closed, timeout=20_000)
    assert not opened.isVisible()


def test_an_import_that_is_refused_is_said_and_can_be_tried_again(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    def refuse(name: str, args: tuple[object, ...]) -> None:
        if name == "ingest_command":
            raise UserError("Another import is at work in this case.")

    desk._slow = refuse
    space = space_of(opened)
    opened.imports.start(tmp_path)
    words = "Another import is at work in this case."
    qtbot.waitUntil(lambda: space.status.words == words)
    assert not opened.imports.asked


def test_an_import_goes_on_while_the_case_is_locked(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    desk.ingest = [sys.executable, "-c", SLOW_CHILD]
    opened.imports.start(tmp_path)
    space = space_of(opened)
    qtbot.waitUntil(lambda: space.status._bar.isVisible(), timeout=20_000)
    opened.lock()
    assert opened.imports.running
    with qtbot.waitSignal(opened.imports.ended, timeout=20_000):
        opened.imports.cancel()


def test_it_locks_by_itself(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    assert space_of(opened).top._left.text() == "locks in 15 min"
    opened._idle.idle.emit()
    assert desk.closed
    assert opened.workspace is None


def test_closing_closes_the_case_and_keeps_the_layout(
    opened: Window, desk: FakeDesk, preferences: Preferences
) -> None:
    assert opened.close()
    assert desk.closed
    assert {name for name in ("window", "panes", "middle") if preferences.layout(name)} == {
        "window",
        "panes",
        "middle",
    }


def test_of_the_case_only_its_alias_is_in_the_settings_file(opened: Window, tmp_path: Path) -> None:
    opened.choose_mode(Mode.LIGHT)
    opened.close()
    opened._preferences._settings.sync()
    kept = (tmp_path / "desk.ini").read_bytes()
    assert b"Sample" in kept
    for word in (b".evidencebox", b"Quill", b"polygraph", b"Robin", str(tmp_path).encode()):
        assert word not in kept


def test_an_uncaught_exception_is_said_without_its_message(
    opened: Window, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    error = RuntimeError("12 Elm Street")
    opened.report(RuntimeError, error, None)
    assert "RuntimeError" in space_of(opened).status.words
    assert "Elm" not in space_of(opened).status.words + caplog.text
