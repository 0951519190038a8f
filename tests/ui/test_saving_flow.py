"""Saved searches with their dot, history, completion, did-you-mean."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencebox.model.filters import Filter
from evidencebox.model.query import Suggestion
from evidencebox.ui.saved_pane import SaveDialog, SavedRow
from evidencebox.ui.search_flow import Asked, meant
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.waiting import Settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def rows(space: Workspace) -> list[SavedRow]:
    return [each for each in space.saved.rows if isinstance(each, SavedRow)]


def offered(space: Workspace) -> list[str]:
    shown = space.saving.completion.list
    return [shown.item(n).text() for n in range(shown.count())] if shown.isVisible() else []


def save(qtbot: QtBot, space: Workspace, settle: Settle, name: str) -> None:
    QTest.keyClick(space.table, Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: space.findChild(SaveDialog) is not None)
    dialog = space.findChild(SaveDialog)
    assert isinstance(dialog, SaveDialog)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.line, name)
    dialog.go.click()
    settle()


def test_nothing_saved_takes_no_room(space: Workspace) -> None:
    assert space.saved.isHidden()


def test_a_search_is_saved_with_its_filters_and_opened_again(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    mail = Filter("Type", "type:mail", "Mail")
    space.top.search.line.setText("polygraph")
    space.search.search("polygraph")
    space.search.toggle(mail, True)
    settle()
    save(qtbot, space, settle, "Boxes of mail")
    (row,) = rows(space)
    count = len(space.model.ids)
    assert row.accessibleName() == f"Saved search Boxes of mail, {count} documents"
    space.search.ask(Asked())
    settle()
    rows(space)[0].click()
    settle()
    assert space.search.asked == Asked("polygraph", (mail,))
    assert space.top.search.line.text() == "polygraph"


def test_new_hits_are_a_number_and_go_when_they_were_looked_at(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    desk.save_search("Mail", "polygraph", "relevance", ())
    desk.new["Mail"] = 3
    space.saving.count()
    settle()
    assert rows(space)[0].accessibleName().endswith(", 3 new")
    rows(space)[0].click()
    settle()
    assert not rows(space)[0].accessibleName().endswith("new")


def test_a_saved_search_is_deleted(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    desk.save_search("Mail", "polygraph", "relevance", ())
    space.saving.count()
    settle()
    rows(space)[0].deleted.emit()
    settle()
    assert rows(space) == []
    assert space.saved.isHidden()


def test_what_is_new_never_hides(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    for n in range(9):
        desk.save_search(f"s{n}", "", "relevance", ())
    desk.new["s8"] = 1
    space.saving.count()
    settle()
    assert rows(space)[0].saved.name == "s8"
    assert len(space.saved.rows) == 7
    space.saved._open()
    assert len(rows(space)) == 9


def test_words_are_offered_while_one_types(space: Workspace, settle: Settle) -> None:
    line = space.top.search.line
    line.setFocus()
    QTest.keyClicks(line, "poly")
    settle()
    assert offered(space) == ["polygraph", "polygrapher", "polymer"]
    QTest.keyClick(line, Key.Key_Down)
    QTest.keyClick(line, Key.Key_Down)
    QTest.keyClick(line, Key.Key_Return)
    assert line.text() == "polygrapher"
    assert space.saving.completion.list.isHidden()
    assert space.search.asked.text == ""
    QTest.keyClick(line, Key.Key_Return)
    settle()
    assert space.search.asked.text == "polygrapher"


def test_enter_searches_as_typed_and_esc_lets_go(space: Workspace, settle: Settle) -> None:
    line = space.top.search.line
    line.setFocus()
    QTest.keyClicks(line, "poly")
    settle()
    QTest.keyClick(line, Key.Key_Escape)
    assert space.saving.completion.list.isHidden()
    assert line.hasFocus()
    QTest.keyClicks(line, "g")
    settle()
    QTest.keyClick(line, Key.Key_Return)
    settle()
    assert space.search.asked.text == "polyg"


def test_down_shows_the_latest_searches(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    space.search.search("canteen")
    settle()
    assert desk.remembered == ["canteen"]
    line = space.top.search.line
    line.setFocus()
    QTest.keyClick(line, Key.Key_Down)
    settle()
    assert offered(space) == ["canteen"]


def test_another_spelling_is_one_click(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    asked = Asked("polygrap", (Filter("Type", "type:mail", "Mail"),))
    query = asked.composed.query
    better = query.replace("polygrap", "polygraph")
    at = query.index("polygrap")
    suggestion = Suggestion("polygrap", "polygraph", 33, at, at + 8, better)
    found = replace(desk.search("polygraph"), query=query, suggestions=(suggestion,))
    assert meant(found, asked) == [("Did you mean polygraph (33)?", "polygraph")]
    space.chips.show_meant(meant(found, asked))
    space.chips.asked.emit("polygraph")
    settle()
    assert space.search.query == "polygraph"


def test_marks_are_told_beside_the_count(space: Workspace, settle: Settle) -> None:
    space.to_results()
    QTest.keyClick(space.table, Key.Key_Space)
    assert space.chips._marks.text() == "1 marked · Code"
    space.chips.unmarked.emit()
    assert space.model.marked == ()
    assert space.chips._marks.isHidden()
