"""The redaction editor: boxes by mouse and keys, texts, kinds, undo, keeping, a copy's verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencebox.model.redactions import Ask, Box
from evidencebox.ui.redact_dialog import RedactDialog
from evidencebox.ui.redaction_draft import Draft, moved
from evidencebox.ui.redaction_flow import RedactionFlow
from evidencebox.ui.redaction_page import RedactionPage
from evidencebox.ui.window import Window
from tests.ui.fake_desk import PASSPHRASE, FakeDesk
from tests.ui.fake_filing import OWN
from tests.ui.test_accessibility import unnamed
from tests.ui.waiting import settled

Key, Held, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, opened: Window) -> RedactionPage:
    assert opened.workspace is not None
    QTest.keyClick(opened.workspace.table, Key.Key_F8)
    made = opened.filing.redaction
    assert made is not None
    qtbot.waitUntil(lambda: made.before.has_picture)
    return made


@pytest.fixture
def flow(opened: Window, page: RedactionPage) -> RedactionFlow:
    made = opened.filing.redacting
    assert made is not None
    return made


def looked(qtbot: QtBot, window: Window, flow: RedactionFlow, desk: FakeDesk) -> None:
    """Until the sheet that is shown is that of the draft."""
    qtbot.waitUntil(lambda: desk.redactions.looked[-1][0] == flow.draft.ask)
    settled(qtbot, window)


def boxes(flow: RedactionFlow) -> list[Box]:
    return list(flow.draft.ask.boxes)


def test_a_box_is_drawn_by_mouse(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk
) -> None:
    sheet = page.before
    corner, size = sheet.sheet_area().topLeft(), sheet.sheet_area().size()
    end = corner + QPoint(size.width() // 2, size.height() // 4)
    QTest.mousePress(sheet, Left, pos=corner + QPoint(2, 2))
    QTest.mouseMove(sheet, end)
    QTest.mouseRelease(sheet, Left, pos=end)
    box = flow.draft.ask.boxes[0]
    assert (box.sheet, box.reason) == (1, "PII")
    assert box.left < 200
    assert 4_800 < box.right < 5_200
    assert 2_300 < box.bottom < 2_700
    looked(qtbot, opened, flow, desk)
    assert page.count.text() == "1 place on this sheet"
    QTest.mouseClick(sheet, Left, pos=corner + QPoint(size.width() - 3, size.height() - 3))
    assert len(flow.draft.ask.boxes) == 1
    QTest.mouseClick(sheet, Left, pos=corner + QPoint(10, 10))
    assert sheet.current == 0
    settled(qtbot, opened)


def test_a_box_is_made_moved_and_removed_by_keys(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk
) -> None:
    sheet = page.before
    sheet.setFocus()
    QTest.keyClick(sheet, Key.Key_N)
    first = flow.draft.ask.boxes[0]
    looked(qtbot, opened, flow, desk)
    QTest.keyClick(sheet, Key.Key_Right)
    QTest.keyClick(sheet, Key.Key_Down, Held.ControlModifier)
    QTest.keyClick(sheet, Key.Key_Right, Held.ShiftModifier)
    now = flow.draft.ask.boxes[0]
    assert (now.left, now.right) == (first.left + 100, first.right + 200)
    assert now.top == first.top + 10
    looked(qtbot, opened, flow, desk)
    QTest.keyClick(sheet, Key.Key_Delete)
    assert not boxes(flow)
    QTest.keyClick(sheet, Key.Key_Z, Held.ControlModifier)
    assert boxes(flow) == [now]
    both = Held.ControlModifier | Held.ShiftModifier
    QTest.keyClick(sheet, Key.Key_Z, both)
    assert not boxes(flow)
    looked(qtbot, opened, flow, desk)


def test_texts_come_by_typing_selecting_and_lists(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk,
    tmp_path: Path,
) -> None:  # fmt: skip
    page.tools.reason.setCurrentText("Name")
    page.tools.line.setText("Quill")
    QTest.keyClick(page.tools.line, Key.Key_Return)
    assert [(t.text, t.reason) for t in flow.draft.ask.terms] == [("Quill", "Name")]
    page.tools.selection.click()
    assert "Select a passage" in page.said.text()
    looked(qtbot, opened, flow, desk)
    cursor = page.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfLine, QTextCursor.MoveMode.KeepAnchor)
    page.text.setTextCursor(cursor)
    QTest.keyClick(page.text, Key.Key_Return, Held.ControlModifier)
    assert [t.text for t in flow.draft.ask.terms] == ["Quill", "lives here"]
    (tmp_path / "list.txt").write_text("4471\n\nQuill\n12 Elm  Street\n", "utf-8")
    flow.take_list(tmp_path / "list.txt")
    qtbot.waitUntil(lambda: len(flow.draft.ask.terms) == 4)
    assert flow.draft.ask.terms[3].text == "12 Elm Street"
    assert page.said.text() == "2 texts named."
    flow.take_list(tmp_path / "none.txt")
    qtbot.waitUntil(lambda: "cannot be read" in page.said.text())
    page.tools.list.setFocus()
    page.tools.list.setCurrentRow(1)
    QTest.keyClick(page.tools.list, Key.Key_Delete)
    assert len(flow.draft.ask.terms) == 3
    looked(qtbot, opened, flow, desk)


def test_hits_of_the_search_are_named(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk
) -> None:
    assert opened.workspace is not None
    document = next(iter(desk.trove))
    flow.open(document, "polygraph")
    settled(qtbot, opened)
    qtbot.waitUntil(page.tools.hits.isEnabled)
    page.tools.hits.click()
    qtbot.waitUntil(lambda: "polygraph" in [t.text.casefold() for t in flow.draft.ask.terms])
    looked(qtbot, opened, flow, desk)


def test_suggestions_are_said_to_be_some(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk
) -> None:
    item = page.tools.kinds.item(0)
    assert item.text().endswith("2 · 1 not decided")
    item.setCheckState(Qt.CheckState.Checked)
    assert flow.draft.ask.elements == ("ssn",)
    looked(qtbot, opened, flow, desk)
    assert page.count.text() == "1 place on this sheet · 1 only suggested, dotted"
    flow._but(desk.roster[0])
    assert page.tools.officer.text() == "Everybody but Quill, Dana"
    page.tools.nobody.click()
    assert flow.draft.ask.everyone_but is None
    page.tools.inverse.click()
    page.tools.lines.click()
    assert (flow.draft.ask.inverse, flow.draft.ask.lines) == (True, True)
    looked(qtbot, opened, flow, desk)


def test_a_plan_is_kept_and_found_again(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk
) -> None:
    assert not page.keep.isEnabled()
    assert not page.write.isEnabled()
    QTest.keyClick(page.before, Key.Key_PageDown, Held.ControlModifier)
    assert page.where.text() == "Sheet 2 of 2"
    flow._draw(100, 100, 900, 900)
    QTest.keyClick(page.before, Key.Key_S, Held.ControlModifier)
    qtbot.waitUntil(lambda: page.said.text() == "Redaction of EB-7Q2M4K kept")
    assert not flow.draft.dirty
    (document, ask) = next(iter(desk.redactions.kept.items()))
    assert ask.boxes == (Box(2, 100, 100, 900, 900, "PII"),)
    flow.open(document, "")
    qtbot.waitUntil(lambda: page.about.text() == "EB-7Q2M4K · kept: Robin · now")
    assert flow.draft.ask == ask
    page.tools.list.setCurrentRow(0)
    assert page.where.text() == "Sheet 2 of 2"
    assert unnamed(page) == []
    looked(qtbot, opened, flow, desk)


def write(qtbot: QtBot, opened: Window, flow: RedactionFlow, tmp_path: Path) -> RedactDialog:
    flow._name(["Quill"])
    settled(qtbot, opened)
    flow.write()
    dialog = opened.findChild(RedactDialog)
    assert isinstance(dialog, RedactDialog)
    assert unnamed(dialog) == []
    dialog.make.click()
    assert "passphrase" in dialog.problem.text()
    dialog.own.setText(OWN)
    dialog.place.setText("x.doc")
    dialog.make.click()
    assert ".pdf" in dialog.problem.text()
    dialog.place.setText(str(tmp_path / "x.pdf"))
    QTest.keyClick(dialog.own, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._stack.currentIndex() == 2)
    return dialog


def test_a_copy_is_written_with_its_verdict(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk,
    tmp_path: Path,
) -> None:  # fmt: skip
    dialog = write(qtbot, opened, flow, tmp_path)
    assert dialog.title.text() == "Written and checked"
    assert dialog.verdict.text().startswith("Checked")
    assert dialog.warnings.item(0).text() == "Look there."
    assert dialog.own.text() == ""
    assert [(out.name, why) for _, out, why in desk.redactions.written] == [("x.pdf", None)]
    assert not flow.draft.dirty
    dialog.accept()
    settled(qtbot, opened)


def test_a_failed_check_cannot_be_overlooked(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk,
    tmp_path: Path,
) -> None:  # fmt: skip
    desk.redactions.problem = "Sheet 1 still shows something. Nothing was written."
    dialog = write(qtbot, opened, flow, tmp_path)
    assert dialog.title.text() == "NOTHING WAS WRITTEN"
    assert dialog.title.property("role") == "alarm"
    assert dialog.verdict.text().startswith("Sheet 1 still shows")
    assert not dialog.folder.isVisible()
    assert flow.draft.dirty
    opened.lock()
    assert opened.filing.redaction is None
    qtbot.waitUntil(lambda: not opened.findChildren(RedactionPage))


def test_a_lock_takes_no_draft(
    qtbot: QtBot, opened: Window, page: RedactionPage, flow: RedactionFlow, desk: FakeDesk
) -> None:
    flow._name(["Quill"])
    wanted = flow.draft.ask
    opened.lock()
    assert wanted in desk.redactions.drafts.values()
    opened.doors.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.workspace is not None)
    settled(qtbot, opened)
    document = next(iter(desk.redactions.drafts))
    opened.filing.show_redaction(document)
    again = opened.filing.redacting
    assert again is not None
    qtbot.waitUntil(lambda: again.draft.ask == wanted)
    assert again.draft.dirty
    again.keep()
    qtbot.waitUntil(lambda: desk.redactions.drafts[document] is None)
    settled(qtbot, opened)


def test_a_box_stays_within_its_sheet() -> None:
    box = Box(1, 9_000, 0, 9_900, 500)
    right = moved(box, 500, -500, grow=False)
    assert (right.left, right.right, right.top) == (9_100, 10_000, 0)
    small = moved(box, -5_000, 20_000, grow=True)
    assert (small.right, small.bottom) == (9_060, 10_000)


def test_a_draft_forgets_what_was_undone() -> None:
    draft = Draft()
    assert not draft.add_box(Box(1, 0, 0, 10, 10))
    draft.add_terms(["a", "a", " b  c "], "PII")
    assert [t.text for t in draft.ask.terms] == ["a", "b c"]
    draft.toggle_kind("ssn", True)
    assert draft.step(-1)
    draft.drop_term(0)
    assert not draft.step(1)
    assert [t.text for t in draft.ask.terms] == ["b c"]
    draft.begin(Ask())
    assert draft.empty
    assert not draft.can(-1)
