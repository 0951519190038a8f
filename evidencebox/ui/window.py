"""The window: a front before a case is open, the workspace while it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from evidencebox.model.ids import DocumentId
from evidencebox.model.views import CaseSummary, Progress
from evidencebox.ui.clipboard import CopyWatch
from evidencebox.ui.curtain import Curtain
from evidencebox.ui.doors import Doors
from evidencebox.ui.doorway import Doorway
from evidencebox.ui.failure_flow import FailureFlow
from evidencebox.ui.filing import Filing
from evidencebox.ui.front import Front
from evidencebox.ui.idle import IdleWatch, left_words
from evidencebox.ui.import_flow import ImportFlow
from evidencebox.ui.importing import Ended
from evidencebox.ui.languages import tr
from evidencebox.ui.lingering import Lingering
from evidencebox.ui.office import Office
from evidencebox.ui.place import Place, go_to, here
from evidencebox.ui.ports import Creator, Desk, Opener, OtherWays, Sample
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.sayings import sentence
from evidencebox.ui.screen_lock import ScreenWatch
from evidencebox.ui.session import Session, bug_words
from evidencebox.ui.tab_order import step
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.top_bar import case_alias
from evidencebox.ui.workspace import Workspace

NAME = "EvidenceBox"


class Window(QMainWindow):
    """Opens, locks and closes cases; holds the dialogs.

    Signals:
        settled(): a case is open, or opening it was refused.
        left(): the case that was open is no more.
    """

    settled = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        opener: Opener,
        creator: Creator,
        others: OtherWays | None = None,
        sample: Sample | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._preferences = theme, preferences
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self._entering: Callable[[], None] | None = None
        self._closing = False
        self._before: QWidget | None = None
        self.setWindowTitle(NAME)
        self.setMinimumSize(1080, 640)
        self.resize(1440, 900)
        self.front = Front()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.front)
        self.setCentralWidget(self._stack)
        self._curtain = Curtain(self)
        self._curtain.lifted.connect(self.toggle_content)
        self.doors = Doors(self.front, opener, creator, others, self)
        self.doorway = Doorway(self, preferences, sample)
        self.office = Office(self, self._stack, theme, preferences)
        self.filing = Filing(self, self._stack, theme)
        self.imports = ImportFlow(self)
        self.failures = FailureFlow(self, self.imports)
        self._idle = IdleWatch(self, preferences.lock_minutes * 60)
        self._lingering = Lingering(self.front.unlock, lambda: self.imports.running, self)
        self._screen, self._copied = ScreenWatch(self), CopyWatch(self)
        self._wire()
        geometry = preferences.layout("window")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _wire(self) -> None:
        self.doors.opened.connect(self._enter)
        self.doors.refused.connect(self.settled)
        self.doors.begun.connect(self._enter_built)
        self.doors.begun.connect(self.doorway.begin_new)
        self.imports.progressed.connect(self._show_progress)
        self.imports.grown.connect(self._show_more)
        self.imports.ended.connect(self._import_ended)
        self.failures.opened.connect(self._open_document)
        self.failures.said.connect(self._say)
        self._idle.left.connect(self._show_time_left)
        self._idle.idle.connect(self.lock)
        self._screen.locked.connect(self.lock)

    # A case is open

    def _enter(self, desk: Desk, told: tuple[str, ...]) -> None:
        """Builds the workspace, and takes it into use in a second step: one would take too long."""
        self.session = Session(desk, self)
        space = Workspace(self._theme, self.session, self._preferences)
        self._entering = partial(self._begin, self.session, space, told)
        QTimer.singleShot(0, self, self._enter_built)

    def _enter_built(self) -> None:
        begin, self._entering = self._entering, None
        if begin is not None:
            begin()

    def _begin(self, session: Session, space: Workspace, told: tuple[str, ...]) -> None:
        self.workspace = space
        space.lock_asked.connect(self.lock)
        space.hide_asked.connect(self.toggle_content)
        space.import_asked.connect(self.imports.show)
        space.roster_asked.connect(self.office.colleagues.choose_roster)
        space.failures_asked.connect(self.failures.show)
        space.passwords_asked.connect(self.failures.ask_passwords)
        space.again_asked.connect(lambda document: self.failures.retry([document]))
        space.settings_asked.connect(self.failures.show_settings)
        space.legend_asked.connect(self.show_legend)
        space.top.menu.mode_chosen.connect(self.choose_mode)
        self._stack.addWidget(space)
        self._stack.setCurrentWidget(space)
        session.read("title", session.desk.summary, then=self._entitle)
        self.office.attach(session, space)
        self.filing.attach(session, space)
        space.start()
        space.to_results()
        session.read("place", session.desk.place, then=self._return)
        self.imports.attach(session)
        self.failures.attach(session)
        self._idle.start()
        self._lingering.stop()
        if told or session.desk.notices:
            words = " ".join(map(sentence, (*told, *session.desk.notices)))
            space.status.say(words, problem=True)
        self.settled.emit()

    def _return(self, kept: str) -> None:
        place = Place.from_text(kept)
        if place is not None and self.workspace is not None:
            go_to(self.workspace, place)

    def _show_time_left(self, seconds: int) -> None:
        if self.workspace is not None:
            self.workspace.top.show_time_left(left_words(seconds))

    def _entitle(self, summary: CaseSummary) -> None:
        self.setWindowTitle(f"{NAME} — {case_alias(summary)}")

    def lock(self) -> None:
        """Closes the case and forgets what was on screen; an import goes on by itself."""
        desk = self.session.desk if self.session is not None else None
        self._leave()
        self._lift()
        self.doors.ask_again()
        if desk is not None:
            self._lingering.begin(desk.lingers)

    def _leave(self) -> None:
        """Takes the workspace down; waits for acts that were begun."""
        self._enter_built()
        if self.session is None or self.workspace is None:
            return
        self.workspace.keep_layout()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._idle.stop()
        self.imports.attach(None)
        self.failures.attach(None)
        self.office.detach()
        self.filing.detach()
        self._copied.forget()
        self.session.write(self.session.desk.keep_place, here(self.workspace).to_text())
        self.workspace.reading.close()
        self.workspace.model.clear()
        self.session.close()
        self._stack.removeWidget(self.workspace)
        self.workspace.hide()
        self.workspace.deleteLater()
        self.session.deleteLater()
        self.session = self.workspace = None
        self._stack.setCurrentWidget(self.front)
        self.setWindowTitle(NAME)
        self.left.emit()

    # Discretion and looks

    def toggle_content(self) -> None:
        """Hides everything at a key press, and shows it at the next."""
        if self._curtain.isVisible():
            self._lift()
            if self._before is not None:
                self._before.setFocus()
            return
        self._before = self.focusWidget()
        self._stack.setEnabled(False)
        self._curtain.fall(self._preferences.keys.first("hide"))

    def _lift(self) -> None:
        self._stack.setEnabled(True)
        self._curtain.hide()

    def choose_mode(self, mode: Mode) -> None:
        """Takes and remembers an appearance."""
        self._preferences.mode = mode
        self._theme.choose(mode)
        if self.workspace is not None:
            self.workspace.top.menu.show_mode(mode)

    def lock_after(self, minutes: int) -> None:
        """Takes how long nobody may touch the window before it locks."""
        self._idle.wait(minutes * 60)

    def show_legend(self) -> None:
        """Opens the legend of keys."""
        from evidencebox.ui.legend import Legend

        dialog = Legend(self, self._preferences.keys)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # Work on the case

    def report(self, kind: object, error: BaseException, trace: object) -> None:
        """Takes an exception that nobody caught: our bug, said in one sentence."""
        sentence = bug_words(error)
        if self.workspace is not None:
            self.workspace.status.say(sentence, problem=True)

    def _open_document(self, document: DocumentId) -> None:
        if self.workspace is not None:
            self.workspace.open_document(document)

    def _say(self, sentence: str) -> None:
        if self.workspace is not None:
            self.workspace.status.say(sentence)

    def _show_progress(self, progress: Progress) -> None:
        if self.workspace is not None:
            self.workspace.status.show_progress(progress)
            self.workspace.status.show_failures(progress.failures)

    def _show_more(self) -> None:
        if self.workspace is not None:
            self.workspace.refresh()

    def _import_ended(self, ended: Ended) -> None:
        if self.workspace is not None:
            self.workspace.status.show_progress(None)
            self.workspace.status.say(ended.words(), problem=bool(ended.problem))
            self.workspace.refresh()
        if self._closing:
            self.close()

    # Qt's side

    def focusNextPrevChild(self, next: bool) -> bool:
        return step(self._stack, next) or super().focusNextPrevChild(next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._curtain.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """A running import is asked to stop first; the window closes when it has."""
        if self.imports.running:
            self._closing = True
            self.imports.cancel()
            if self.workspace is not None:
                self.workspace.status.say(tr("Closing when the import has stopped."))
            event.ignore()
            return
        self._preferences.keep_layout("window", self.saveGeometry())
        self._leave()
        self.doors.close()
        self.doorway.stop()
        event.accept()
