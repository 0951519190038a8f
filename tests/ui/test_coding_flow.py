"""Suggestions with Y and X, labels, repeating, marks and batches, by key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.coding import BatchPreview
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.model.suggestions import Answer
from evidencebox.ui.batch_dialog import BatchDialog, preview_words
from evidencebox.ui.keys import Choice
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.waiting import Settle

Key = Qt.Key


def press(widget: QWidget, *keys: Qt.Key) -> None:
    widget.setFocus()
    for key in keys:
        QTest.keyClick(widget, key)


def names(space: Workspace) -> list[str]:
    return [line.suggested.officer.last for line in space.coding.suggestions.lines]


def dialog_of(qtbot: QtBot, space: Workspace, settle: Settle) -> BatchDialog:
    qtbot.waitUntil(lambda: space.findChild(BatchDialog) is not None)
    settle()
    found = space.findChild(BatchDialog)
    assert isinstance(found, BatchDialog)
    return found


def test_suggestions_are_dotted_with_their_reason(space: Workspace, settle: Settle) -> None:
    assert names(space) == ["Quill", "Ortega"]
    rows = space.coding.suggestions
    assert rows._reason.text() == "Surname Quill after a rank."
    assert rows.lines[0].accessibleName() == (
        "Suggested: Quill, Dana, #4471 · p. 2. Surname Quill after a rank."
    )


def test_y_accepts_and_a_digit_then_codes_that_officer(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    document = space.coding.state.document
    press(space.table, Key.Key_Y)
    settle()
    assert names(space) == ["Ortega"]
    assert desk.answers == {(document, desk.roster[0].id): Answer.SAME}
    press(space.table, Key.Key_3)
    settle()
    (tag,) = desk.tags
    assert (tag.officer, tag.harm) == (desk.roster[0].id, Harm.HIGH)


def test_x_and_u_answer_too_and_the_answer_can_hold_elsewhere(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    press(space.table, Key.Key_X)
    settle()
    offer = space.coding.suggestions.offer
    assert offer.text() == "Answer alike in 1 other document"
    offer.click()
    settle()
    assert desk.rules == {desk.roster[0].id: Answer.DIFFERENT}
    assert offer.isHidden()
    press(space.table, Key.Key_U)
    settle()
    assert Answer.UNSURE in desk.answers.values()
    assert names(space) == []


def test_buttons_of_a_suggestion_name_the_chosen_keys(space: Workspace, settle: Settle) -> None:
    settle()
    rows = space.coding.suggestions
    rows.show_keys(Choice({"reject": "Alt+X"}))
    assert [each.text() for each in rows.lines[0]._buttons] == ["Y", "Alt+X", "U"]
    assert rows.lines[0]._buttons[1].accessibleName().startswith("Alt+X: ")


def test_another_document_has_its_own_suggestions(space: Workspace, settle: Settle) -> None:
    space.table.go(1)
    settle()
    assert space.coding.suggestions.isHidden()
    space.table.go(3)
    settle()
    assert names(space) == ["Quill", "Ortega"]


def test_a_click_on_a_suggestion_goes_to_its_page(space: Workspace, settle: Settle) -> None:
    assert space.reading.page[0] == 1
    space.coding.suggestions.lines[1].click()
    settle()
    assert space.reading.page[0] == 2
    assert space.coding.suggestions.current is not None
    assert space.coding.suggestions.current.officer.last == "Ortega"


def test_r_codes_like_the_last(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    press(space.table, Key.Key_R)
    assert space.status.words.startswith("There is nothing to repeat yet")
    press(space.table, Key.Key_Y)
    settle()
    press(space.table, Key.Key_2)
    settle()
    space.table.go(4)
    settle()
    press(space.table, Key.Key_R)
    settle()
    assert [(t.anchor.document, t.harm) for t in desk.tags] == [
        (space.model.ids[0], Harm.MEDIUM),
        (space.model.ids[4], Harm.MEDIUM),
    ]


def test_f_asks_for_a_second_look_and_takes_it_back(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    document = space.model.ids[0]
    press(space.table, Key.Key_F)
    settle()
    assert desk.state.labels == {(document, "second look")}
    chip = next(c for c in space.coding.labels.chips if "Second look" in c.text())
    assert chip.isChecked()
    press(space.table, Key.Key_F)
    settle()
    assert desk.state.labels == frozenset()


def test_an_issue_code_is_typed(space: Workspace, settle: Settle, desk: FakeDesk) -> None:
    labels = space.coding.labels
    labels.chips[-1].click()
    QTest.keyClicks(labels.line, "Issue 7")
    QTest.keyClick(labels.line, Key.Key_Return)
    settle()
    assert {name for _, name in desk.state.labels} == {"issue 7"}
    assert any("Issue 7" in chip.text() for chip in labels.chips)


def test_marks_stay_and_are_said(space: Workspace, settle: Settle) -> None:
    press(space.table, Key.Key_Space, Key.Key_J, Key.Key_Space)
    assert space.model.marked == space.model.ids[:2]
    spoken = space.model.data(space.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Marked, To do"
    press(space.table, Key.Key_Space)
    assert space.model.marked == space.model.ids[:1]


def test_a_batch_shows_its_conflicts_and_is_one_undo(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    quill = desk.roster[0]
    desk.tag(Anchor(space.model.ids[1]), quill.id, Harm.HIGH)
    space.refresh()
    settle()
    press(space.table, Key.Key_Space, Key.Key_J, Key.Key_Space, Key.Key_B)
    dialog = dialog_of(qtbot, space, settle)
    assert dialog.which.value == "2 marked"
    dialog.picker.picked.emit(quill)
    dialog.cards.pressed.emit(Harm.LOW)
    settle()
    assert dialog.said.text() == ("New for this officer: 1. 1 already High: keep or overwrite?")
    assert dialog.go.text() == "Code 1 document"
    dialog.conflict.choose("Overwrite")
    settle()
    assert dialog.go.text() == "Code 2 documents"
    dialog.go.click()
    settle()
    assert [tag.harm for tag in desk.tags] == [Harm.LOW, Harm.LOW]
    assert space.model.marked == ()
    space.status.undone.emit()
    settle()
    assert [tag.harm for tag in desk.tags] == [Harm.HIGH]


def test_a_batch_may_be_all_that_was_found(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    press(space.table, Key.Key_B)
    dialog = dialog_of(qtbot, space, settle)
    assert dialog.said.text().startswith("Harm needs an officer")
    assert not dialog.go.isEnabled()
    dialog.what.choose("Mark reviewed")
    assert dialog.go.text() == f"Mark {len(desk.trove)} documents"
    dialog.go.click()
    settle()
    assert desk.state.reviewed == set(desk.trove)


def test_a_refused_batch_says_why_in_the_dialog(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    press(space.table, Key.Key_B)
    dialog = dialog_of(qtbot, space, settle)
    dialog.what.choose("Label")
    dialog.name.setText("privileged")
    dialog.go.click()
    settle()
    assert {name for _, name in desk.state.labels} == {"privileged"}


def test_duplicates_and_family_are_coded_alike(
    qtbot: QtBot, space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    press(space.table, Key.Key_Y)
    settle()
    press(space.table, Key.Key_4)
    settle()
    rows = space.coding.kin
    assert rows.isVisible()
    buttons = {each.accessibleName(): each for each in rows.findChildren(QPushButton)}
    buttons["Code alike: Family"].click()
    dialog = dialog_of(qtbot, space, settle)
    assert dialog.go.text() == "Code 2 documents"
    dialog.go.click()
    settle()
    assert [tag.harm for tag in desk.tags] == [Harm.VERY_HIGH] * 3


def test_a_proposal_says_why_and_decides_nothing(
    space: Workspace, settle: Settle, desk: FakeDesk
) -> None:
    line = space.coding.proposal
    assert line.words.text() == "Quill, Dana · Proposed 3 High: polygraph, p. 2."
    assert line.why.isHidden()
    line.ask.click()
    assert line.why.text() == "+2  a polygraph\n+1  a finding"
    assert desk.tags == []
    press(space.table, Key.Key_Y)
    settle()
    assert line.words.text() == "Proposed 3 High: polygraph, p. 2."
    space.table.go(5)
    settle()
    assert line.isHidden()


def test_a_preview_in_words() -> None:
    shown = BatchPreview(520, 470, 5, ((Harm.HIGH, 37), (Harm.LOW, 8)), 3)
    assert preview_words(shown) == (
        "New for this officer: 470. Coded so already: 5. "
        "37 already High, 8 already Low: keep or overwrite? Sealed among them: 3."
    )
