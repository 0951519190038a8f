"""The key map: one table for what the keys do, where they act, and what the legend says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from evidencebox.ui.languages import told, tr


class Where(StrEnum):
    """Where a key acts."""

    PANES = "panes"
    """Only while results, viewer or the affected officers have the focus: single keys."""
    READING = "reading"
    """Only while results or viewer have the focus."""
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the map. `verb` is what the window binds to it."""

    verb: str
    keys: tuple[str, ...]
    where: Where
    words: str
    shown: str = ""

    @property
    def caption(self) -> str:
        """How the legend writes the keys."""
        return self.shown or "  ".join(self.keys)


KEYS = (
    Key("search", ("/",), Where.PANES, "Search box", "/  or  Ctrl+K"),
    Key("search", ("Ctrl+K",), Where.WINDOW, ""),
    Key("save_search", ("Ctrl+S",), Where.WINDOW, "Save the search"),
    Key("next_document", ("J",), Where.PANES, "Next document", "J  or  ↓"),
    Key("previous_document", ("K",), Where.PANES, "Previous document", "K  or  ↑"),
    Key("viewer", ("Return", "Enter"), Where.READING, "Into the viewer", "Enter"),
    Key("results", ("Escape",), Where.PANES, "Back to the results", "Esc"),
    Key("next_hit", ("N",), Where.PANES, "Next hit", "N  or  F3"),
    Key("next_hit", ("F3",), Where.WINDOW, ""),
    Key("previous_hit", ("P",), Where.PANES, "Previous hit", "P  or  Shift+F3"),
    Key("previous_hit", ("Shift+F3",), Where.WINDOW, ""),
    Key("next_mark", ("I",), Where.READING, "What is marked, one by one", "I  Shift+I"),
    Key("previous_mark", ("Shift+I",), Where.READING, ""),
    Key("find", ("Ctrl+F",), Where.WINDOW, "Find in the document"),
    Key("next_with_hits", ("Ctrl+]",), Where.WINDOW, "Next, previous with hits", "Ctrl+]  ["),
    Key("previous_with_hits", ("Ctrl+[",), Where.WINDOW, ""),
    Key("go_to_page", ("Ctrl+G",), Where.WINDOW, "Page by its number"),
    Key("next_page", ("Ctrl+PgDown",), Where.WINDOW, "Next page"),
    Key("previous_page", ("Ctrl+PgUp",), Where.WINDOW, "Previous page"),
    Key("larger", ("Ctrl++", "Ctrl+="), Where.WINDOW, "Larger text", "Ctrl +"),
    Key("smaller", ("Ctrl+-",), Where.WINDOW, "Smaller text", "Ctrl -"),
    Key("fit", ("Ctrl+0",), Where.WINDOW, "Fit the page to the width"),
    Key("turn", ("Ctrl+R",), Where.WINDOW, "Turn the page"),
    Key("thumbnails", ("Ctrl+T",), Where.WINDOW, "Page thumbnails"),
    Key("veil", ("V",), Where.READING, "Show or blur a picture"),
    Key("tab_1", ("Ctrl+1",), Where.WINDOW, "Tabs of the viewer", "Ctrl+1 … 5"),
    *(Key(f"tab_{n}", (f"Ctrl+{n}",), Where.WINDOW, "") for n in range(2, 6)),
    Key("harm_0", ("0",), Where.PANES, "Harm: none … very high", "0 … 4"),
    Key("harm_1", ("1",), Where.PANES, ""),
    Key("harm_2", ("2",), Where.PANES, ""),
    Key("harm_3", ("3",), Where.PANES, ""),
    Key("harm_4", ("4",), Where.PANES, ""),
    Key("clear_harm", ("Backspace",), Where.PANES, "Take the tag back"),
    Key("officer", ("O",), Where.PANES, "Add an officer"),
    Key("categories", ("T",), Where.PANES, "Categories"),
    Key("note", ("M",), Where.PANES, "Note"),
    Key("accept", ("Y",), Where.PANES, "Suggestion: yes, no, unsure", "Y  X  U"),
    Key("reject", ("X",), Where.PANES, ""),
    Key("unsure", ("U",), Where.PANES, ""),
    Key("repeat", ("R",), Where.PANES, "Code like the last one"),
    Key("second_look", ("F",), Where.PANES, "Second look"),
    Key("mark", ("Space",), Where.READING, "Mark the row"),
    Key("batch", ("B",), Where.PANES, "Code marked, or all found"),
    Key("reviewed", ("Ctrl+Return", "Ctrl+Enter"), Where.WINDOW, "Reviewed, next", "Ctrl+Enter"),
    Key("undo", ("Ctrl+Z",), Where.WINDOW, "Undo"),
    Key("redo", ("Ctrl+Shift+Z",), Where.WINDOW, "Redo"),
    Key("exhibit", ("Ctrl+E",), Where.WINDOW, "Add to the exhibits"),
    Key("exhibits", ("F7",), Where.WINDOW, "Exhibits"),
    Key("redact", ("F8",), Where.WINDOW, "Redact the document"),
    Key("export", ("Ctrl+Shift+E",), Where.WINDOW, "Export"),
    Key("exposure", ("F4",), Where.WINDOW, "Exposure and progress"),
    Key("preferences", ("Ctrl+,",), Where.WINDOW, "Preferences"),
    Key("next_pane", ("F6",), Where.WINDOW, "Next pane"),
    Key("previous_pane", ("Shift+F6",), Where.WINDOW, "Previous pane"),
    Key("lock", ("Ctrl+L",), Where.WINDOW, "Lock"),
    Key("hide", ("F9",), Where.WINDOW, "Hide content"),
    Key("layout", ("Ctrl+\\",), Where.WINDOW, "Viewer below, beside, away"),
    Key("review_mode", ("F11",), Where.WINDOW, "Review mode"),
    Key("legend", ("?",), Where.PANES, "This legend", "?  or  F1"),
    Key("legend", ("F1",), Where.WINDOW, ""),
)


