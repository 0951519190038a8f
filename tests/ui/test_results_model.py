from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox.model.documents import DocumentType
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import ResultRow
from evidencebox.ui.results_model import (
    BLOCK,
    COLUMNS,
    HARM,
    ID,
    NAME,
    OFFICERS,
    REVIEWED,
    ROW_ROLE,
    ResultsModel,
    pills,
)
from evidencebox.ui.results_table import OPTIONAL, PILLS, ResultsTable
from evidencebox.ui.row_delegate import fitting
from evidencebox.ui.theme import Theme


def ids(count: int) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(f"{number:064x}") for number in range(count))


def a_row(document: DocumentId, name: str = "a.eml", harm: Harm | None = None) -> ResultRow:
    people = ("Quill, Dana", "An, Joon", "May, Ruth")
    return ResultRow(
        document, "EB-000000", name, "2019-04-02T01:02:03Z", DocumentType.MAIL, people, harm, False
    )


@pytest.fixture
def model(qapp: QApplication) -> ResultsModel:
    return ResultsModel()


def test_keeps_the_rules_of_models(qapp: QApplication, model: ResultsModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(ids(300))
    model.fill(a_row(each) for each in ids(300)[:70])
    model.mark_stale([ids(1)[0]])
    model.show(ids(3))
    model.clear()
    assert model.rowCount() == 0
    assert tester.model() is model


def test_rows_are_asked_for_by_the_block_when_they_come_into_view(
    qtbot: QtBot, model: ResultsModel
) -> None:
    model.show(ids(1000))
    with qtbot.waitSignal(model.wanted) as heard:
        assert model.data(model.index(500, NAME)) == ""
        assert model.data(model.index(501, ID)).startswith("EB-")
    assert heard.args is not None
    (wanted,) = heard.args
    first = 500 // BLOCK * BLOCK
    assert wanted == list(ids(1000)[first : first + BLOCK])


def test_nothing_is_asked_for_twice(qtbot: QtBot, model: ResultsModel) -> None:
    model.show(ids(10))
    asked: list[list[DocumentId]] = []
    model.wanted.connect(asked.append)
    model.data(model.index(0, NAME))
    qtbot.waitUntil(lambda: len(asked) == 1)
    model.data(model.index(0, NAME))
    qtbot.wait(20)
    assert len(asked) == 1
    model.give_up(asked[0])
    model.data(model.index(0, NAME))
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_a_stale_row_stays_until_the_new_one_comes(qtbot: QtBot, model: ResultsModel) -> None:
    document = ids(1)[0]
    model.show([document])
    model.fill([a_row(document, "old")])
    model.mark_stale([document])
    with qtbot.waitSignal(model.wanted) as heard:
        assert model.data(model.index(0, NAME)) == "old"
    assert heard.args == [[document]]
    model.fill([a_row(document, "new")])
    assert model.data(model.index(0, NAME)) == "new"


def test_cells_say_in_words_what_they_draw(model: ResultsModel) -> None:
    document = ids(1)[0]
    model.show([document])
    model.fill([a_row(document, "x\n<b>y</b>\u202e", Harm.VERY_HIGH)])

    def spoken(column: int) -> str:
        return str(model.data(model.index(0, column), Qt.ItemDataRole.AccessibleTextRole))

    assert model.data(model.index(0, NAME)) == "x⏎<b>y</b>⟦U+202E⟧"
    assert model.data(model.index(0, OFFICERS)) == "Quill, D. +2"
    assert model.data(model.index(0, HARM)) == "4"
    assert spoken(HARM) == "Harm 4 Very high"
    assert spoken(OFFICERS) == "Quill, Dana, An, Joon, May, Ruth"
    assert spoken(REVIEWED) == "To do"
    assert model.data(model.index(0, NAME), Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(model.index(0, NAME), ROW_ROLE).harm is Harm.VERY_HIGH


def test_headers_are_named(model: ResultsModel) -> None:
    across = Qt.Orientation.Horizontal
    names = [
        model.headerData(i, across, Qt.ItemDataRole.AccessibleTextRole) for i in range(len(COLUMNS))
    ]
    assert names == list(COLUMNS)
    assert model.headerData(REVIEWED, across) == ""


def test_three_hundred_thousand_results_fetch_a_screenful(
    qtbot: QtBot, theme: Theme, model: ResultsModel
) -> None:
    asked: list[list[DocumentId]] = []
    model.wanted.connect(asked.append)
    table = ResultsTable(theme, model)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    many = ids(300_000)
    model.show(many)
    qtbot.waitUntil(lambda: len(asked) == 1)
    table.go(299_999)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert sum(map(len, asked)) <= 4 * BLOCK
    assert many[-1] in asked[1]
    assert table.document == many[-1]
    assert model.place(many[-1]) == 299_999
    assert not table.step(1)


def test_labels_and_categories_stand_behind_the_name(
    qtbot: QtBot, theme: Theme, model: ResultsModel
) -> None:
    document = ids(1)[0]
    row = replace(a_row(document), labels=("privileged", "X-9"), categories=("finances", "own"))
    assert pills(row) == [("Privileged", True), ("X-9", True), ("Finances", False), ("own", False)]
    model.show([document])
    model.fill([row])
    spoken = model.data(model.index(0, NAME), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.eml; Privileged; X-9; Finances; own"
    table = ResultsTable(theme, model)
    qtbot.addWidget(table)
    table.resize(900, 200)
    table.show()
    drawn = table.grab().toImage()
    table.show_columns(set(OPTIONAL) - {PILLS})
    assert table.grab().toImage() != drawn
    assert not any(table.isColumnHidden(column) for column in range(len(COLUMNS)))


def test_as_many_pills_as_there_is_room_for() -> None:
    assert fitting([50, 50, 50], 120) == [50, 50]
    assert fitting([50], 20) == []
    assert fitting([], 20) == []
