"""The case in figures: who is exposed and how, what is done, what is left. Beside the review."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from evidencebox.errors import UserError
from evidencebox.model.exposure import Exposure, Overview
from evidencebox.ui.beside import BesidePage
from evidencebox.ui.bits import button
from evidencebox.ui.languages import told, tr
from evidencebox.ui.matrix_tab import MatrixTab
from evidencebox.ui.progress_tab import ProgressTab
from evidencebox.ui.theme import Theme

EXPOSURE, PROGRESS = OWN = ("exposure", "progress")


class ExposurePage(BesidePage):
    """Two places: the matrix, and the charts of progress.

    Signals:
        asked(str): a query is to be searched for in the review.
        officer_asked(str)
        notices_asked(): the list of who is told is to be opened.
    """

    asked = Signal(str)
    officer_asked = Signal(str)
    notices_asked = Signal()

    def __init__(self, theme: Theme, case: str) -> None:
        super().__init__(theme, case, OWN)
        self.matrix, self.progress = MatrixTab(theme), ProgressTab(theme)
        self._stack = QStackedWidget()
        for tab in (self.matrix, self.progress):
            self._stack.addWidget(tab)
            tab.asked.connect(self.asked)
        self.matrix.officer_asked.connect(self.officer_asked)
        self.suggestions = button(tr("With suggestions"))
        self.suggestions.setCheckable(True)
        self.suggestions.toggled.connect(self.matrix.suggest)
        self.notices = button(tr("Notices…"), clicked=self.notices_asked.emit)
        export = button(tr("Export…"), clicked=self._choose_export)
        self.compose((None, self.suggestions, self.notices, export), self._stack)
        self.bind(
            {
                "Ctrl+1": lambda: self.show_place(EXPOSURE),
                "Ctrl+2": lambda: self.show_place(PROGRESS),
                "Ctrl+F": self.matrix.finder.setFocus,
                "Ctrl+O": self.matrix.open_officer,
                "Ctrl+G": self.suggestions.toggle,
            }
        )
        self.show_place(EXPOSURE)

    def show_place(self, name: str) -> None:
        """The matrix, or the charts; the keys go on from there."""
        super().show_place(name)
        self._stack.setCurrentIndex(OWN.index(name))
        self.suggestions.setVisible(name == EXPOSURE)
        (self.matrix.table if name == EXPOSURE else self.progress.over_time).setFocus()

    def show_exposure(self, exposure: Exposure) -> None:
        """Takes the matrix."""
        self.matrix.show_exposure(exposure)

    def show_overview(self, overview: Overview) -> None:
        """Takes the figures of the whole case, and of its charts."""
        self.matrix.show_overview(overview)
        self.progress.show_overview(overview)

    def _choose_export(self) -> None:
        kinds = "SVG (*.svg);;PNG (*.png)"
        file, _ = QFileDialog.getSaveFileName(self, tr("Export the picture"), "exposure.svg", kinds)
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """Writes the matrix, or each chart of the other place as a file of its own."""
        try:
            (self.matrix if self._stack.currentIndex() == 0 else self.progress).write(file)
        except UserError as error:
            self.say(str(error), problem=True)
            return
        self.say(told("Written to %1. It stands there unencrypted.", file.name))
