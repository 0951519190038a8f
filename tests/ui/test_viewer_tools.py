"""Highlights with their legend, find in document, documents with hits, side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from evidencebox.analysis.difference import difference
from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import Answer, Element
from evidencebox.ui.compare_dialog import CompareDialog
from evidencebox.ui.find_bar import find_in
from evidencebox.ui.highlights import exposed_on
from evidencebox.ui.marks import DATA, HITS, PEOPLE, show_words
from evidencebox.ui.theme import Theme
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.waiting import Settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def search(space: Workspace, settle: Settle, words: str) -> None:
    space.top.search.line.setText(words)
    space.search.search(words)
    settle()


def test_people_are_highlighted_and_can_be_switched_off(space: Workspace, settle: Settle) -> None:
    search(space, settle, "polygraph")
    text, chips = space.viewer.text, space.viewer.legend.chips
    assert (len(text._hits), len(text._people)) == (2, 2)
    assert chips[PEOPLE].accessibleName() == "Highlights: People, 2 on this page, shown"
    chips[PEOPLE].click()
    assert text._people == []
    chips[HITS].click()
    assert (text._hits, text._current) == ([], None)
    assert chips[HITS].accessibleName().endswith("not shown")
    chips[HITS].click()
    assert len(text._hits) == 2


def test_what_was_rejected_is_not_highlighted(space: Workspace, settle: Settle) -> None:
    search(space, settle, "polygraph")
    QTest.keyClick(space.table, Key.Key_X)
    settle()
    assert len(space.viewer.text._people) == 1


def test_find_goes_over_pages_and_back_to_the_hits(space: Workspace, settle: Settle) -> None:
    search(space, settle, "polygraph")
    QTest.keyClick(space.table, Key.Key_F, CTRL)
    bar = space.viewer.find_bar
    assert bar.line.hasFocus()
    QTest.keyClicks(bar.line, "APPENDIX:  poly")
    QTest.keyClick(bar.line, Key.Key_Return)
    settle()
    assert bar.said.text() == "1 place"
    assert space.reading.page[0] == 3
    assert space.viewer.hits.words == "hit 1 of 1"
    QTest.keyClicks(bar.line, "zzz")
    QTest.keyClick(bar.line, Key.Key_Return)
    settle()
    assert bar.said.text() == "Not in this document"
    QTest.keyClick(bar.line, Key.Key_Escape)
    assert bar.isHidden()
    assert space.viewer.hits.words == "hit – of 3"


def test_find_stays_open_over_documents(space: Workspace, settle: Settle) -> None:
    space.finding.open()
    QTest.keyClicks(space.viewer.find_bar.line, "polygraph")
    QTest.keyClick(space.viewer.find_bar.line, Key.Key_Return)
    settle()
    space.table.go(1)
    settle()
    assert space.viewer.find_bar.said.text() == "1 place"


def test_find_reads_all_layers(desk: FakeDesk) -> None:
    document = next(iter(desk.trove))
    _, hits = find_in(desk, desk.document(document), "the")
    assert {hit.page for hit in hits} == {1, 2}


def test_documents_without_hits_are_passed_over(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    search(space, settle, "polygraph OR canteen")
    desk.trove[space.model.ids[1]].pages = ("canteen only in a header",)
    space.search._found = desk.search("drug")  # as if the words stood elsewhere than on pages
    space.model.show(desk.search("").documents)
    space.to_results()
    space.table.go(0)
    settle()
    QTest.keyClick(space.table, Key.Key_BracketRight, CTRL)
    settle()
    assert space.table.currentIndex().row() == 3
    QTest.keyClick(space.table, Key.Key_BracketRight, CTRL)
    settle()
    assert space.status.words == "No further document with hits."
    QTest.keyClick(space.table, Key.Key_BracketLeft, CTRL)
    settle()
    assert space.table.currentIndex().row() == 0


def test_the_family_tab_lists_what_is_alike_and_compares(
    qtbot: QtBot, space: Workspace, settle: Settle
) -> None:
    family = space.viewer.family
    qtbot.waitUntil(lambda: bool(family._alike))
    space.viewer.choose_tab("Family")
    buttons = {each.text(): each for each in family.findChildren(QPushButton)}
    buttons["Side by side"].click()
    qtbot.waitUntil(lambda: space.findChild(CompareDialog) is not None)
    dialog = space.findChild(CompareDialog)
    assert isinstance(dialog, CompareDialog)
    assert dialog.changes
    dialog.accept()
    buttons["More like this"].click()
    settle()
    assert space.search.asked.text == "polygraph OR examiner"


def test_side_by_side_steps_through_changes(qtbot: QtBot, theme: Theme) -> None:
    one, other = "The old car\nis red.\fEnd", "The new car\nis red.\fThe End"
    dialog = CompareDialog(theme, ("A", "B"), one, other, difference(one, other))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.places.words == "change 1 of 2"
    left, right = dialog.sides
    assert left.toPlainText()[slice(*left._current or (0, 0))] == "old"
    assert right.toPlainText()[slice(*right._current or (0, 0))] == "new"
    dialog.step(1)
    assert right.toPlainText()[slice(*right._current or (0, 0))].strip() == "The"
    dialog.step(1)
    assert dialog.places.words == "change 1 of 2"


def test_the_same_words_are_said_to_be_the_same(qtbot: QtBot, theme: Theme) -> None:
    dialog = CompareDialog(theme, ("A", "B"), "x y", "x  y", difference("x y", "x  y"))
    qtbot.addWidget(dialog)
    assert dialog.places.words == "no changes"


def test_exposed_data_are_marked_and_can_be_switched_off(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    search(space, settle, "polygraph")
    text, chips = space.viewer.text, space.viewer.legend.chips
    shown = [text._shown.text[start:end] for start, end in text._exposed]
    assert shown == ["$18,240", "12 Elm Street"]
    assert chips[DATA].accessibleName() == "Highlights: Exposed data, 2 on this page, shown"
    chips[DATA].click()
    assert text._exposed == []
    chips[DATA].click()
    desk.looked["$18,240"] = Answer.DIFFERENT
    space.reading.open(space.model.ids[0], "polygraph")
    settle()
    assert len(text._exposed) == 1
    space.reading.turn_to(1, Layer.TEXT)
    settle()
    assert text._exposed == []
    assert chips[DATA].isHidden()


def test_marks_are_named_where_they_stand(space: Workspace, settle: Settle) -> None:
    search(space, settle, "polygraph")
    text = space.viewer.text
    at = {}
    for start, _ in (text._hits[0], text._people[0], text._exposed[0]):
        cursor = text.textCursor()
        cursor.setPosition(start)
        at[start] = text.said_at(text.cursorRect(cursor).center() + QPoint(3, 0))
    hit, person, datum = at.values()
    assert hit == "Search: hit 1 of 3"
    assert person.startswith("Officer: ")
    assert datum == "Exposed data: Postal address"
    assert text.said_at(QPoint(2, text.viewport().height() - 2)) == ""
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), QPoint(2, 2))
    assert QApplication.sendEvent(text.viewport(), event)


def test_marks_are_stepped_through_by_keys_and_said(
    space: Workspace, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "evidencebox.ui.mark_flow.announce", lambda widget, words: said.append(words)
    )
    search(space, settle, "polygraph")
    text = space.viewer.text
    shown = space.reading.marks._shown
    order = sorted(range(len(shown.places)), key=shown.places.__getitem__)
    words = [shown.words(number) for number in order]
    space.viewer.focus_content()
    for _ in range(len(words) + 1):
        QTest.keyClick(text, Key.Key_I)
    assert said == [*words, words[0]]
    assert text._focus == text._units(min(shown.places))
    assert said[-1] in text.accessibleDescription()
    assert QToolTip.isVisible()
    QTest.keyClick(text, Key.Key_I, Qt.KeyboardModifier.ShiftModifier)
    assert said[-1] == words[-1]
    for chip in space.viewer.legend.chips.values():
        chip.setChecked(False)
    QTest.keyClick(text, Key.Key_I)
    assert said[-1] == "Nothing is marked on this page"
    QToolTip.hideText()


def test_a_name_with_brackets_is_shown_as_it_is(space: Workspace) -> None:
    show_words(space, QPoint(5, 5), "Officer: <b>Quill</b>\nExposed data: Debt")
    assert "&lt;b&gt;Quill" in QToolTip.text()
    assert "<br>" in QToolTip.text()
    show_words(space, QPoint(5, 5), "")
    QToolTip.hideText()


def test_data_that_overlap_are_one_place() -> None:
    def element(start: int, end: int, page: int = 1) -> Element:
        place = (DocumentId("d"), page, Layer.TEXT, start, end)
        return Element(*place, "debt", "••", 0.9, "Why.")

    page = Page(1, "x" * 50)
    found = [element(20, 30), element(0, 9), element(5, 12), element(12, 14), element(3, 4, 2)]
    assert exposed_on(page, [*found, element(48, 51)]) == dict.fromkeys(
        ((0, 12), (12, 14), (20, 30)), "Exposed data: Debt"
    )
    assert exposed_on(replace(page, layer=Layer.OCR), found) == {}
