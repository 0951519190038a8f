"""What can be done in the open case, by which key and from which line of its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut

from evidencebox.model.harm import Harm
from evidencebox.ui.keys import FILING, OFFICE, bind
from evidencebox.ui.languages import tr
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.theme import Theme

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace


class Verbs(QObject):
    """Ties the keys, as the reviewer chose them, and the case menu to the workspace."""

    def __init__(self, space: Workspace, theme: Theme, preferences: Preferences) -> None:
        super().__init__(space)
        self._space, self._preferences = space, preferences
        panes = (space.coding.officers, space.coding.cards, space.coding.suggestions)
        self._homes = ((space.table, space.viewer), panes)
        self._shortcuts: list[QShortcut] = []
        self._fill_menu(theme)
        self.rebind()

    def rebind(self) -> None:
        """Takes the keys as they are chosen now, and writes them in the menu."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        keys = self._preferences.keys
        self._shortcuts = bind(self._verbs(), self._space, *self._homes, keys)
        self._space.top.menu.show_keys(keys)
        self._space.coding.show_keys(keys)

    def _fill_menu(self, theme: Theme) -> None:
        space, menu = self._space, self._space.top.menu
        menu.fill(
            [
                (tr("Import documents…"), "", space.import_asked.emit),
                (tr("Import roster…"), "", space.roster_asked.emit),
                None,
                (tr("Search a list…"), "", space.asking.search_list),
                (tr("Plan the review…"), "", space.asking.plan_review),
                (tr("Files that need a look…"), "", space.failures_asked.emit),
                (tr("Settings of the case…"), "", space.settings_asked.emit),
                (tr("Check the ledger"), "", space.check_ledger),
                (tr("Open a sealed document…"), "", space.unsealing.ask),
                None,
                (tr("Page thumbnails"), "thumbnails", space.layouts.strip.toggle),
                (tr("Hide content"), "hide", space.hide_asked.emit),
                (tr("Keys…"), "legend", space.legend_asked.emit),
            ]
        )
        menu.show_mode(theme.mode)

    def _verbs(self) -> dict[str, Callable[[], object]]:
        space = self._space
        verbs: dict[str, Callable[[], object]] = {
            "search": space.top.search.focus,
            "next_document": lambda: space.table.step(1),
            "previous_document": lambda: space.table.step(-1),
            "viewer": space.viewer.focus_content,
            "results": space.to_results,
            "next_hit": lambda: space.reading.step_hit(1),
            "next_mark": lambda: space.reading.marks.step(1),
            "previous_mark": lambda: space.reading.marks.step(-1),
            "previous_hit": lambda: space.reading.step_hit(-1),
            "find": space.finding.open,
            "next_with_hits": lambda: space.hopping.hop(1),
            "previous_with_hits": lambda: space.hopping.hop(-1),
            "go_to_page": space.viewer.pages.ask,
            "next_page": lambda: space.reading.step_page(1),
            "previous_page": lambda: space.reading.step_page(-1),
            "larger": lambda: space.viewer.zoom(10),
            "smaller": lambda: space.viewer.zoom(-10),
            "fit": space.viewer.page.fit,
            "turn": space.viewer.page.turn,
            "veil": space.viewer.page.toggle_veil,
            "clear_harm": space.coding.uncode,
            "officer": space.coding.open_picker,
            "categories": space.coding.open_palette,
            "note": space.coding.focus_note,
            "reviewed": space.reading.finish,
            "undo": space.reading.undo,
            "redo": space.reading.redo,
            "next_pane": lambda: space.cycle(1),
            "previous_pane": lambda: space.cycle(-1),
            "lock": space.lock_asked.emit,
            "hide": space.hide_asked.emit,
            "legend": space.legend_asked.emit,
        }
        verbs |= {verb: partial(space.filing_asked.emit, verb) for verb in FILING}
        verbs |= {verb: partial(space.office_asked.emit, verb) for verb in OFFICE}
        verbs |= space.deciding.verbs() | space.saving.verbs() | space.layouts.verbs()
        verbs |= {f"tab_{n}": partial(space.viewer.choose_place, n) for n in range(1, 6)}
        return verbs | {f"harm_{int(h)}": partial(space.coding.code, h) for h in Harm}
