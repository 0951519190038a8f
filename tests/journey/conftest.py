"""Journeys through the window are watched: how long did any handler hold the drawing thread?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.watching import WATCHED


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Counts for the summary at the end of the run; a busy machine is no failure of a test's."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    from evidencebox.ui.watchdog import Watchdog

    watch = Watchdog()
    yield
    watch.stop()
    WATCHED.take(watch)
