"""The window's parts over a fake desk; nothing here opens a database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox.errors import UserError
from evidencebox.ui.ports import Desk
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.session import Session
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import PASSPHRASE, WRONG, FakeDesk
from tests.ui.panels import panels as panels
from tests.ui.waiting import Settle, at_rest

RECOVERY = "7QK2-M4XN-PD8R-T1VW"


@pytest.fixture(autouse=True)
def _no_leaked_lanes() -> Iterator[None]:
    """Lanes are Python threads: none may outlive its test."""
    yield
    left = [each.name for each in threading.enumerate() if each.name.startswith("desk-")]
    assert not left


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "desk.ini")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def session(qapp: QApplication, desk: FakeDesk) -> Iterator[Session]:
    made = Session(desk)
    yield made
    made.close()


@pytest.fixture
def space(qtbot: QtBot, theme: Theme, preferences: Preferences, session: Session) -> Workspace:
    """A workspace that has shown its first results."""
    made = Workspace(theme, session, preferences)
    qtbot.addWidget(made)
    # Counts follow an act at once here; that they follow many acts once is no test's business.
    made.search._soon.setInterval(0)
    made.search._rows_first.setInterval(0)
    made.resize(1440, 900)
    # Who has the focus can only be told of a window that is in front, which takes a moment.
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start()
    qtbot.waitUntil(lambda: made.coding.state.view is not None and not session.busy)
    return made


@pytest.fixture
def settle(qtbot: QtBot, space: Workspace) -> Settle:
    """Waits until nothing is under way, also not what follows a moment later."""
    space.deciding._soon.setInterval(0)
    space.pace._soon.setInterval(0)

    def wait() -> None:
        qtbot.waitUntil(lambda: at_rest(space))

    wait()
    return wait


@pytest.fixture
def door(desk: FakeDesk) -> Callable[[Path, str], Desk]:
    def opener(folder: Path, passphrase: str) -> Desk:
        if passphrase != PASSPHRASE:
            raise UserError(WRONG)
        return desk

    return opener


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    preferences: Preferences,
    desk: FakeDesk,
    door: Callable[[Path, str], Desk],
) -> Iterator[Window]:
    made = Window(theme, preferences, door, lambda folder, name, passphrase: (desk, RECOVERY))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    # What runs in a child is asked to stop first; the window closes when it has.
    qtbot.waitUntil(lambda: not made.imports.running and made.session is None)


@pytest.fixture
def opened(qtbot: QtBot, window: Window, tmp_path: Path) -> Window:
    """A window with the case unlocked and its first results on screen."""
    window.doors.ask(tmp_path / "Sample.evidencebox")
    window.doors.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace is not None)
    space = window.workspace
    assert space is not None
    qtbot.waitUntil(lambda: space.coding.state.view is not None)
    qtbot.waitUntil(lambda: window.session is not None and not window.session.busy)
    return window
