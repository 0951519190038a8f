"""Tab goes in reading order, also to what was made later, and out of every table again."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QPushButton, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.ui.bits import Dialog
from evidencebox.ui.session import Session
from evidencebox.ui.tab_order import tab_stops
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.panels import Make


def names(widget: QWidget) -> list[str]:
    return [each.accessibleName() for each in tab_stops(widget)]


def test_what_is_put_in_between_later_is_met_in_between(qtbot: QtBot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    body, grid = QVBoxLayout(dialog), QGridLayout()
    last, first, middle = (QPushButton(each, dialog) for each in ("last", "first", "middle"))
    body.addLayout(grid)
    grid.addWidget(last, 1, 0, 1, 2)
    grid.addWidget(first, 0, 0)
    grid.addWidget(middle, 0, 1)
    hidden = QPushButton("hidden", dialog)
    body.addWidget(hidden)
    dialog.show()
    hidden.hide()
    assert list(tab_stops(dialog)) == [first, middle, last]
    first.setFocus()
    dialog.focusNextChild()
    assert dialog.focusWidget() is middle
    dialog.focusPreviousChild()
    dialog.focusPreviousChild()
    assert dialog.focusWidget() is last


def test_the_desk_is_gone_through_from_the_search_to_the_ledger(
    qtbot: QtBot, space: Workspace
) -> None:
    met = names(space)
    order = ["Search", "To do", "Results", "Text", "Harm 0 None", "Note", "Reviewed, next"]
    at = [next(i for i, name in enumerate(met) if name.startswith(each)) for each in order]
    assert at == sorted(at)


def test_a_relative_follows_the_tab_it_stands_on(opened: Window) -> None:
    assert opened.workspace is not None
    opened.workspace.viewer.show_tab("Family")
    met = names(opened)
    page = met.index("Search for more like this") - 1
    assert met[page] == "Family"


def test_no_table_keeps_the_tab_for_itself(
    qtbot: QtBot, session: Session, panels: list[Make]
) -> None:
    for make in panels:
        panel = make()
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitUntil(lambda: not session.busy)
        kept = [t.accessibleName() for t in panel.findChildren(QTableView) if t.tabKeyNavigation()]
        assert kept == [], type(panel).__name__
