"""Why nothing is boxed on a page though something is marked, and the way out where there is one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidencebox.ui.bits import button, label
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.languages import tr

UNPLACED = "Where the marks stand on this page is not known; they stand in Text."


class Unplaced(QWidget):
    """A line above the page.

    Signals:
        again_wanted(): the document is to be recognised again.
    """

    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.again = button(
            tr("Recognise it again"),
            "link",
            tr("Read this document again, with the places of its words"),
            self.again_wanted.emit,
        )
        inside = FlowLayout(self, 10)
        inside.setContentsMargins(20, 2, 14, 0)
        inside.addWidget(label(tr(UNPLACED), "secondary"))
        inside.addWidget(self.again)
        self.hide()

    def show_for(self, boxless: bool, placeless: bool) -> None:
        """`boxless`: something is marked and nothing boxed; `placeless`: since the places of words
        were not kept when the page was recognised."""
        self.setVisible(boxless)
        self.again.setVisible(placeless)
