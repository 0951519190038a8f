"""Facets with the mouse and with keys: in, out, a stretch of time, another order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from evidencebox.model.filters import Filter
from evidencebox.model.views import FacetValue
from evidencebox.ui.check_row import CheckRow
from evidencebox.ui.histogram import Histogram, marks_of
from evidencebox.ui.results_model import DATE, NAME, OFFICERS
from evidencebox.ui.theme import Theme
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.waiting import Settle

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def line(space: Workspace, name: str) -> CheckRow:
    return next(x for x in space.facets.lines() if x.accessibleName().startswith(name))


def bars(space: Workspace) -> Histogram:
    # The one on screen: those that were replaced wait to be deleted.
    return next(b for b in space.facets.findChildren(Histogram) if b.isVisible())


def names(space: Workspace) -> list[str]:
    return [chosen.caption for chosen in space.search.asked.filters]


def test_alt_and_a_click_leaves_a_value_out(space: Workspace, settle: Settle) -> None:
    QTest.mouseClick(line(space, "Mail"), LEFT, ALT)
    settle()
    assert names(space) == ["Type: not Mail"]
    assert len(space.model.ids) == 4
    # Its own count stays what it would be, and says that it is left out.
    assert line(space, "Mail").accessibleName() == "Mail, 31 documents, left out"
    assert not line(space, "Mail").isChecked()
    line(space, "Mail").click()
    settle()
    assert names(space) == ["Type: Mail"]
    assert len(space.model.ids) == 31


def test_a_key_and_a_menu_leave_out_too(space: Workspace, settle: Settle) -> None:
    QTest.keyClick(line(space, "Word"), Key.Key_Minus)
    settle()
    assert names(space) == ["Type: not Word"]
    QTest.keyClick(line(space, "Word"), Key.Key_Minus)
    settle()
    assert not names(space)
    menu = line(space, "PDF").filter_menu()
    assert [action.text() for action in menu.actions()] == ["Only these", "Leave these out\t-"]
    menu.actions()[1].trigger()
    settle()
    assert names(space) == ["Type: not PDF"]


def test_groups_fold_and_show_what_is_chosen_inside(space: Workspace, settle: Settle) -> None:
    def head(name: str) -> QPushButton:
        found = space.facets.findChildren(QPushButton)
        return next(b for b in found if b.isVisible() and b.accessibleName().startswith(name))

    assert not any(x.accessibleName().startswith("mail,") for x in space.facets.lines())
    head("Folder, folded").click()
    QApplication.processEvents()
    line(space, "mail,").click()
    settle()
    head("Folder, open").click()
    QApplication.processEvents()
    assert head("Folder, folded").text().endswith("1")


def test_a_stretch_of_time_by_mouse(space: Workspace, settle: Settle) -> None:
    chart = bars(space)
    width = chart.width() - 16
    first, last = (QPoint(8 + int((n + 0.5) * width / 17), 30) for n in (5, 6))
    QTest.mousePress(chart, LEFT, pos=first)
    QTest.mouseMove(chart, last)
    QTest.mouseRelease(chart, LEFT, pos=last)
    settle()
    assert names(space) == ["Date: 2019-04 to 2019-05"]
    assert len(space.model.ids) == 30
    # All bars stay, to choose another stretch from.
    assert "documents" in bars(space).accessibleName()
    QTest.mouseClick(bars(space), LEFT, pos=first)
    settle()
    assert names(space) == ["Date: 2019-04"]
    QTest.mouseClick(bars(space), LEFT, pos=first)
    settle()
    assert names(space) == []


def test_a_stretch_of_time_by_keys(space: Workspace, settle: Settle) -> None:
    chart = bars(space)
    chart.setFocus()
    QTest.keyClick(chart, Key.Key_End)
    QTest.keyClick(chart, Key.Key_Left, SHIFT)
    assert chart.accessibleName() == "Dates: 2020-02 to 2020-03, 1 document"
    QTest.keyClick(chart, Key.Key_Home, SHIFT)
    assert chart.accessibleName().startswith("Dates: 2018-11 to 2020-03, 34 documents")
    QTest.keyClick(chart, Key.Key_Home)
    QTest.keyClick(chart, Key.Key_Right)
    QTest.keyClick(chart, Key.Key_Left)
    QTest.keyClick(chart, Key.Key_Return)
    settle()
    assert names(space) == ["Date: 2018-11"]
    assert len(space.model.ids) == 1
    QTest.keyClick(bars(space), Key.Key_Escape)
    settle()
    assert names(space) == []


def test_what_has_no_date_is_a_line(space: Workspace, settle: Settle) -> None:
    line(space, "No date").click()
    settle()
    assert len(space.model.ids) == 1


def test_bars_of_any_step_find_a_chosen_stretch(qtbot: QtBot, theme: Theme) -> None:
    chart = Histogram(theme)
    qtbot.addWidget(chart)
    chart.show_values([], None)
    assert chart.accessibleName() == "Dates: No dates"
    chart.choose()
    chart.grab()
    months = [FacetValue(f"date:2019-{n:02}", f"2019-{n:02}", n) for n in range(1, 13)]
    for clause, expected in (
        ("date:2019-03..2019-05", (2, 4)),
        ("date:2019-03-05..2019-04-02", (2, 3)),
        ("date:2018..2019", (0, 11)),
    ):
        chart.show_values(months, clause)
        assert chart.selection == expected
    chart.show_values(months, "date:2012")
    chart.grab()
    assert marks_of("NOT date:>=0001") is None
    assert marks_of("date:>=2019") is None
    heard: list[Filter] = []
    chart.chosen.connect(heard.append)
    chart.show_values([FacetValue("date:2019", "2019", 4)], None)
    chart.choose()
    assert heard == [Filter("Date", "date:2019", "2019")]


def test_a_header_sorts_up_down_and_back(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    before = space.model.ids
    head = space.table.horizontalHeader()
    for column in (NAME, DATE):
        shown = []
        for _ in range(3):
            head.sectionClicked.emit(column)
            settle()
            shown.append((head.isSortIndicatorShown(), space.search.asked.sort, space.model.ids))
        key = {NAME: "name", DATE: "date"}[column]
        assert [s[:2] for s in shown] == [(True, key), (True, f"-{key}"), (False, "relevance")]
        assert shown[0][2] != shown[1][2]
        assert shown[2][2] == before
    head.sectionClicked.emit(OFFICERS)
    settle()
    assert space.search.asked.sort == "relevance"
