"""The redaction editor: what is to go, the sheet before and after, and the text it was found in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from evidencebox.model.redactions import SheetLook
from evidencebox.ui.beside import PASSING, BesidePage
from evidencebox.ui.bits import IconButton, button, column, label, row, set_role
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.redaction_sheet import RedactionSheet
from evidencebox.ui.redaction_tools import RedactionTools
from evidencebox.ui.sheet_view import SheetView
from evidencebox.ui.theme import Theme

_TOOLS = 318
_TEXT_HIGH = 132


class RedactionPage(BesidePage):
    """Tools at the left, two sheets, their text below.

    Signals:
        keep_asked(), write_asked()
        stepped(int): -1 to undo, 1 to redo.
        turned(int): so many sheets on.
    """

    keep_asked = Signal()
    write_asked = Signal()
    stepped = Signal(int)
    turned = Signal(int)

    def __init__(self, theme: Theme, case: str) -> None:
        super().__init__(theme, case, (PASSING,))
        self.tools = RedactionTools()
        self.tools.setMinimumWidth(_TOOLS)
        # As wide as its words: larger letters, and other languages, need more.
        self.tools.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.before = RedactionSheet(theme)
        self.after = SheetView(theme, tr("After: what will be burned in"))
        self.about = label("", "secondary")
        # A narrow line cuts it short, and keeps its buttons.
        self.about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.about.setMinimumWidth(1)
        self.undo = button(tr("Undo"), clicked=lambda: self.stepped.emit(-1))
        self.redo = button(tr("Redo"), clicked=lambda: self.stepped.emit(1))
        self.keep = button(tr("Keep the plan"), clicked=self.keep_asked.emit)
        self.write = button(tr("Write a copy…"), "primary", clicked=self.write_asked.emit)
        inner = QHBoxLayout()
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(12)
        inner.addWidget(self.tools)
        inner.addLayout(self._sheets(theme), 1)
        keys = tr("N new box · arrows move, Shift resizes, Ctrl fine · Space next · Del removes")
        tools = (self.about, self.undo, self.redo, self.keep, self.write)
        self.compose(tools, inner, (None, label(keys, "footnote")))
        self._wire()

    def _sheets(self, theme: Theme) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(12)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        self.where = label("", "secondary")
        self.previous = IconButton(theme, "previous", "", "plain", tr("Previous sheet"))
        self.next = IconButton(theme, "next", "", "plain", tr("Next sheet"))
        head = row(label(tr("Before"), "strong"), None, self.previous, self.where, self.next)
        self.count = label("", "secondary")
        # As high as its neighbour with the buttons, so that both sheets are of one size.
        self.count.setMinimumHeight(self.previous.sizeHint().height())
        tail = row(label(tr("After"), "strong"), None, self.count)
        for line, sheet in ((head, self.before), (tail, self.after)):
            card = QFrame()
            set_role(card, "card")
            body = column(card, (12, 10, 12, 12), 8)
            body.addLayout(line)
            body.addWidget(sheet, 1)
            pair.addWidget(card, 1)
        made.addLayout(pair, 1)
        card = QFrame()
        set_role(card, "card")
        body = column(card, (12, 8, 12, 10), 6)
        hint = label(tr("Text of the sheet: select a passage, then Ctrl+Enter"), "small")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Text of the sheet"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HIGH)
        body.addWidget(hint)
        body.addWidget(self.text)
        made.addWidget(card)
        return made

    def _wire(self) -> None:
        self.previous.clicked.connect(lambda: self.turned.emit(-1))
        self.next.clicked.connect(lambda: self.turned.emit(1))
        self.bind(
            {
                "Ctrl+PgUp": lambda: self.turned.emit(-1),
                "Ctrl+PgDown": lambda: self.turned.emit(1),
                "Ctrl+Z": lambda: self.stepped.emit(-1),
                "Ctrl+Shift+Z": lambda: self.stepped.emit(1),
                "Ctrl+S": self.keep_asked.emit,
                "Ctrl+W": self.write_asked.emit,
                "Ctrl+Return": self.tools.selection_asked.emit,
                "Ctrl+F": self.tools.line.setFocus,
                "F6": self._cycle,
            }
        )

    def _cycle(self) -> None:
        stops: list[QWidget] = [self.tools.line, self.before, self.text, self.tools.list]
        here = next((n for n, stop in enumerate(stops) if stop.hasFocus()), -1)
        stops[(here + 1) % len(stops)].setFocus()

    # What it shows

    def show_look(self, look: SheetLook) -> None:
        """Takes a sheet before and after."""
        self.before.show_picture(look.before)
        self.before.show_boxes(look.boxes)
        self.after.show_picture(look.after)
        if self.text.toPlainText() != look.text:
            self.text.setPlainText(look.text)
        places = several(len(look.boxes), "1 place on this sheet", "%1 places on this sheet")
        doubtful = sum(box.suggested for box in look.boxes)
        more = " · " + told("%1 only suggested, dotted", doubtful) if doubtful else ""
        self.count.setText(places + more)
        if look.warnings:
            self.say(" ".join(look.warnings), problem=True)

    def show_where(self, sheet: int, sheets: int) -> None:
        """Which sheet is in sight."""
        self.where.setText(told("Sheet %1 of %2", sheet, sheets))
        self.previous.setEnabled(sheet > 1)
        self.next.setEnabled(sheet < sheets)

    def refuse(self, sentence: str) -> None:
        """Why there is nothing to show."""
        self.before.say(sentence)
        self.before.show_boxes(())
        self.after.say("")
        self.count.clear()
