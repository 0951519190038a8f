"""An open case on screen: three panes between the top line and the bottom line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from evidencebox.model.ids import DocumentId
from evidencebox.model.views import CaseSummary, Found
from evidencebox.ui.asking import Asking
from evidencebox.ui.bits import announce, column, set_role
from evidencebox.ui.chips import ChipsRow
from evidencebox.ui.coding import CodingPane
from evidencebox.ui.coding_flow import CodingFlow
from evidencebox.ui.facets import FacetPane
from evidencebox.ui.find_bar import FindFlow
from evidencebox.ui.hopping import Hopping
from evidencebox.ui.kin_flow import KinFlow
from evidencebox.ui.languages import tr
from evidencebox.ui.layouts import Layouts
from evidencebox.ui.nothing import Nothing
from evidencebox.ui.pace import PaceFlow
from evidencebox.ui.ports import VERIFIED
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.reading_flow import ReadingFlow
from evidencebox.ui.results_model import ResultsModel
from evidencebox.ui.results_table import ResultsTable
from evidencebox.ui.saved_pane import SavedPane
from evidencebox.ui.saving_flow import SavingFlow
from evidencebox.ui.sayings import sentence
from evidencebox.ui.search_flow import SearchFlow
from evidencebox.ui.session import Session
from evidencebox.ui.status import StatusLine
from evidencebox.ui.theme import Theme
from evidencebox.ui.top_bar import TopBar
from evidencebox.ui.unsealing import Unsealing
from evidencebox.ui.verbs import Verbs
from evidencebox.ui.viewer import Viewer

_LEFT, _RIGHT = 236, 322
_RESULTS, _VIEWER = 222, 538
_NEAR = 200


class Workspace(QWidget):
    """The desk of one session; made anew at every unlocking, so that locking leaves nothing.

    Signals:
        import_asked(), roster_asked(), failures_asked(), settings_asked(), lock_asked(),
        hide_asked(), legend_asked()
        filing_asked(str): something is to be filed or let out: see `filing.Filing`.
        office_asked(str): something around the review is wanted: see `office.Office`.
    """

    import_asked = Signal()
    roster_asked = Signal()
    failures_asked = Signal()
    again_asked = Signal(str)
    passwords_asked = Signal()
    settings_asked = Signal()
    lock_asked = Signal()
    hide_asked = Signal()
    legend_asked = Signal()
    filing_asked = Signal(str)
    office_asked = Signal(str)

    def __init__(self, theme: Theme, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.session, self._preferences = session, preferences
        self._summary: CaseSummary | None = None
        self.model = ResultsModel(self)
        self.top, self.chips, self.status = TopBar(theme), ChipsRow(), StatusLine(theme)
        self.facets, self.table = FacetPane(theme), ResultsTable(theme, self.model)
        self.viewer, self.coding = Viewer(theme), CodingPane(theme)
        self._nothing, self.saved = Nothing(), SavedPane(theme)
        self._arrange()
        self.search = SearchFlow(session, self.top.search, self.chips, self.facets, self.model)
        self.reading = ReadingFlow(session, self.viewer, self.coding)
        self.deciding = CodingFlow(self, theme)
        self.saving = SavingFlow(self, self.saved)
        self.finding, self.kin = FindFlow(self), KinFlow(self, theme)
        self.hopping = Hopping(self)
        self.deciding.suggested.connect(self.reading.name_people)
        self.pace = PaceFlow(self)
        self._body.insertWidget(self._body.count() - 1, self.pace.bar)
        self.layouts = Layouts(self, preferences)
        theme.changed.connect(self.layouts.fit)
        self.unsealing, self.asking = Unsealing(self), Asking(self)
        self._wire()
        self.verbs = Verbs(self, theme, preferences)

    # Putting together

    def _arrange(self) -> None:
        self.left_pane = left = QFrame()
        right = QFrame()
        for frame, role, content in ((left, "left", self.facets), (right, "right", self.coding)):
            set_role(frame, role)
            column(frame, (0, 0, 0, 0), 0).addWidget(content)
        self.right_pane = right
        column_ = left.layout()
        assert isinstance(column_, QVBoxLayout)
        column_.insertWidget(0, self.saved)
        self.results_pane = QStackedWidget()
        self.results_pane.addWidget(self.table)
        self.results_pane.addWidget(self._nothing)
        self.middle = self._splitter(Qt.Orientation.Vertical, self.results_pane, self.viewer)
        self.middle.setSizes([_RESULTS, _VIEWER])
        self.middle.setStretchFactor(1, 1)
        self._panes = self._splitter(Qt.Orientation.Horizontal, left, self.middle, right)
        self._panes.setSizes([_LEFT, 1440 - _LEFT - _RIGHT, _RIGHT])
        self._panes.setStretchFactor(1, 1)
        self._body = body = column(self, (0, 0, 0, 0), 0)
        for part in (self.top, self.chips):
            body.addWidget(part)
        body.addWidget(self._panes, 1)
        body.addWidget(self.status)
        for name, splitter in (("panes", self._panes), ("middle", self.middle)):
            state = self._preferences.layout(name)
            if state is not None:
                splitter.restoreState(state)

    @staticmethod
    def _splitter(way: Qt.Orientation, *parts: QWidget) -> QSplitter:
        made = QSplitter(way)
        made.setHandleWidth(1)
        made.setChildrenCollapsible(False)
        for part in parts:
            made.addWidget(part)
        return made

    def _wire(self) -> None:
        self.table.chosen.connect(self._open)
        self.table.sorted.connect(self.search.sort)
        self.model.marks_changed.connect(self.chips.show_marked)
        self.chips.unmarked.connect(lambda: self.model.mark(()))
        self.chips.batch_asked.connect(self.deciding.batch)
        self.viewer.opened.connect(self._open)
        self.search.found.connect(self._show_found)
        self.search.refreshed.connect(self._show_refreshed)
        self.reading.acted.connect(self.acted)
        self.reading.advanced.connect(self._advance)
        self.coding.left.connect(self.to_results)
        self.top.search.left.connect(self.to_results)
        self.top.details_toggled.connect(self.chips.toggle_details)
        self.top.lock_asked.connect(self.lock_asked)
        self.status.undone.connect(self.reading.undo)
        self.status.import_asked.connect(self.import_asked)
        self.status.failures_asked.connect(self.failures_asked)
        self.viewer.again_wanted.connect(self.again_asked)
        self.viewer.passwords_wanted.connect(self.passwords_asked)
        self.status.ledger_asked.connect(self.check_ledger)
        self.session.refused.connect(partial(self.status.say, problem=True))
        self.session.broke.connect(partial(self.status.say, problem=True))

    # What happens

    def start(self) -> None:
        """Asks for the case's head, all its documents, and the ledger's state."""
        self.refresh_summary()
        self.search.search("")
        self.saving.count()
        self.session.read("ledger", self.session.desk.verify_tail, then=self._show_ledger)

    def refresh_summary(self) -> None:
        """Reads the case's head again."""
        self.session.read("summary", self.session.desk.summary, then=self._show_summary)

    def refresh(self) -> None:
        """Everything may have changed, as after an import."""
        self.refresh_summary()
        self.search.refresh()
        self.search.touched(None)
        self.reading.refresh()

    def check_ledger(self) -> None:
        """Verifies the ledger again, and says how it stands."""
        self.session.read("ledger", self.session.desk.verify, then=self._say_ledger)

    def _show_ledger(self, sentence: str) -> None:
        holds = sentence.startswith(VERIFIED)
        self.status.show_ledger(holds)
        if not holds:
            self.status.say(sentence, problem=True)

    def _say_ledger(self, sentence: str) -> None:
        self.status.say(sentence)
        self._show_ledger(sentence)

    def keep_layout(self) -> None:
        """Remembers where the panes stand."""
        self._preferences.keep_layout("panes", self._panes.saveState())
        self._preferences.keep_layout("middle", self.middle.saveState())

    def to_results(self) -> None:
        """Gives the focus back to the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_summary(self, summary: CaseSummary) -> None:
        self._summary = summary
        self.top.show_summary(summary)
        self.status.show_failures(summary.failures)
        self.status.show_sandbox(summary.sandbox)
        self._show_emptiness()

    def _show_found(self, found: Found) -> None:
        self.table.show_sort(found.sort)
        self._show_emptiness()
        if found.documents:
            self.table.go(0)
            # The same document may stand first again, with other hits.
            self._open(found.documents[0])
            if self.top.search.line.hasFocus() and found.query:
                self.to_results()
        else:
            self.reading.close()

    def _show_refreshed(self, found: Found) -> None:
        self._show_emptiness()
        document = self.reading.document
        place = self.model.place(document) if document is not None else None
        if place is not None:
            self.table.go(place)
        elif document is None and found.documents:
            self.table.go(0)

    def _show_emptiness(self) -> None:
        empty = not self.model.ids
        self.results_pane.setCurrentWidget(self._nothing if empty else self.table)
        if self._summary is not None and self._summary.documents == 0:
            words = tr("This case has no documents yet.")
            self._nothing.say(words, tr("Import documents…"), self.import_asked.emit)
        elif self.search.asked.filters:
            words = tr("Nothing matches the search and all filters.")
            self._nothing.say(words, tr("Clear filters"), self.search.clear_filters)
        else:
            words = tr("Nothing matches. Try fewer words, or another spelling.")
            self._nothing.say(words, tr("Change the search"), self.top.search.focus)

    def _open(self, document: DocumentId) -> None:
        if self.reading.shows != (document, self.search.query):
            self.reading.open(document, self.search.query)

    def open_document(self, document: DocumentId) -> None:
        """Opens a document that need not be among the results."""
        place = self.model.place(document)
        if place is None or not self.table.go(place):
            self._open(document)

    def acted(self, words: str, documents: list[DocumentId]) -> None:
        """Says what was done, and reads again what it may have touched: all, where none is told."""
        words = sentence(words)
        self.status.say(words, undo=True)
        announce(self, words)
        self.search.touched(documents or None)

    def _advance(self) -> None:
        """Goes to the next row that is not known to be reviewed."""
        place = self.table.currentIndex().row() + 1
        for row in range(place, min(place + _NEAR, len(self.model.ids))):
            known = self.model.known(self.model.ids[row])
            if known is None or not known.reviewed:
                self.table.go(row)
                return
        self.status.say(tr("This was the last document of the list."), undo=True)

    def cycle(self, by: int) -> None:
        """Gives the focus to the next pane, or the one before."""
        stops: list[tuple[QWidget, Callable[[], object]]] = [
            (self.top.search, self.top.search.focus),
            (self.facets, self.facets.focus_first),
            (self.results_pane, self.to_results),
            (self.viewer, self.viewer.focus_content),
            (self.coding, self.coding.focus_first),
        ]
        focused = self.focusWidget()
        here = next((i for i, (pane, _) in enumerate(stops) if pane.isAncestorOf(focused)), 2)
        stops[(here + by) % len(stops)][1]()
