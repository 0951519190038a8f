"""A page with one card in its middle, of which everything before an open case is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from evidencebox.ui.bits import column, label, set_role
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import grown

SUFFIX = ".evidencebox"
_CARD_WIDTH = 440


def alias(folder: Path) -> str:
    """What a case is called on screen: its folder's name without the suffix."""
    return one_line(folder.name.removesuffix(SUFFIX))


class Card(QWidget):
    """A page with one card in its middle."""

    def __init__(self, title: str, words: str = "") -> None:
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(grown(_CARD_WIDTH))
        self.body: QVBoxLayout = column(card, (32, 28, 32, 28), 10)
        self.title = label(title, "display", wrap=True)
        self.body.addWidget(self.title)
        self.words = label(words, "secondary", wrap=True)
        self.words.setVisible(bool(words))
        self.body.addWidget(self.words)
        self.body.addSpacing(6 if words else 0)
        self.problem = label("", "danger", wrap=True)
        self.problem.setAccessibleName(tr("Problem"))
        self.problem.hide()
        self.busy = QProgressBar()
        self.busy.setAccessibleName(tr("Working"))
        self.busy.setRange(0, 0)
        self.busy.setFixedHeight(4)
        self.busy.setTextVisible(False)
        self.busy.hide()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        down = QVBoxLayout(self)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)

    def complain(self, sentence: str) -> None:
        """Shows a sentence, and waits no longer."""
        self.work(False)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def work(self, on: bool) -> None:
        """Shows that something runs."""
        self.busy.setVisible(on)
        if on:
            self.problem.hide()

    def field(self, name: str, secret: bool = False) -> QLineEdit:
        """A named line of the card."""
        self.body.addWidget(label(name, "strong", wrap=True))
        made = QLineEdit()
        made.setAccessibleName(name)
        if secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(made)
        return made


class CapsHint(QLabel):
    """Says that Caps Lock seems to be on, as letters typed into a line show."""

    def __init__(self, *lines: QLineEdit) -> None:
        super().__init__(tr("Caps Lock seems to be on."))
        set_role(self, "danger")
        self.hide()
        for line in lines:
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            text = event.text()
            if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.setVisible(text.isupper() != shift)
        return False
