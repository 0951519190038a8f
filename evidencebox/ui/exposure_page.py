"""The case in figures: who is exposed and how, what is done, what is left. Beside the review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from evidencebox.errors import UserError
from evidencebox.model.exposure import Bar, Exposure, Overview
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.ui.bits import IconButton, button, column, label, set_role
from evidencebox.ui.chart import Chart, write_drawing
from evidencebox.ui.charts import BarChart, LeftChart, StackChart
from evidencebox.ui.exposure_model import ExposureModel
from evidencebox.ui.exposure_table import ExposureTable, draw_matrix, drawn_size
from evidencebox.ui.figure_cards import Figure, card_around
from evidencebox.ui.languages import tr
from evidencebox.ui.theme import Theme, grown

_SIDE = 330
NO_DATE = "No date"
"""As the service calls what has none."""


class ExposurePage(QWidget):
    """Two tabs: the matrix, and the charts of progress.

    Signals:
        review_asked(), lock_asked()
        asked(str): a query is to be searched for in the review.
        officer_asked(str)
        notices_asked(): the list of who is told is to be opened.
        said(str): a sentence for whoever shows them.
    """

    review_asked = Signal()
    lock_asked = Signal()
    asked = Signal(str)
    officer_asked = Signal(str)
    notices_asked = Signal()
    said = Signal(str)

    def __init__(self, theme: Theme, case: str) -> None:
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._overview: Overview | None = None
        self.model = ExposureModel()
        self.table = ExposureTable(theme, self.model)
        self.table.setAccessibleName(tr("Exposure of each officer"))
        self.table.horizontalHeader().setAccessibleName(tr("Categories"))
        self.table.verticalHeader().setAccessibleName(tr("Officers"))
        self._make_charts(theme)
        body = column(self, (0, 0, 0, 0), 0)
        body.addWidget(self._bar(theme, case))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._exposure())
        self._stack.addWidget(self._progress())
        body.addWidget(self._stack, 1)
        body.addWidget(self._foot())
        self._wire()

    def _make_charts(self, theme: Theme) -> None:
        self.categories = BarChart(theme, tr("Exposures by category"))
        self.over_time = StackChart(theme, tr("Harm over time, by the documents' dates"))
        self.left = LeftChart(theme, tr("Left to review"))
        self.types = BarChart(theme, tr("Types"))
        self.folders = BarChart(theme, tr("Folders"))
        self.statuses = BarChart(theme, tr("How the files were read"))
        self.charts: tuple[Chart, ...] = (
            self.categories, self.over_time, self.left, self.types, self.folders, self.statuses,
        )  # fmt: skip

    def _bar(self, theme: Theme, case: str) -> QWidget:
        made = QFrame()
        set_role(made, "bar")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(made)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        made.setMinimumHeight(grown(52))
        line.addWidget(label(case, "title"))
        line.addSpacing(8)
        review = button(tr("Review"), "tab", clicked=self.review_asked.emit)
        self.tabs = [
            button(tr("Exposure"), "tab", clicked=lambda: self.show_tab(0)),
            button(tr("Progress"), "tab", clicked=lambda: self.show_tab(1)),
        ]
        for tab in self.tabs:
            tab.setCheckable(True)
        for widget in (review, *self.tabs):
            # As high as the line, so that the mark below the open one stands on its edge.
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            line.addWidget(widget)
        line.addStretch(1)
        self.suggestions = button(tr("With suggestions"))
        self.suggestions.setCheckable(True)
        self.notices = button(tr("Notices…"), clicked=self.notices_asked.emit)
        self.export = button(tr("Export…"), clicked=self._choose_export)
        self.lock = IconButton(theme, "lock", tr("Lock"), "", tr("Lock the case"))
        for widget in (self.suggestions, self.notices, self.export, self.lock):
            line.addWidget(widget)
        line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return made

    def _exposure(self) -> QWidget:
        made = QWidget()
        body = column(made, (16, 16, 16, 16), 14)
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
        for figure in self.figures.values():
            figures.addWidget(figure, 1)
        body.addLayout(figures)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._matrix(), 1)
        self._side = card_around(self.categories)
        self._side.setFixedWidth(_SIDE)
        below.addWidget(self._side)
        body.addLayout(below, 1)
        return made

    def _matrix(self) -> QWidget:
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
        self.page = button(tr("Officer's page"), clicked=self._open_officer)
        for widget in (self.finder, self.only, self.page):
            head.addWidget(widget)
        head.addStretch(1)
        body.addLayout(head)
        body.addWidget(self.table, 1)
        self.note = label("", "small", wrap=True)
        self.note.setContentsMargins(12, 0, 12, 0)
        body.addWidget(self.note)
        return made

    def _progress(self) -> QWidget:
        inner = QWidget()
        set_role(inner, "ground")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(inner)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setSpacing(12)
        for number, chart in enumerate(self.charts[1:]):
            # The fifth has a line of its own.
            wide = 2 if number == 4 else 1
            grid.addWidget(card_around(chart), number // 2, number % 2, 1, wide)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _foot(self) -> QWidget:
        made = QFrame()
        set_role(made, "foot")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setMinimumHeight(30)
        self._said = label("", "footnote")
        self._said.setAccessibleName(tr("What was just done"))
        line = QHBoxLayout(made)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._said)
        line.addStretch(1)
        return made

    def _wire(self) -> None:
        self.table.asked.connect(self.asked)
        self.table.officer_asked.connect(self.officer_asked)
        for chart in self.charts:
            chart.asked.connect(self.asked)
        self.finder.textChanged.connect(lambda _: self._narrow())
        self.only.toggled.connect(lambda _: self._narrow())
        self.suggestions.toggled.connect(self._suggest)
        self.lock.clicked.connect(self.lock_asked)
        for keys, do in (
            ("Escape", self.review_asked.emit),
            ("Ctrl+1", lambda: self.show_tab(0)),
            ("Ctrl+2", lambda: self.show_tab(1)),
            ("Ctrl+F", self.finder.setFocus),
            ("Ctrl+O", self._open_officer),
            ("Ctrl+G", self.suggestions.toggle),
            ("Ctrl+L", self.lock_asked.emit),
        ):
            self._shortcut(keys, do)
        self.show_tab(0)

    def _shortcut(self, keys: str, do: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(lambda: do())

    # What it shows

    def show_tab(self, number: int) -> None:
        """0: the matrix, 1: the charts."""
        self._stack.setCurrentIndex(number)
        for at, tab in enumerate(self.tabs):
            tab.setChecked(at == number)
        self.suggestions.setVisible(number == 0)
        (self.table if number == 0 else self.charts[1]).setFocus()

    def show_exposure(self, exposure: Exposure) -> None:
        """Takes the matrix."""
        self._again(lambda: self.model.show(exposure))

    def show_overview(self, overview: Overview) -> None:
        """Takes the figures of the charts."""
        self._overview = overview
        self.over_time.show_stacks(
            [replace(s, label=tr(NO_DATE)) if s.label == NO_DATE else s
             for s in overview.over_time]
        )  # fmt: skip
        self.left.show_days(overview.documents, overview.per_day)
        named = [
            replace(b, label=tr(CATEGORIES.get(b.label, b.label))) for b in overview.categories
        ]
        self.categories.show_bars(named)
        self.types.show_bars([replace(b, label=tr(b.label)) for b in overview.types])
        self.folders.show_bars(overview.folders)
        read = [replace(b, label=tr(b.label.capitalize())) for b in overview.statuses]
        self.statuses.show_bars(read)
        share = overview.reviewed / overview.documents if overview.documents else 0.0
        count = self.locale().toString
        done = tr("%1 of %2").replace("%1", f"{share * 100:.0f} %")
        done = done.replace("%2", count(overview.documents))
        self.figures["reviewed"].say(overview.reviewed, done + self._pace(overview.per_day))
        self.figures["failures"].say(overview.failures, tr("listed, with reasons"))

    def _pace(self, days: Sequence[Bar]) -> str:
        if not days:
            return ""
        rate = sum(day.count for day in days) // len(days)
        return " · " + tr("%1 a day").replace("%1", self.locale().toString(rate))

    def say(self, sentence: str) -> None:
        """What was just done."""
        self._said.setText(sentence)

    def _count(self) -> None:
        rows = self.model.exposure.rows
        accepted = sum(row.worst is not None for row in rows)
        named = sum(row.worst is None and row.named > 0 for row in rows)
        high = [row for row in rows if row.worst is not None and row.worst >= Harm.HIGH]
        very = sum(row.worst is Harm.VERY_HIGH for row in high)
        count = self.locale().toString
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

    def _suggest(self, on: bool) -> None:
        self._again(lambda: self.model.suggest(on))

    def _open_officer(self) -> None:
        officer = self.table.officer()
        if officer is not None:
            self.officer_asked.emit(officer)

    # Handing on

    def _choose_export(self) -> None:
        kinds = "SVG (*.svg);;PNG (*.png)"
        file, _ = QFileDialog.getSaveFileName(self, tr("Export the picture"), "exposure.svg", kinds)
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """Writes the matrix, or each chart of the other tab as a file of its own."""
        try:
            if self._stack.currentIndex() == 0:
                self._write_matrix(file)
            else:
                for number, chart in enumerate(self.charts[1:], 1):
                    chart.write(file.with_stem(f"{file.stem}-{number}"))
        except UserError as error:
            self.say(str(error))
            return
        self.say(tr("Written to %1. It stands there unencrypted.").replace("%1", file.name))

    def _write_matrix(self, file: Path) -> None:
        def paint(painter: QPainter) -> None:
            draw_matrix(painter, self.model, self._theme.tokens)

        write_drawing(file, tr("Exposure of each officer"), drawn_size(self.model), paint)
