"""Type-ahead for an officer, by name or badge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from evidencebox.model.harm import Harm
from evidencebox.model.people import Officer
from evidencebox.ui.bits import Dialog, column, is_press, label, steps_through
from evidencebox.ui.languages import told, tr
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line

SHOWN = 7
NOBODY = "Nobody on the roster has this name or badge."
NO_ROSTER = "There is no roster yet. Import one from the case menu."
_OFFICER = Qt.ItemDataRole.UserRole


class OfficerPicker(QFrame):
    """A line and what it finds.

    Signals:
        typed(str): officers are wanted for this text.
        picked(Officer): one was chosen.
        left(): Esc was pressed.
    """

    typed = Signal(str)
    picked = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        body = column(self, (0, 0, 0, 0), 5)
        self._hint = label("", "secondary", wrap=True)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Name or badge"))
        self.line.setAccessibleName(tr("Find an officer by name or badge"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Officers found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self._nobody = label("", "secondary", wrap=True)
        for part in (self._hint, self.line, self.list, self._nobody):
            body.addWidget(part)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._fresh = self._entered = False
        self._soon.timeout.connect(lambda: self.typed.emit(self.line.text()))
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._pick)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._pick())
        self.hide()

    def open(self, pending: Harm | None) -> None:
        """Shows itself, and says what level waits for an officer."""
        waits = pending is not None
        words = ""
        if pending is not None:
            words = told("Who does %1 %2 stand for?", int(pending), tr(pending.word))
        self._hint.setText(words)
        self._hint.setVisible(waits)
        self.line.clear()
        self.show_officers("", ())
        self._fresh = self._entered = False
        self._nobody.hide()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.typed.emit("")

    def show_officers(self, text: str, officers: Sequence[Officer]) -> None:
        """Takes what was found for a text; the first is ready for Enter.

        An answer to an older text is left: Enter must never take somebody else.
        """
        if text != self.line.text():
            return
        self.list.clear()
        for officer in officers:
            words = f"{one_line(officer.name)}   #{one_line(officer.badge)}"
            item = QListWidgetItem(words)
            item.setData(_OFFICER, officer)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        rows = min(SHOWN, len(officers))
        height = max(self.list.sizeHintForRow(0), 24) * rows + 4
        self.list.setFixedHeight(height)
        self.list.setVisible(bool(officers))
        self._nobody.setText(NOBODY if self.line.text() else NO_ROSTER)
        self._nobody.setVisible(not officers)
        self._fresh = True
        if self._entered:
            self._pick()

    def clear(self) -> None:
        """Closes, and forgets who was found."""
        self.list.clear()
        self.line.clear()
        self.hide()

    def _edited(self) -> None:
        self._fresh = False
        self._entered = False
        self._soon.start()

    def _pick(self) -> None:
        # What is listed may answer an older text: Enter waits for the newer answer.
        self._entered = not self._fresh
        officer = self.list.currentItem().data(_OFFICER) if self.list.count() else None
        if officer is None or not self._fresh:
            return
        self.clear()
        self.picked.emit(officer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_press(event, Qt.Key.Key_Escape):
            self.clear()
            self.left.emit()
            return True
        return steps_through(self.list, event) or super().eventFilter(watched, event)


class OfficerDialog(Dialog):
    """The same as a window; `words` say what the officer is wanted for.

    Signals:
        picked(Officer): one was chosen.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, words: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Find an officer"))
        self.setMinimumSize(380, 360)
        self.picker = OfficerPicker()
        body = column(self, (24, 22, 24, 20), 10)
        body.addWidget(label(tr("Find an officer"), "display"))
        words = words or tr("Narrows the results to what is tagged for them.")
        body.addWidget(label(words, "secondary", wrap=True))
        body.addWidget(self.picker)
        body.addStretch(1)
        self.picker.picked.connect(self._pick)
        self.picker.left.connect(self.reject)

    def ask(self, session: Session) -> None:
        """Opens, and looks for people of an open case."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def find(text: str) -> None:
            # The dialog may be gone before the answer; its own slot then hears nothing.
            show = partial(self.picker.show_officers, text)
            session.read("officer filter", session.desk.officers, text, then=show)

        self.picker.typed.connect(find)
        self.finished.connect(lambda _: session.forget("officer filter"))
        self.open()
        self.picker.open(None)

    def _pick(self, officer: Officer) -> None:
        self.picked.emit(officer)
        self.accept()
