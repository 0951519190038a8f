"""Pages as they look, and sheets as cells, over the fake desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from evidencebox.model.documents import DocumentType, Layer, Page, Span, Status
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.layout import cell_starts, cells, headers
from evidencebox.model.review import Anchor
from evidencebox.model.views import DocumentView
from evidencebox.ui.cell_marks import CellMarks
from evidencebox.ui.cells_view import CellsModel, column_name
from evidencebox.ui.highlights import LegendChip
from evidencebox.ui.marks import DATA, PEOPLE, Marks
from evidencebox.ui.reading import passage
from evidencebox.ui.tokens import LIGHT
from evidencebox.ui.viewer import RECOGNISED
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk, FakeDocument
from tests.ui.waiting import Settle

BLACK = QColor("black")
SCANNED = FakeDocument("scan.pdf", DocumentType.PDF, None, ("",), recognised=("blurred words",))
REPORT = FakeDocument(
    "report.pdf", DocumentType.PDF, None, ("first page", "Elm and Elm again", "last page")
)
PHOTO = FakeDocument("photo.jpg", DocumentType.IMAGE, None, ("",))
SHEET = FakeDocument("list.xlsx", DocumentType.SHEET, None, ("name\tbadge\nQuill\t4471\tx\n",))
LETTER = FakeDocument("letter.docx", DocumentType.WORD, None, ("Elm Street",))


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk([LETTER, REPORT, PHOTO, SHEET, SCANNED])


@pytest.fixture
def opened(space: Workspace, settle: Settle) -> Callable[[FakeDocument], None]:
    def do(document: FakeDocument) -> None:
        space.open_document(document.id)
        settle()

    return do


def asked(desk: FakeDesk) -> list[tuple[object, ...]]:
    return [args for name, args in desk.calls if name == "picture"]


def tabs(space: Workspace) -> list[str]:
    return [name for name, tab in space.viewer._tab.items() if not tab.isHidden()]


def shot(space: Workspace) -> QImage:
    return space.viewer.page.paper.grab().toImage()


def corner(space: Workspace) -> QColor:
    """A pixel at the edge of the page's black corner, as it is on screen."""
    area = space.viewer.page.paper.page_area()
    at = area.topLeft() + QPoint(area.width() // 10 - 4, 6)
    return shot(space).pixelColor(at)


def veiled(space: Workspace) -> bool:
    return space.viewer.page.veiled


# --- which tabs there are -----------------------------------------------------------------------


def test_each_document_has_the_tabs_it_can_fill(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    about = ["Metadata", "Family", "History"]
    for document, own in (
        (LETTER, ["Text"]),
        (REPORT, ["Page", "Text"]),
        (PHOTO, ["Page", "Text"]),
        (SHEET, ["Cells", "Text"]),
    ):
        opened(document)
        assert tabs(space) == own + about


def test_the_tab_that_was_chosen_stays_where_it_can(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    opened(REPORT)
    assert space.viewer.tab == "Text"
    space.viewer.choose_tab("Page")
    for document, tab in ((LETTER, "Text"), (PHOTO, "Page"), (SHEET, "Text"), (REPORT, "Page")):
        opened(document)
        assert space.viewer.tab == tab
    space.viewer.choose_tab("History")
    opened(LETTER)
    assert space.viewer.tab == "History"


def test_a_picture_without_words_opens_as_it_looks(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    opened(PHOTO)
    assert space.viewer.tab == "Page"


def test_tabs_have_keys(
    space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(REPORT)
    for key, tab in ((Qt.Key.Key_1, "Page"), (Qt.Key.Key_2, "Text"), (Qt.Key.Key_5, "History")):
        QTest.keyClick(space, key, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert space.viewer.tab == tab
    QTest.keyClick(space, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert space.viewer.tab == "History"


# --- drawing ------------------------------------------------------------------------------------


def test_nothing_is_drawn_that_nobody_looks_at(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(REPORT)
    assert asked(desk) == []
    space.viewer.choose_tab("Page")
    settle()
    (ask,) = asked(desk)[-1:]
    assert ask[:2] == (REPORT.id, 1)
    assert ask[2] == space.viewer.page.width_wanted
    assert corner(space) == BLACK


def test_it_asks_once_for_the_same_picture(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(REPORT)
    space.viewer.choose_tab("Page")
    settle()
    desk.calls.clear()
    space.viewer.choose_tab("Text")
    space.viewer.choose_tab("Page")
    space.reading.refresh()
    settle()
    assert asked(desk) == []
    assert space.viewer.page.words == ""


def test_hits_are_boxed_and_the_current_one_has_a_frame(
    desk: FakeDesk, space: Workspace, settle: Settle
) -> None:
    space.viewer.choose_tab("Page")
    space.search.search("Elm")
    settle()
    space.open_document(REPORT.id)
    settle()
    assert asked(desk)[-1][1:2] + asked(desk)[-1][3:4] == (2, ((0, 3), (8, 11)))
    paper = space.viewer.page.paper
    first = paper.spot()
    image = shot(space)
    assert image.pixelColor(first.center()) == QColor(LIGHT.hit)
    edge = [image.pixelColor(first.left() + n, first.center().y()) for n in range(-2, 3)]
    assert any(pixel.blue() > pixel.red() + 60 for pixel in edge)
    desk.calls.clear()
    space.reading.step_hit(1)
    settle()
    assert paper.spot().top() > first.top()
    assert asked(desk) == []


def test_exposed_data_are_boxed_and_switched_off(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    desk.trove[REPORT.id] = replace(REPORT, pages=("owes $18,240", *REPORT.pages))
    opened(REPORT)
    space.viewer.choose_tab("Page")
    settle()
    assert {ask[3] for ask in asked(desk)} == {((5, 12),)}  # never first without
    page = space.viewer.page
    (at,) = [box for _, box in page.paper._boxes()]
    assert shot(space).pixelColor(at.center().toPoint()) == QColor(LIGHT.exposed)
    (chip,) = [each for each in page.findChildren(LegendChip) if each.name == DATA]
    assert chip.accessibleName() == "Highlights: Exposed data, 1 on this page, shown"
    chip.click()
    settle()
    assert asked(desk)[-1][3] == ()
    assert not space.viewer.legend.chips[DATA].isChecked()


def test_a_scan_is_boxed_or_says_why_not(
    space: Workspace,
    opened: Callable[[FakeDocument], None],
    desk: FakeDesk,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    desk.trove[SCANNED.id] = replace(SCANNED, recognised=("owes $18,240",))
    space.viewer.choose_tab("Page")
    page = space.viewer.page
    opened(SCANNED)
    assert asked(desk)[-1][3] == ((5, 12),)
    assert [box.height() for _, box in page.paper._boxes()] != []
    assert page.unplaced.isHidden()
    desk.placeless = True
    opened(REPORT)
    assert page.unplaced.isHidden()
    opened(SCANNED)
    assert page.paper._boxes() == []
    assert page.unplaced.isVisible()
    with qtbot.waitSignal(space.again_asked) as heard:
        page.unplaced.way.click()
    assert heard.args == [SCANNED.id]
    space.viewer.legend.chips[DATA].click()
    settle()
    assert page.unplaced.isHidden()


def test_a_hit_on_a_scan_is_gone_to(desk: FakeDesk, space: Workspace, settle: Settle) -> None:
    desk.trove[SCANNED.id] = replace(SCANNED, pages=("", ""), recognised=("no such", "two words"))
    space.viewer.choose_tab("Page")
    space.search.search("words")
    settle()
    space.open_document(SCANNED.id)
    settle()
    assert space.reading.page == (2, Layer.OCR)
    assert asked(desk)[-1][1:2] + asked(desk)[-1][3:4] == (2, ((4, 9),))
    assert not space.viewer.page.paper.spot().isEmpty()


def test_people_are_boxed_and_named(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    who = desk.roster[0]
    desk.trove[REPORT.id] = replace(REPORT, pages=(f"{who.last} owes $18,240",))
    space.viewer.choose_tab("Page")
    opened(REPORT)
    paper = space.viewer.page.paper
    (_, person), (_, datum) = paper._boxes()
    image = shot(space)
    assert image.pixelColor(person.center().toPoint()) == QColor(LIGHT.officer)
    foot = [image.pixelColor(person.center().toPoint().x(), y) for y in ends(person)]
    assert min(pixel.red() for pixel in foot) < 110  # the line, not the ground
    assert paper.said_at(person.center().toPoint()) == f"Officer: {who.name}"
    assert paper.said_at(datum.center().toPoint()) == "Exposed data: Postal address"
    assert paper.said_at(QPoint(0, 0)) == ""
    space.viewer.legend.chips[PEOPLE].click()
    settle()
    assert len(paper._boxes()) == 1


def ends(box: QRectF) -> range:
    return range(round(box.bottom()) - 2, round(box.bottom()) + 3)


def test_pages_are_turned_over_in_step_with_the_text(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(REPORT)
    space.viewer.choose_tab("Page")
    space.reading.step_page(1)
    settle()
    assert asked(desk)[-1][1] == 2
    assert space.viewer.pages.words == "page 2 of 3"
    assert "again" in space.viewer.text.toPlainText()


def test_a_page_is_gone_to_by_its_number(
    space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(REPORT)
    space.viewer.focus_content()
    pages = space.viewer.pages
    for typed, shown in (("3", "page 3 of 3"), ("77", "page 3 of 3"), ("1", "page 1 of 3")):
        QTest.keyClick(space, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        assert pages.line.hasFocus()
        QTest.keyClicks(pages.line, typed)
        QTest.keyClick(pages.line, Qt.Key.Key_Return)
        settle()
        assert pages.words == shown
        assert pages.line.isHidden()
        assert space.viewer.text.hasFocus()
    QTest.mouseClick(pages._words, Qt.MouseButton.LeftButton)
    QTest.keyClicks(pages.line, "x2")
    assert pages.line.text() == "2"
    QTest.keyClick(pages.line, Qt.Key.Key_Escape)
    settle()
    assert pages.words == "page 1 of 3"
    assert pages._words.isVisible()
    pages.ask()
    opened(PHOTO)
    assert pages.line.isHidden()
    pages.ask()
    assert pages.line.isHidden()


def test_tagged_passages_are_dotted_on_the_page(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    part = passage(desk.document(REPORT.id), desk.page(REPORT.id, 1), 0, 5)
    desk.tag(Anchor(REPORT.id, 1, part), desk.roster[0].id, Harm.LOW)
    space.viewer.choose_tab("Page")
    opened(REPORT)
    assert asked(desk)[-1][3] == ((0, 5),)
    paper = space.viewer.page.paper
    ((_, box),) = paper._boxes()
    assert paper.said_at(box.center().toPoint()) == "Tagged passage"
    image = shot(space)
    foot = [
        image.pixelColor(x, round(box.bottom())) for x in range(int(box.left()), int(box.right()))
    ]
    assert any(pixel.blue() > pixel.red() + 60 for pixel in foot)
    assert image.pixelColor(box.center().toPoint()) == QColor("white")


def test_size_and_turn(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(REPORT)
    space.viewer.choose_tab("Page")
    settle()
    page = space.viewer.page
    assert page.zoom_words == "Fit"
    page.full_size()
    settle()
    ratio = page.devicePixelRatioF()
    assert asked(desk)[-1][2] == round(600 * ratio)
    assert page.paper.page_area().width() == 600
    space.viewer.zoom(10)
    settle()
    assert space.viewer._zoom.text() == "110 %"
    assert page.paper.page_area().width() == 660
    page.turn()
    settle()
    assert asked(desk)[-1][4] == 90
    page.fit()
    settle()
    assert asked(desk)[-1][2] == page.width_wanted
    opened(LETTER)
    opened(REPORT)
    assert page.rotation == 0


def test_in_grey(space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle) -> None:
    opened(REPORT)
    space.viewer.choose_tab("Page")
    settle()
    space.viewer.page._grey.click()
    shown = space.viewer.page.paper._shown
    assert shown is not None
    assert shown.image.format() is QImage.Format.Format_Grayscale8


# --- discretion ---------------------------------------------------------------------------------


def test_a_picture_is_blurred_until_it_is_clicked(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    opened(PHOTO)
    page = space.viewer.page
    assert veiled(space)
    assert page._hint.isVisible()
    assert corner(space) != BLACK
    veil = page.paper._veil
    assert veil is not None
    assert veil.width() <= 12
    middle = page.paper.page_area().center()
    QTest.mouseClick(page.paper, Qt.MouseButton.LeftButton, pos=middle)
    assert not veiled(space)
    assert corner(space) == BLACK
    page._blur.click()
    assert veiled(space)


def test_a_key_shows_and_blurs_it(space: Workspace, opened: Callable[[FakeDocument], None]) -> None:
    opened(PHOTO)
    space.viewer.focus_content()
    QTest.keyClick(space.viewer.page.ground, Qt.Key.Key_V)
    assert not veiled(space)
    QTest.keyClick(space.viewer.page.ground, Qt.Key.Key_V)
    assert veiled(space)


def test_the_next_picture_is_blurred_again_but_not_a_coded_one(
    space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(PHOTO)
    space.viewer.page.veil(False)
    space.reading.refresh()
    settle()
    assert not space.viewer.page.veiled
    opened(LETTER)
    opened(PHOTO)
    assert space.viewer.page.veiled


@pytest.fixture
def covered(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> FakeDocument:
    """A report that is sealed until a lead opens it."""
    known = desk.document

    def view(document: DocumentId) -> DocumentView:
        return replace(known(document), sealed=("minor",) if document in desk.sealed else ())

    monkeypatch.setattr(desk, "document", view)
    desk.sealed.add(REPORT.id)
    return REPORT


def test_that_a_document_is_sealed_is_told_until_the_next_one_is_shown(
    covered: FakeDocument,
    space: Workspace,
    opened: Callable[[FakeDocument], None],
    settle: Settle,
) -> None:
    opened(covered)
    settle()
    assert space.status.words.startswith("Sealed (Minor): name, text and pictures are covered.")
    opened(PHOTO)
    settle()
    assert space.status.words == ""
    opened(covered)
    settle()
    space.status.say("Something else was done")
    opened(PHOTO)
    settle()
    assert space.status.words == "Something else was done"


def test_what_a_lead_opens_is_drawn_again(
    covered: FakeDocument,
    desk: FakeDesk,
    space: Workspace,
    opened: Callable[[FakeDocument], None],
    settle: Settle,
) -> None:
    opened(covered)
    space.viewer.choose_tab("Page")
    settle()
    before = space.reading.sealed
    desk.calls.clear()
    space.unsealing._open("the complaint of 12 May")
    settle()
    assert (before, space.reading.sealed) == (("minor",), ())
    assert [ask[:2] for ask in asked(desk)] == [(REPORT.id, 1)]


def test_pages_of_a_pdf_are_not_blurred(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    opened(REPORT)
    assert space.viewer.page._blur.isHidden()
    space.viewer.page.toggle_veil()
    assert not space.viewer.page.veiled


def test_closing_leaves_no_pixel(
    space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    opened(PHOTO)
    space.reading.close()
    assert space.viewer.page.paper._shown is None
    assert space.viewer.page._image.isNull()
    assert space.viewer.page._picture is None


# --- states -------------------------------------------------------------------------------------


def test_what_cannot_be_drawn_is_said_and_asked_again_later(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    desk.undrawn = "The trove is not there; plug its drive in."
    opened(REPORT)
    space.viewer.choose_tab("Page")
    settle()
    assert space.viewer.page.words == desk.undrawn
    desk.undrawn = ""
    space.viewer.choose_tab("Text")
    space.viewer.choose_tab("Page")
    settle()
    assert space.viewer.page.words == ""


def test_what_could_not_be_read_says_why_on_its_page(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    reason = "The PDF is protected by a password; none is known."
    desk.trove[REPORT.id] = replace(REPORT, pages=(), reason=reason)
    space.viewer.choose_tab("Page")
    opened(REPORT)
    assert space.viewer.page.words == reason
    assert space.viewer._notice.text() == reason


def test_what_is_locked_offers_passwords(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], qtbot: QtBot
) -> None:
    locked = replace(REPORT, pages=(), status=Status.ENCRYPTED, reason="It is protected.")
    desk.trove[REPORT.id] = locked
    opened(REPORT)
    assert space.viewer.locked.isVisible()
    with qtbot.waitSignal(space.passwords_asked):
        space.viewer.locked.way.click()
    opened(LETTER)
    assert space.viewer.locked.isHidden()


def test_our_bug_is_said_in_its_place(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    def broken(name: str, args: tuple[object, ...]) -> None:
        if name == "picture":
            raise ZeroDivisionError("12 Elm Street")

    opened(REPORT)
    desk._slow = broken
    space.viewer.choose_tab("Page")
    settle()
    assert "could not be drawn" in space.viewer.page.words
    assert "Elm" not in space.viewer.page.words


def test_every_control_of_the_page_has_a_name(space: Workspace) -> None:
    assert all(each.accessibleName() for each in space.viewer.page.findChildren(QPushButton))


# --- recognised text ----------------------------------------------------------------------------


def test_recognised_text_stands_in_for_a_page_without_any(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    opened(SCANNED)
    assert space.viewer.tab == "Text"
    assert space.viewer.text.toPlainText() == "blurred words"
    assert RECOGNISED in space.viewer._title.text()
    assert space.viewer.text._unsure == [(0, 7)]


def test_hits_in_recognised_text_are_marked_there(
    desk: FakeDesk, space: Workspace, settle: Settle
) -> None:
    space.search.search("words")
    settle()
    space.viewer.choose_tab("Page")
    space.open_document(SCANNED.id)
    settle()
    assert space.viewer.text._hits == [(8, 13)]
    assert asked(desk)[-1][3] == ((8, 13),)


STAMPED = FakeDocument(
    "stamped.pdf", DocumentType.PDF, None, ("PX-12",), recognised=("PX-12 and the words of it",)
)


def test_both_layers_of_a_page_can_be_read(
    desk: FakeDesk, space: Workspace, opened: Callable[[FakeDocument], None], settle: Settle
) -> None:
    desk.trove[STAMPED.id] = STAMPED
    opened(STAMPED)
    assert space.viewer.text.toPlainText() == "PX-12 and the words of it"
    assert space.viewer._layer.text() == "Show its own text"
    space.viewer._layer.click()
    settle()
    assert space.viewer.text.toPlainText() == "PX-12"
    assert RECOGNISED not in space.viewer._title.text()
    space.viewer._layer.click()
    settle()
    assert RECOGNISED in space.viewer._title.text()
    opened(REPORT)
    assert space.viewer._layer.isHidden()


def test_hits_are_walked_through_both_layers(
    desk: FakeDesk, space: Workspace, settle: Settle
) -> None:
    desk.trove[STAMPED.id] = STAMPED
    space.search.search("PX-12")
    settle()
    space.open_document(STAMPED.id)
    settle()
    assert space.viewer.hits.words == "hit 1 of 2"
    assert space.viewer.text.toPlainText() == "PX-12"
    space.reading.step_hit(1)
    settle()
    assert space.viewer.hits.words == "hit 2 of 2"
    assert "words of it" in space.viewer.text.toPlainText()
    assert space.viewer.text._current == (0, 5)


def test_unsure_words_are_underlined_with_dots(qtbot: QtBot, space: Workspace) -> None:
    text = space.viewer.text
    text.show_text("sure unsure")
    space.viewer.show_tab("Text")
    before = text.viewport().grab().toImage()
    text.show_marks(Marks(unsure=((5, 11),)))
    assert text.viewport().grab().toImage() != before


# --- cells and headers --------------------------------------------------------------------------


def test_a_sheet_is_shown_as_cells(
    space: Workspace, opened: Callable[[FakeDocument], None]
) -> None:
    opened(SHEET)
    space.viewer.choose_tab("Cells")
    model = space.viewer.cells.cells
    rows = [
        [model.index(r, c).data() for c in range(model.columnCount())]
        for r in range(model.rowCount())
    ]
    assert rows == [["name", "badge", ""], ["Quill", "4471", "x"]]
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["A", "B", "C"]
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_marks_stand_in_their_cells(
    desk: FakeDesk, space: Workspace, settle: Settle, qtbot: QtBot
) -> None:
    desk.trove[SHEET.id] = replace(
        SHEET, pages=("name\towes\n" * 60 + "Quill\t$18,240\tx Quill\n",)
    )
    space.viewer.choose_tab("Cells")
    space.search.search("Quill")
    settle()
    space.open_document(SHEET.id)
    settle()
    view = space.viewer.cells
    assert view._painter.framed == (60, 0)
    assert view.viewport().rect().contains(view.spot().center())
    assert view.cells.marks.words((60, 0)) == "Search: hit 1 of 2\nOfficer: Quill, Dana"
    said = view.cells.index(60, 1).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Exposed data: Postal address"
    assert view.cells.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) is None
    image = view.viewport().grab().toImage()
    rect = view.visualRect(view.cells.index(60, 1))
    assert image.pixelColor(rect.topRight() + QPoint(-4, 4)) == QColor(LIGHT.exposed)
    space.reading.step_hit(1)
    settle()
    assert view._painter.framed == (60, 2)
    QTest.keyClick(view, Qt.Key.Key_I)
    assert view._painter.framed == (60, 0)
    assert space.viewer._sheet_title.text() == "Page 1"
    space.viewer.choose_tab("Text")


def test_a_stretch_over_cells_is_in_each_of_them() -> None:
    marks = CellMarks([[7, 9, 12], [15, 20]])
    assert marks.cells((10, 16)) == [(0, 1), (0, 2), (1, 0)]
    assert marks.cells((0, 3)) == []
    assert marks.cells((2, 7)) == []
    assert marks.cells((30, 40)) == [(1, 1)]


def test_cells_are_as_many_as_the_longest_row_has(qapp: QApplication) -> None:
    model = CellsModel()
    model.show_rows([["a"], [], ["b", "c\u202e"]])
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    assert model.index(2, 1).data() == "c\u27e6U+202E\u27e7"
    model.show_rows([])
    assert (model.rowCount(), model.columnCount()) == (0, 0)


@pytest.mark.parametrize(
    ("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_are_named_as_in_any_sheet(number: int, name: str) -> None:
    assert column_name(number) == name


def test_rows_of_a_page() -> None:
    text = "Budget\na\tb\n\t2\n"
    page = Page(1, text, spans=(Span(0, 6, "sheet"),))
    assert cells(page) == [["a", "b"], ["", "2"]]
    assert cells(Page(1, "")) == []
    assert cells(Page(2, "only")) == [["only"]]
    assert cell_starts(page) == [[7, 9], [11, 12]]
    assert [text[start] for start in (7, 9, 12)] == ["a", "b", "2"]
    assert cell_starts(Page(1, "")) == []


def test_names_of_headers() -> None:
    text = "From: Dana\nTo: Luis\n\nHello: no header"
    apart = (Span(0, 11, "mail_header"), Span(11, 20, "mail_header"), Span(21, 30, "note"))
    for spans in (apart, (Span(0, 20, "mail_header"),)):
        page = Page(1, text, layer=Layer.TEXT, spans=spans)
        assert [text[start:end] for start, end in headers(page)] == ["From:", "To:"]
    timed = Page(1, "Date: 10:00\nRe: x", spans=(Span(0, 17, "mail_header"),))
    assert headers(timed) == [(0, 5), (12, 15)]
