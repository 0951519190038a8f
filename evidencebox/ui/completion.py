"""What the search box offers while one types: words of the case, or one's latest searches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from evidencebox.ui.bits import is_press, set_role, steps_through
from evidencebox.ui.languages import tr
from evidencebox.ui.search_bar import SearchBox
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line

SHOWN = 8
_SOON_MS = 120
_EDGE = 5
"""Its line and the air inside it."""
_TEXT = Qt.ItemDataRole.UserRole


class Offered(QListWidget):
    """A list under the box: a part of the window, so that it takes neither focus nor keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "offered")
        self.setAccessibleName(tr("Searches offered"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._over = parent
        self.hide()

    def offer(self, texts: Sequence[str], box: QWidget) -> None:
        """Shows texts under a box; none is chosen yet, so that Enter searches as typed."""
        self.clear()
        for text in texts:
            item = QListWidgetItem(one_line(text))
            item.setData(_TEXT, text)
            self.addItem(item)
        self.setCurrentRow(-1)
        corner = box.mapTo(self._over, QPoint(0, box.height() + 3))
        rows = min(SHOWN, len(texts))
        height = max(self.sizeHintForRow(0), 1) * rows + 2 * _EDGE
        self.setGeometry(corner.x(), corner.y(), box.width(), height)
        self.setVisible(bool(texts))
        self.raise_()

    @property
    def chosen(self) -> str | None:
        """The text that the arrows stand on."""
        place = self.currentRow()
        return str(self.item(place).data(_TEXT)) if place >= 0 else None


class Completion(QObject):
    """Ties the box to a session. Down shows the history where nothing is offered."""

    def __init__(self, session: Session, box: SearchBox, over: QWidget) -> None:
        super().__init__(session)
        self._session, self._box, self._line = session, box, box.line
        self.list = Offered(over)
        self.list.itemClicked.connect(lambda item: self._take(str(item.data(_TEXT))))
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self._line.textEdited.connect(lambda _: self._soon.start())
        self._line.installEventFilter(self)

    def hide(self) -> None:
        """Offers nothing, and waits for no answer."""
        self._soon.stop()
        self._session.forget("completions")
        self.list.hide()

    def show_history(self) -> None:
        """Offers the latest searches."""
        shown = partial(self._show, self._line.text())
        self._session.read("completions", self._session.desk.history, then=shown)

    def _ask(self) -> None:
        text = self._line.text()
        if self._line.cursorPosition() == len(text) and text:
            call = self._session.desk.completions
            self._session.read("completions", call, text, then=partial(self._show, text))
        else:
            self.hide()

    def _show(self, text: str, offered: list[str]) -> None:
        if text == self._line.text() and self._line.hasFocus():
            self.list.offer(offered, self._box)

    def _take(self, text: str) -> None:
        self.hide()
        self._line.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
            return False
        if self.list.isHidden():
            if is_press(event, Qt.Key.Key_Down):
                self.show_history()
                return True
            return False
        return self._within(event)

    def _within(self, event: QEvent) -> bool:
        """Keys while something is offered: arrows choose, Tab and Enter take, Esc lets go."""
        chosen = self.list.chosen
        if is_press(event, Qt.Key.Key_Escape):
            self.hide()
            return True
        if is_press(event, Qt.Key.Key_Tab) or (
            chosen is not None and is_press(event, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._take(chosen or self.list.item(0).data(_TEXT))
            return True
        if is_press(event, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
            return False
        return steps_through(self.list, event)
