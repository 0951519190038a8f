"""Small parts that every panel is built of: plain labels, buttons with a name, key caps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidencebox.ui.icons import icon
from evidencebox.ui.languages import told
from evidencebox.ui.tab_order import step
from evidencebox.ui.theme import Theme, grown, scaled


def set_role(widget: QWidget, role: str, name: str = "role") -> None:
    """Gives a widget its part in the style sheet, and dresses it again."""
    if widget.property(name) == role:
        return
    widget.setProperty(name, role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A label that shows its text as it is: never as rich text, wherever it came from."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        set_role(made, role)
    return made


def key_cap(keys: str) -> QLabel:
    """The hint of a key at the edge of a section."""
    made = label("", "key")
    # A label with a frame is indented by half a letter; the cap has its own air.
    made.setIndent(0)
    name_key(made, keys)
    return made


def name_key(cap: QLabel, keys: str) -> None:
    """Writes other keys on a cap."""
    cap.setText(keys)
    cap.setAccessibleName(told("Key %1", keys))


def button(
    text: str, role: str = "", name: str = "", clicked: Callable[[], object] | None = None
) -> QPushButton:
    """A push button; `name` is what a screen reader says where it is not the text."""
    # An ampersand would become a mnemonic, and swallow itself.
    made = QPushButton(text.replace("&", "&&"))
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    if role:
        set_role(made, role)
    if clicked is not None:
        made.clicked.connect(lambda *_: clicked())
    return made


def is_escape(event: QEvent) -> bool:
    """True for a press of Esc."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() is QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_Escape
    )


class Dialog(QDialog):
    """A dialog that grows with the letters, and is never lower than its words need.

    Qt keeps no room for labels that wrap: it measures them as if they were as wide as they like.
    """

    _least = _fitted = 0

    def showEvent(self, event: QShowEvent) -> None:
        if not self._least:
            self.resize(grown(self.width()), grown(self.height()))
            self._least = self._fitted = self.height()
        self._make_room()
        super().showEvent(event)
        # Also one beside the review is where the keys go on; no window manager has to see to it.
        self.activateWindow()

    def focusNextPrevChild(self, next: bool) -> bool:
        return step(self, next) or super().focusNextPrevChild(next)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._make_room()
        return done

    def _make_room(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        most = self.screen().availableSize()
        wide = min(max(self.width(), layout.totalMinimumSize().width()), most.width())
        tall = layout.totalMinimumSize().height()
        if layout.hasHeightForWidth():
            tall = max(tall, layout.totalMinimumHeightForWidth(wide))
        # What grew for a list that is folded again becomes as low as it was, unless somebody
        # has taken its edge meanwhile.
        before = self._least if self.height() == self._fitted else self.height()
        self._fitted = min(max(before, tall), most.height())
        self.resize(wide, self._fitted)


def open_dialog(dialog: QDialog) -> None:
    """Shows a dialog over its window, to be gone when it closes."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    # The first control has the focus, so that the keys go on from there.
    QTimer.singleShot(0, dialog, lambda: first_focus(dialog))


def first_focus(dialog: QDialog) -> None:
    """Gives a dialog's first control the focus where none has it."""
    focused: QWidget | None = dialog.focusWidget()
    if focused is None:
        dialog.focusNextChild()


class IconButton(QPushButton):
    """A button that carries a line icon, recoloured with the theme."""

    def __init__(self, theme: Theme, drawing: str, text: str, role: str, name: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self._drawing = drawing
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        if role:
            set_role(self, role)
        theme.changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        tokens, size = self._theme.tokens, scaled(16)
        self.setIconSize(QSize(size, size))
        quiet = self.property("role") in {"plain", "footquiet"}
        self.setIcon(icon(self._drawing, tokens.secondary if quiet else tokens.text, size))


def announce(widget: QWidget, words: str) -> None:
    """Has a screen reader say something that happened elsewhere than at the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def row(*items: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a gap, None takes what is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for item in items:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, int):
            made.addSpacing(item)
        else:
            made.addWidget(item)
    return made


def column(parent: QWidget, margins: tuple[int, int, int, int], spacing: int = 8) -> QVBoxLayout:
    """The vertical layout of a panel."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    return made


class Section(QFrame):
    """A titled part of a side pane: small capitals, a key cap, and a line below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "section")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = column(self, (16, 12, 16, 13), 7)
        caption = label(title.upper(), "caption")
        caption.setAccessibleName(title)
        self._key = key_cap("")
        self._key.hide()
        self.body.addLayout(row(caption, None, self._key))

    def show_key(self, keys: str) -> None:
        """The key that leads here; empty for none."""
        name_key(self._key, keys)
        self._key.setVisible(bool(keys))


def is_press(event: QEvent, *keys: Qt.Key) -> bool:
    """Whether one of these keys was pressed."""
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return False
    return event.key() in keys


def steps_through(list_: QListWidget, event: QEvent) -> bool:
    """Moves a list's current row for an arrow key typed in the line above it, round and round."""
    down = is_press(event, Qt.Key.Key_Down)
    if not down and not is_press(event, Qt.Key.Key_Up):
        return False
    if list_.count():
        list_.setCurrentRow((list_.currentRow() + (1 if down else -1)) % list_.count())
    return True
