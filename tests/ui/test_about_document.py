"""The Family tab: the thread of a message under a heading of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.documents import DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import DocumentView, ResultRow
from evidencebox.ui import about_document
from evidencebox.ui.about_document import FamilyPage
from evidencebox.ui.theme import Theme
from evidencebox.ui.viewer import Viewer
from tests.ui.fake_desk import FakeDesk, documents

HEADING = "In the same thread"


@pytest.fixture
def page(qtbot: QtBot) -> FamilyPage:
    made = FamilyPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_tab_in_the_back_is_drawn_when_it_comes_to_the_front(page: FamilyPage) -> None:
    page.hide()
    page.show_document(view(message(1, "Range & day")))
    assert words(page) == []
    page.show()
    assert words(page) == [HEADING]
    page.hide()
    page.show_document(view())
    page.clear()
    page.show()
    assert words(page) == []


def message(number: int, name: str, date: str | None = "2019-05-01T08:00:00Z") -> ResultRow:
    document = DocumentId(f"{number:064x}")
    return ResultRow(document, f"EB-{number}", name, date, DocumentType.MAIL, (), None, False)


def view(*thread: ResultRow, more: int = 0) -> DocumentView:
    made = FakeDesk().document(documents()[1].id)
    return replace(made, thread=thread, thread_more=more)


def content(page: FamilyPage) -> QWidget:
    made = page.widget()
    assert made is not None
    return made


def words(page: FamilyPage) -> list[str]:
    return [each.text() for each in content(page).findChildren(QLabel)]


def links(page: FamilyPage) -> list[QPushButton]:
    found = content(page).findChildren(QPushButton)
    return [each for each in found if each.text() != "More like this"]


def test_a_line_above_a_sealed_document_says_why_and_who_may_open_it(
    theme: Theme, qtbot: QtBot
) -> None:
    viewer = Viewer(theme)
    qtbot.addWidget(viewer)

    def said(shown: DocumentView) -> str:
        viewer.show_document(shown)
        return "\n".join(e.text() for e in viewer.findChildren(QLabel) if not e.isHidden())

    covered = said(replace(view(), sealed=("minor",)))
    assert "Sealed (Minor)" in covered
    assert "A lead may open it" in covered
    assert "Sealed" not in said(view())


def test_the_other_messages_of_a_thread_open(page: FamilyPage, qtbot: QtBot) -> None:
    page.show_document(view(message(1, "Range & day"), message(2, "Re:\nRange", None)))
    assert words(page) == [HEADING]
    assert [link.text() for link in links(page)] == ["2019-05-01 Range && day", "Re:\u23ceRange"]
    with qtbot.waitSignal(page.opened) as opened:
        links(page)[1].click()
    assert opened.args == [message(2, "").document]


def test_long_subjects_and_long_threads_are_cut(
    page: FamilyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about_document, "MOST", 2)
    page.show_document(view(*(message(n, "a" * 5_000) for n in range(3)), more=4))
    assert words(page) == [HEADING, "and 5 more"]
    assert [len(link.text()) for link in links(page)] == [about_document.LONGEST_LINK + 2] * 2


def test_without_a_thread_there_is_no_heading(page: FamilyPage) -> None:
    page.show_document(view())
    assert words(page) == ["This document stands alone."]
