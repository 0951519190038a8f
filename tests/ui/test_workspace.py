"""The whole desk over a fake case, driven as a reviewer drives it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.documents import DocumentType
from evidencebox.model.filters import Filter
from evidencebox.model.harm import Harm
from evidencebox.model.ids import short_id
from evidencebox.model.review import Anchor
from evidencebox.ui.check_row import CheckRow
from evidencebox.ui.coding_state import Scope
from evidencebox.ui.keys import KEYS
from evidencebox.ui.officer_picker import OfficerDialog
from evidencebox.ui.officer_rows import OfficerRow
from evidencebox.ui.results_model import DATE, HARM, NAME, ROW_ROLE, TYPE
from evidencebox.ui.session import Session
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk, FakeDocument, documents
from tests.ui.waiting import Settle

Key = Qt.Key


@pytest.fixture
def search(qtbot: QtBot, space: Workspace, settle: Settle) -> Callable[[str], None]:
    """Types a query and presses Enter."""

    def do(text: str) -> None:
        space.top.search.focus()
        QTest.keyClicks(space.top.search.line, text)
        QTest.keyClick(space.top.search.line, Key.Key_Return)
        settle()

    return do


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    widget.setFocus()
    QTest.keyClick(widget, key, held)


def choose_officer(qtbot: QtBot, space: Workspace, settle: Settle, text: str) -> None:
    """O, some letters, Enter."""
    press(qtbot, space.table, Key.Key_O)
    QTest.keyClicks(space.coding.picker.line, text)
    QTest.keyClick(space.coding.picker.line, Key.Key_Return)
    qtbot.waitUntil(lambda: space.coding.picker.isHidden())
    settle()


# Searching


def test_opens_with_every_document_and_its_first_one(space: Workspace, desk: FakeDesk) -> None:
    assert space.model.rowCount() == len(desk.trove)
    assert space.coding.state.document == next(iter(desk.trove))


def test_rows_are_fetched_in_the_background(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    assert space.model.data(space.model.index(0, NAME)) == "Background summary – Quill.docx"
    assert all(name.startswith("desk-") for name in desk.threads)


def test_a_search_shows_its_count_and_opens_its_first_hit(
    space: Workspace, search: Callable[[str], None], desk: FakeDesk
) -> None:
    search("polygraph")
    assert space.chips._count.text() == "33"
    assert space.chips._rest.text() == "documents in 11 ms"
    assert space.viewer.hits.words == "hit 1 of 3"
    assert space.viewer.pages.words == "page 2 of 3"
    assert space.table.hasFocus()


def test_a_refused_query_is_a_sentence_and_a_place(
    space: Workspace, search: Callable[[str], None]
) -> None:
    search('"drug use')
    assert space.chips._problem.text() == "A quotation mark is open: close it."
    assert space.top.search.line.mistake == (0, 0)
    assert space.model.rowCount() > 0
    search("polygraph")
    assert space.chips._problem.text() == ""
    assert space.top.search.line.mistake is None


def test_the_place_of_a_mistake_counts_in_what_was_typed(
    space: Workspace, search: Callable[[str], None], settle: Settle
) -> None:
    space.search.toggle(Filter("Type", "type:mail", "Mail"), True)
    settle()
    search('ab "cd')
    assert space.top.search.line.mistake == (3, 0)


def test_facets_narrow_and_widen(space: Workspace, settle: Settle) -> None:
    def line(name: str) -> CheckRow:
        lines = space.facets.lines()
        return next(each for each in lines if each.accessibleName().startswith(name))

    line("Word").click()
    settle()
    assert space.chips._count.text() == "2"
    # Mail keeps its count under the other filters: it can be ticked as well.
    assert line("Mail").accessibleName() == "Mail, 31 documents"
    line("Mail").click()
    settle()
    assert space.chips._count.text() == "33"
    space.chips.cleared.emit()
    settle()
    assert not any(each.isChecked() for each in space.facets.lines())


def test_an_officer_of_the_whole_roster_narrows_the_results(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    document = list(desk.trove)[4]
    desk.tag(Anchor(document), desk.roster[5].id, Harm.LOW)
    links = space.facets.findChildren(QPushButton)
    next(each for each in links if each.text() == "Find an officer…").click()
    dialog = space.findChild(OfficerDialog)
    assert isinstance(dialog, OfficerDialog)
    QTest.keyClicks(dialog.picker.line, "neil")
    QTest.keyClick(dialog.picker.line, Key.Key_Return)
    qtbot.waitUntil(lambda: space.model.ids == (document,))
    assert space.search.asked.filters == (Filter("Officer", "officer:5519", "O'Neil, Brigid"),)


def test_an_empty_roster_says_what_to_do(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    desk.roster = []
    press(qtbot, space.table, Key.Key_O)
    settle()
    assert space.coding.picker._nobody.text().startswith("There is no roster yet.")


def test_a_narrow_list_keeps_its_names(space: Workspace) -> None:
    for width, hidden in ((900, set()), (600, {TYPE}), (500, {TYPE, DATE})):
        space.table.resize(width, 300)
        assert {i for i in range(7) if space.table.isColumnHidden(i)} == hidden


def test_a_value_that_vanishes_stays_with_a_zero(
    space: Workspace, search: Callable[[str], None], desk: FakeDesk
) -> None:
    search("canteen")
    names = [each.accessibleName() for each in space.facets.lines()]
    assert "Mail, 0 documents" in names
    assert "PDF, 1 document" in names


def test_nothing_found_says_why_and_offers_one_action(
    qtbot: QtBot, space: Workspace, settle: Settle
) -> None:
    space.search.toggle(Filter("Harm", "harm:4", "Very high"), True)
    settle()
    assert space._nothing.isVisible()
    assert space._nothing.words.text() == "Nothing matches the search and all filters."
    assert space.coding.state.view is None
    QTest.mouseClick(space._nothing.action, Qt.MouseButton.LeftButton)
    settle()
    assert space.table.isVisible()


def test_an_older_search_never_replaces_a_newer_one(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    gate = threading.Event()

    def slow(name: str, args: tuple[object, ...]) -> None:
        if (name, args) == ("search", ("canteen",)):
            gate.wait(5)

    desk._slow = slow
    space.search.search("canteen")
    space.search.search("polygraph")
    qtbot.waitUntil(lambda: space.chips._count.text() == "33")
    gate.set()
    settle()
    assert space.chips._count.text() == "33"
    assert space.search.query == "polygraph"


def test_an_older_document_never_replaces_a_newer_one(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    gate = threading.Event()
    first, second = list(desk.trove)[1:3]

    def slow(name: str, args: tuple[object, ...]) -> None:
        if (name, args) == ("document", (first,)):
            gate.wait(5)

    desk._slow = slow
    space.table.go(1)
    space.table.go(2)
    qtbot.waitUntil(lambda: space.coding.state.document == second)
    gate.set()
    settle()
    assert space.coding.state.document == second


# Reading


def test_hits_go_over_pages_and_around_the_end(
    qtbot: QtBot, space: Workspace, search: Callable[[str], None], settle: Settle
) -> None:
    search("polygraph")
    for words, page in (("hit 2 of 3", 2), ("hit 3 of 3", 3), ("hit 1 of 3", 2)):
        press(qtbot, space.table, Key.Key_N)
        settle()
        assert space.viewer.hits.words == words
        assert space.viewer.pages.words == f"page {page} of 3"
    press(qtbot, space.viewer.text, Key.Key_P)
    settle()
    assert space.viewer.hits.words == "hit 3 of 3"
    QTest.keyClick(space, Key.Key_F3)
    settle()
    assert space.viewer.hits.words == "hit 1 of 3"


def test_pages_turn_and_stop_at_the_ends(
    space: Workspace, search: Callable[[str], None], settle: Settle
) -> None:
    search("polygraph")
    for by, words in ((-1, "page 1 of 3"), (-1, "page 1 of 3"), (1, "page 2 of 3")):
        space.reading.step_page(by)
        settle()
        assert space.viewer.pages.words == words
    assert "Dana Quill" in space.viewer.text.toPlainText()


def test_tabs_tell_what_is_known(space: Workspace, settle: Settle) -> None:
    from PySide6.QtWidgets import QLabel

    space.viewer.show_tab("Metadata")
    shown = {each.text() for each in space.viewer._facts.findChildren(QLabel)}
    assert "mail/Background summary – Quill.docx" in shown
    assert "Records Unit" in shown
    assert "Extraction version" not in shown


def test_a_document_that_failed_says_why(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    broken = next(each.id for each in desk.trove.values() if not each.pages)
    space.open_document(broken)
    settle()
    assert space.viewer._notice.text() == "The file ends in the middle of its first page."
    assert space.viewer._title.text() == "This document yielded no text."


def test_a_monstrous_page_is_shown_in_part_and_says_so(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    huge = FakeDocument("huge.txt", DocumentType.TEXT, None, ("word " * 120_000,))
    desk.trove = {huge.id: huge}
    space.search.search("")
    settle()
    assert space.viewer._title.text() == "Page 1 · its first 500,000 characters of 600,000"
    assert len(space.viewer.text.toPlainText()) == 500_000


def test_hostile_text_is_only_text(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    nasty = FakeDocument(
        "<img src=x>&amp;.html", DocumentType.HTML, None, ("<h1>Big</h1>\u202ecod\x00",), "<b>L</b>"
    )
    desk.trove[nasty.id] = nasty
    space.refresh()
    settle()
    space.open_document(nasty.id)
    settle()
    assert space.viewer.text.toPlainText() == "<h1>Big</h1>⟦U+202E⟧cod␀"
    assert space.viewer._title.text() == "<b>L</b> · page 1"
    assert space.viewer._title.textFormat() is Qt.TextFormat.PlainText


# Coding


def test_a_digit_codes_in_the_table_and_types_in_the_search_box(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    space.top.search.focus()
    QTest.keyClick(space.top.search.line, Key.Key_4)
    assert space.top.search.line.text() == "4"
    settle()
    assert desk.tags == []
    press(qtbot, space.table, Key.Key_4)
    settle()
    (tag,) = desk.tags
    assert (tag.harm, tag.officer) == (Harm.VERY_HIGH, "officer-4471")
    assert space.status.words == f"Very high set on {short_id(tag.anchor.document)} ·"
    assert space.coding.cards.level is Harm.VERY_HIGH
    assert space.model.data(space.model.index(0, HARM)) == "4"


@pytest.mark.parametrize("harm", list(Harm))
def test_every_digit_has_its_level(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk, harm: Harm
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    press(qtbot, space.viewer.text, Key(Key.Key_0.value + int(harm)))
    settle()
    assert [tag.harm for tag in desk.tags] == [harm]


def test_a_digit_with_nobody_focused_asks_who_and_then_codes(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    press(qtbot, space.table, Key.Key_3)
    settle()
    assert space.coding.picker.isVisible()
    assert space.coding.picker._hint.text() == "Who does 3 High stand for?"
    QTest.keyClicks(space.coding.picker.line, "2046")
    QTest.keyClick(space.coding.picker.line, Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.tags) == 1)
    settle()
    assert (desk.tags[0].harm, desk.tags[0].officer) == (Harm.HIGH, "officer-2046")


def test_escape_leaves_the_picker_with_nothing_coded(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    press(qtbot, space.table, Key.Key_3)
    settle()
    QTest.keyClick(space.coding.picker.line, Key.Key_Escape)
    settle()
    assert space.coding.picker.isHidden()
    assert space.table.hasFocus()
    choose_officer(qtbot, space, settle, "quill")
    assert desk.tags == []


def test_digits_code_from_the_list_of_officers(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    (line,) = space.coding.officers.findChildren(OfficerRow)
    # It is drawn anew when the document is read again, and shown a moment later.
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Key.Key_2)
    settle()
    assert [tag.harm for tag in desk.tags] == [Harm.MEDIUM]


def test_a_passage_is_tagged_in_code_points(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    text = "\U0001f600\U0001f600 He used \U0001f480 at 12 Elm Street."
    smiley = FakeDocument("smiley.txt", DocumentType.TEXT, None, (text,))
    desk.trove = {smiley.id: smiley}
    space.search.search("")
    settle()
    choose_officer(qtbot, space, settle, "quill")
    start = text.index("used")
    space.viewer.text.select(start, start + 6)
    assert space.coding.state.scope is Scope.PASSAGE
    press(qtbot, space.viewer.text, Key.Key_3)
    settle()
    part = desk.tags[0].anchor.passage
    assert part is not None
    assert (part.start, part.end, part.quote) == (start, start + 6, "used \U0001f480")
    assert part.before == text[:start]


def test_page_scope_is_shown_and_used(
    qtbot: QtBot, space: Workspace, search: Callable[[str], None], settle: Settle, desk: FakeDesk
) -> None:
    search("polygraph")
    choose_officer(qtbot, space, settle, "quill")
    page = space.coding.scope._buttons[Scope.PAGE]
    assert page.text() == "Page 2"
    page.click()
    press(qtbot, space.table, Key.Key_1)
    settle()
    assert desk.tags[0].anchor.page == 2
    assert page.isChecked()


def test_categories_and_note_become_part_of_a_standing_tag(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    press(qtbot, space.table, Key.Key_3)
    settle()
    press(qtbot, space.table, Key.Key_T)
    QTest.keyClicks(space.coding.categories.palette_list.line, "fin")
    QTest.keyClick(space.coding.categories.palette_list.line, Key.Key_Return)
    settle()
    QTest.keyClick(space.coding.categories.palette_list.line, Key.Key_Escape)
    press(qtbot, space.table, Key.Key_M)
    assert space.coding.note.hasFocus()
    QTest.keyClicks(space.coding.note, "3 accounts")
    QTest.keyClick(space.coding.note, Key.Key_Escape)
    settle()
    (tag,) = desk.tags
    assert (tag.harm, tag.categories, tag.note) == (Harm.HIGH, ("finances",), "3 accounts")
    acts = [name for name, _ in desk.calls if name == "tag"]
    assert len(acts) == 3


def test_categories_chosen_before_the_level_go_with_it(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    space.coding.categories._toggle("polygraph")
    settle()
    assert desk.tags == []
    press(qtbot, space.table, Key.Key_2)
    settle()
    assert desk.tags[0].categories == ("polygraph",)


def test_a_note_is_kept_when_the_reviewer_moves_on(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    press(qtbot, space.table, Key.Key_3)
    settle()
    space.coding.focus_note()
    QTest.keyClicks(space.coding.note, "kept")
    QTest.keyClick(space.coding.note, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [tag.note for tag in desk.tags] == ["kept"]


def test_undo_and_redo_show_in_row_and_pane(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    press(qtbot, space.table, Key.Key_3)
    settle()
    press(qtbot, space.table, Key.Key_Z, ctrl=True)
    settle()
    assert desk.tags == []
    assert space.coding.cards.level is None
    assert space.model.data(space.model.index(0, HARM)) == ""
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(space.table, Key.Key_Z, shift)
    settle()
    assert space.coding.cards.level is Harm.HIGH


def test_nothing_to_undo_is_a_sentence(qtbot: QtBot, space: Workspace, settle: Settle) -> None:
    press(qtbot, space.table, Key.Key_Z, ctrl=True)
    settle()
    assert space.status.words == "There is nothing to undo."
    assert space.status._undo.isHidden()


def test_backspace_takes_the_tag_back(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    press(qtbot, space.table, Key.Key_3)
    settle()
    press(qtbot, space.table, Key.Key_Backspace)
    settle()
    assert desk.tags == []


def test_reviewed_goes_to_the_next_one_that_is_not(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    ids = list(desk.trove)
    desk.reviewed(ids[1], True)
    space.refresh()
    settle()
    press(qtbot, space.table, Key.Key_Return, ctrl=True)
    settle()
    assert desk.state.reviewed == {ids[0], ids[1]}
    assert space.coding.state.document == ids[2]
    row = space.model.data(space.model.index(0, NAME), ROW_ROLE)
    assert row.reviewed


def test_what_is_not_on_screen_yet_is_not_marked_reviewed(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    ids = list(desk.trove)
    press(qtbot, space.table, Key.Key_Return, ctrl=True)
    # The next document is asked for, and no answer was heard yet.
    QTest.keyClick(space.table, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "still being opened" in space.status.words
    settle()
    assert desk.state.reviewed == {ids[0]}
    assert space.coding.state.document == ids[1]


def test_moving_by_letters_and_arrows(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    ids = list(desk.trove)
    for key, place in ((Key.Key_J, 1), (Key.Key_Down, 2), (Key.Key_K, 1), (Key.Key_Up, 0)):
        press(qtbot, space.table, key)
        settle()
        assert space.coding.state.document == ids[place]
    press(qtbot, space.table, Key.Key_Return)
    assert space.viewer.text.hasFocus()
    QTest.keyClick(space.viewer.text, Key.Key_J)
    settle()
    assert space.coding.state.document == ids[1]
    QTest.keyClick(space.viewer.text, Key.Key_Escape)
    assert space.table.hasFocus()


def test_slash_and_control_k_go_to_the_search_box(qtbot: QtBot, space: Workspace) -> None:
    press(qtbot, space.table, Key.Key_Slash)
    assert space.top.search.line.hasFocus()
    QTest.keyClick(space.top.search.line, Key.Key_Escape)
    assert space.table.hasFocus()
    press(qtbot, space.viewer.text, Key.Key_K, ctrl=True)
    assert space.top.search.line.hasFocus()


def test_f6_goes_round_the_panes(qtbot: QtBot, space: Workspace) -> None:
    space.top.search.focus()
    panes = [space.facets, space.table, space.viewer, space.coding, space.top.search]
    for pane in panes:
        QTest.keyClick(space, Key.Key_F6)
        focused = space.focusWidget()
        assert focused is pane or pane.isAncestorOf(focused)


def test_the_map_names_each_key_once_where_it_acts() -> None:
    seen = [(key.where, each) for key in KEYS for each in key.keys]
    assert len(seen) == len(set(seen))
    assert {"0", "1", "2", "3", "4"} <= {each for key in KEYS for each in key.keys}


def test_an_act_marks_its_row_stale_and_no_other(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    choose_officer(qtbot, space, settle, "quill")
    # What is alike has rows, too, which are asked for a moment later.
    qtbot.waitUntil(lambda: not space.deciding._soon.isActive())
    settle()
    desk.calls.clear()
    press(qtbot, space.table, Key.Key_3)
    settle()
    assert [args for name, args in desk.calls if name == "rows"] == [(next(iter(desk.trove)),)]


def test_our_bug_is_said_and_the_window_goes_on(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    def broken(name: str, args: tuple[object, ...]) -> None:
        if name == "page":
            raise ZeroDivisionError("12 Elm Street")

    space.search.search("polygraph")
    settle()
    desk._slow = broken
    space.reading.step_page(-1)
    settle()
    assert "ZeroDivisionError" in space.status.words
    assert "Elm" not in space.status.words


def test_an_empty_case_offers_to_import(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    desk.trove = {}
    space.refresh()
    settle()
    assert space._nothing.words.text() == "This case has no documents yet."
    with qtbot.waitSignal(space.import_asked):
        space._nothing.action.click()


def test_a_refresh_keeps_the_place(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    space.table.go(3)
    settle()
    document = space.coding.state.document
    assert document is not None
    new = FakeDocument("new.txt", DocumentType.TEXT, None, ("New.",))
    desk.trove = {new.id: new, **{each.id: each for each in documents()}}
    space.refresh()
    settle()
    assert space.table.currentIndex().row() == 4
    assert space.coding.state.document == document


def test_the_ledger_is_ticked_only_when_it_verifies(
    qtbot: QtBot, space: Workspace, settle: Settle, session: Session
) -> None:
    assert space.status._ledger.isVisible()
    space.check_ledger()
    settle()
    assert space.status.words == "The ledger verifies: 0 acts."
    space._show_ledger("The chain does not verify: an act is missing.")
    assert space.status._ledger.isHidden()
    assert space.status.words == "The chain does not verify: an act is missing."


def test_the_readers_sandbox_is_said_in_a_word(space: Workspace, settle: Settle) -> None:
    told = space.status._shut
    assert told.isHidden()
    for tier, words in (("full", "full"), ("landlock", "partial"), ("none", "none")):
        space.status.show_sandbox(tier)
        assert told.isVisible()
        assert told.text() == f"Sandbox: {words}"
    space.refresh_summary()
    settle()
    assert told.isHidden()
