"""Two arrows around words: hits, pages and changes are stepped through by it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidencebox.ui.bits import IconButton, label, row
from evidencebox.ui.languages import tr
from evidencebox.ui.theme import Theme

_STEPS = {
    "hit": ("Place among the hits", "Previous hit", "Next hit"),
    "page": ("Place among the pages", "Previous page", "Next page"),
    "change": ("Place among the changes", "Previous change", "Next change"),
}


class Stepper(QWidget):
    """Arrows around words: a place in a row of things, and its two neighbours.

    Signals:
        stepped(int): -1 or 1.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, thing: str) -> None:
        super().__init__()
        self._words = label("", "secondary")
        here, before, after = _STEPS[thing]
        self._words.setAccessibleName(tr(here))
        back = IconButton(theme, "previous", "", "plain", tr(before))
        on = IconButton(theme, "next", "", "plain", tr(after))
        self._buttons = (back, on)
        back.clicked.connect(lambda: self.stepped.emit(-1))
        on.clicked.connect(lambda: self.stepped.emit(1))
        line = row(back, self._words, on, spacing=0)
        line.setContentsMargins(0, 0, 6, 0)
        self.setLayout(line)

    def show_place(self, words: str, many: bool) -> None:
        """What stands between the arrows, and whether they lead anywhere."""
        self._words.setText(words)
        for arrow in self._buttons:
            arrow.setVisible(many)

    @property
    def words(self) -> str:
        return self._words.text()
