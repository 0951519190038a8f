"""The categories of a tag: chips, and a palette to tick them in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from evidencebox.model.harm import CATEGORIES
from evidencebox.ui.bits import IconButton, button, column, is_press, steps_through
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.languages import told, tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, grown

_KEY = Qt.ItemDataRole.UserRole


class Palette(QFrame):
    """A list of categories narrowed by typing; Enter ticks or unticks the current one.

    Signals:
        toggled(str): the key of a category.
        left(): Esc was pressed.
    """

    toggled = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        body = column(self, (0, 2, 0, 0), 5)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Category"))
        self.line.setAccessibleName(tr("Find a category"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Categories"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(grown(176))
        body.addWidget(self.line)
        body.addWidget(self.list)
        self._ticked: frozenset[str] = frozenset()
        self.line.textEdited.connect(lambda _: self._draw())
        self.line.returnPressed.connect(self._toggle)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._toggle())
        self.hide()

    def open(self) -> None:
        """Shows itself with all categories."""
        self.line.clear()
        self._draw()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_ticked(self, chosen: Sequence[str]) -> None:
        """Takes which ones are on."""
        self._ticked = frozenset(chosen)
        self._draw(max(0, self.list.currentRow()))

    def _draw(self, current: int = 0) -> None:
        wanted = self.line.text().casefold()
        self.list.clear()
        for key, name in CATEGORIES.items():
            words = tr(name)
            if wanted not in words.casefold():
                continue
            on = key in self._ticked
            item = QListWidgetItem(f"{chr(0x2713) if on else chr(0x2003)}  {words}")
            state = tr("ticked") if on else tr("not ticked")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {state}")
            item.setData(_KEY, key)
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, self.list.count() - 1))

    def _toggle(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.toggled.emit(item.data(_KEY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_press(event, Qt.Key.Key_Escape):
            self.hide()
            self.left.emit()
            return True
        return steps_through(self.list, event) or super().eventFilter(watched, event)


class Categories(QWidget):
    """Chips of what is chosen, a plus, and the palette.

    Signals:
        changed(tuple): the chosen keys, in the scheme's order.
        left(): the palette was closed by Esc.
    """

    changed = Signal(tuple)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._chosen: tuple[str, ...] = ()
        self._chips: list[QWidget] = []
        self._plus = IconButton(theme, "plus", "", "plain", tr("Add a category"))
        self._plus.clicked.connect(self.open)
        self.palette_list = Palette()
        self.palette_list.toggled.connect(self._toggle)
        self.palette_list.left.connect(self.left)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self._flow.addWidget(self._plus)
        body = column(self, (0, 0, 0, 0), 4)
        body.addWidget(holder)
        body.addWidget(self.palette_list)

    @property
    def chosen(self) -> tuple[str, ...]:
        return self._chosen

    def open(self) -> None:
        """Opens the palette."""
        self.palette_list.open()

    def show_chosen(self, chosen: Sequence[str]) -> None:
        """Draws the chips anew."""
        self._chosen = tuple(chosen)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self._plus)
        self._chips = [self._chip(key) for key in self._chosen]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._flow.addWidget(self._plus)
        self.palette_list.show_ticked(self._chosen)

    def _chip(self, key: str) -> QWidget:
        words = one_line(tr(CATEGORIES.get(key, key)))
        return button(words, "chip", told("Remove category %1", words), lambda: self._toggle(key))

    def _toggle(self, key: str) -> None:
        chosen = set(self._chosen) ^ {key}
        known = [each for each in CATEGORIES if each in chosen]
        own = [each for each in self._chosen if each in chosen and each not in CATEGORIES]
        self.show_chosen((*known, *own))
        self.changed.emit(self._chosen)
