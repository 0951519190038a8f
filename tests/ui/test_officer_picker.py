from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencebox.model.harm import Harm
from evidencebox.model.people import Officer
from evidencebox.ui.officer_picker import NO_ROSTER, NOBODY, OfficerPicker
from tests.ui.fake_desk import officers

ALL = officers()


@pytest.fixture
def picker(qtbot: QtBot) -> OfficerPicker:
    made = OfficerPicker()
    qtbot.addWidget(made)
    made.open(None)
    return made


@pytest.fixture
def picked(picker: OfficerPicker) -> list[Officer]:
    made: list[Officer] = []
    picker.picked.connect(made.append)
    return made


def enter(picker: OfficerPicker) -> None:
    QTest.keyClick(picker.line, Qt.Key.Key_Return)


def test_enter_takes_the_first(picker: OfficerPicker, picked: list[Officer]) -> None:
    picker.show_officers("", ALL)
    enter(picker)
    assert picked == [ALL[0]]
    assert picker.isHidden()


def test_arrows_move_and_go_round(picker: OfficerPicker, picked: list[Officer]) -> None:
    picker.show_officers("", ALL)
    QTest.keyClick(picker.line, Qt.Key.Key_Up)
    enter(picker)
    assert picked == [ALL[-1]]


def test_an_answer_to_an_older_text_never_picks_anybody(
    picker: OfficerPicker, picked: list[Officer]
) -> None:
    QTest.keyClicks(picker.line, "may")
    enter(picker)
    picker.show_officers("", ALL)
    picker.show_officers("ma", ALL[:3])
    assert picked == []
    picker.show_officers("may", [ALL[2]])
    assert picked == [ALL[2]]


def test_letters_after_enter_take_it_back(picker: OfficerPicker, picked: list[Officer]) -> None:
    QTest.keyClicks(picker.line, "m")
    enter(picker)
    QTest.keyClicks(picker.line, "a")
    picker.show_officers("ma", ALL[2:3])
    assert picked == []


def test_typing_asks_once_for_the_whole_word(qtbot: QtBot, picker: OfficerPicker) -> None:
    asked: list[str] = []
    picker.typed.connect(asked.append)
    QTest.keyClicks(picker.line, "quill")
    qtbot.waitUntil(lambda: asked == ["quill"])


def test_nobody_and_no_roster_are_said(picker: OfficerPicker) -> None:
    picker.show_officers("", ())
    assert picker._nobody.text() == NO_ROSTER
    QTest.keyClicks(picker.line, "zz")
    picker.show_officers("zz", ())
    assert picker._nobody.text() == NOBODY


def test_a_pending_level_is_said(picker: OfficerPicker) -> None:
    assert picker._hint.isHidden()
    picker.open(Harm.VERY_HIGH)
    assert picker._hint.text() == "Who does 4 Very high stand for?"


def test_escape_forgets_who_was_found(qtbot: QtBot, picker: OfficerPicker) -> None:
    picker.show_officers("", ALL)
    with qtbot.waitSignal(picker.left):
        QTest.keyClick(picker.line, Qt.Key.Key_Escape)
    assert picker.list.count() == 0
