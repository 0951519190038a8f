"""Panels around the review: figures, an officer's page, packs, roles, roster, jobs, preferences."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.exposure import Cell, Exposure
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.views import Progress
from evidencebox.ui.about_dialog import AboutDialog, third_party
from evidencebox.ui.exposure_model import AFTER, ExposureModel
from evidencebox.ui.exposure_page import PROGRESS, ExposurePage
from evidencebox.ui.exposure_table import ExposureTable, ground_of
from evidencebox.ui.importing import Ended
from evidencebox.ui.jobs_dialog import JobsDialog
from evidencebox.ui.keys import Choice
from evidencebox.ui.notice_dialog import NoticeDialog
from evidencebox.ui.officer_dialog import OfficerPageDialog
from evidencebox.ui.packs_dialog import PacksDialog
from evidencebox.ui.preferences_dialog import PreferencesDialog
from evidencebox.ui.roster_dialog import RosterDialog
from evidencebox.ui.session import Session
from evidencebox.ui.team_dialog import TeamDialog
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.tokens import DARK, HIGH, LIGHT, contrast
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_accessibility import unnamed
from tests.ui.waiting import settled

T = TypeVar("T", bound=QDialog)


def page_of(qtbot: QtBot, window: Window) -> ExposurePage:
    space = window.workspace
    assert space is not None
    QTest.keyClick(space.table, Qt.Key.Key_F4)
    page = window.office.exposure
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.matrix.model.rows) and bool(page.progress.types.marks))
    return page


def dialog_of(qtbot: QtBot, window: Window, kind: type[T]) -> T:
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    found = window.findChild(kind)
    assert isinstance(found, kind)
    settled(qtbot, window)
    return found


def test_the_matrix_counts_and_opens_its_searches(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    page = page_of(qtbot, opened)
    model = page.matrix.model
    assert model.rowCount() == len(desk.roster)
    assert [model.name_of(n) for n in range(2)] == ["address", "finances"]
    assert model.index(0, 1).data() == "1"
    said = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Quill, Dana, Finances: 1, worst 2 Medium"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Finances\n6"
    page.matrix.table.setCurrentIndex(model.index(0, 1))
    QTest.keyClick(page.matrix.table, Qt.Key.Key_Return)
    space = opened.workspace
    assert space is not None
    assert space.top.search.line.text() == 'officer:"4471" category:finances'
    assert space.isVisible()


def test_suggestions_never_count_until_they_are_asked_for(qtbot: QtBot, opened: Window) -> None:
    page = page_of(qtbot, opened)
    total = page.matrix.model.columnCount() - 4
    assert page.matrix.model.index(0, total).data() == "5"
    page.suggestions.click()
    assert page.matrix.model.index(0, 0).data() == "4"
    assert page.matrix.model.index(3, 1).data() == "2?"
    assert (
        page.matrix.figures["exposed"].accessibleName() == "Exposed: 4, 3 accepted · 1 only named"
    )
    page.matrix.only.click()
    assert page.matrix.model.rowCount() == 4
    page.matrix.finder.setText("ortega")
    assert page.matrix.model.rowCount() == 1


def test_what_sums_up_a_row_stays_in_sight_however_many_categories_there_are(
    qtbot: QtBot, theme: Theme, desk: FakeDesk
) -> None:
    few = desk.insight.exposure()
    every = {name: Cell(1, Harm.LOW, f"category:{name}") for name in CATEGORIES}
    many = Exposure((replace(few.rows[0], cells=every), *few.rows[1:]), tuple(CATEGORIES))
    model = ExposureModel()
    table = ExposureTable(theme, model)
    qtbot.addWidget(table)
    table.resize(1000, 400)
    table.show()
    across = table.horizontalHeader()

    def shown() -> list[str]:
        columns = range(model.columnCount())
        return [model.name_of(across.logicalIndex(place)) for place in columns]

    model.show(few)
    assert shown() == [*model.categories, *AFTER]
    model.show(many)
    assert shown() == [*AFTER, *CATEGORIES]
    table.setCurrentIndex(model.index(0, model.columnCount() - 1))
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert model.name_of(table.currentIndex().column()) == next(iter(CATEGORIES))
    table.resize(table.needed() + 10, 400)
    qtbot.waitUntil(lambda: shown() == [*CATEGORIES, *AFTER])


def test_columns_sort_both_ways_and_back(qtbot: QtBot, opened: Window) -> None:
    page = page_of(qtbot, opened)
    by_name = [row.officer.badge for row in page.matrix.model.rows]
    worst = page.matrix.model.columnCount() - 2
    page.matrix.table._sort(worst)
    assert page.matrix.model.rows[0].worst is Harm.VERY_HIGH
    page.matrix.table._sort(worst)
    assert page.matrix.model.rows[-1].worst is Harm.VERY_HIGH
    page.matrix.table._sort(worst)
    assert [row.officer.badge for row in page.matrix.model.rows] == by_name


def test_marks_of_charts_open_their_searches_by_key(qtbot: QtBot, opened: Window) -> None:
    page = page_of(qtbot, opened)
    page.show_place(PROGRESS)
    QTest.keyClick(page.progress.types, Qt.Key.Key_Down)
    assert page.progress.types.accessibleName() == "Types: PDF, 120"
    with qtbot.waitSignal(page.asked) as heard:
        QTest.keyClick(page.progress.types, Qt.Key.Key_Return)
    assert heard.args == ["type:pdf"]
    assert "3 4 Very high" in page.progress.over_time.marks[1].words
    assert page.progress.left.pace().startswith("1,040 a day · 38,940 left")


def test_places_lead_to_one_another_by_tab_and_by_key(qtbot: QtBot, opened: Window) -> None:
    page = page_of(qtbot, opened)
    assert [tab.text() for tab in page.tabs.values()] == [
        "Review", "Exposure", "Progress", "Exhibits",
    ]  # fmt: skip
    QTest.keyClick(page.matrix.table, Qt.Key.Key_F7)
    exhibits = opened.filing.exhibits
    assert exhibits is not None
    assert exhibits.isVisible()
    assert exhibits.tabs["exhibits"].isChecked()
    exhibits.tabs["progress"].click()
    assert not exhibits.tabs["progress"].isChecked()
    assert page.progress.isVisible()
    assert [name for name, tab in page.tabs.items() if tab.isChecked()] == ["progress"]
    page.tabs["exhibits"].click()
    QTest.keyClick(exhibits.table, Qt.Key.Key_F4)
    assert page.matrix.isVisible()
    page.tabs["review"].click()
    assert opened.workspace is not None
    assert opened.workspace.isVisible()
    settled(qtbot, opened)


def test_keys_of_the_window_act_beside_the_review_as_chosen(qtbot: QtBot, opened: Window) -> None:
    page = page_of(qtbot, opened)
    QTest.keyClick(page.matrix.table, Qt.Key.Key_F9)
    assert opened._curtain.isVisible()
    QTest.keyClick(opened._curtain, Qt.Key.Key_F9)
    assert page.matrix.table.hasFocus()
    opened.office.rebind(Choice({"hide": "Ctrl+2"}))
    QTest.keyClick(page.matrix.table, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened._curtain.isVisible()
    assert page.matrix.isVisibleTo(page)


def test_pictures_are_written_as_svg_and_png(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    page = page_of(qtbot, opened)
    page.write(tmp_path / "matrix.png")
    assert QImage(str(tmp_path / "matrix.png")).width() > 1000
    page.show_place(PROGRESS)
    page.write(tmp_path / "chart.svg")
    files = sorted(tmp_path.glob("chart-*.svg"))
    assert len(files) == 5
    assert all(QSvgRenderer(str(file)).isValid() for file in files)
    page.write(tmp_path / "no such folder" / "chart.png")
    assert "cannot be written" in page.said.text()


def test_an_officers_page_leads_to_documents(qtbot: QtBot, opened: Window, desk: FakeDesk) -> None:
    page = page_of(qtbot, opened)
    page.matrix.page.click()
    dialog = dialog_of(qtbot, opened, OfficerPageDialog)
    assert dialog.tagged.index(0, 3).data() == "3 High"
    assert dialog.suggested.index(0, 3).data() == "rank and surname"
    with qtbot.waitSignal(dialog.opened) as heard:
        dialog.opener.click()
    assert heard.args == [dialog.tagged.rows[0].document]


def test_locking_takes_the_figures_away(qtbot: QtBot, opened: Window) -> None:
    page = page_of(qtbot, opened)
    page.lock.click()
    assert opened.office.exposure is None
    qtbot.waitUntil(lambda: not opened.findChildren(ExposurePage))


def test_a_conflict_is_settled_in_the_queue(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    opened.office.colleagues.show_packs()
    dialog = dialog_of(qtbot, opened, PacksDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert "Quill, Dana" in dialog.list.item(0).text()
    dialog.run(desk.colleagues.import_pack, tmp_path / "wrong.txt")
    qtbot.waitUntil(lambda: "Nothing was taken" in dialog.said.text())
    dialog.run(desk.colleagues.export_pack, tmp_path / "mine.pack")
    qtbot.waitUntil(lambda: "3 acts" in dialog.said.text())
    dialog.settle(dialog._conflicts[0].sides[1])
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    assert desk.colleagues.settled == ["two"]
    settled(qtbot, opened)


def test_roles_and_seals_are_a_leads_to_change(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    opened.office.colleagues.show_team()
    dialog = dialog_of(qtbot, opened, TeamDialog)
    qtbot.waitUntil(lambda: "Alex" in dialog.roles)
    assert dialog.boxes["minor"].isChecked()
    dialog.boxes["polygraph"].setChecked(True)
    dialog.keep.click()
    qtbot.waitUntil(lambda: ("seal", ["minor", "polygraph"]) in desk.colleagues.calls)
    dialog._give("Robin", "reviewer")
    qtbot.waitUntil(lambda: "only lead" in dialog.said.text())
    settled(qtbot, opened)


def test_a_roster_is_mapped_before_it_is_taken(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    opened.office.colleagues.preview_roster(tmp_path / "roster.csv")
    dialog = dialog_of(qtbot, opened, RosterDialog)
    assert dialog.count.text() == "7 people; 1 lines are left out"
    assert dialog.rejects.item(0).text() == "Line 3: It is empty."
    given = dialog.columns["first"]
    given.setCurrentIndex(given.findData("Given"))
    given.activated.emit(given.currentIndex())
    columns = {"badge": "Shield", "last": "Surname", "first": "Given"}
    qtbot.waitUntil(lambda: ("preview", columns) in desk.colleagues.calls)
    settled(qtbot, opened)
    dialog.take.click()
    qtbot.waitUntil(lambda: ("take", columns) in desk.colleagues.calls)
    settled(qtbot, opened)


def test_jobs_show_the_import_and_its_end(qtbot: QtBot, opened: Window) -> None:
    dialog = JobsDialog(opened.imports, opened)
    qtbot.addWidget(dialog)
    assert dialog.words.text() == "Nothing is running."
    dialog.show_progress(Progress("extract", 1, 2, 1, 2, 1, 0, 1.0, True))
    assert dialog.words.text() == "Import 50 % · 1 files/s"
    dialog.show_ended(Ended(documents=2, seconds=3.0))
    assert dialog.words.text() == "Import finished: 2 documents in 3 s"


def test_preferences_act_at_once_and_stay(qtbot: QtBot, opened: Window, qapp: QApplication) -> None:
    opened.office.show_preferences()
    dialog = dialog_of(qtbot, opened, PreferencesDialog)
    dialog.mode.activated.emit(dialog.mode.findData(Mode.HIGH))
    assert opened._theme.tokens is HIGH
    dialog.percent.activated.emit(dialog.percent.findData(150))
    assert "font-size: 20px" in qapp.styleSheet()
    dialog.lock.activated.emit(dialog.lock.findData(5))
    assert opened._idle._after == 300
    dialog.singles.click()
    assert opened._preferences.keys.singles is False
    assert (opened._preferences.mode, opened._preferences.percent) == (Mode.HIGH, 150)
    opened._theme.enlarge(100)


def test_a_key_of_ones_own_acts_and_the_old_one_does_not(
    qtbot: QtBot, opened: Window, desk: FakeDesk
) -> None:
    space = opened.workspace
    assert isinstance(space, Workspace)
    opened.office.rebind(Choice({"next_document": "W"}))
    space.table.go(0)
    QTest.keyClick(space.table, Qt.Key.Key_W)
    assert space.table.currentIndex().row() == 1
    QTest.keyClick(space.table, Qt.Key.Key_J)
    assert space.table.currentIndex().row() == 1
    opened.office.rebind(Choice(singles=False))
    QTest.keyClick(space.table, Qt.Key.Key_3)
    assert desk.tags == []


def test_the_menu_writes_the_keys_as_they_were_chosen(opened: Window) -> None:
    def keys() -> dict[str, str]:
        assert opened.workspace is not None
        texts = [action.text() for action in opened.workspace.top.menu.actions()]
        return {words: key for words, _, key in (text.partition("\t") for text in texts)}

    assert (keys()["Hide content"], keys()["Keys…"], keys()["Exhibits"]) == ("F9", "?", "F7")
    opened.office.rebind(Choice({"hide": "F12", "exhibits": "Alt+7"}, singles=False))
    assert (keys()["Hide content"], keys()["Keys…"], keys()["Exhibits"]) == ("F12", "F1", "Alt+7")
    assert keys()["Import documents…"] == ""


def test_the_coding_pane_writes_the_keys_as_they_were_chosen(opened: Window) -> None:
    space = opened.workspace
    assert isinstance(space, Workspace)
    parts = space.coding._sections

    def caps() -> list[str]:
        return [part._key.text() for part in parts if part._key.isVisibleTo(part)]

    assert caps() == ["0 – 4", "O", "T", "M"]
    assert space.coding._finish.key.text() == "Ctrl ⏎"
    opened.office.rebind(Choice({"officer": "F2", "reviewed": "F12"}, singles=False))
    assert caps() == ["F2"]
    assert space.coding._finish.key.text() == "F12"


def test_about_names_the_licences(qtbot: QtBot, theme: Theme) -> None:
    assert "LGPL" in third_party()
    assert "](" not in third_party()


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH], ids=["light", "dark", "high"])
def test_figures_are_legible_on_each_level(tokens: object) -> None:
    assert isinstance(tokens, type(LIGHT))
    for harm in Harm:
        assert contrast(tokens.text, ground_of(harm, tokens)) >= 4.5


def test_every_control_of_the_panels_is_named(
    qtbot: QtBot, opened: Window, session: Session, desk: FakeDesk, tmp_path: Path
) -> None:
    page = page_of(qtbot, opened)
    assert unnamed(page) == []
    assert opened._preferences is not None
    made: list[QWidget] = [
        OfficerPageDialog(desk.insight.officer(desk.roster[0].id)),
        PacksDialog(session),
        TeamDialog(session),
        RosterDialog(session, tmp_path, desk.colleagues.preview_roster(tmp_path, {})),
        JobsDialog(opened.imports),
        PreferencesDialog(opened._preferences),
        AboutDialog(),
    ]
    qtbot.waitUntil(lambda: not session.busy)
    for dialog in made:
        qtbot.addWidget(dialog)
        dialog.show()
        assert unnamed(dialog) == []
    assert all(each.accessibleName() for each in page.progress.charts)


def test_notices_are_decided_for_those_who_are_selected(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    page = page_of(qtbot, opened)
    page.notices.click()
    dialog = dialog_of(qtbot, opened, NoticeDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    assert [dialog.model.index(0, n).data() for n in range(7)] == [
        *("Quill, Dana", "440", "SSN, Finances", "phone", "eligible", "Not decided", ""),
    ]
    assert dialog.model.index(1, 4).data() == "perhaps"
    dialog.table.selectAll()
    assert dialog.decide.text() == "Decide for 2"
    dialog.decision.setCurrentIndex(2)
    dialog.monitoring.setCurrentIndex(1)
    dialog.decide.click()
    qtbot.waitUntil(lambda: dialog.model.index(1, 5).data() == "Told")
    assert dialog.model.index(0, 4).data() == "granted"
    assert len(dialog.model.index(0, 6).data()) == len("2026-11-23")
    dialog.shown.setCurrentIndex(0)
    dialog.shown.activated.emit(0)
    assert [line.officer.last for line in dialog.selected()] == ["Quill"]
    dialog.date.setText("tomorrow")
    dialog.decide.click()
    qtbot.waitUntil(lambda: "is no date" in dialog.said.text())
    dialog.write(tmp_path / "n.csv")
    qtbot.waitUntil(lambda: "1 written" in dialog.said.text())
    assert desk.colleagues.calls[-1] == ("notices", ["440"])
    assert unnamed(dialog) == []


def test_who_comes_to_the_roster_is_looked_for(
    qtbot: QtBot, opened: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    done = {"event": "done", "documents": 12, "failures": 0, "seconds": 2.0, "cancelled": False}
    desk.ingest = [sys.executable, "-c", f"print({json.dumps(done)!r})"]
    opened.office.colleagues.preview_roster(tmp_path / "roster.csv")
    with qtbot.waitSignal(opened.imports.ended, timeout=20_000) as heard:
        dialog_of(qtbot, opened, RosterDialog).take.click()
    assert heard.args is not None
    assert isinstance(heard.args[0], Ended)
    assert heard.args[0].words() == "The roster was searched: 12 documents in 2 s"
    assert [name for name, _ in desk.calls if name == "look_command"] == ["look_command"]
