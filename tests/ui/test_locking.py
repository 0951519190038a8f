"""What the lock hears, forgets, and brings back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox.model.filters import Filter
from evidencebox.ui.clipboard import CopyWatch
from evidencebox.ui.place import Place
from evidencebox.ui.screen_lock import ScreenWatch


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_sleep_shows_in_the_clocks(qtbot: QtBot, qapp: QApplication) -> None:
    wall, steady = Clock(), Clock()
    owner = QObject()
    watch = ScreenWatch(owner, wall, steady)
    heard: list[int] = []
    watch.locked.connect(lambda: heard.append(1))
    wall.now += 5
    steady.now += 5
    watch.tick()
    assert heard == []
    wall.now += 3600
    steady.now += 5
    watch.tick()
    watch.tick()
    assert heard == [1]
    # A clock that was set back is no sleep.
    wall.now -= 7200
    watch.tick()
    assert heard == [1]


def test_signals_of_the_desktop_lock(qtbot: QtBot, qapp: QApplication) -> None:
    watch = ScreenWatch(qapp)
    heard: list[int] = []
    watch.locked.connect(lambda: heard.append(1))
    watch._saver(False)
    assert heard == []
    watch._saver(True)
    watch._lock()
    assert heard == [1, 1]
    watch.deleteLater()


LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
app = QCoreApplication(sys.argv)
from evidencebox.ui.screen_lock import ScreenWatch
watch = ScreenWatch(app)
watch.locked.connect(lambda: (print("locked"), app.quit()))
def send():
    path, name = "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"
    message = QDBusMessage.createSignal(path, name, "ActiveChanged")
    message.setArguments([True])
    QDBusConnection.sessionBus().send(message)
QTimer.singleShot(200, send)
QTimer.singleShot(10000, app.quit)
app.exec()
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="needs dbus-run-session")
def test_a_screen_saver_on_a_real_bus_is_heard() -> None:
    root = Path(__file__).resolve().parents[2]
    command = ["dbus-run-session", "--", sys.executable, "-c", LISTENER]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=root, timeout=60, check=False
    )
    assert done.stdout == "locked\n", done.stderr


def test_only_what_was_copied_here_is_forgotten(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, clipboard = CopyWatch(qapp), QGuiApplication.clipboard()

    def in_front(state: Qt.ApplicationState) -> None:
        monkeypatch.setattr(QGuiApplication, "applicationState", lambda: state)

    in_front(Qt.ApplicationState.ApplicationActive)
    clipboard.setText("from here")
    watch.forget()
    assert clipboard.text() == ""
    in_front(Qt.ApplicationState.ApplicationInactive)
    clipboard.setText("from elsewhere")
    watch.forget()
    assert clipboard.text() == "from elsewhere"
    watch.deleteLater()


def test_a_place_is_kept_whole() -> None:
    place = Place("a b", (Filter("Type", "type:mail", "Mail"),), "date", "d" * 64, 3, "ocr", 120)
    assert Place.from_text(place.to_text()) == place


@pytest.mark.parametrize("text", ["", "{", "7", "{}", '{"filters": [], "page": 1, "more": 2}'])
def test_what_is_no_place_is_none(text: str) -> None:
    assert Place.from_text(text) is None
