"""How the panes stand: viewer below, beside, or away; and the full-screen review mode."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt

from evidencebox.ui.languages import told, tr
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.strip_flow import StripFlow
from evidencebox.ui.theme import grown

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

_KEY, _COLUMNS = "kind", "columns"
_BESIDE_LIST = 460


class Layout(StrEnum):
    """Where the viewer is."""

    BELOW = "below"
    BESIDE = "beside"
    LIST = "list"


class Layouts(QObject):
    """Changes them, and remembers the last."""

    def __init__(self, space: Workspace, preferences: Preferences) -> None:
        super().__init__(space)
        self._space, self._preferences = space, preferences
        self.reviewing = False
        self.strip = StripFlow(space, preferences)
        kept = preferences.layout(_KEY)
        value = bytes(kept.data()).decode("ascii", "replace") if kept is not None else ""
        self.layout = Layout(value) if value in set(Layout) else Layout.BELOW
        if self.layout is not Layout.BELOW:
            self._apply()
        self.fit()
        space.table.columns_chosen.connect(self._keep_columns)
        columns = preferences.layout(_COLUMNS)
        if columns is not None:
            space.table.show_columns(bytes(columns.data()))

    def fit(self) -> None:
        """The panes at the sides are at least as wide as what stands in them, as letters grow."""
        self._space.left_pane.setMinimumWidth(grown(190))
        self._space.right_pane.setMinimumWidth(grown(300))

    def verbs(self) -> dict[str, Callable[[], object]]:
        """What keys do."""
        own = {"layout": self.next, "review_mode": self.toggle_review}
        return own | self.strip.verbs()

    def _keep_columns(self, columns: list[int]) -> None:
        self._preferences.keep_layout(_COLUMNS, QByteArray(bytes(columns)))

    def next(self) -> None:
        """The next of the three."""
        kinds = list(Layout)
        self.choose(kinds[(kinds.index(self.layout) + 1) % len(kinds)])

    def choose(self, layout: Layout) -> None:
        """Takes one, and remembers it."""
        self.layout = layout
        self._preferences.keep_layout(_KEY, QByteArray(layout.value.encode()))
        self._apply()
        words = {
            Layout.BELOW: tr("Viewer below the results"),
            Layout.BESIDE: tr("Viewer beside the results"),
            Layout.LIST: tr("Results alone"),
        }
        self._space.status.say(words[layout])

    def _apply(self) -> None:
        middle = self._space.middle
        beside = self.layout is Layout.BESIDE
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if middle.orientation() is not way:
            middle.setOrientation(way)
            length = middle.width() if beside else middle.height()
            first = min(_BESIDE_LIST, length // 2) if beside else length * 3 // 10
            middle.setSizes([first, length - first])
        self._space.viewer.setVisible(self.layout is not Layout.LIST or self.reviewing)

    def toggle_review(self) -> None:
        """Viewer and coding alone, full screen; the same key leads back."""
        self.reviewing = not self.reviewing
        space = self._space
        for part in (space.top, space.chips, space.left_pane, space.results_pane):
            part.setVisible(not self.reviewing)
        space.viewer.setVisible(self.reviewing or self.layout is not Layout.LIST)
        space.pace.show_always(self.reviewing)
        window = space.window()
        if self.reviewing:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
            space.viewer.focus_content()
            key = self._preferences.keys.first("review_mode")
            space.status.say(told("Review mode. %1 leads back.", key))
        else:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
            space.status.say("")
            space.to_results()
