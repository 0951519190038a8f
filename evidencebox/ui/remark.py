"""A line above what is read: what is amiss with it, and the way out where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from evidencebox.ui.bits import button
from evidencebox.ui.elided import Elided
from evidencebox.ui.flow import FlowLayout


class Remark(QWidget):
    """Words and a link."""

    def __init__(self, way: str, name: str, taken: Callable[[], object]) -> None:
        """`way` is the link's text, `name` what a screen reader says, `taken` what it does."""
        super().__init__()
        self._words = Elided("secondary")
        self.way = button(way, "link", name, taken)
        inside = FlowLayout(self, 10)
        inside.setContentsMargins(20, 4, 14, 2)
        inside.addWidget(self._words)
        inside.addWidget(self.way)
        self.hide()

    def say(self, words: str, way: bool = True) -> None:
        """Shows the words, and the way out if there is one; nothing where there are none."""
        self._words.setText(words)
        self.way.setVisible(way)
        self.setVisible(bool(words))
