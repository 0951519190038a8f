"""Before a case is open: the pages of the front, one at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from evidencebox.ui.beginning import BeginPage
from evidencebox.ui.card import Card
from evidencebox.ui.creating import CreatePage, RecoveryPage
from evidencebox.ui.unlocking import LostPage, UnlockPage
from evidencebox.ui.welcome import WelcomePage


class Front(QStackedWidget):
    """The pages."""

    def __init__(self) -> None:
        super().__init__()
        self.welcome, self.unlock = WelcomePage(), UnlockPage()
        self.making, self.recovery = CreatePage(), RecoveryPage()
        self.lost, self.beginning = LostPage(), BeginPage()
        pages = (self.welcome, self.unlock, self.making, self.recovery, self.lost, self.beginning)
        for page in pages:
            self.addWidget(page)

    def show_page(self, page: Card) -> None:
        """Brings a page to the front, with no old complaint."""
        page.complain("")
        self.setCurrentWidget(page)
