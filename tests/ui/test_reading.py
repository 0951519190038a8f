from __future__ import annotations

from dataclasses import replace

import pytest

from evidencebox.model.documents import Layer, Page
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor
from evidencebox.model.views import PageHead
from evidencebox.ui.marks import Marks
from evidencebox.ui.reading import (
    anchor_words,
    head_of,
    marks,
    passage,
    read_document,
    version_of,
)
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def document(desk: FakeDesk) -> DocumentId:
    return next(iter(desk.trove))


def test_opens_on_the_first_hit(desk: FakeDesk, document: DocumentId) -> None:
    opened = read_document(desk, "polygraph", document)
    assert opened.page is not None
    assert opened.page.number == 2
    assert [hit.page for hit in opened.hits] == [2, 2, 3]


def test_opens_on_the_first_page_where_there_is_no_hit(
    desk: FakeDesk, document: DocumentId
) -> None:
    opened = read_document(desk, "", document)
    assert opened.page is not None
    assert opened.page.number == 1
    assert opened.hits == ()


def test_a_document_without_pages_opens_too(desk: FakeDesk) -> None:
    broken = next(each.id for each in desk.trove.values() if not each.pages)
    assert read_document(desk, "polygraph", broken).page is None


def test_the_first_text_layer_comes_before_ocr(desk: FakeDesk, document: DocumentId) -> None:
    view = desk.document(document)
    ocr, text = PageHead(1, "", Layer.OCR, 9), PageHead(1, "", Layer.TEXT, 9)
    assert head_of(replace(view, pages=(ocr, text)), 1) is text
    assert head_of(replace(view, pages=(ocr,)), 1) is ocr
    assert head_of(view, 99) is None


def test_marks_of_a_page(desk: FakeDesk, document: DocumentId) -> None:
    opened = read_document(desk, "polygraph", document)
    second, third = desk.page(document, 2), desk.page(document, 3)
    first, last = opened.hits[1], opened.hits[2]
    assert marks(opened, second, 1).current == 1
    assert marks(opened, second, 1).hits[1] == (first.start, first.end)
    only = Marks(((last.start, last.end),), before=2, all_hits=3)
    assert marks(opened, third, 1) == only
    assert only.words(0) == "Search: hit 3 of 3"


def test_tagged_passages_are_marked_where_their_offsets_count(
    desk: FakeDesk, document: DocumentId
) -> None:
    view, page = desk.document(document), desk.page(document, 2)
    part = passage(view, page, 7, 20)
    desk.tag(Anchor(document, 2, part), desk.roster[0].id, Harm.LOW)
    opened = read_document(desk, "", document)
    assert marks(opened, page, None).tagged == ((7, 20),)
    longer = replace(page, text=f"A new first line.\n{page.text}")
    assert marks(opened, longer, None).tagged == ((25, 38),)
    assert marks(opened, replace(page, text=page.text * 2), None).tagged == ((7, 20),)
    assert marks(opened, replace(page, text="-" + page.text * 2), None).tagged == ()
    assert marks(opened, replace(page, number=3), None).tagged == ()
    assert marks(opened, Page(1, "x"), None).tagged == ()


def test_version_and_words(desk: FakeDesk, document: DocumentId) -> None:
    view = desk.document(document)
    assert version_of(view) == 3
    assert version_of(replace(view, record=replace(view.record, metadata={}))) == 0
    part = passage(view, desk.page(document, 2), 0, 2)
    assert anchor_words(Anchor(document)) == "document"
    assert anchor_words(Anchor(document, 2)) == "p. 2"
    assert anchor_words(Anchor(document, 2, part)) == "passage on p. 2"
