"""What every page beside the review has: the way to the other places, and what was just done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from evidencebox.ui.bits import IconButton, button, column, label, row, set_role
from evidencebox.ui.keys import Choice, Where
from evidencebox.ui.languages import tr
from evidencebox.ui.theme import Theme, grown

PLACES = {
    "review": "Review",
    "exposure": "Exposure",
    "progress": "Progress",
    "exhibits": "Exhibits",
    "redaction": "Redaction",
}
PASSING = "redaction"
"""Of one document: no place to go to without one, and its line is full of tools."""
_FROM_PASSING = ("review", "exhibits", PASSING)


class BesidePage(QWidget):
    """A top line with the places, a page's own content, and a bottom line.

    Signals:
        place_asked(str): another of `PLACES`.
        lock_asked()
    """

    place_asked = Signal(str)
    lock_asked = Signal()

    def __init__(self, theme: Theme, case: str, own: Sequence[str]) -> None:
        """`own`: which of the places this page is."""
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lock = IconButton(theme, "lock", tr("Lock"), "", tr("Lock the case"))
        self.lock.clicked.connect(self.lock_asked)
        self.said = label("", "footnote")
        self.said.setAccessibleName(tr("What was just done"))
        self._case, self._own = case, own
        passing = PASSING in own
        self.tabs = {
            name: self._tab(name)
            for name in PLACES
            if (name in _FROM_PASSING if passing else name != PASSING)
        }
        self._keys: list[QShortcut] = []
        self._chosen: list[QShortcut] = []
        self.bind({"Escape": lambda: self.place_asked.emit("review")})

    def _tab(self, name: str) -> QPushButton:
        made = button(tr(PLACES[name]), "tab", clicked=lambda: self._go(name))
        made.setCheckable(True)
        made.setChecked(name == self._own[0])
        # As high as the line, so that the mark below the open one stands on its edge.
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return made

    def _go(self, name: str) -> None:
        if name in self._own:
            self.show_place(name)
        else:
            self.tabs[name].setChecked(False)
            self.place_asked.emit(name)

    def show_place(self, name: str) -> None:
        """Shows one of the page's own places."""
        for each, tab in self.tabs.items():
            tab.setChecked(each == name)

    def compose(
        self,
        tools: Sequence[QWidget | None],
        content: QWidget | QLayout,
        below: Sequence[QWidget | None] = (None,),
    ) -> None:
        """Puts it together: what stands behind the tabs, and behind the last word; None is room."""
        body = column(self, (0, 0, 0, 0), 0)
        body.addWidget(self._top(tools))
        if isinstance(content, QWidget):
            body.addWidget(content, 1)
        else:
            body.addLayout(content, 1)
        body.addWidget(self._foot(below))

    def _top(self, tools: Sequence[QWidget | None]) -> QWidget:
        made = QFrame()
        set_role(made, "bar")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setMinimumHeight(grown(52))
        line = row(label(self._case, "title"), 0, *self.tabs.values(), *tools, self.lock)
        line.setContentsMargins(16, 0, 16, 0)
        line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        made.setLayout(line)
        return made

    def _foot(self, below: Sequence[QWidget | None]) -> QWidget:
        made = QFrame()
        set_role(made, "foot")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setMinimumHeight(30)
        column(made, (16, 0, 16, 0), 0).addLayout(row(self.said, *below))
        return made

    def bind(self, keys: Mapping[str, Callable[[], object]], home: QWidget | None = None) -> None:
        """Keys of the page's own; they act while the focus is in it, or in `home`."""
        for each, do in keys.items():
            self._keys.append(_shortcut(each, home or self, do))

    def lead(self, verbs: Mapping[str, Callable[[], object]], choice: Choice) -> None:
        """Keys of the whole window, as the reviewer chose them; a page's own gives way to one."""
        for old in self._chosen:
            old.setEnabled(False)
            old.deleteLater()
        self._chosen = [
            _shortcut(each, self, verbs[key.verb])
            for key in choice.acting()
            if key.where is Where.WINDOW and key.verb in verbs
            for each in key.keys
        ]
        self.show_keys(choice)
        taken = [each.key() for each in self._chosen]
        for own in self._keys:
            own.setEnabled(own.key() not in taken)

    def show_keys(self, choice: Choice) -> None:
        """Writes keys where the page tells of some."""

    def say(self, sentence: str, problem: bool = False) -> None:
        """What was just done, or what to look at."""
        set_role(self.said, "footwrong" if problem else "footnote")
        self.said.setText(sentence)


def _shortcut(keys: str, home: QWidget, do: Callable[[], object]) -> QShortcut:
    made = QShortcut(QKeySequence(keys), home)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: do())
    return made
