"""What hides everything at a key press, while someone looks over the shoulder."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from evidencebox.ui.bits import column, label, set_role
from evidencebox.ui.languages import told, tr


class Curtain(QFrame):
    """Covers its parent; the key that let it fall lifts it.

    Signals:
        lifted()
    """

    lifted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Content is hidden"))
        self.words = label("", "secondary")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(self, (24, 24, 24, 24)).addWidget(self.words)
        self._key = QShortcut(self)
        self._key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._key.activated.connect(self.lifted)
        self.hide()

    def fall(self, key: str) -> None:
        """Covers everything until this key is pressed."""
        self._key.setKey(QKeySequence(key))
        self.words.setText(told("Content is hidden. %1 shows it again.", key))
        self.setGeometry(self._window.rect())
        QToolTip.hideText()  # a window of its own, which nothing here would cover
        self.raise_()
        self.show()
        self.setFocus()
