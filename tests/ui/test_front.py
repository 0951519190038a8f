from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from evidencebox.ui.card import alias
from evidencebox.ui.creating import CreatePage, RecoveryPage, in_lines, same_code
from evidencebox.ui.strength import SHORTEST_PASSPHRASE
from evidencebox.ui.unlocking import UnlockPage
from evidencebox.vault import header

CODE = "7QK2-M4XN-PD8R-T1VW"
LONG = "correct horse battery"


@pytest.fixture
def create(qtbot: QtBot, tmp_path: Path) -> CreatePage:
    page = CreatePage()
    qtbot.addWidget(page)
    page.name.setText("Harbour")
    page.place.setText(str(tmp_path))
    page.reviewer.setText("Robin")
    page.first.setText(LONG)
    page.again.setText(LONG)
    return page


@pytest.fixture
def recovery(qtbot: QtBot) -> RecoveryPage:
    page = RecoveryPage()
    qtbot.addWidget(page)
    page.show_code(CODE)
    page.show()
    return page


def test_a_case_is_called_by_its_folder() -> None:
    assert alias(Path("/cases/Harbour.evidencebox")) == "Harbour"
    assert alias(Path("/cases/two\nlines")) == "two⏎lines"


def test_the_front_asks_for_as_long_a_passphrase_as_the_vault() -> None:
    assert SHORTEST_PASSPHRASE == header.SHORTEST_PASSPHRASE


def test_creating_hands_over_what_was_typed(
    qtbot: QtBot, create: CreatePage, tmp_path: Path
) -> None:
    with qtbot.waitSignal(create.submitted) as heard:
        create.make.click()
    assert heard.args == [tmp_path / "Harbour.evidencebox", "Robin", LONG]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "", "Give the case a name"),
        ("name", "a/b", "Give the case a name"),
        ("reviewer", " ", "Give your name"),
        ("first", "x" * (SHORTEST_PASSPHRASE - 1), "at least 12"),
        ("again", "something else", "not the same"),
    ],
)
def test_each_mistake_is_one_sentence(
    create: CreatePage, field: str, text: str, words: str
) -> None:
    submitted: list[object] = []
    create.submitted.connect(lambda *args: submitted.append(args))
    line: QLineEdit = getattr(create, field)
    line.setText(text)
    create.make.click()
    assert words in create.problem.text()
    assert submitted == []


def test_an_existing_case_is_never_overwritten(create: CreatePage, tmp_path: Path) -> None:
    (tmp_path / "Harbour.evidencebox").mkdir()
    assert "there already" in create.mistake()


def test_the_recovery_code_is_asked_back(qtbot: QtBot, recovery: RecoveryPage) -> None:
    assert recovery.code.text() == CODE
    recovery.noted.click()
    assert recovery.code.text() == ""
    recovery.typed.setText("7QK2")
    recovery.check.click()
    assert "not the code" in recovery.problem.text()
    recovery.again.click()
    assert recovery.code.text() == CODE
    recovery.noted.click()
    recovery.typed.setText("7qk2 m4xn pd8r t1vw")
    with qtbot.waitSignal(recovery.confirmed):
        recovery.check.click()
    assert recovery.typed.text() == recovery.code.text() == ""


def test_a_long_code_is_shown_in_lines() -> None:
    assert in_lines("A-B-C-D-E-F-G-H-I") == "A-B-C-D\nE-F-G-H\nI"
    assert in_lines(CODE) == CODE


def test_codes_are_the_same_whatever_their_dashes() -> None:
    assert same_code(CODE, "7qk2m4xnpd8rt1vw")
    assert not same_code(CODE, CODE[:-1])
    assert not same_code("", "")


def test_passphrases_do_not_stay_in_hidden_fields(qtbot: QtBot, create: CreatePage) -> None:
    create.show()
    create.hide()
    assert (create.first.text(), create.again.text()) == ("", "")
    unlock = UnlockPage()
    qtbot.addWidget(unlock)
    unlock.show()
    unlock.passphrase.setText(LONG)
    assert unlock.passphrase.echoMode() is QLineEdit.EchoMode.Password
    unlock.hide()
    assert unlock.passphrase.text() == ""


def test_keys_typed_while_it_unlocks_press_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    page = UnlockPage()
    qtbot.addWidget(page)
    pressed: list[str] = []
    page.another_asked.connect(lambda: pressed.append("another"))
    page.code_asked.connect(lambda: pressed.append("lost"))
    page.show()
    page.ask(tmp_path / "Harbour.evidencebox")
    page.work(True)
    for each in page.findChildren(QPushButton):
        QTest.keyClick(each, Qt.Key.Key_Space)
    assert pressed == []
    page.work(False)
    QTest.keyClick(page.another, Qt.Key.Key_Space)
    assert pressed == ["another"]
