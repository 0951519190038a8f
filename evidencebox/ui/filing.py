"""What leaves the case, opened from the case menu: exports, exhibits, redactions. Makes panels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.export_scope import Around
from evidencebox.ui.languages import tr
from evidencebox.ui.office import first_focus
from evidencebox.ui.session import Session
from evidencebox.ui.theme import Theme
from evidencebox.ui.workspace import Workspace

if TYPE_CHECKING:
    from evidencebox.ui.window import Window


class Filing(QObject):
    """Holds for one window what lawyers file from the open case."""

    def __init__(self, window: Window, stack: QStackedWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._stack, self._theme = window, stack, theme
        self._session: Session | None = None
        self._space: Workspace | None = None
        self._export: ExportDialog | None = None
        self._verbs = {"export": self.show_export}

    def attach(self, session: Session, space: Workspace) -> None:
        """A case is open: its menu and its keys get these verbs."""
        self._session, self._space = session, space
        space.filing_asked.connect(self._do)
        space.top.menu.extend([None, (tr("Export…"), "Ctrl+Shift+E", self.show_export)])

    def detach(self) -> None:
        """The case is being left: nothing of it stays on screen."""
        if self._export is not None:
            self._export.leave()
        self._session = self._space = None

    def _do(self, verb: str) -> None:
        self._verbs[verb]()

    # Exports

    def show_export(self, kind: str = "") -> None:
        """Opens the export dialog, at a kind where one is named."""
        if self._session is None or self._export is not None:
            return
        dialog = ExportDialog(self._session, self._around(), kind, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._window.office.say)
        dialog.finished.connect(self._exported)
        self._export = dialog
        # Beside the review, which goes on while something large is written.
        dialog.show()
        QTimer.singleShot(0, dialog, lambda: first_focus(dialog))

    def _exported(self) -> None:
        self._export = None

    def _around(self) -> Around:
        space = self._space
        where = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(where) or Path.home())
        folder = folder if folder.is_dir() else Path.home()
        if space is None:
            return Around(folder=folder)
        return Around(space.search.query, space.model.marked, space.reading.document, folder)
