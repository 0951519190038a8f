"""What leaves the case, opened from the case menu: exports, exhibits, redactions. Makes panels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from evidencebox.model.ids import DocumentId
from evidencebox.model.views import CaseSummary, Done
from evidencebox.ui.bits import first_focus
from evidencebox.ui.exhibit_flow import ExhibitFlow, add_exhibit
from evidencebox.ui.exhibits_page import ExhibitsPage
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.export_scope import Around
from evidencebox.ui.languages import tr
from evidencebox.ui.redaction_flow import RedactionFlow
from evidencebox.ui.redaction_page import RedactionPage
from evidencebox.ui.session import Session
from evidencebox.ui.theme import Theme
from evidencebox.ui.top_bar import case_alias
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
        self._alias = ""
        self.exhibits: ExhibitsPage | None = None
        self._flow: ExhibitFlow | None = None
        self.redaction: RedactionPage | None = None
        self.redacting: RedactionFlow | None = None
        self._verbs: dict[str, Callable[[], object]] = {
            "export": self.show_export,
            "exhibit": self.add_exhibit,
            "exhibits": self.show_exhibits,
            "redact": self.redact,
        }

    def attach(self, session: Session, space: Workspace) -> None:
        """A case is open: its menu and its keys get these verbs."""
        self._session, self._space = session, space
        space.filing_asked.connect(self._do)
        session.read("filing", session.desk.summary, then=self._name)
        space.top.menu.extend(
            [
                None,
                (tr("Add to the exhibits…"), "exhibit", self.add_exhibit),
                (tr("Exhibits"), "exhibits", self.show_exhibits),
                (tr("Redact the document…"), "redact", self.redact),
                (tr("Export…"), "export", self.show_export),
            ]
        )

    def detach(self) -> None:
        """The case is being left: nothing of it stays on screen."""
        if self._export is not None:
            self._export.leave()
        if self.redacting is not None:
            self.redacting.leave()
        for page in (self.exhibits, self.redaction):
            if page is not None:
                self._stack.removeWidget(page)
                page.hide()
                page.deleteLater()
        self.exhibits = self._flow = self.redaction = self.redacting = None
        self._session = self._space = None

    def _do(self, verb: str) -> None:
        self._verbs[verb]()

    def _name(self, summary: CaseSummary) -> None:
        self._alias = case_alias(summary)

    # Exhibits

    def show_exhibits(self) -> None:
        """Opens the exhibits, read anew."""
        if self._session is None:
            return
        if self.exhibits is None:
            page = ExhibitsPage(self._theme, tr("Case “%1”").replace("%1", self._alias))
            page.build_asked.connect(lambda: self.show_export("exhibits"))
            page.export_asked.connect(lambda: self.show_export("exhibit-list"))
            page.opened.connect(self._window.office.open_document)
            page.redact_asked.connect(lambda document: self.show_redaction(DocumentId(document)))
            self._flow = ExhibitFlow(self._session, page)
            self.exhibits = page
            self._window.office.adopt(page)
        self._stack.setCurrentWidget(self.exhibits)
        self.exhibits.table.setFocus()
        if self._flow is not None:
            self._flow.refresh()

    def add_exhibit(self) -> None:
        """Proposes the open document as an exhibit."""
        space = self._space
        if self._session is None or space is None or space.reading.document is None:
            return
        page = space.reading.page[0]
        add_exhibit(self._session, space.reading.document, page, self._window, self._added)

    def _added(self, done: Done) -> None:
        self._window.office.say(done.text)
        if self._space is not None:
            self._space.reading.refresh()

    # Redactions

    def redact(self) -> None:
        """Opens the editor on the open document."""
        if self._space is not None and self._space.reading.document is not None:
            self.show_redaction(self._space.reading.document)

    def show_redaction(self, document: DocumentId) -> None:
        """Opens the editor on a document."""
        if self._session is None or self._space is None:
            return
        if self.redaction is None:
            page = RedactionPage(self._theme, tr("Case “%1”").replace("%1", self._alias))
            self.redaction, folder = page, self._around().folder
            self.redacting = RedactionFlow(self._session, page, folder)
            self.redacting.acted.connect(self._redacted)
            self._window.office.adopt(page)
        self._stack.setCurrentWidget(self.redaction)
        self.redaction.tools.line.setFocus()
        if self.redacting is not None:
            self.redacting.open(document, self._space.search.query)

    def _redacted(self, sentence: str) -> None:
        self._window.office.say(sentence)
        if self._flow is not None:
            self._flow.refresh()

    # Exports

    def show_export(self, kind: str = "") -> None:
        """Opens the export dialog, at a kind where one is named."""
        if self._session is None or self._export is not None:
            return
        dialog = ExportDialog(self._session, self._around(), kind, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._left)
        dialog.finished.connect(self._exported)
        self._export = dialog
        # Beside the review, which goes on while something large is written.
        dialog.show()
        QTimer.singleShot(0, dialog, lambda: first_focus(dialog))

    def _left(self, sentence: str) -> None:
        self._window.office.say(sentence)
        if self.exhibits is not None and self._flow is not None:
            self.exhibits.say(sentence)
            # A book gives its numbers for good.
            self._flow.refresh()

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
