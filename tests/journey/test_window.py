"""File → hit → tag through the window, on a real case: what a reviewer's first hour is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidencebox import app
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services import tags
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.roster_dialog import RosterDialog
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace

PASSPHRASE = "harbour lights at dusk"
ROSTER = """badge,last,first,middle,rank,unit,status,email,birth_date
4471,Quill,Dana,,Detective,Narcotics,active,,
2210,Ortega,Luis,,Officer,Patrol,active,,
"""
REPORT = """Background investigation

In the pre-employment polygraph \U0001f600 Det. Dana Quill disclosed past drug use.
A second polygraph is recommended.
"""
PATIENCE = 30_000


@pytest.fixture
def trove(tmp_path: Path) -> Path:
    folder = tmp_path / "trove"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "menu.txt").write_text("The canteen is closed on Friday.\n", encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "Harbour.evidencebox"
    made, _ = cases.create(folder, "Robin", PASSPHRASE)
    made.close()
    return folder


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, case: Path) -> Iterator[Window]:
    theme = Theme(qapp, Mode.LIGHT)
    preferences = Preferences(tmp_path / "desk.ini")
    made = Window(theme, preferences, app.open_desk, app.create_desk)
    qtbot.addWidget(made)
    made.show()
    made.doors.ask(case)
    yield made
    made.close()
    # A child that looks for new people is asked to stop first.
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=PATIENCE)
    theme.deleteLater()


def press(widget: QWidget, key: Qt.Key, ctrl: bool = False) -> None:
    """A key, where the reviewer's focus is."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    widget.setFocus()
    QTest.keyClick(widget, key, held)


def unlock(qtbot: QtBot, window: Window) -> Workspace:
    field = window.front.unlock.passphrase
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=PATIENCE)
    assert window.workspace is not None
    return window.workspace


def take_in(qtbot: QtBot, window: Window, space: Workspace, trove: Path, roster: Path) -> None:
    """The trove by a child process, then the roster."""
    window.imports.show()
    window.imports.start(trove)
    qtbot.waitUntil(lambda: not window.imports.asked, timeout=PATIENCE)
    assert space.status.words.startswith("Import finished: 2 documents")
    window.office.colleagues.preview_roster(roster)
    qtbot.waitUntil(lambda: bool(window.findChildren(RosterDialog)), timeout=PATIENCE)
    # Who came to the roster is looked for by itself; the review begins when that is done.
    with qtbot.waitSignal(window.imports.ended, timeout=PATIENCE):
        window.findChildren(RosterDialog)[0].take.click()
    # Window managers give the focus back when a dialog goes; offscreen there is none.
    window.activateWindow()
    assert space.status.words.startswith("The roster was searched: 2 documents")
    qtbot.waitUntil(lambda: space.model.rowCount() == 2, timeout=PATIENCE)


def search(qtbot: QtBot, space: Workspace, query: str, hits: str) -> None:
    press(space.table, Qt.Key.Key_Slash)
    QTest.keyClicks(space.top.search.line, query)
    QTest.keyClick(space.top.search.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: space.viewer.hits.words == hits, timeout=PATIENCE)


def choose_officer(qtbot: QtBot, space: Workspace, text: str) -> None:
    press(space.table, Qt.Key.Key_O)
    QTest.keyClicks(space.coding.picker.line, text)
    QTest.keyClick(space.coding.picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: space.coding.state.officer is not None, timeout=PATIENCE)


