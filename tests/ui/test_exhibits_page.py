"""The exhibits' page: order by key and by dragging, what is said of each, stamps on the sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencebox.ui.exhibit_dialog import ExhibitDialog, WithdrawDialog
from evidencebox.ui.exhibits_model import ExhibitsModel
from evidencebox.ui.exhibits_page import ExhibitsPage
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.theme import Theme
from evidencebox.ui.window import Window
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_accessibility import unnamed
from tests.ui.waiting import settled

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def page(qtbot: QtBot, opened: Window) -> ExhibitsPage:
    assert opened.workspace is not None
    QTest.keyClick(opened.workspace.table, Key.Key_F7)
    made = opened.filing.exhibits
    assert made is not None
    qtbot.waitUntil(lambda: made.stamps.sheet.has_picture)
    return made


def texts(page: ExhibitsPage, column: int) -> list[str]:
    return [str(page.model.index(n, column).data()) for n in range(page.model.rowCount())]


def test_the_list_says_all_of_each(page: ExhibitsPage) -> None:
    assert texts(page, 0) == ["PX-1", "PX-2", "PX-3"]
    assert texts(page, 2)[:2] == ["PLF-000000001 – PLF-000000002", "at the first build"]
    assert texts(page, 3) == ["all", "1–3, 7", "all"]
    assert texts(page, 4) == ["Offered 2026-11-20", "–", "Withdrawn: twice"]
    assert texts(page, 6)[0] == "Confidential · Redacted"
    assert page.count.text() == "2 exhibits"
    assert unnamed(page) == []


def test_a_cell_is_spoken_with_its_row_and_column(theme: Theme, desk: FakeDesk) -> None:
    model = ExhibitsModel(theme)
    model.show(desk.exhibits.rows()[1:])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "PX-2, Exhibit: PX-2"


def test_rows_move_by_key_and_by_dragging(
    qtbot: QtBot, opened: Window, page: ExhibitsPage, desk: FakeDesk
) -> None:
    QTest.keyClick(page.table, Key.Key_Up, Held.AltModifier)
    settled(qtbot, opened)
    assert desk.exhibits.order == ["PX-1", "PX-2"]
    QTest.keyClick(page.table, Key.Key_Down, Held.AltModifier)
    qtbot.waitUntil(lambda: texts(page, 0)[:2] == ["PX-2", "PX-1"])
    assert page.current is not None
    assert page.current.number == "PX-1"
    data = page.model.mimeData([page.model.index(1, 0)])
    move = Qt.DropAction.MoveAction
    assert not page.model.dropMimeData(data, move, 0, 0, QModelIndex())
    qtbot.waitUntil(lambda: texts(page, 0)[:2] == ["PX-1", "PX-2"])
    assert desk.exhibits.calls.count(("reorder", "PX-1", "PX-2")) == 1
    settled(qtbot, opened)


def test_what_is_said_of_one_is_said_once(
    qtbot: QtBot, opened: Window, page: ExhibitsPage, desk: FakeDesk
) -> None:
    line = page.lines["admitted"]
    line.setFocus()
    QTest.keyClicks(line, "2026-11-23")
    QTest.keyClick(line, Key.Key_Return)
    page.table.setFocus()
    qtbot.waitUntil(lambda: texts(page, 4)[0] == "Admitted 2026-11-23")
    said = [call for call in desk.exhibits.calls if call[0] == "change"]
    assert said == [("change", "PX-1", "admitted", "2026-11-23")]
    assert page.said.text() == "PX-1 changed"
    settled(qtbot, opened)


def test_a_click_on_the_sheet_places_a_stamp(
    qtbot: QtBot, opened: Window, page: ExhibitsPage, desk: FakeDesk
) -> None:
    sheet = page.stamps.sheet
    corner = sheet.sheet_area().topLeft()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=corner + QPoint(5, 5))
    qtbot.waitUntil(lambda: desk.exhibits.choice.sticker_position == "top left")
    qtbot.waitUntil(lambda: page.stamps.sticker.currentData() == "top left")
    qtbot.waitUntil(lambda: ("sheet", "PX-1", 1, "top left") in desk.exhibits.calls)
    page.stamps.bates_here.click()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=corner + QPoint(5, 5))
    qtbot.waitUntil(lambda: "cover the Bates number" in page.said.text())
    assert desk.exhibits.choice.bates_position == "bottom right"
    qtbot.waitUntil(lambda: page.stamps.bates.currentData() == "bottom right")
    assert page.stamps.digits.text() == "9"
    page.stamps.digits.setText("7")
    page.stamps.digits.editingFinished.emit()
    qtbot.waitUntil(lambda: desk.exhibits.choice.bates_digits == 7)
    page.stamps.legend.setText("CONFIDENTIAL")
    page.stamps.legend.editingFinished.emit()
    qtbot.waitUntil(lambda: desk.exhibits.choice.legend == "CONFIDENTIAL")
    settled(qtbot, opened)


def test_sheets_turn_and_a_refusal_is_said(
    qtbot: QtBot, opened: Window, page: ExhibitsPage, desk: FakeDesk
) -> None:
    assert page.stamps.where.text() == "Sheet 1 of 2"
    QTest.keyClick(page.table, Key.Key_PageDown, Held.ControlModifier)
    qtbot.waitUntil(lambda: page.stamps.where.text() == "Sheet 2 of 2")
    page.go(1)
    qtbot.waitUntil(lambda: page.stamps.sheet.words == "EB-7Q2M4K is sealed.")
    settled(qtbot, opened)


def test_withdrawing_needs_a_reason(
    qtbot: QtBot, opened: Window, page: ExhibitsPage, desk: FakeDesk
) -> None:
    page.withdraw.click()
    dialog = opened.findChild(WithdrawDialog)
    assert isinstance(dialog, WithdrawDialog)
    assert unnamed(dialog) == []
    assert not dialog.withdraw.isEnabled()
    dialog.reason.setText("Filed twice")
    dialog.withdraw.click()
    qtbot.waitUntil(lambda: ("change", "PX-1", "withdrawn", "Filed twice") in desk.exhibits.calls)
    settled(qtbot, opened)


def test_the_open_document_becomes_an_exhibit(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    space = opened.workspace
    assert space is not None
    QTest.keyClick(space.table, Key.Key_E, Held.ControlModifier)
    qtbot.waitUntil(lambda: opened.findChild(ExhibitDialog) is not None)
    dialog = opened.findChild(ExhibitDialog)
    assert isinstance(dialog, ExhibitDialog)
    assert unnamed(dialog) == []
    assert dialog.number.text() == "PX-4"
    assert "already: PX-1" in dialog.about.text()
    dialog.number.setText("PX-3")
    dialog.add.click()
    qtbot.waitUntil(lambda: "for life" in dialog.problem.text())
    dialog.number.setText("PX-9")
    dialog.pages.setText("1-2")
    dialog.add.click()
    wanted = ("add", "1-2", "PX-9", "Letter, 2019", True)
    qtbot.waitUntil(lambda: wanted in desk.exhibits.calls)
    qtbot.waitUntil(lambda: "is PX-9" in space.status.words)
    settled(qtbot, opened)


def test_the_book_is_built_by_the_export_dialog(
    qtbot: QtBot, opened: Window, page: ExhibitsPage
) -> None:
    QTest.keyClick(page.table, Key.Key_B, Held.ControlModifier)
    dialog = opened.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    qtbot.waitUntil(lambda: dialog.form.title.text() == "Exhibit book")
    settled(qtbot, opened)
    dialog.reject()
    with qtbot.waitActive(opened):
        opened.activateWindow()
    QTest.keyClick(page.table, Key.Key_Escape)
    assert opened.workspace is not None
    assert opened.workspace.isVisible()
    opened.lock()
    assert opened.filing.exhibits is None
