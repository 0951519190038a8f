"""A label that says as much as it has room for; all of it is in its tooltip and its name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from evidencebox.ui.bits import set_role
from evidencebox.ui.marks import show_words

_LEAST = 4
"""Letters for which there is always room."""


class Elided(QLabel):
    """One line of plain text, cut at its end where it is too long for its place."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            set_role(self, role)

    def setText(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self._fit()
        self.updateGeometry()

    def text(self) -> str:
        return self._words

    @property
    def cut(self) -> bool:
        """Whether there is more than is seen."""
        return super().text() != self._words

    def _fit(self) -> None:
        room = self.contentsRect().width() - 2 * self.margin()
        kept = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        super().setText(kept)

    # Qt's side

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        wide = self.fontMetrics().horizontalAdvance(self._words) + 2 * self.margin() + 1
        return QSize(wide + margins.left() + margins.right(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = _LEAST * self.fontMetrics().averageCharWidth()
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            at = event.pos()  # type: ignore[attr-defined]
            show_words(self, at, self._words if self.cut else "")
            return True
        return super().event(event)