def test_from_unlocking_to_a_tag_in_the_database(
    qtbot: QtBot, window: Window, case: Path, trove: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    space = unlock(qtbot, window)
    take_in(qtbot, window, space, trove, roster)
    search(qtbot, space, "polygraph", "hit 1 of 2")
    assert "Dana Quill disclosed" in space.viewer.text.toPlainText()
    choose_officer(qtbot, space, "4471")
    press(space.table, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: space.coding.cards.level is Harm.HIGH, timeout=PATIENCE)
    tag_a_passage(qtbot, space)
    press(space.table, Qt.Key.Key_L, ctrl=True)
    assert window.workspace is None
    check(case)


def tag_a_passage(qtbot: QtBot, space: Workspace) -> None:
    page = space.coding.state.page
    assert page is not None
    start = page.text.index("Dana Quill")
    space.viewer.text.select(start, start + len("Dana Quill"))
    press(space.viewer.text, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: space.coding.cards.level is Harm.VERY_HIGH, timeout=PATIENCE)


def check(case: Path) -> None:
    """What another process would find."""
    opened = cases.unlock(case, PASSPHRASE)
    lines = list(tags.tag_lines(opened))
    standing = opened.decided.tags()
    opened.close()
    assert len(lines) == len(standing) == 2
    whole, part = sorted(standing, key=lambda tag: tag.harm)
    assert (whole.harm, whole.anchor.page) == (Harm.HIGH, None)
    assert part.harm is Harm.VERY_HIGH
    assert part.anchor.page == 1
    assert part.anchor.passage is not None
    assert part.anchor.passage.quote == "Dana Quill"
    assert part.anchor.passage.version > 0


def test_what_was_coded_is_found_again_and_undone(
    qtbot: QtBot, window: Window, trove: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    space = unlock(qtbot, window)
    take_in(qtbot, window, space, trove, roster)
    search(qtbot, space, "polygraph", "hit 1 of 2")
    choose_officer(qtbot, space, "ortega")
    press(space.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: space.coding.cards.level is Harm.MEDIUM, timeout=PATIENCE)
    window.lock()
    space = unlock(qtbot, window)
    qtbot.waitUntil(lambda: space.coding.state.view is not None, timeout=PATIENCE)
    space.search.search("officer:2210 harm:>=2")
    qtbot.waitUntil(lambda: space.model.rowCount() == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: space.coding.cards.level is Harm.MEDIUM, timeout=PATIENCE)
    press(space.table, Qt.Key.Key_Z, ctrl=True)
    qtbot.waitUntil(lambda: space.coding.cards.level is None, timeout=PATIENCE)


def test_reviewing_goes_on_while_an_import_runs(
    qtbot: QtBot, window: Window, case: Path, tmp_path: Path
) -> None:
    generate(tmp_path / "sample", 120, 12, 1)
    space = unlock(qtbot, window)
    window.office.colleagues.preview_roster(tmp_path / "sample" / "roster.csv")
    qtbot.waitUntil(lambda: bool(window.findChildren(RosterDialog)), timeout=PATIENCE)
    window.findChildren(RosterDialog)[0].take.click()
    qtbot.waitUntil(lambda: not window.imports.asked, timeout=PATIENCE)
    window.imports.start(tmp_path / "sample" / "trove")
    qtbot.waitUntil(lambda: space.model.rowCount() > 10, timeout=PATIENCE)
    assert window.imports.running
    badge = (tmp_path / "sample" / "roster.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: space.coding.state.view is not None, timeout=PATIENCE)
    coded = review_meanwhile(qtbot, window, space, badge)
    assert len(coded) > 1
    qtbot.waitUntil(lambda: not window.imports.asked, timeout=PATIENCE)
    window.lock()
    opened = cases.unlock(case, PASSPHRASE)
    try:
        assert {tag.anchor.document for tag in opened.decided.tags()} == coded
        assert opened.catalogue.count() > len(coded)
    finally:
        opened.close()


def review_meanwhile(qtbot: QtBot, window: Window, space: Workspace, badge: str) -> set[DocumentId]:
    """Searches, codes and looks at the figures while the import runs; what was coded meanwhile."""
    coded: set[DocumentId] = set()
    while window.imports.running and len(coded) < 6:
        here = space.table.document
        qtbot.waitUntil(lambda: space.coding.state.document == space.table.document)
        assert here is not None
        choose_officer(qtbot, space, badge)
        press(space.table, Qt.Key.Key_2)
        qtbot.waitUntil(lambda: space.coding.cards.level is Harm.MEDIUM, timeout=PATIENCE)
        coded.add(here)
        if len(coded) % 3 == 0:
            space.search.search("report" if len(coded) == 3 else "")
            press(space.table, Qt.Key.Key_F4)
            window.office.to_review()
        press(space.table, Qt.Key.Key_J)
        qtbot.waitUntil(lambda: not space.session.busy, timeout=PATIENCE)
    return coded


def test_a_wrong_passphrase_changes_nothing(qtbot: QtBot, window: Window, case: Path) -> None:
    before = {file: file.read_bytes() for file in sorted(case.rglob("*")) if file.is_file()}
    page = window.front.unlock
    with qtbot.waitSignal(window.settled, timeout=PATIENCE):
        QTest.keyClicks(page.passphrase, "not the passphrase")
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert page.problem.text()
    assert window.workspace is None
    after = {file: file.read_bytes() for file in sorted(case.rglob("*")) if file.is_file()}
    assert after == before


def test_a_refused_query_is_marked_where_it_is_wrong(qtbot: QtBot, window: Window) -> None:
    space = unlock(qtbot, window)
    space.search.search('home "address')
    qtbot.waitUntil(lambda: space.top.search.line.mistake is not None, timeout=PATIENCE)
    assert space.top.search.line.mistake is not None
    assert space.top.search.line.mistake[0] == 5
    assert space.chips._problem.text()
