"""The pages in small beside the page as it looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from evidencebox.model.documents import DocumentType
from evidencebox.ui.page_strip import PageStrip, StripModel
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk, FakeDocument
from tests.ui.waiting import Settle

Open = Callable[[FakeDocument], None]
MANY = FakeDocument(
    "many.pdf", DocumentType.PDF, None, tuple(f"text of sheet {n}" for n in range(1, 61))
)
OTHER = FakeDocument("other.pdf", DocumentType.PDF, None, ("one", "two"))
SINGLE = FakeDocument("single.pdf", DocumentType.PDF, None, ("only",))
FAX = FakeDocument("fax.tif", DocumentType.IMAGE, None, ("first", "second"))
LETTER = FakeDocument("letter.docx", DocumentType.WORD, None, ("Elm", "Street"))


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk([MANY, OTHER, SINGLE, FAX, LETTER])


@pytest.fixture
def opened(space: Workspace, settle: Settle) -> Open:
    """Opens a document, with the strip beside its page."""

    def do(document: FakeDocument) -> None:
        space.open_document(document.id)
        settle()
        if not space.layouts.strip.on:
            QTest.keyClick(space, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
            settle()

    return do


def small(desk: FakeDesk) -> list[tuple[object, object]]:
    """Document and page of the pictures in small that were asked for."""
    calls = [args for name, args in desk.calls if name == "picture"]
    return [(args[0], args[1]) for args in calls if isinstance(args[2], int) and args[2] <= 168]


def strip_of(space: Workspace) -> PageStrip:
    return space.viewer.page.strip


def test_only_pages_in_sight_are_drawn(
    desk: FakeDesk, space: Workspace, opened: Open, settle: Settle
) -> None:
    opened(MANY)
    strip = strip_of(space)
    assert strip.isVisible()
    assert space.viewer.tab == "Page"
    first = small(desk)
    pages = [page for _, page in first]
    assert pages == list(range(1, len(pages) + 1))
    assert 2 <= len(pages) < 20
    desk.calls.clear()
    strip.verticalScrollBar().setValue(strip.verticalScrollBar().maximum())
    settle()
    assert (MANY.id, 60) in small(desk)
    assert len(small(desk)) < 20
    desk.calls.clear()
    strip.verticalScrollBar().setValue(0)
    settle()
    assert small(desk) == []


def test_a_click_and_the_arrows_go_to_a_page(
    space: Workspace, opened: Open, settle: Settle
) -> None:
    opened(MANY)
    strip = strip_of(space)
    place = strip.visualRect(strip.pages.index(1)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert space.reading.page[0] == 2
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Down)
    settle()
    assert space.reading.page[0] == 3
    QTest.keyClick(strip, Qt.Key.Key_End)
    settle()
    assert space.viewer.pages.words == "page 60 of 60"
    space.reading.step_page(-1)
    settle()
    assert strip.currentIndex().row() == 58


def test_it_is_remembered_and_the_menu_knows_it(
    space: Workspace, opened: Open, settle: Settle, preferences: Preferences
) -> None:
    opened(MANY)
    kept = preferences.layout("thumbnail")
    assert kept is not None
    assert bytes(kept.data()) == b"on"
    named = {action.text().split("\t")[0]: action for action in space.top.menu.actions()}
    named["Page thumbnails"].trigger()
    settle()
    assert strip_of(space).isHidden()
    assert strip_of(space).pages.numbers == ()


def test_it_stands_only_where_there_are_several_pages(space: Workspace, opened: Open) -> None:
    opened(MANY)
    for document, there in ((SINGLE, False), (OTHER, True), (LETTER, False)):
        opened(document)
        assert strip_of(space).isHidden() is not there
    assert strip_of(space).pages.numbers == ()


def test_it_is_blurred_as_the_page_is(space: Workspace, opened: Open) -> None:
    opened(FAX)
    seen = [strip_of(space).veiled]
    space.viewer.page.veil(False)
    seen.append(strip_of(space).veiled)
    opened(OTHER)
    opened(FAX)
    assert [*seen, strip_of(space).veiled] == [True, False, True]


def test_it_is_turned_and_grey_as_the_page_is(space: Workspace, opened: Open) -> None:
    opened(MANY)
    strip, page = strip_of(space), space.viewer.page
    first = QImage(30, 60, QImage.Format.Format_RGB888)
    first.fill(QColor("red"))
    first.setPixelColor(0, 0, QColor("blue"))
    strip.pages.put(1, first)
    page.turn()
    turned = strip.face(0)
    assert turned is not None
    assert (turned.width(), turned.height()) == (60, 30)
    assert turned.pixelColor(59, 0) == QColor("blue")
    page._grey.click()
    grey = strip.face(0)
    assert grey is not None
    assert grey.isGrayscale()
    strip.dress(True, True, 90)
    veiled = strip.face(0)
    assert veiled is not None
    assert veiled.width() <= 12
    page._grey.click()
    opened(OTHER)
    assert (strip.veiled, strip.grey, strip.rotation) == (False, False, 0)


def test_nothing_stays_of_a_document_that_is_closed(
    space: Workspace, opened: Open, desk: FakeDesk
) -> None:
    opened(MANY)
    space.reading.close()
    space.layouts.strip._take(1, desk.picture(MANY.id, 1, 84, ()))
    assert strip_of(space).pages.numbers == ()


def test_what_cannot_be_drawn_is_asked_for_once(
    desk: FakeDesk, space: Workspace, opened: Open
) -> None:
    desk.undrawn = "The drive is not there."
    opened(OTHER)
    assert small(desk) == [(OTHER.id, 1), (OTHER.id, 2)]
    assert space.viewer.page.words == desk.undrawn


def test_the_model_keeps_its_promises(qtbot: QtBot) -> None:
    model = StripModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_pages([1, 2, 5])
    model.put(5, QImage(4, 4, QImage.Format.Format_RGB888))
    assert (model.drawn(0), model.drawn(2), model.image(0)) == (False, True, None)
    assert model.index(2).data(Qt.ItemDataRole.AccessibleTextRole) == "Page 5"
    assert model.data(QModelIndex()) is None
    model.show_pages(range(1, 500))
    for number in range(1, 500):
        model.put(number, None)
    assert not model.drawn(0)
    assert model.drawn(498)
    del tester


def test_it_is_named(space: Workspace, opened: Open) -> None:
    opened(MANY)
    face = QAccessible.queryAccessibleInterface(strip_of(space))
    assert face.text(QAccessible.Text.Name) == "Page thumbnails"
