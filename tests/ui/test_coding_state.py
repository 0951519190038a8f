from __future__ import annotations

import pytest

from evidencebox.model.documents import Page
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import QUOTE_CONTEXT, Anchor
from evidencebox.ui.coding_state import CodingState, Scope
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def document(desk: FakeDesk) -> DocumentId:
    return next(iter(desk.trove))


@pytest.fixture
def state(desk: FakeDesk, document: DocumentId) -> CodingState:
    made = CodingState()
    made.show(desk.document(document))
    made.show_page(desk.page(document, 2))
    return made


def code(desk: FakeDesk, state: CodingState, harm: Harm = Harm.HIGH) -> None:
    """What the window does with a digit."""
    anchor = state.anchor()
    assert anchor is not None
    assert state.officer is not None
    desk.tag(anchor, state.officer.id, harm, state.categories, state.note)
    state.show(desk.document(anchor.document))


def test_without_a_document_there_is_nothing_to_code() -> None:
    state = CodingState()
    assert state.anchor() is None
    assert state.rows() == []
    assert state.scopes == {Scope.DOCUMENT}


def test_a_chosen_officer_waits_for_a_level(desk: FakeDesk, state: CodingState) -> None:
    state.choose_officer(desk.roster[0])
    (row,) = state.rows()
    assert (row.officer, row.tag) == (desk.roster[0], None)
    code(desk, state)
    (row,) = state.rows()
    assert row.tag is not None
    assert row.tag.tag.harm is Harm.HIGH


def test_scopes_make_different_tags(
    desk: FakeDesk, state: CodingState, document: DocumentId
) -> None:
    state.choose_officer(desk.roster[0])
    code(desk, state)
    state.choose_scope(Scope.PAGE)
    assert state.tag() is None
    code(desk, state, Harm.LOW)
    assert {tag.anchor for tag in desk.tags} == {Anchor(document), Anchor(document, 2)}


def test_a_selection_becomes_the_scope_and_its_passage_can_be_found_again(
    desk: FakeDesk, state: CodingState, document: DocumentId
) -> None:
    text = desk.page(document, 2).text
    start = text.index("drug use")
    state.select((start, start + 8))
    anchor = state.anchor()
    assert state.scope is Scope.PASSAGE
    assert anchor is not None
    assert anchor.passage is not None
    assert (anchor.page, anchor.passage.quote, anchor.passage.version) == (2, "drug use", 3)
    assert anchor.passage.before == text[start - QUOTE_CONTEXT : start]
    assert anchor.passage.after == text[start + 8 : start + 8 + QUOTE_CONTEXT]


def test_taking_the_selection_back_takes_the_scope_back(state: CodingState) -> None:
    state.select((0, 4))
    state.select(None)
    assert state.scope is Scope.DOCUMENT
    assert Scope.PASSAGE not in state.scopes


def test_another_page_drops_the_passage_but_not_a_pinned_tag(
    desk: FakeDesk, state: CodingState, document: DocumentId
) -> None:
    state.select((0, 4))
    state.choose_officer(desk.roster[0])
    code(desk, state)
    state.focus(state.rows()[0])
    state.show_page(Page(1, "Another page"))
    anchor = state.anchor()
    assert anchor is not None
    assert anchor.passage is not None
    assert anchor.page == state.page_number == 2
    state.choose_scope(Scope.PAGE)
    assert state.anchor() == Anchor(document, 1)


def test_a_focused_tag_brings_its_categories_and_note(
    desk: FakeDesk, state: CodingState, document: DocumentId
) -> None:
    desk.tag(Anchor(document), desk.roster[1].id, Harm.LOW, ("finances",), "because")
    state.show(None)
    state.show(desk.document(document))
    assert state.officer == desk.roster[1]
    assert (state.categories, state.note) == (("finances",), "because")


def test_an_undone_tag_leaves_its_officer_focused(
    desk: FakeDesk, state: CodingState, document: DocumentId
) -> None:
    state.choose_officer(desk.roster[0])
    code(desk, state)
    state.focus(state.rows()[0])
    desk.undo()
    state.show(desk.document(document))
    assert state.tag() is None
    assert [row.tag for row in state.rows()] == [None]
    assert state.anchor() == Anchor(document)


def test_another_document_starts_anew(desk: FakeDesk, state: CodingState) -> None:
    state.choose_officer(desk.roster[0])
    state.categories, state.note = ("finances",), "old"
    state.show(desk.document(list(desk.trove)[1]))
    left = (state.officer, list(state.categories), state.note)
    assert left == (None, [], "")
