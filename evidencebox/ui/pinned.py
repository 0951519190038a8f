"""A pane that scrolls, over a last part that stands below its content and never out of sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from evidencebox.ui.bits import column, set_role


class PinnedPane(QScrollArea):
    """Parts below one another; `foot` directly after the last, or at the bottom if they scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        set_role(self._inside, "panel")
        self._column = column(self._inside, (0, 0, 0, 0), 0)
        self._foot: QWidget | None = None

    def fill(self, parts: list[QWidget], foot: QWidget) -> None:
        """Takes what it holds, once."""
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._foot = foot
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)

    def pin(self) -> None:
        """Puts the last part where it belongs now."""
        if self._foot is None:
            return
        tall = self._foot.sizeHint().height()
        above = self._column.totalMinimumHeightForWidth(self._inside.width())
        self.setViewportMargins(0, 0, 0, tall)
        top = min(above, self.height() - tall)
        set_role(self._foot, "pinned" if above > top else "panel")
        self._foot.setGeometry(0, top, self.width(), tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.pin()
        return super().eventFilter(watched, event)
