"""The redaction editor: what is to go, the sheet before and after, and the text it was found in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from evidencebox.model.redactions import SheetLook
from evidencebox.ui.bits import IconButton, button, column, label, row, set_role
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.redaction_sheet import RedactionSheet
from evidencebox.ui.redaction_tools import RedactionTools
from evidencebox.ui.sheet_view import SheetView
from evidencebox.ui.theme import Theme

_TOOLS = 318
_TEXT_HIGH = 132


class RedactionPage(QWidget):
    """Tools at the left, two sheets, their text below.

    Signals:
        review_asked(), lock_asked(), keep_asked(), write_asked()
        stepped(int): -1 to undo, 1 to redo.
        turned(int): so many sheets on.
    """

    review_asked = Signal()
    lock_asked = Signal()
    keep_asked = Signal()
    write_asked = Signal()
    stepped = Signal(int)
    turned = Signal(int)

    def __init__(self, theme: Theme, case: str) -> None:
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tools = RedactionTools()
        self.tools.setMinimumWidth(_TOOLS)
        # As wide as its words: larger letters, and other languages, need more.
        self.tools.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.before = RedactionSheet(theme)
        self.after = SheetView(theme, tr("After: what will be burned in"))
        body = column(self, (0, 0, 0, 0), 0)
        body.addWidget(self._bar(theme, case))
        inner = QHBoxLayout()
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(12)
        inner.addWidget(self.tools)
        inner.addLayout(self._sheets(theme), 1)
        body.addLayout(inner, 1)
        body.addWidget(self._foot())
        self._wire()

    def _bar(self, theme: Theme, case: str) -> QWidget:
        made = QFrame()
        set_role(made, "bar")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(made)
        line.setContentsMargins(16, 9, 16, 4)
        line.setSpacing(8)
        line.addWidget(label(case, "title"))
        line.addSpacing(8)
        line.addWidget(button(tr("Review"), "tab", clicked=self.review_asked.emit))
        tab = button(tr("Redaction"), "tab")
        tab.setCheckable(True)
        tab.setChecked(True)
        tab.clicked.connect(lambda: tab.setChecked(True))
        line.addWidget(tab)
        self.about = label("", "secondary")
        line.addWidget(self.about)
        line.addStretch(1)
        self.undo = button(tr("Undo"), clicked=lambda: self.stepped.emit(-1))
        self.redo = button(tr("Redo"), clicked=lambda: self.stepped.emit(1))
        self.keep = button(tr("Keep the plan"), clicked=self.keep_asked.emit)
        self.write = button(tr("Write a copy…"), "primary", clicked=self.write_asked.emit)
        self.lock = IconButton(theme, "lock", tr("Lock"), "", tr("Lock the case"))
        for widget in (self.undo, self.redo, self.keep, self.write, self.lock):
            line.addWidget(widget)
        return made

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

    def _foot(self) -> QWidget:
        made = QFrame()
        set_role(made, "foot")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setMinimumHeight(30)
        self.said = label("", "footnote")
        self.said.setAccessibleName(tr("What was just done"))
        keys = tr("N new box · arrows move, Shift resizes, Ctrl fine · Space next · Del removes")
        line = QHBoxLayout(made)
        line.setContentsMargins(16, 0, 16, 0)
        line.addLayout(row(self.said, None, label(keys, "footnote")))
        return made

    def _wire(self) -> None:
        self.previous.clicked.connect(lambda: self.turned.emit(-1))
        self.next.clicked.connect(lambda: self.turned.emit(1))
        self.lock.clicked.connect(self.lock_asked)
        for keys, do in (
            ("Escape", self.review_asked.emit),
            ("Ctrl+PgUp", lambda: self.turned.emit(-1)),
            ("Ctrl+PgDown", lambda: self.turned.emit(1)),
            ("Ctrl+Z", lambda: self.stepped.emit(-1)),
            ("Ctrl+Shift+Z", lambda: self.stepped.emit(1)),
            ("Ctrl+S", self.keep_asked.emit),
            ("Ctrl+W", self.write_asked.emit),
            ("Ctrl+Return", self.tools.selection_asked.emit),
            ("Ctrl+F", self.tools.line.setFocus),
            ("F6", self._cycle),
            ("Ctrl+L", self.lock_asked.emit),
        ):
            self._shortcut(keys, do)

    def _shortcut(self, keys: str, do: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(lambda: do())

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

    def say(self, sentence: str, problem: bool = False) -> None:
        """What was just done, or what to look at."""
        set_role(self.said, "footwrong" if problem else "footnote")
        self.said.setText(sentence)
