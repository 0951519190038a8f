"""Every item model of the window keeps the promises that Qt's views rely on."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester

import evidencebox.ui
from evidencebox.model.views import ListLine
from evidencebox.ui.cells_view import CellsModel
from evidencebox.ui.exhibits_model import ExhibitsModel
from evidencebox.ui.exposure_model import ExposureModel
from evidencebox.ui.list_dialog import COLUMNS, query_cells
from evidencebox.ui.page_strip import StripModel
from evidencebox.ui.results_model import ResultsModel
from evidencebox.ui.rows import RowsModel
from evidencebox.ui.theme import Theme
from tests.ui.fake_desk import FakeDesk

Steps = Iterator[QAbstractItemModel]
"""The model first; then it changes in each step, by every way in which it can."""


def results(desk: FakeDesk, _: Theme) -> Steps:
    model, ids = ResultsModel(), desk.search("").documents
    yield model
    changes: tuple[Callable[[], object], ...] = (
        lambda: model.show(ids),
        lambda: model.fill(desk.rows(ids)),
        lambda: model.toggle_mark(ids[0]),
        lambda: model.mark(ids[:5]),
        lambda: model.mark_stale([ids[1]]),
        lambda: model.mark_stale(None),
        lambda: model.show(ids[:3]),
        model.clear,
    )
    for change in changes:
        change()
        yield model


def rows(desk: FakeDesk, _: Theme) -> Steps:
    model = RowsModel(COLUMNS, query_cells, figures=(0, 3))
    yield model
    lines = (ListLine(1, "a", "b"), ListLine(2, "c", '"d', error="A quotation mark is open."))
    for shown in (lines, lines[:1], ()):
        model.show(shown)
        yield model


def cells(desk: FakeDesk, _: Theme) -> Steps:
    model = CellsModel()
    yield model
    shown: list[list[list[str]]] = [[["a"], [], ["b", "c\u202e"]], [["a", "b", "c"]], []]
    for rows in shown:
        model.show_rows(rows)
        yield model


def exhibits(desk: FakeDesk, theme: Theme) -> Steps:
    model = ExhibitsModel(theme)
    yield model
    for shown in (desk.exhibits.rows(), desk.exhibits.rows()[1:], []):
        model.show(shown)
        yield model


def exposure(desk: FakeDesk, _: Theme) -> Steps:
    model = ExposureModel()
    yield model
    model.show(desk.insight.exposure())
    yield model
    model.sort(1, Qt.SortOrder.DescendingOrder)
    yield model
    model.suggest(True)
    yield model
    model.narrow("smith", exposed=False)
    yield model


def strip(desk: FakeDesk, _: Theme) -> Steps:
    model = StripModel()
    yield model
    model.show_pages((1, 2, 5))
    yield model
    model.put(2, QImage(8, 8, QImage.Format.Format_RGB32))
    model.put(5, None)
    yield model
    model.show_pages(())
    yield model


STEPS: dict[type[QAbstractItemModel], Callable[[FakeDesk, Theme], Steps]] = {
    ResultsModel: results,
    RowsModel: rows,
    CellsModel: cells,
    ExhibitsModel: exhibits,
    ExposureModel: exposure,
    StripModel: strip,
}


def models() -> list[type[QAbstractItemModel]]:
    """Each model that a module of the window makes, found as Python knows it."""
    for module in pkgutil.walk_packages(evidencebox.ui.__path__, "evidencebox.ui."):
        importlib.import_module(module.name)
    found, waiting = [], [QAbstractItemModel]
    while waiting:
        below: list[Any] = waiting.pop().__subclasses__()
        waiting += below
        found += [each for each in below if each.__module__.startswith("evidencebox.")]
    return sorted(set(found), key=lambda each: each.__name__)


@pytest.mark.parametrize("kind", models(), ids=lambda kind: kind.__name__)
def test_a_model_keeps_qts_promises(
    kind: type[QAbstractItemModel], desk: FakeDesk, theme: Theme
) -> None:
    """A promise that is broken is a warning of Qt, which fails the test."""
    steps = STEPS[kind](desk, theme)
    model = next(steps)
    assert type(model) is kind
    # Kept by name: a tester that nobody holds is gone at once, and sees nothing.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    most = 0
    for _ in steps:
        most = max(most, model.rowCount())
        _look_at_all(model)
    assert tester.model() is model
    assert most > 0


def _look_at_all(model: QAbstractItemModel) -> None:
    """As a view and a screen reader do: every cell, every head, in every role that they ask."""
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole,
    )
    table = isinstance(model, QAbstractTableModel)  # a list has one column, and no head
    columns = model.columnCount() if table else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            for role in roles:
                model.index(row, column).data(role)
    for column in range(columns if table else 0):
        assert model.headerData(column, Qt.Orientation.Horizontal) is not None


def test_no_model_has_steps_that_is_gone() -> None:
    assert set(STEPS) == set(models())
