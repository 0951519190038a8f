"""Doing something about what could not be read: passwords, retries, the settings of the case."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from evidencebox.model.ids import DocumentId
from evidencebox.model.settings import Settings
from evidencebox.model.views import Failure
from evidencebox.ui.failure_flow import BUSY
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.password_dialog import PasswordDialog
from evidencebox.ui.settings_dialog import SettingsDialog
from evidencebox.ui.theme import Theme
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk

D = TypeVar("D", bound=QDialog)


def called(desk: FakeDesk, name: str) -> list[tuple[object, ...]]:
    return [args for each, args in desk.calls if each == name]


def dialog(qtbot: QtBot, opened: Window, kind: type[D]) -> D:
    def there() -> D | None:
        return next((each for each in opened.findChildren(kind) if each.isVisible()), None)

    qtbot.waitUntil(lambda: there() is not None)
    found = there()
    assert found is not None
    return found


def space_of(opened: Window) -> Workspace:
    assert opened.workspace is not None
    return opened.workspace


def failure(number: int, status: str) -> Failure:
    return Failure(DocumentId(f"{number:064}"), f"{number}.pdf", status, "extract", "A reason.")


# --- the list ------------------------------------------------------------------------------------


@pytest.fixture
def listed(qtbot: QtBot, theme: Theme) -> FailuresDialog:
    made = FailuresDialog()
    qtbot.addWidget(made)
    every = [failure(1, "encrypted"), failure(2, "failed"), failure(3, "encrypted")]
    made.show_failures(every)
    made.show()
    return made


def test_one_is_tried_again(qtbot: QtBot, listed: FailuresDialog) -> None:
    listed.table.selectRow(1)
    with qtbot.waitSignal(listed.retry_asked) as asked:
        listed.one.click()
    assert asked.args == [[failure(2, "failed").document]]


def test_all_with_the_same_status_are_tried_again(qtbot: QtBot, listed: FailuresDialog) -> None:
    assert listed.alike.text() == "Retry all: Encrypted (2)"
    with qtbot.waitSignal(listed.retry_asked) as asked:
        listed.alike.click()
    assert asked.args == [[failure(n, "encrypted").document for n in (1, 3)]]


def test_there_is_nothing_alike_to_a_single_one(listed: FailuresDialog) -> None:
    listed.table.selectRow(1)
    assert not listed.alike.isVisible()


def test_all_are_tried_again(qtbot: QtBot, listed: FailuresDialog) -> None:
    with qtbot.waitSignal(listed.retry_asked) as asked:
        listed.all.click()
    assert asked.args == [None]


def test_with_nothing_listed_there_is_nothing_to_retry(listed: FailuresDialog) -> None:
    listed.show_failures(())
    assert not any(each.isVisible() for each in (listed.one, listed.alike, listed.all))


def test_a_retry_runs_in_the_imports_process(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    opened.failures.show()
    listed = dialog(qtbot, opened, FailuresDialog)
    with qtbot.waitSignal(opened.imports.ended, timeout=20_000):
        listed.all.click()
    assert called(desk, "retry_command") == [(None,)]


def test_a_retry_beside_an_import_is_refused(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    with qtbot.waitSignal(opened.imports.ended, timeout=20_000):
        opened.imports.start(tmp_path)
        opened.failures.retry(None)
        assert space_of(opened).status.words == BUSY
    assert not called(desk, "retry_command")


# --- passwords -----------------------------------------------------------------------------------


def test_a_password_is_masked_taken_and_forgotten(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    opened.failures.show()
    dialog(qtbot, opened, FailuresDialog).passwords.click()
    asking = dialog(qtbot, opened, PasswordDialog)
    line = asking.line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert line.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    QTest.keyClicks(line, "blue heron")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    assert not line.isUndoAvailable()
    qtbot.waitUntil(lambda: desk.passwords == ["blue heron"])
    qtbot.waitUntil(lambda: "1 password added; the case knows 1." in asking._said.text())
    assert asking.isVisible()


def test_what_is_locked_is_tried_with_what_was_typed_last(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    opened.failures.ask_passwords()
    asking = dialog(qtbot, opened, PasswordDialog)
    QTest.keyClicks(asking.line, "blue heron")
    with qtbot.waitSignal(opened.imports.ended, timeout=20_000):
        asking.retry.click()
    names = [name for name, _ in desk.calls]
    assert names.index("add_passwords") < names.index("locked") < names.index("retry_command")
    (asked,) = called(desk, "retry_command")[0]
    assert asked == [each.document for each in desk.failures_now()]


def test_closing_forgets_what_was_typed(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    opened.failures.ask_passwords()
    asking = dialog(qtbot, opened, PasswordDialog)
    line = asking.line
    QTest.keyClicks(line, "half a pass")
    asking.hide()
    assert line.text() == ""
    assert desk.passwords == []


def test_a_file_that_cannot_be_read_is_said_where_it_was_asked_for(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/some/file", ""))
    opened.failures.ask_passwords()
    asking = dialog(qtbot, opened, PasswordDialog)
    asking._file.click()
    qtbot.waitUntil(lambda: "not UTF-8" in asking._said.text())


# --- settings ------------------------------------------------------------------------------------


def test_settings_are_shown_and_kept(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    space_of(opened).settings_asked.emit()
    form = dialog(qtbot, opened, SettingsDialog)
    assert form.zone.currentText() == "UTC"
    assert {code: box.isChecked() for code, box in form.languages.items()} == {
        "deu": False,
        "eng": True,
    }
    form.languages["deu"].setChecked(True)
    form.custodian.setText(" City police ")
    form.keep.click()
    wanted = Settings("UTC", "deu+eng", "City police")
    qtbot.waitUntil(lambda: Settings(**desk.set) == wanted)
    qtbot.waitUntil(lambda: not any(f.isVisible() for f in opened.findChildren(SettingsDialog)))
    assert not called(desk, "redate_command")


def test_no_language_is_off(qtbot: QtBot, theme: Theme) -> None:
    form = SettingsDialog()
    qtbot.addWidget(form)
    form.show_settings(Settings(ocr_languages="off"), ["eng"], "eng")
    with qtbot.waitSignal(form.changed) as changed:
        form.keep.click()
    assert changed.args[0]["ocr_languages"] == "off"


def test_another_time_zone_has_dates_read_anew(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    opened.failures.show_settings()
    form = dialog(qtbot, opened, SettingsDialog)
    form.zone.setCurrentText("Europe/Madrid")
    with qtbot.waitSignal(opened.imports.ended, timeout=20_000):
        form.keep.click()
    assert called(desk, "redate_command") == [()]


def test_a_zone_that_is_none_is_said_in_the_form(qtbot: QtBot, opened: Window) -> None:
    opened.failures.show_settings()
    form = dialog(qtbot, opened, SettingsDialog)
    form.zone.setEditText("Mars/Olympus")
    form.keep.click()
    qtbot.waitUntil(lambda: "no time zone" in form._problem.text())
    assert form.isVisible()
