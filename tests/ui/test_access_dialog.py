"""What opens the case, in the window: passphrase, key store, recovery code, reviewers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidencebox.ui.access_dialog import AccessDialog, CodeDialog, ReviewerDialog
from evidencebox.ui.team_dialog import TeamDialog
from evidencebox.ui.window import Window
from tests.ui.fake_access import NEW_CODE, PASSPHRASE
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_accessibility import unnamed
from tests.ui.test_office import dialog_of
from tests.ui.waiting import settled

OTHER = "harbor violin copper meadow saddle"


@pytest.fixture
def dialog(qtbot: QtBot, opened: Window) -> AccessDialog:
    opened.office.colleagues.show_access()
    return dialog_of(qtbot, opened, AccessDialog)


def press(qtbot: QtBot, window: Window, which: QPushButton) -> None:
    assert which.isEnabled()
    which.click()
    settled(qtbot, window)


def test_nothing_is_changed_without_the_passphrase(
    qtbot: QtBot, opened: Window, desk: FakeDesk, dialog: AccessDialog
) -> None:
    assert unnamed(dialog) == []
    for each in (dialog.change, dialog.use, dialog.renew):
        dialog.first.setText(OTHER)
        dialog.again.setText(OTHER)
        press(qtbot, opened, each)
        assert "as it is now" in dialog.said.text()
    dialog.now.setText("not the passphrase")
    for each in (dialog.change, dialog.use, dialog.renew):
        press(qtbot, opened, each)
        assert "does not open this case" in dialog.said.text()
    assert desk.access.passphrase == PASSPHRASE
    assert not desk.access.here


def test_the_passphrase_is_changed_and_no_line_keeps_it(
    qtbot: QtBot, opened: Window, desk: FakeDesk, dialog: AccessDialog
) -> None:
    dialog.now.setText(PASSPHRASE)
    dialog.first.setText(OTHER)
    dialog.again.setText(OTHER + "x")
    press(qtbot, opened, dialog.change)
    assert "not the same" in dialog.said.text()
    dialog.again.setText(OTHER)
    press(qtbot, opened, dialog.change)
    assert desk.access.passphrase == OTHER
    assert "was changed" in dialog.said.text()
    assert not any(line.text() for line in (dialog.now, dialog.first, dialog.again))
    assert not dialog.now.isUndoAvailable()


def test_the_key_store_is_used_and_left(
    qtbot: QtBot, opened: Window, desk: FakeDesk, dialog: AccessDialog
) -> None:
    assert not dialog.leave.isEnabled()
    dialog.now.setText(PASSPHRASE)
    press(qtbot, opened, dialog.use)
    assert (desk.access.here, dialog.use.isEnabled()) == (True, False)
    press(qtbot, opened, dialog.leave)
    assert (desk.access.here, dialog.use.isEnabled()) == (False, True)
    assert not dialog.leave.isEnabled()


def test_a_new_code_is_asked_back_from_the_paper(
    qtbot: QtBot, opened: Window, dialog: AccessDialog
) -> None:
    dialog.now.setText(PASSPHRASE)
    press(qtbot, opened, dialog.renew)
    shown = dialog.findChild(CodeDialog)
    assert shown is not None
    assert shown.page.code.text().replace("\n", "-") == NEW_CODE
    shown.page.noted.click()
    assert NEW_CODE not in shown.page.code.text()
    shown.page.typed.setText(NEW_CODE.lower())
    shown.page.check.click()
    assert "on your paper" in dialog.said.text()


def test_closed_in_mid_air_it_hears_nothing_more(
    qtbot: QtBot, opened: Window, dialog: AccessDialog
) -> None:
    dialog.now.setText("not the passphrase")
    dialog.use.click()
    dialog.accept()
    qtbot.waitUntil(lambda: opened.findChild(AccessDialog) is None)
    settled(qtbot, opened)


def test_a_reviewer_is_added_and_taken_out(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    opened.office.colleagues.show_team()
    team = dialog_of(qtbot, opened, TeamDialog)
    team.add.click()
    form = dialog_of(qtbot, opened, ReviewerDialog)
    assert unnamed(form) == []
    form.go.click()
    assert "their name" in form.problem.text()
    form.name.setText("C. Third")
    form.first.setText(OTHER)
    form.again.setText(OTHER)
    form.go.click()
    assert "your own" in form.problem.text()
    form.own.setText(PASSPHRASE)
    form.go.click()
    qtbot.waitUntil(lambda: opened.findChild(ReviewerDialog) is None)
    settled(qtbot, opened)
    assert desk.access.added == {"C. Third": OTHER}
    assert "C. Third can open the case now" in team.said.text()
    team.leavers["Alex"].click()
    form = dialog_of(qtbot, opened, ReviewerDialog)
    form.own.setText(PASSPHRASE)
    form.go.click()
    settled(qtbot, opened)
    assert "Alex has no way" in team.said.text()
