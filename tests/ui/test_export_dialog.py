"""The export dialog: scope with its count, levels, warnings, progress, verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from evidencebox.model.exports import Pii, Request
from evidencebox.model.ids import DocumentId
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.export_scope import Around
from evidencebox.ui.export_words import warning
from evidencebox.ui.session import Session
from evidencebox.ui.window import Window
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_filing import OWN
from tests.ui.test_accessibility import unnamed

DOCUMENT = DocumentId("ab" * 32)


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path) -> ExportDialog:
    made = ExportDialog(session, Around("polygraph", (DOCUMENT,), DOCUMENT, tmp_path), "persons")
    qtbot.addWidget(made)
    made.show()
    counted(qtbot, made)
    return made


def counted(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: dialog.form.scope.mistake() != "" or bool(dialog.kinds.count()))
    qtbot.waitUntil(lambda: "document" in dialog.form.scope.count.text())


def choose(dialog: ExportDialog, kind: str) -> None:
    names = [each.name for each in dialog._kinds]
    dialog.kinds.setCurrentRow(names.index(kind))


def rescope(dialog: ExportDialog, scope: str) -> None:
    box = dialog.form.scope.scope
    box.setCurrentIndex(box.findData(scope))
    box.activated.emit(box.currentIndex())


def test_the_search_on_screen_is_the_scope_and_is_counted(
    qtbot: QtBot, dialog: ExportDialog, desk: FakeDesk
) -> None:
    scope = dialog.form.scope
    assert scope.query.text() == "polygraph"
    assert scope.count.text() == "1 document"
    assert desk.exports.asked[-1].query == "polygraph"
    rescope(dialog, "all")
    assert scope.count.text() == "Counting…"
    qtbot.waitUntil(lambda: scope.count.text() == "3 documents")
    rescope(dialog, "marked")
    qtbot.waitUntil(lambda: desk.exports.asked[-1].documents == (DOCUMENT,))
    rescope(dialog, "search")
    scope.query.setText("(")
    qtbot.waitUntil(lambda: "bracket" in scope.count.text())
    assert dialog.form.mistake()


def test_each_kind_asks_for_what_it_needs(qtbot: QtBot, dialog: ExportDialog) -> None:
    form = dialog.form
    offered = {form.scope.scope.itemData(n) for n in range(form.scope.scope.count())}
    assert offered == {"all", "search", "marked", "open", "exhibits", "person"}
    assert form.level.count() == 3
    choose(dialog, "loadfile")
    assert form.scope.scope.findData("all") == -1
    assert form.natives.isVisible()
    assert form.form.currentData() == "concordance"
    assert not form.level.isVisible()
    choose(dialog, "dossier")
    assert form.mistake() == "Choose an officer."
    choose(dialog, "exhibits")
    assert not form.scope.scope.isEnabled()


def test_the_warning_says_what_leaves_and_how(dialog: ExportDialog, tmp_path: Path) -> None:
    form = dialog.form
    assert form.warning.text().startswith("Names, particulars")
    form.level.setCurrentIndex(form.level.findData(Pii.COUNTS))
    form.level.activated.emit(form.level.currentIndex())
    assert form.warning.text().startswith("Numbers alone")
    assert "unencrypted" in form.warning.text()
    form.encrypt.setChecked(True)
    assert "encrypted" in form.warning.text()
    assert "unencrypted" not in form.warning.text()
    with_natives = Request("loadfile", tmp_path, natives=True)
    assert "attackers" in warning(with_natives)
    assert warning(with_natives).startswith("Pages of the documents")


def test_a_form_is_chosen_copied_and_looked_at(
    qtbot: QtBot,
    dialog: ExportDialog,
    desk: FakeDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = dialog.form
    shown = [form.form.itemText(at) for at in range(form.form.count())]
    assert shown == ["As EvidenceBox comes", "letters"]
    form.form.setCurrentIndex(1)
    form.form.activated.emit(1)
    qtbot.waitUntil(lambda: desk.exports.forms == [("persons", "letters")])
    assert form.request().profile == "letters"
    copy = tmp_path / "lists-mine.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    form._copy_form()
    qtbot.waitUntil(lambda: form.request().profile == str(copy))
    assert copy.read_text() == "# persons letters"
    bad = tmp_path / "bad.toml"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    form._choose_form()
    qtbot.waitUntil(lambda: "names no column" in form.problem.text())
    assert form.request().profile is None
    choose(dialog, "exhibits")
    assert form.form.itemText(0) == "As it is stamped in this case"


def test_nothing_leaves_without_what_it_needs(
    qtbot: QtBot, dialog: ExportDialog, desk: FakeDesk, tmp_path: Path
) -> None:
    form = dialog.form
    dialog.make.click()
    assert "passphrase of the case" in form.problem.text()
    form.own.setText("wrong")
    form.encrypt.setChecked(True)
    form.first.setText("short")
    dialog.make.click()
    assert "eight characters" in form.problem.text()
    form.encrypt.setChecked(False)
    form.place.setText(str(tmp_path))
    dialog.make.click()
    assert "never overwrites" in form.problem.text()
    form.place.setText(str(tmp_path / "new"))
    QTest.keyClick(form.own, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.problem.text() == "That is not your passphrase.")
    assert dialog._stack.currentIndex() == 0
    assert (form.own.text(), form.first.text(), desk.exports.made) == ("", "", [])


def test_sealed_documents_stay_out_or_need_a_reason(
    qtbot: QtBot, dialog: ExportDialog, desk: FakeDesk
) -> None:
    desk.exports.sealed = 2
    rescope(dialog, "all")
    scope = dialog.form.scope
    qtbot.waitUntil(lambda: scope.count.text() == "3 documents · 2 are sealed")
    assert dialog.form.request().without_sealed
    assert scope.left_out() == "2 sealed documents"
    scope.sealed.setCurrentIndex(1)
    scope.sealed.activated.emit(1)
    assert scope.reason.isVisible()
    assert "Give a reason" in dialog.form.mistake()
    scope.reason.setText("For the filing")
    assert dialog.form.request().unseal == "For the filing"
    assert scope.left_out() == "nothing"
    desk.exports.lead = False
    rescope(dialog, "all")
    qtbot.waitUntil(lambda: not scope.sealed.isEnabled())
    qtbot.waitUntil(lambda: scope.count.text().startswith("3"))
    assert dialog.form.request().unseal is None


def export(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.form.own.setText(OWN)
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog._stack.currentWidget() is dialog.outcome)


def test_a_finished_export_is_verified(
    qtbot: QtBot, dialog: ExportDialog, desk: FakeDesk, tmp_path: Path
) -> None:
    with qtbot.waitSignal(dialog.changed) as heard:
        export(qtbot, dialog)
    assert heard.args == ["Exported: Persons to notify."]
    assert desk.exports.made[0].out == tmp_path / "persons"
    outcome = dialog.outcome
    assert outcome.title.text() == "Exported and verified"
    assert outcome.verdict.text() == "Verified: all 3 files are exactly as they were made."
    assert outcome.head.text() == "cd" * 32
    assert not outcome.wrong.isVisible()
    assert unnamed(dialog) == []


def test_a_bad_verdict_cannot_be_overlooked(
    qtbot: QtBot, dialog: ExportDialog, desk: FakeDesk
) -> None:
    desk.exports.wrong = (("persons.csv", "It was altered."),)
    export(qtbot, dialog)
    outcome = dialog.outcome
    assert outcome.title.text() == "The export does not verify"
    assert outcome.verdict.text().startswith("DO NOT HAND THIS OUT")
    assert outcome.wrong.item(0).text() == "persons.csv: It was altered."
    assert not outcome.head.isVisible()


def test_the_dialog_opens_by_key_and_goes_with_the_case(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    assert opened.workspace is not None
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(opened.workspace.table, Qt.Key.Key_E, both)
    qtbot.waitUntil(lambda: opened.findChild(ExportDialog) is not None)
    dialog = opened.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    qtbot.waitUntil(lambda: dialog.kinds.count() == 4)
    assert unnamed(dialog) == []
    opened.lock()
    qtbot.waitUntil(lambda: not opened.findChildren(ExportDialog))
