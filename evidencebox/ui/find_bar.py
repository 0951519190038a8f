"""Ctrl+F: words within the open document, whatever was searched for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from evidencebox.model.ids import DocumentId
from evidencebox.model.views import DocumentView, PageHit
from evidencebox.ui.bits import button, is_escape, is_press, label, row, set_role
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.ports import Desk

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

MOST = 5_000
"""Places that are kept; who finds more wants other words."""
_SOON_MS = 150
_OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """A line over the page.

    Signals:
        sought(str): these words are to be found; empty for none.
        stepped(int): the next place, or the one before.
        left(): Esc.
    """

    sought = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Find in this document"))
        self.line.setAccessibleName(tr("Find in this document"))
        self.line.setFixedWidth(300)
        self.said = label("", "secondary")
        self.said.setAccessibleName(tr("Places found in this document"))
        done = button(tr("Done"), "plain", tr("Close the find bar"), self.left.emit)
        line = row(self.line, self.said, None, done)
        line.setContentsMargins(14, 6, 8, 6)
        self.setLayout(line)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(lambda: self.sought.emit(self.line.text()))
        self.line.textEdited.connect(lambda _: self._soon.start())
        self.line.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Shows itself, with the words selected so that typing replaces them."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def close_bar(self) -> None:
        """Hides, and forgets the words."""
        self._soon.stop()
        self.line.clear()
        self.said.setText("")
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            # Enter and Esc mean something else in the rest of the viewer.
            if event.key() in _OWN_KEYS:
                event.accept()
                return True
        elif is_escape(event):
            self.left.emit()
            return True
        elif is_press(event, *_OWN_KEYS) and isinstance(event, QKeyEvent):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if self._soon.isActive():
                self._soon.stop()
                self.sought.emit(self.line.text())
            else:
                self.stepped.emit(-1 if back else 1)
            return True
        return super().eventFilter(watched, event)


class FindFlow(QObject):
    """Ties the bar to the reading: while it is open, its places are the hits."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space, self._bar = space, space.viewer.find_bar
        self._bar.sought.connect(self._seek)
        self._bar.stepped.connect(space.reading.step_hit)
        self._bar.left.connect(self.close)
        space.reading.shown.connect(lambda _: self._again())

    def open(self) -> None:
        """Opens the bar, where a document is open."""
        if self._space.reading.document is not None:
            self._bar.open()

    def close(self) -> None:
        """Goes back to the hits of the search."""
        self._space.session.forget("find")
        self._bar.close_bar()
        self._space.reading.use_hits(None)
        self._space.viewer.focus_content()

    def _again(self) -> None:
        if self._bar.isVisible() and self._bar.line.text():
            self._seek(self._bar.line.text())

    def _seek(self, words: str) -> None:
        view = self._space.reading.view
        self._space.session.forget("find")
        if view is None or not words.strip():
            self._bar.said.setText("")
            self._space.reading.use_hits(None)
            return
        session = self._space.session
        session.read("find", find_in, session.desk, view, words, then=self._found)

    def _found(self, answer: tuple[DocumentId, list[PageHit]]) -> None:
        document, hits = answer
        if document != self._space.reading.document:
            return
        words = several(len(hits), "1 place", "%1 places")
        if len(hits) >= MOST:
            words = told("at least %1 places", len(hits))
        self._bar.said.setText(words if hits else tr("Not in this document"))
        self._space.reading.use_hits(tuple(hits))


def find_in(desk: Desk, view: DocumentView, words: str) -> tuple[DocumentId, list[PageHit]]:
    """Where words stand in a document's pages, whatever their case; blanks stand for any blank.

    For a background thread: it reads every page.
    """
    document = view.record.sha256
    assert document is not None
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    hits: list[PageHit] = []
    for head in view.pages:
        text = desk.page(document, head.number, head.layer).text
        for match in pattern.finditer(text):
            hits.append(PageHit(head.number, match.start(), match.end(), head.layer))
            if len(hits) >= MOST:
                return document, hits
    return document, hits
