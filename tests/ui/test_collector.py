"""What is left in cycles is destroyed on the drawing thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.ui.collector import Collector


class Knot(QWidget):
    """Holds itself, so that only the collector can let it go."""

    def __init__(self, where: list[str]) -> None:
        super().__init__()
        self.knot = self
        self.destroyed.connect(
            lambda *_: where.append(threading.current_thread().name),
            Qt.ConnectionType.DirectConnection,
        )


def litter() -> None:
    """Leaves so many cycles behind that the collector would run many times."""
    for _ in range(200_000):
        cycle: list[object] = []
        cycle.append(cycle)


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    gc.enable()  # as a window finds it; tests with a window do without
    made = Collector()
    yield made
    made.stop()


def test_a_lane_that_allocates_destroys_no_widget(qtbot: QtBot, collector: Collector) -> None:
    where: list[str] = []
    Knot(where)
    lane = threading.Thread(target=litter, name="lane")
    lane.start()
    lane.join()
    assert where == []
    collector.look()
    assert where == [threading.main_thread().name]
