"""The last thing done with a document: it is reviewed, and the next one is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from evidencebox.ui.bits import button, column, row, set_role
from evidencebox.ui.languages import tr


class FinishBar(QFrame):
    """One large button, its key beside it, and the way back for what is reviewed already.

    Signals:
        done(bool): the document was reviewed, and the next one is wanted; False: it is to do again.
    """

    done = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self, (16, 14, 16, 14), 8)
        go_on = button(tr("Reviewed, next"), "primary", clicked=lambda: self.done.emit(True))
        self.key = button("", clicked=lambda: self.done.emit(True))
        self.key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = row(go_on, self.key)
        line.setStretchFactor(go_on, 1)
        body.addLayout(line)
        self._already = button(
            tr("Reviewed · mark as to do"), "link", "", lambda: self.done.emit(False)
        )
        body.addLayout(row(self._already, None))

    def show_key(self, key: str) -> None:
        """Writes which key does the same."""
        self.key.setText(key.replace("Return", "\u23ce").replace("+", " "))
        self.key.setAccessibleName(f"{tr('Reviewed, next')}, {key}")
        self.key.setVisible(bool(key))

    def show_reviewed(self, on: bool) -> None:
        """Whether the open document is reviewed already."""
        self._already.setVisible(on)
