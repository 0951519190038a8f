"""The dialog for lists: a report, a way into each line, an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from evidencebox.ui.list_dialog import ListDialog
from evidencebox.ui.session import Session
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> ListDialog:
    made = ListDialog(session)
    qtbot.addWidget(made)
    return made


def test_a_list_is_run_and_every_line_is_shown(
    qtbot: QtBot, dialog: ListDialog, session: Session, qtmodeltester: Any
) -> None:
    assert not dialog.export.isEnabled()
    dialog.run("terms.csv")
    qtbot.waitUntil(lambda: not session.busy)
    model = dialog.model
    cells = [[model.index(r, c).data() for c in range(7)] for r in range(model.rowCount())]
    assert [row[2] for row in cells] == ["polygraph", '"open']
    assert cells[0][3] == "33"
    assert cells[1][3:6] == ["", "", ""]
    assert cells[1][6].endswith(".")
    assert dialog.said.text().endswith("Not run: 1.")
    qtmodeltester.check(model)


def test_a_line_opens_its_search_and_a_wrong_one_does_not(
    qtbot: QtBot, dialog: ListDialog, session: Session
) -> None:
    heard: list[str] = []
    dialog.searched.connect(heard.append)
    dialog.run("roster")
    qtbot.waitUntil(lambda: not session.busy)
    dialog.table.selectRow(1)
    assert not dialog.go.isEnabled()
    dialog.go.click()
    dialog.table.selectRow(0)
    dialog.go.click()
    assert heard == ["polygraph"]


def test_a_list_that_cannot_be_read_says_so_and_another_can_be_tried(
    qtbot: QtBot, dialog: ListDialog, session: Session, tmp_path: Path
) -> None:
    dialog.run("missing.csv")
    qtbot.waitUntil(lambda: not session.busy)
    assert dialog.said.text() == "missing.csv cannot be read."
    dialog.run("terms.csv")
    qtbot.waitUntil(lambda: not session.busy)
    dialog.write(tmp_path / "report.csv")
    qtbot.waitUntil(lambda: not session.busy)
    assert dialog.said.text().startswith("Written to report.csv.")


def test_the_menu_leads_to_it_and_it_leads_to_the_search(
    qtbot: QtBot, space: Workspace, session: Session, desk: FakeDesk
) -> None:
    space.asking.search_list()
    dialog = space.findChild(ListDialog)
    assert isinstance(dialog, ListDialog)
    dialog.run("terms.csv")
    qtbot.waitUntil(lambda: not session.busy)
    dialog.table.selectRow(0)
    dialog.go.click()
    qtbot.waitUntil(lambda: len(space.model.ids) == 33)
    assert space.top.search.line.text() == "polygraph"
