"""Cards of the figures: a number with a line about it, and a frame around a chart."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from evidencebox.ui.bits import column, label, set_role
from evidencebox.ui.chart import Chart
from evidencebox.ui.languages import figure


class Figure(QFrame):
    """A card: what, how many, and a line about it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        body = column(self, (16, 13, 16, 13), 3)
        self._title, self._number = title, label("–", "figure")
        self._words = label("", "small", wrap=True)
        body.addWidget(label(title, "secondary", wrap=True))
        body.addWidget(self._number)
        body.addWidget(self._words)

    def say(self, number: int, words: str) -> None:
        """Takes a figure."""
        self._number.setText(figure(number))
        self._words.setText(words)
        self.setAccessibleName(f"{self._title}: {self._number.text()}, {words}")


def card_around(chart: Chart) -> QFrame:
    """A card with one chart at its top."""
    made = QFrame()
    set_role(made, "card")
    body = QVBoxLayout(made)
    body.setContentsMargins(2, 2, 2, 8)
    body.addWidget(chart)
    body.addStretch(1)
    return made
