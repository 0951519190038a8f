"""A lost passphrase and a damaged case, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencebox.errors import DamagedCase, UserError
from evidencebox.ui.ports import Desk, OtherWays
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.theme import Theme
from evidencebox.ui.window import Window
from tests.ui.fake_desk import PASSPHRASE, FakeDesk

CODE = "7QK2-M4XN-PD8R-T1VW"


class Hurt:
    """A case whose case.db is damaged until it is put back."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.damaged = True
        self.key_store: bool | None = None
        """None: no way in; else whether it is unlocked."""
        self.recovered: list[tuple[str, ...]] = []

    def open(self, folder: Path, passphrase: str) -> Desk:
        if self.damaged:
            raise DamagedCase("case.db is damaged.")
        return self.desk

    def recover(self, folder: Path, code: str, reviewer: str, passphrase: str) -> Desk:
        if code != CODE:
            raise UserError("The recovery code has a typing mistake.")
        self.recovered.append((reviewer, passphrase))
        return self.desk

    def restore(self, folder: Path, passphrase: str) -> list[str]:
        self.damaged = False
        return ["Put back 3 acts."]

    def offered(self, folder: Path) -> bool:
        return self.key_store is not None

    def by_key_store(self, folder: Path) -> Desk:
        if not self.key_store:
            raise UserError("The key store is locked; type the passphrase.")
        return self.desk


@pytest.fixture
def hurt(desk: FakeDesk) -> Hurt:
    return Hurt(desk)


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, preferences: Preferences, hurt: Hurt, tmp_path: Path
) -> Iterator[Window]:
    others = OtherWays(hurt.recover, hurt.restore, hurt.offered, hurt.by_key_store)
    made = Window(theme, preferences, hurt.open, lambda *_: (hurt.desk, CODE), others)
    qtbot.addWidget(made)
    made.show()
    made.doors.ask(tmp_path / "Sample.evidencebox")
    yield made
    made.close()


def settle(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: window.workspace is not None)
    space = window.workspace
    assert space is not None
    qtbot.waitUntil(lambda: space.coding.state.view is not None)
    qtbot.waitUntil(lambda: window.session is not None and not window.session.busy)


def test_a_damaged_case_is_put_back_and_opened(qtbot: QtBot, window: Window, hurt: Hurt) -> None:
    page = window.front.unlock
    assert page.restore.isHidden()
    page.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(window.settled):
        page.unlock.click()
    assert page.problem.text() == "case.db is damaged."
    assert not page.restore.isHidden()
    hurt.desk.notices = ("No backup was kept.",)
    said: list[str] = []
    page.restore.click()
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace is not None
    said.append(window.workspace.status._words.text())
    assert said == ["Put back 3 acts. No backup was kept."]
    settle(qtbot, window)


def test_nothing_is_put_back_where_nothing_is_damaged(
    qtbot: QtBot, window: Window, hurt: Hurt
) -> None:
    hurt.damaged = False
    page = window.front.unlock
    page.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    settle(qtbot, window)
    assert page.restore.isHidden()


def test_the_recovery_code_opens_it_for_a_new_reviewer(
    qtbot: QtBot, window: Window, hurt: Hurt
) -> None:
    window.front.unlock.lost.click()
    page = window.front.lost
    assert window.front.currentWidget() is page
    page.open.click()
    assert "Type the recovery code" in page.problem.text()
    for line, text in (
        (page.code, "wrong"),
        (page.reviewer, " Ben "),
        (page.first, "x"),
        (page.again, "x"),
    ):
        line.setText(text)
    page.open.click()
    assert "at least 12" in page.problem.text()
    page.first.setText(PASSPHRASE)
    page.open.click()
    assert "not the same" in page.problem.text()
    page.again.setText(PASSPHRASE)
    with qtbot.waitSignal(window.settled):
        page.open.click()
    assert "typing mistake" in page.problem.text()
    page.code.setText(CODE)
    page.open.click()
    settle(qtbot, window)
    assert hurt.recovered == [("Ben", PASSPHRASE)]
    assert (page.code.text(), page.first.text(), page.again.text()) == ("", "", "")


def test_the_key_store_opens_where_it_is_a_way_in(
    qtbot: QtBot, window: Window, hurt: Hurt, tmp_path: Path
) -> None:
    page = window.front.unlock
    assert page.key_store.isHidden()
    hurt.key_store, hurt.damaged = False, False
    window.doors.ask(tmp_path / "Sample.evidencebox")
    qtbot.waitUntil(page.key_store.isVisible)
    with qtbot.waitSignal(window.settled):
        page.key_store.click()
    assert "locked" in page.problem.text()
    hurt.key_store = True
    page.key_store.click()
    settle(qtbot, window)


def test_a_locked_window_asks_for_the_passphrase_alone(
    qtbot: QtBot, window: Window, hurt: Hurt, tmp_path: Path
) -> None:
    hurt.key_store, hurt.damaged = True, False
    page = window.front.unlock
    window.doors.ask(tmp_path / "Sample.evidencebox")
    qtbot.waitUntil(page.key_store.isVisible)
    page.key_store.click()
    settle(qtbot, window)
    window.lock()
    assert page.isVisible()
    assert page.key_store.isHidden()
