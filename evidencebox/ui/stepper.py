"""Two arrows around words: hits, pages and changes are stepped through by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from evidencebox.ui.bits import IconButton, button, is_escape, label, row
from evidencebox.ui.languages import told, tr
from evidencebox.ui.theme import Theme, grown

_STEPS = {
    "hit": ("Place among the hits", "Previous hit", "Next hit"),
    "page": ("Place among the pages", "Previous page", "Next page"),
    "change": ("Place among the changes", "Previous change", "Next change"),
}
_MOST, _WIDE = 999_999, 84
_OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Stepper(QWidget):
    """Arrows around words: a place in a row of things, and its two neighbours.

    Signals:
        stepped(int): -1 or 1.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, thing: str) -> None:
        super().__init__()
        here, before, after = _STEPS[thing]
        self._words = self._place(tr(here))
        back = IconButton(theme, "previous", "", "plain", tr(before))
        on = IconButton(theme, "next", "", "plain", tr(after))
        self._buttons = (back, on)
        back.clicked.connect(lambda: self.stepped.emit(-1))
        on.clicked.connect(lambda: self.stepped.emit(1))
        line = row(back, self._words, on, spacing=0)
        line.setContentsMargins(0, 0, 6, 0)
        self.setLayout(line)

    def _place(self, name: str) -> QLabel | QPushButton:
        """What says the place."""
        made = label("", "secondary")
        made.setAccessibleName(name)
        return made

    def show_place(self, words: str, many: bool) -> None:
        """What stands between the arrows, and whether they lead anywhere."""
        self._words.setText(words)
        for arrow in self._buttons:
            arrow.setVisible(many)

    @property
    def words(self) -> str:
        return self._words.text()


class PageStepper(Stepper):
    """Pages, which may be gone to by number as well.

    Signals:
        chosen(int): the page of this number is wanted.
        left(): the number was typed, or not after all.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "page")
        self._many = False
        self.line = QLineEdit()
        self.line.setValidator(QIntValidator(1, _MOST, self.line))
        self.line.setAccessibleName(tr("Number of the page to go to"))
        self.line.setFixedWidth(grown(_WIDE))
        self.line.returnPressed.connect(self._choose)
        self.line.editingFinished.connect(self._close)
        self.line.installEventFilter(self)
        self.line.hide()
        line = self.layout()
        assert isinstance(line, QHBoxLayout)
        line.insertWidget(1, self.line)

    def _place(self, name: str) -> QLabel | QPushButton:
        return button("", "plain", name, self.ask)

    def show_place(self, words: str, many: bool) -> None:
        super().show_place(words, many)
        self.line.hide()
        self._words.show()
        # Not disabled where there is one page only: its place is still to be read.
        self._many = many
        focus = Qt.FocusPolicy.StrongFocus if many else Qt.FocusPolicy.NoFocus
        self._words.setFocusPolicy(focus)
        self._words.setAccessibleName(told("%1; go to another", words) if many else words)

    def ask(self) -> None:
        """Takes a number in the place of the words."""
        if self._many:
            self.line.clear()
            self.line.setPlaceholderText(tr("Number"))
            self._words.hide()
            self.line.show()
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self) -> None:
        number = int(self.line.text())
        self._close()
        self.chosen.emit(number)

    def _close(self) -> None:
        if self.line.isVisible():
            self.line.hide()
            self._words.show()
            self.left.emit()

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # the viewer, around it, has verbs of its own for these
                return True
            if is_escape(event):
                self._close()
                return True
        return super().eventFilter(watched, event)
