"""What stands in the place of an empty list: why it is empty, and one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from evidencebox.ui.bits import button, column, label, set_role
from evidencebox.ui.languages import tr


class Nothing(QFrame):
    """Why a list is empty, and one thing to do about it."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "panel")
        self.words = label("", "secondary", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._do: Callable[[], object] = lambda: None
        self.action = button("", clicked=lambda: self._do())
        body = column(self, (24, 24, 24, 24), 12)
        body.addStretch(1)
        body.addWidget(self.words)
        body.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(1)

    def say(self, words: str, action: str, do: Callable[[], object]) -> None:
        """The sentence, and the action; without words for it there is no button."""
        self.words.setText(words)
        self.action.setText(action)
        self.action.setAccessibleName(action or tr("Nothing to do"))
        self.action.setVisible(bool(action))
        self._do = do