_PRESSING = ("Space", "Return", "Enter")
"""Keys that press the button which has the focus, wherever it stands."""

FILING = ("exhibit", "exhibits", "redact", "export")
"""Verbs of what is filed and let out, which leave the review."""
OFFICE = ("exposure", "preferences")
"""Verbs of what is opened around the review."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer made of the map: verb → his key; and whether single keys act at all."""

    own: Mapping[str, str] = field(default_factory=dict)
    singles: bool = True

    def acting(self) -> tuple[Key, ...]:
        """The map as it acts now. A key of one's own stands for all keys its verb had."""
        return _acting(frozenset(self.own.items()), self.singles)

    def first(self, verb: str) -> str:
        """The first key that does something now; empty where none does."""
        return next((key.keys[0] for key in self.acting() if key.verb == verb), "")

    def mistake(self, verb: str, keys: str) -> str:
        """Why a verb cannot have a key, in one sentence; empty where it can."""
        if not QKeySequence(keys).count():
            return tr("Press the key that is to do it.")
        where = next(key.where for key in KEYS if key.verb == verb)
        if where is Where.WINDOW and is_single(keys):
            return tr(
                "It acts everywhere, also while you type: take a key with Ctrl or Alt, or F2."
            )
        for key in self.acting():
            if key.verb != verb and any(QKeySequence(k) == QKeySequence(keys) for k in key.keys):
                words = next((each.words for each in KEYS if each.verb == key.verb), key.verb)
                return told("%1 is taken: %2.", keys, tr(words))
        return ""


@lru_cache(maxsize=4)
def _acting(chosen: frozenset[tuple[str, str]], singles: bool) -> tuple[Key, ...]:
    # Every line of a menu asks for its key.
    made = []
    theirs = dict(chosen)
    done: set[str] = set()
    for key in KEYS:
        own = theirs.get(key.verb)
        if own is not None:
            if key.verb in done:
                continue
            key = replace(key, keys=(own,), shown=own)
            done.add(key.verb)
        kept = tuple(k for k in key.keys if singles or not is_single(k))
        if kept:
            made.append(replace(key, keys=kept))
    return tuple(made)


def is_single(keys: str) -> bool:
    """Whether it is a sign typed by itself, which speech input may say by chance (WCAG 2.1.4)."""
    return len(keys) == 1 or keys == "Backspace"


def bind(
    verbs: Mapping[str, Callable[[], object]],
    window: QWidget,
    reading: Iterable[QWidget],
    coding: Iterable[QWidget],
    choice: Choice | None = None,
) -> list[QShortcut]:
    """Makes the shortcuts. Raises KeyError for a verb of the map that nobody does."""
    reading, coding = tuple(reading), tuple(coding)
    homes = {
        Where.WINDOW: (window,),
        Where.READING: reading,
        Where.PANES: (*reading, *coding),
    }
    made = []
    for key in (choice or Choice()).acting():
        for home in homes[key.where]:
            for keys in key.keys:
                made.append(_shortcut(QKeySequence(keys), home, key.where, verbs[key.verb]))
    return made


def _shortcut(
    keys: QKeySequence, home: QWidget, where: Where, verb: Callable[[], object]
) -> QShortcut:
    shortcut = QShortcut(keys, home)
    context = Qt.ShortcutContext
    shortcut.setContext(
        context.WidgetWithChildrenShortcut if where is not Where.WINDOW else context.WindowShortcut
    )
    shortcut.setAutoRepeat(where is not Where.WINDOW)
    presses = where is not Where.WINDOW and keys.toString() in _PRESSING
    shortcut.activated.connect(lambda: (_pressed() if presses else False) or verb())
    return shortcut


def _pressed() -> bool:
    """Presses the button that has the focus; False where none has.

    A shortcut is heard before the button is: without this nobody could press one by keys.
    """
    held = QApplication.focusWidget()
    if not isinstance(held, QPushButton):
        return False
    held.click()
    return True
