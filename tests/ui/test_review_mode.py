"""Layouts, review mode, pace and breaks, and the dialog that plans a review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidencebox.model.reviewing import Agreement, Progress
from evidencebox.ui.layouts import Layout, Layouts
from evidencebox.ui.pace import BREAK_SECONDS, PaceFlow, progress_words
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.results_model import DATE, TYPE
from evidencebox.ui.results_table import OPTIONAL
from evidencebox.ui.review_dialog import ReviewDialog, agreement_words
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.waiting import Settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_three_layouts_are_remembered(space: Workspace, preferences: Preferences) -> None:
    QTest.keyClick(space.table, Key.Key_Backslash, CTRL)
    assert space.layouts.layout is Layout.BESIDE
    assert space.middle.orientation() is Qt.Orientation.Horizontal
    QTest.keyClick(space.table, Key.Key_Backslash, CTRL)
    assert space.viewer.isHidden()
    assert Layouts(space, preferences).layout is Layout.LIST
    QTest.keyClick(space.table, Key.Key_Backslash, CTRL)
    assert space.viewer.isVisible()
    assert space.middle.orientation() is Qt.Orientation.Vertical


def test_columns_are_chosen_and_remembered(space: Workspace, preferences: Preferences) -> None:
    assert not space.table.isColumnHidden(TYPE)
    space.table._toggle_column(TYPE)
    assert space.table.isColumnHidden(TYPE)
    space.table.show_columns(OPTIONAL)
    Layouts(space, preferences)
    assert space.table.isColumnHidden(TYPE)
    assert not space.table.isColumnHidden(DATE)


def test_f11_leaves_viewer_and_coding_and_leads_back(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    QTest.keyClick(space.table, Key.Key_F11)
    settle()
    hidden = (space.top, space.chips, space.left_pane, space.results_pane)
    assert all(each.isHidden() for each in hidden)
    assert space.viewer.isVisible()
    assert space.coding.isVisible()
    assert space.pace.bar.figures.text() == f"{len(desk.trove)} of {len(desk.trove)} to do"
    QTest.keyClick(space.viewer, Key.Key_Return, CTRL)
    settle()
    assert space.pace.bar.figures.text().startswith(f"{len(desk.trove) - 1} of")
    QTest.keyClick(space.viewer, Key.Key_F11)
    assert not any(each.isHidden() for each in hidden)
    assert space.pace.bar.isHidden()


def test_a_break_is_offered_after_long_work_and_not_after_a_pause(
    space: Workspace, settle: Settle
) -> None:
    now = [0.0]
    pace = PaceFlow(space, lambda: now[0])
    pace._soon.setInterval(0)
    for minute in range(0, 40):
        now[0] = minute * 60.0
        pace._acted()
    now[0] += 600  # a pause
    pace._acted()
    assert pace._reason() == ""
    for _ in range(BREAK_SECONDS // 60):
        now[0] += 60
        pace._acted()
    assert pace._reason() == "You have worked for 50 minutes. A short break helps."
    pace._draw()
    assert pace.bar.isVisibleTo(space) or not pace.bar.isHidden()
    pace.bar.close_.setFocus()
    pace.bar.close_.click()
    assert pace._reason() == ""
    assert pace.bar.isHidden()
    assert space.focusWidget() is space.table
    settle()


def test_much_severe_material_is_a_reason_too(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    desk.severe = 25
    space.pace.measure()
    settle()
    assert space.pace.bar.isVisible()
    assert space.pace.bar.reminder.text().startswith("25 severe documents today")
    space.pace.bar.close_.click()
    assert space.pace.bar.isHidden()
    space.pace.measure()
    settle()
    assert space.pace.bar.isHidden()


def test_the_review_is_planned_in_a_dialog(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    space.asking.plan_review()
    qtbot.waitUntil(lambda: space.findChild(ReviewDialog) is not None)
    dialog = space.findChild(ReviewDialog)
    assert isinstance(dialog, ReviewDialog)
    dialog.assign.click()
    settle()
    assert dialog.said.text().startswith("Say who is to review")
    dialog.names.setText("Ann, Bo")
    dialog.assign.click()
    settle()
    assert ("assign", ("", ("Ann", "Bo"))) in desk.calls
    dialog.name.setText("week 1")
    dialog.count.setText("many")
    dialog.draw.click()
    assert dialog.said.text().startswith("Say how many")
    dialog.count.setText("3")
    dialog.draw.click()
    settle()
    assert dialog.samples is not None
    assert dialog.said.text() == ("Sample week 1: 3 drawn, 2 reviewed twice, 1 coded alike (50 %).")
    words = [each.text() for each in dialog.findChildren(QPushButton)]
    assert any(each.startswith("EB-") for each in words)
    dialog._open_queue()
    settle()
    assert space.search.asked.text == "polygraph"


def test_figures_in_words() -> None:
    assert progress_words(Progress(512, 52, (), 34, 6)) == (
        "460 of 512 to do · 34 in the last hour · 6 severe today"
    )
    assert agreement_words("x", Agreement(5, 0, 0, ())) == (
        "Sample x: 5 drawn, none of them reviewed by two people yet."
    )
