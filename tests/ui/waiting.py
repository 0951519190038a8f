"""Until the window has come to rest: no answer is to come, and nothing is about to be asked."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace

Settle = Callable[[], None]


def at_rest(space: Workspace) -> bool:
    """Also of what follows a moment after what it follows from."""
    soon = (
        space.search._soon, space.search._rows_first, space.model._soon, space.deciding._soon,
        space.pace._soon, space.viewer.page._soon, space.saving.completion._soon,
        space.layouts.strip._soon,
    )  # fmt: skip
    return not space.session.busy and not any(each.isActive() for each in soon)


def settled(qtbot: QtBot, window: Window) -> None:
    """Waits until the open case's session has nothing to do."""
    qtbot.waitUntil(lambda: window.session is not None and not window.session.busy)
