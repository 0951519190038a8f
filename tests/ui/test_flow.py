"""Lines that break, and labels that are cut, where letters are large or panes narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.documents import DocumentType
from evidencebox.ui.elided import Elided
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.theme import Theme
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk, FakeDocument
from tests.ui.test_languages import clipped

LONG = "A worksheet of a very long name that no head of a page has room for at any size"
SCAN = FakeDocument(
    "scan.pdf", DocumentType.PDF, None, ("", ""), recognised=("owes $18,240 Quill", "x y")
)
SHEET = replace(
    FakeDocument("list.xlsx", DocumentType.SHEET, None, ("name\tbadge\nQuill\t4471\n",)), label=LONG
)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk([SCAN, SHEET])


def line_of(*widths: int, pushed: int = 0) -> tuple[QWidget, list[QWidget]]:
    holder, parts = QWidget(), []
    layout = FlowLayout(holder, 10)
    for number, width in enumerate(widths):
        if pushed and number == len(widths) - pushed:
            layout.push()
        part = QWidget()
        part.setFixedSize(width, 20)
        layout.addWidget(part)
        parts.append(part)
    return holder, parts


def corners(holder: QWidget, parts: list[QWidget], width: int) -> list[tuple[int, int]]:
    layout = holder.layout()
    assert layout is not None
    holder.resize(width, layout.heightForWidth(width))
    layout.activate()
    return [(part.x(), part.y()) for part in parts]


def test_what_is_pushed_stands_at_the_end_of_its_line(qtbot: QtBot) -> None:
    holder, parts = line_of(50, 60, 40, pushed=1)
    qtbot.addWidget(holder)
    assert corners(holder, parts, 300) == [(0, 0), (60, 0), (260, 0)]
    assert corners(holder, parts, 150) == [(0, 0), (60, 0), (110, 30)]
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert corners(holder, parts, 300) == [(250, 0), (180, 0), (0, 0)]


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder, parts = line_of(50, 60, 40)
    qtbot.addWidget(holder)
    parts[1].hide()
    assert corners(holder, parts, 100)[2] == (60, 0)


def test_what_is_cut_is_still_to_be_had(qtbot: QtBot) -> None:
    made = Elided()
    qtbot.addWidget(made)
    made.setText(LONG)
    made.resize(made.sizeHint())
    made.show()
    cut = [made.cut]
    made.resize(90, 20)
    assert [*cut, made.cut] == [False, True]
    assert QLabel.text(made).endswith("…")
    assert (made.text(), made.accessibleName()) == (LONG, LONG)
    assert made.minimumSizeHint().width() < 60


@pytest.fixture
def large(theme: Theme) -> Iterator[Callable[[int], None]]:
    def to(percent: int) -> None:
        theme.enlarge(percent)
        QApplication.processEvents()

    yield to
    theme.enlarge(100)


@pytest.mark.parametrize("percent", [150, 200])
def test_the_head_of_the_viewer_is_whole(
    space: Workspace, large: Callable[[int], None], qtbot: QtBot, percent: int
) -> None:
    large(percent)
    viewer = space.viewer
    for document, tab in ((SCAN, "Page"), (SCAN, "Text"), (SHEET, "Text"), (SHEET, "Cells")):
        space.open_document(document.id)
        qtbot.waitUntil(lambda: not space.session.busy)
        viewer.choose_tab(tab)
        for width in (1000, 620, 480):
            viewer.setFixedWidth(width)
            QApplication.processEvents()
            cut = [words for words in clipped(viewer) if words not in (LONG, viewer._title.text())]
            assert cut == [], (tab, width)
            inside = [b for b in viewer.findChildren(QPushButton) if b.isVisible()]
            ends = [b.mapTo(viewer, b.rect().bottomRight()).x() for b in inside]
            assert max(ends) <= width, (tab, width)
