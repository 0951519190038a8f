"""What is done and what is left, over time, by type and by folder: the charts of the review."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from evidencebox.model.exposure import Overview
from evidencebox.ui.bits import set_role
from evidencebox.ui.chart import Chart
from evidencebox.ui.charts import BarChart, LeftChart, StackChart
from evidencebox.ui.figure_cards import card_around
from evidencebox.ui.languages import tr
from evidencebox.ui.theme import Theme

NO_DATE = "No date"
"""As the service calls what has none."""


class ProgressTab(QScrollArea):
    """Two charts a line; each mark opens its search.

    Signals:
        asked(str): a query is to be searched for in the review.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.over_time = StackChart(theme, tr("Harm over time, by the documents' dates"))
        self.left = LeftChart(theme, tr("Left to review"))
        self.types = BarChart(theme, tr("Types"))
        self.folders = BarChart(theme, tr("Folders"))
        self.statuses = BarChart(theme, tr("How the files were read"))
        self.charts: tuple[Chart, ...] = (
            self.over_time, self.left, self.types, self.folders, self.statuses,
        )  # fmt: skip
        for chart in self.charts:
            chart.asked.connect(self.asked)
        self.setWidget(self._grid())
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _grid(self) -> QWidget:
        inner = QWidget()
        set_role(inner, "ground")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(inner)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setSpacing(12)
        for number, chart in enumerate(self.charts):
            # The fifth has a line of its own.
            wide = 2 if number == 4 else 1
            grid.addWidget(card_around(chart), number // 2, number % 2, 1, wide)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        return inner

    def show_overview(self, overview: Overview) -> None:
        """Takes the figures of the charts."""
        self.over_time.show_stacks(
            [replace(s, label=tr(NO_DATE)) if s.label == NO_DATE else s
             for s in overview.over_time]
        )  # fmt: skip
        self.left.show_days(overview.documents, overview.per_day)
        self.types.show_bars([replace(b, label=tr(b.label)) for b in overview.types])
        self.folders.show_bars(overview.folders)
        read = [replace(b, label=tr(b.label.capitalize())) for b in overview.statuses]
        self.statuses.show_bars(read)

    def write(self, file: Path) -> None:
        """Draws each chart into a file of its own. Raises UserError where one cannot be."""
        for number, chart in enumerate(self.charts, 1):
            chart.write(file.with_stem(f"{file.stem}-{number}"))
