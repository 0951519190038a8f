"""The top line: which case, the search box, and what can be done with the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from evidencebox.model.views import CaseSummary
from evidencebox.ui.bits import IconButton, button, label, set_role
from evidencebox.ui.card import SUFFIX
from evidencebox.ui.keys import Choice
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.search_bar import SearchBox
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Mode, Theme, scaled

_MODE_WORDS = {
    Mode.SYSTEM: "As the system",
    Mode.LIGHT: "Light",
    Mode.DARK: "Dark",
    Mode.HIGH: "High contrast",
}


def case_alias(summary: CaseSummary) -> str:
    """What the case is called on screen."""
    return one_line(summary.name.removesuffix(SUFFIX))


MenuLine = tuple[str, str, Callable[[], object]] | None
"""Words, the verb of the key map that does the same ("" for none), what to do; None: a rule."""


class CaseMenu(QMenu):
    """Everything that is not done every minute.

    Signals:
        mode_chosen(Mode)
    """

    mode_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Case menu"))
        self._looks = QMenu(tr("Appearance"), self)
        self._looks.setAccessibleName(tr("Appearance"))
        self._modes: dict[Mode, QAction] = {}
        self._named: list[tuple[QAction, str, str]] = []
        self._choice = Choice()
        group = QActionGroup(self)
        for mode, words in _MODE_WORDS.items():
            action = QAction(tr(words), self, checkable=True)
            action.triggered.connect(lambda *_, which=mode: self.mode_chosen.emit(which))
            group.addAction(action)
            self._looks.addAction(action)
            self._modes[mode] = action

    def fill(self, lines: Sequence[MenuLine]) -> None:
        """Takes what stands in it; the appearance comes last."""
        self.clear()
        self._named.clear()
        self.addMenu(self._looks)
        self.extend([*lines, None])

    def extend(self, lines: Sequence[MenuLine]) -> None:
        """Adds more, above the appearance."""
        before = self._looks.menuAction()
        for line in lines:
            if line is None:
                self.insertSeparator(before)
                continue
            words, verb, do = line
            action = QAction(words, self)
            action.triggered.connect(lambda *_, act=do: act())
            self.insertAction(before, action)
            self._named.append((action, words, verb))
        self.show_keys(self._choice)

    def show_keys(self, choice: Choice) -> None:
        """Writes beside each line the key that does the same, as the reviewer chose it."""
        self._choice = choice
        for action, words, verb in self._named:
            key = choice.first(verb)
            action.setText(f"{words}\t{key}" if key else words)

    def show_mode(self, mode: Mode) -> None:
        """Ticks the chosen appearance, in words as well."""
        for each, action in self._modes.items():
            action.setChecked(each is mode)
            words = tr(_MODE_WORDS[each])
            action.setText(f"{words}  \u2713" if each is mode else words)


class TopBar(QFrame):
    """Case · documents · search · details · menu · lock.

    Signals:
        details_toggled(bool)
        save_asked(): the search is to be saved.
        lock_asked()
    """

    details_toggled = Signal(bool)
    save_asked = Signal()
    lock_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._case = label("", "title")
        self._state = label("", "secondary")
        self.search = SearchBox(theme)
        self.menu = CaseMenu(self)
        self._save = save = IconButton(theme, "star", tr("Save"), "", tr("Save the search"))
        save.clicked.connect(self.save_asked)
        self._details = details = button(tr("Details"), name=tr("How the search was understood"))
        details.setCheckable(True)
        details.toggled.connect(self.details_toggled)
        self._more = IconButton(theme, "more", "", "", tr("Case menu"))
        self._more.clicked.connect(self._open_menu)
        self._lock = lock = IconButton(theme, "lock", tr("Lock"), "", tr("Lock the case"))
        lock.clicked.connect(self.lock_asked)
        self._left = label("", "secondary")
        self._left.setAccessibleName(tr("Time until it locks by itself"))
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 9, 16, 9)
        line.setSpacing(13)
        line.addWidget(self._case)
        line.addWidget(self._state)
        line.addWidget(self.search, 1)
        for made in (save, details, self._left, self._more, lock):
            line.addWidget(made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow line lets go of what can be read elsewhere, and keeps the search box."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.width() - scaled(320) - 32
        for part in (self._case, self._details, self._save, self._more, self._lock):
            room -= part.sizeHint().width() + 13
        for part in (self._left, self._state):
            room -= part.sizeHint().width() + 13
            part.setVisible(room >= 0)

    def show_summary(self, summary: CaseSummary) -> None:
        """Whose case it is, how large, and whether the trove is at hand."""
        self._case.setText(told("Case “%1”", case_alias(summary)))
        documents = several(summary.documents, "1 document", "%1 documents")
        there = summary.trove_present
        trove = tr("read-only trove") if there else tr("trove not connected")
        self._state.setText(
            f"{documents} · {trove}" if summary.documents else tr("no documents yet")
        )
        self._make_room()

    def show_time_left(self, words: str) -> None:
        """When it locks by itself, if nobody touches it."""
        self._left.setText(words)
        self._make_room()

    def clear(self) -> None:
        """Names no case."""
        self._case.clear()
        self._state.clear()
        self.search.clear()

    def _open_menu(self) -> None:
        below = self._more.mapToGlobal(self._more.rect().bottomRight())
        below.setX(below.x() - self.menu.sizeHint().width())
        below.setY(below.y() + 4)
        self.menu.popup(below)
