"""What was copied here, so that locking takes it off the clipboard, and nobody else's words."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication


class CopyWatch(QObject):
    """Remembers, as a digest, what came onto the clipboard while this program was in front."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours: set[bytes] = set()
        clipboard = QGuiApplication.clipboard()
        clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        self._ours.clear()
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if active or QGuiApplication.clipboard().ownsClipboard():
            self._ours.add(_digest(QClipboard.Mode.Clipboard))

    def forget(self) -> None:
        """Empties the clipboard where it holds what was copied here; another program's stays."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() or _digest(QClipboard.Mode.Clipboard) in self._ours:
            clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._ours.clear()


def _digest(mode: QClipboard.Mode) -> bytes:
    return hashlib.sha256(
        QGuiApplication.clipboard().text(mode).encode("utf-8", "replace")
    ).digest()
