from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from evidencebox.ui.idle import IdleWatch, left_words


class Clock:
    """A clock that goes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(qapp: QApplication, clock: Clock) -> Iterator[IdleWatch]:
    made = IdleWatch(qapp, 60, clock)
    yield made
    made.stop()
    made.deleteLater()


def test_says_what_is_left_and_then_that_it_is_over(
    qtbot: QtBot, watch: IdleWatch, clock: Clock
) -> None:
    heard: list[int] = []
    watch.left.connect(heard.append)
    watch.start()
    clock.now += 45
    watch.tick()
    assert heard == [60, 15]
    clock.now += 15
    with qtbot.waitSignal(watch.idle):
        watch.tick()
    assert not watch._ticks.isActive()


def test_a_key_starts_the_count_again(qtbot: QtBot, watch: IdleWatch, clock: Clock) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    qtbot.waitUntil(lambda: line.windowHandle() is not None)
    watch.start()
    watch._watch(line.windowHandle())
    clock.now += 50
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    heard: list[int] = []
    watch.left.connect(heard.append)
    clock.now += 20
    watch.tick()
    assert heard == [40]


def test_words() -> None:
    assert [left_words(s) for s in (900, 61, 60, 5)] == [
        "locks in 15 min",
        "locks in 2 min",
        "locks in 60 s",
        "locks in 5 s",
    ]
