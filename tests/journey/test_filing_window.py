"""From a document to a verified book and a kept redaction through the window, on a real case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox import app
from evidencebox.export import check
from evidencebox.services import case as cases
from evidencebox.services import exhibits, exporting, redacting
from evidencebox.services.ingest import Options, ingest
from evidencebox.ui.exhibit_dialog import ExhibitDialog
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.window import Window

PASSPHRASE = "harbour lights at dusk"
REPORT = "In the polygraph Det. Dana Quill disclosed past drug use. Badge 4471.\n"
PATIENCE = 60_000
Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trove").mkdir()
    (tmp_path / "trove" / "report.txt").write_text(REPORT, encoding="utf-8")
    made, _ = cases.create(tmp_path / "Harbour.evidencebox", "Robin", PASSPHRASE)
    try:
        ingest(made, tmp_path / "trove", Options(workers=1), lambda _: None, lambda: False)
    finally:
        made.close()
    return tmp_path / "Harbour.evidencebox"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, folder: Path) -> Iterator[Window]:
    theme = Theme(qapp, Mode.LIGHT)
    made = Window(theme, Preferences(tmp_path / "desk.ini"), app.open_desk, app.create_desk)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.doors.ask(folder)
    made.doors.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: made.workspace is not None, timeout=PATIENCE)
    space = made.workspace
    assert space is not None
    qtbot.waitUntil(lambda: space.reading.document is not None, timeout=PATIENCE)
    settled(qtbot, made)
    yield made
    made.close()
    theme.deleteLater()


def settled(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(
        lambda: window.session is not None and not window.session.busy, timeout=PATIENCE
    )


def redact(qtbot: QtBot, window: Window) -> None:
    """A text by typing, a box by a key; kept by Ctrl+S."""
    assert window.workspace is not None
    QTest.keyClick(window.workspace.table, Key.Key_F8)
    page = window.filing.redaction
    assert page is not None
    qtbot.waitUntil(lambda: page.before.has_picture, timeout=PATIENCE)
    QTest.keyClicks(page.tools.line, "Quill")
    QTest.keyClick(page.tools.line, Key.Key_Return)
    qtbot.waitUntil(lambda: page.count.text() == "1 place on this sheet", timeout=PATIENCE)
    page.before.setFocus()
    QTest.keyClick(page.before, Key.Key_N)
    qtbot.waitUntil(lambda: page.count.text() == "2 places on this sheet", timeout=PATIENCE)
    QTest.keyClick(page.before, Key.Key_S, Held.ControlModifier)
    qtbot.waitUntil(lambda: page.said.text().endswith(" kept"), timeout=PATIENCE)
    QTest.keyClick(page.before, Key.Key_Escape)


def make_exhibit(qtbot: QtBot, window: Window) -> None:
    assert window.workspace is not None
    QTest.keyClick(window.workspace.table, Key.Key_E, Held.ControlModifier)
    qtbot.waitUntil(lambda: window.findChild(ExhibitDialog) is not None, timeout=PATIENCE)
    dialog = window.findChild(ExhibitDialog)
    assert isinstance(dialog, ExhibitDialog)
    dialog.description.setText("Report of Det. Quill")
    QTest.keyClick(dialog.description, Key.Key_Return)
    settled(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.workspace.table, Key.Key_F7)
    page = window.filing.exhibits
    assert page is not None
    qtbot.waitUntil(lambda: page.stamps.sheet.has_picture, timeout=PATIENCE)
    assert page.model.rows[0].marks == ("redacted",)


def export(qtbot: QtBot, window: Window, kind: str, out: Path) -> ExportDialog:
    window.filing.show_export(kind)
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    count = dialog.form.scope.count
    qtbot.waitUntil(lambda: count.text() == "1 document", timeout=PATIENCE)
    dialog.form.place.setText(str(out))
    QTest.keyClicks(dialog.form.own, PASSPHRASE)
    QTest.keyClick(dialog.form.own, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._stack.currentWidget() is dialog.outcome, timeout=PATIENCE)
    return dialog


def test_from_a_document_to_a_redacted_exhibit(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path
) -> None:
    redact(qtbot, window)
    make_exhibit(qtbot, window)
    dialog = export(qtbot, window, "exhibit-list", tmp_path / "list")
    assert dialog.outcome.title.text() == "Exported and verified"
    dialog.accept()
    settled(qtbot, window)
    window.lock()
    assert window.filing.exhibits is None
    assert not check.check(tmp_path / "list", exporting.holds).wrong
    opened = cases.unlock(folder, PASSPHRASE)
    try:
        one = exhibits.listed(opened)[0]
        plan = redacting.standing(opened)[one.document].plan
    finally:
        opened.close()
    assert (one.number, one.description) == ("PX-1", "Report of Det. Quill")
    assert [term.text for term in plan.terms] == ["Quill"]
    assert len(plan.boxes) == 1


@pytest.mark.long
def test_the_book_hides_what_was_blacked_out(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    redact(qtbot, window)
    make_exhibit(qtbot, window)
    export(qtbot, window, "exhibits", tmp_path / "book").accept()
    settled(qtbot, window)
    assert (tmp_path / "book" / "exhibit-book.pdf").is_file()
    log = (tmp_path / "book" / "redaction-log.csv").read_text("utf-8-sig")
    assert "PX-1-1" in log
    assert not check.check(tmp_path / "book", exporting.holds).wrong
