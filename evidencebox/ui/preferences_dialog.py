"""The form of what a reviewer prefers; each choice acts at once, and none is about a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.keys import KEYS, Choice
from evidencebox.ui.languages import LANGUAGES, tr
from evidencebox.ui.preferences import LOCK_MINUTES, Preferences
from evidencebox.ui.theme import PERCENTS, Mode

_VERB = Qt.ItemDataRole.UserRole


def mode_words() -> dict[Mode, str]:
    """The appearances, in words."""
    return {
        Mode.SYSTEM: tr("As the system"),
        Mode.LIGHT: tr("Light"),
        Mode.DARK: tr("Dark"),
        Mode.HIGH: tr("High contrast"),
    }


class PreferencesDialog(Dialog):
    """Appearance, letters, language, locking, keys.

    Signals:
        mode_chosen(Mode), percent_chosen(int), language_chosen(str), lock_chosen(int)
        keys_chosen(Choice)
        forget_asked(): the names of recent cases are to be forgotten.
    """

    mode_chosen = Signal(object)
    percent_chosen = Signal(int)
    language_chosen = Signal(str)
    lock_chosen = Signal(int)
    keys_chosen = Signal(object)
    forget_asked = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Preferences"))
        self._keys = preferences.keys
        body = column(self, (24, 22, 24, 20), 12)
        body.addStrut(512)
        body.addWidget(label(tr("Preferences"), "display"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        body.addLayout(grid)
        self._grid = grid
        modes = list(mode_words().items())
        self.mode = self._choice(tr("Appearance"), modes, preferences.mode, self.mode_chosen.emit)
        sizes = [(each, f"{each} %") for each in PERCENTS]
        percent = preferences.percent
        self.percent = self._choice(tr("Letters"), sizes, percent, self.percent_chosen.emit)
        languages = [("", tr("As the system")), *LANGUAGES.items()]
        self.language = self._choice(
            tr("Language"), languages, preferences.language, self.language_chosen.emit
        )
        minutes = [(each, tr("after %1 minutes").replace("%1", str(each))) for each in LOCK_MINUTES]
        self.lock = self._choice(
            tr("Locks by itself"), minutes, preferences.lock_minutes, self.lock_chosen.emit
        )
        hint = tr("A language shows in full when EvidenceBox is started the next time.")
        body.addWidget(label(hint, "secondary", wrap=True))
        self._add_keys(body)
        forget = button(tr("Forget recent cases"), clicked=self.forget_asked.emit)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(forget, None, close))

    def _choice(
        self, name: str, values: Sequence[tuple[Any, str]], now: Any, chosen: Callable[[Any], Any]
    ) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.view().setAccessibleName(name)
        for value, words in values:
            made.addItem(words, value)
        made.setCurrentIndex(next((i for i, (v, _) in enumerate(values) if v == now), 0))
        made.activated.connect(lambda place: chosen(values[place][0]))
        line = self._grid.rowCount()
        self._grid.addWidget(label(name, "strong"), line, 0)
        self._grid.addWidget(made, line, 1)
        return made

    def _add_keys(self, body: Any) -> None:
        body.addWidget(label(tr("Keys"), "strong"))
        self.singles = QCheckBox(tr("Single keys act in the results and the viewer"))
        self.singles.setAccessibleName(self.singles.text())
        self.singles.setChecked(self._keys.singles)
        self.singles.toggled.connect(lambda on: self._take(Choice(self._keys.own, on)))
        body.addWidget(self.singles)
        self.verbs = QListWidget()
        self.verbs.setAccessibleName(tr("What keys do"))
        self.verbs.setMinimumHeight(150)
        body.addWidget(self.verbs, 1)
        self.pressed = QKeySequenceEdit()
        self.pressed.setMaximumSequenceLength(1)
        self.pressed.setAccessibleName(tr("Press the new key"))
        line = self.pressed.findChild(QLineEdit)
        if line is not None:
            line.setAccessibleName(tr("Press the new key"))
        self.set = button(tr("Set key"), clicked=self._set)
        self.reset = button(tr("All keys as they were"), clicked=self._reset)
        body.addLayout(row(self.pressed, self.set, None, self.reset))
        self.problem = label("", "danger", wrap=True)
        body.addWidget(self.problem)
        self._fill()

    def _fill(self) -> None:
        at = max(0, self.verbs.currentRow())
        acting = {key.verb: key for key in reversed(self._keys.acting())}
        self.verbs.clear()
        for verb, words in verbs():
            keys = (
                acting[verb].caption.replace(" or ", f" {tr('or')} ")
                if verb in acting
                else tr("no key")
            )
            item = QListWidgetItem(f"{words}  ·  {keys}")
            item.setData(_VERB, verb)
            self.verbs.addItem(item)
        self.verbs.setCurrentRow(at)

    def _set(self) -> None:
        item: QListWidgetItem | None = self.verbs.currentItem()
        keys = self.pressed.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if item is None:
            return
        verb = str(item.data(_VERB))
        mistake = self._keys.mistake(verb, keys)
        self.problem.setText(mistake)
        if not mistake:
            self.pressed.clear()
            self._take(Choice({**self._keys.own, verb: keys}, self._keys.singles))

    def _reset(self) -> None:
        self.problem.clear()
        self._take(Choice({}, self._keys.singles))

    def _take(self, choice: Choice) -> None:
        self._keys = choice
        self._fill()
        self.keys_chosen.emit(choice)


def verbs() -> list[tuple[str, str]]:
    """Each verb of the map once, with what it does; each level and tab by its own number."""
    made: dict[str, str] = {}
    paired = {
        "previous_mark": tr("What is marked, backwards"),
        "previous_with_hits": tr("Previous with hits"),
        "reject": tr("Suggestion: no"),
        "unsure": tr("Suggestion: unsure"),
    }
    for key in KEYS:
        if key.verb.startswith("harm_"):
            made[key.verb] = tr("Harm %1").replace("%1", key.verb[-1])
        elif key.verb.startswith("tab_"):
            made[key.verb] = tr("Tab %1").replace("%1", key.verb[-1])
        elif key.verb not in made:
            # What the legend says of two keys at once is said of each here.
            made[key.verb] = paired.get(key.verb) or tr(key.words)
    return list(made.items())
