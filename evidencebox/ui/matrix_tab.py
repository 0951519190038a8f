"""Who is exposed and how: the figures of the case, and the matrix of officers and categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from evidencebox.model.exposure import Bar, Exposure, Overview
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.ui.bits import button, column, label, set_role
from evidencebox.ui.chart import write_drawing
from evidencebox.ui.charts import BarChart
from evidencebox.ui.exposure_model import ExposureModel
from evidencebox.ui.exposure_table import ExposureTable, draw_matrix, drawn_size
from evidencebox.ui.figure_cards import Figure, card_around
from evidencebox.ui.languages import figure, tr
from evidencebox.ui.theme import Theme

_SIDE = 330


class MatrixTab(QWidget):
    """Figures above, the matrix below, the categories' chart beside it where there is room.

    Signals:
        asked(str): a query is to be searched for in the review.
        officer_asked(str): an officer's page is to be opened.
    """

    asked = Signal(str)
    officer_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model = ExposureModel()
        self.table = ExposureTable(theme, self.model)
        self.table.setAccessibleName(tr("Exposure of each officer"))
        self.table.horizontalHeader().setAccessibleName(tr("Categories"))
        self.table.verticalHeader().setAccessibleName(tr("Officers"))
        self.categories = BarChart(theme, tr("Exposures by category"))
        self._arrange()
        self.table.asked.connect(self.asked)
        self.categories.asked.connect(self.asked)
        self.table.officer_asked.connect(self.officer_asked)
        self.finder.textChanged.connect(lambda _: self._narrow())
        self.only.toggled.connect(lambda _: self._narrow())

    def _arrange(self) -> None:
        body = column(self, (16, 16, 16, 16), 14)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        self.figures = {
            name: Figure(title)
            for name, title in (
                ("roster", tr("Officers on the roster")),
                ("exposed", tr("Exposed")),
                ("high", tr("High or very high")),
                ("reviewed", tr("Documents reviewed")),
                ("failures", tr("Could not be read")),
            )
        }
        for card in self.figures.values():
            figures.addWidget(card, 1)
        body.addLayout(figures)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._list(), 1)
        self._side = card_around(self.categories)
        self._side.setFixedWidth(_SIDE)
        below.addWidget(self._side)
        body.addLayout(below, 1)

    def _list(self) -> QWidget:
        made = QFrame()
        set_role(made, "card")
        body = column(made, (1, 8, 1, 8), 6)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Find an officer"))
        self.finder.setAccessibleName(tr("Find an officer"))
        self.finder.setMaximumWidth(260)
        self.only = button(tr("Only exposed"))
        self.only.setCheckable(True)
        self.page = button(tr("Officer's page"), clicked=self.open_officer)
        for widget in (self.finder, self.only, self.page):
            head.addWidget(widget)
        head.addStretch(1)
        body.addLayout(head)
        body.addWidget(self.table, 1)
        self.note = label("", "small", wrap=True)
        self.note.setContentsMargins(12, 0, 12, 0)
        body.addWidget(self.note)
        return made

    # What it shows

    def show_exposure(self, exposure: Exposure) -> None:
        """Takes the matrix."""
        self._again(lambda: self.model.show(exposure))

    def show_overview(self, overview: Overview) -> None:
        """Takes the figures of the whole case."""
        named = [
            replace(b, label=tr(CATEGORIES.get(b.label, b.label))) for b in overview.categories
        ]
        self.categories.show_bars(named)
        share = overview.reviewed / overview.documents if overview.documents else 0.0
        count = figure
        done = tr("%1 of %2").replace("%1", f"{share * 100:.0f} %")
        done = done.replace("%2", count(overview.documents))
        self.figures["reviewed"].say(overview.reviewed, done + self._pace(overview.per_day))
        self.figures["failures"].say(overview.failures, tr("listed, with reasons"))

    def _pace(self, days: Sequence[Bar]) -> str:
        if not days:
            return ""
        rate = sum(day.count for day in days) // len(days)
        return " · " + tr("%1 a day").replace("%1", figure(rate))

    def _count(self) -> None:
        rows = self.model.exposure.rows
        accepted = sum(row.worst is not None for row in rows)
        named = sum(row.worst is None and row.named > 0 for row in rows)
        high = [row for row in rows if row.worst is not None and row.worst >= Harm.HIGH]
        very = sum(row.worst is Harm.VERY_HIGH for row in high)
        count = figure
        words = tr("every one has a disposition") if rows else tr("import a roster first")
        self.figures["roster"].say(len(rows), words)
        both = tr("%1 accepted · %2 only named").replace("%1", count(accepted))
        with_named = accepted + (named if self.model.suggestions else 0)
        self.figures["exposed"].say(with_named, both.replace("%2", count(named)))
        self.figures["high"].say(len(high), tr("%1 very high").replace("%1", count(very)))
        note = tr("%1 of %2 · cells open their search · ring and number say the level, "
                  "colour only repeats it")  # fmt: skip
        self.note.setText(
            note.replace("%1", count(len(self.model.rows))).replace("%2", count(len(rows)))
        )

    def _make_room(self) -> None:
        """The chart beside the matrix gives way where the matrix needs the whole width."""
        self._side.setVisible(self.table.needed() + _SIDE + 60 <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _narrow(self) -> None:
        self._again(lambda: self.model.narrow(self.finder.text(), self.only.isChecked()))

    def _again(self, change: Callable[[], object]) -> None:
        """Another matrix; the keys stay at the officer they were at."""
        officer, column = self.table.officer(), max(0, self.table.currentIndex().column())
        change()
        places = [n for n, row in enumerate(self.model.rows) if row.officer.id == officer]
        if self.model.rows:
            column = min(column, self.model.columnCount() - 1)
            self.table.setCurrentIndex(self.model.index((places or [0])[0], column))
        self._make_room()
        self._count()

    def suggest(self, on: bool) -> None:
        """Whether totals hold what is only suggested."""
        self._again(lambda: self.model.suggest(on))

    def open_officer(self) -> None:
        """Opens the page of the officer in whose row the keys are."""
        officer = self.table.officer()
        if officer is not None:
            self.officer_asked.emit(officer)

    def write(self, file: Path) -> None:
        """Draws the matrix into a file. Raises UserError where that cannot be written."""

        def paint(painter: QPainter) -> None:
            draw_matrix(painter, self.model, self._theme.tokens)

        write_drawing(file, tr("Exposure of each officer"), drawn_size(self.model), paint)
