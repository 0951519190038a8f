"""The window: a front before a case is open, the workspace while it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QFrame, QMainWindow, QStackedWidget, QWidget

from evidencebox.errors import DamagedCase, UserError
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import CaseSummary, Progress
from evidencebox.ui.bits import column, label, set_role
from evidencebox.ui.clipboard import CopyWatch
from evidencebox.ui.doorway import Doorway
from evidencebox.ui.failure_flow import FailureFlow
from evidencebox.ui.filing import Filing
from evidencebox.ui.front import Front
from evidencebox.ui.idle import IdleWatch, left_words
from evidencebox.ui.import_flow import ImportFlow
from evidencebox.ui.importing import Ended
from evidencebox.ui.languages import tr
from evidencebox.ui.office import Office
from evidencebox.ui.place import Place, go_to, here
from evidencebox.ui.ports import Creator, Desk, Opener, Recoverer, Restorer, Sample
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.screen_lock import ScreenWatch
from evidencebox.ui.session import Session, bug_words
from evidencebox.ui.tasks import Tasks
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.top_bar import case_alias
from evidencebox.ui.workspace import Workspace

NAME = "EvidenceBox"


class Curtain(QFrame):
    """Covers everything while someone looks over the shoulder."""

    lifted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Content is hidden"))
        words = label(tr("Content is hidden. F9 shows it again."), "secondary")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(self, (24, 24, 24, 24)).addWidget(words)
        shortcut = QShortcut(QKeySequence("F9"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.lifted)
        self.hide()


class Window(QMainWindow):
    """Opens, locks and closes cases; holds the dialogs.

    Signals:
        settled(): a case is open, or opening it was refused.
    """

    settled = Signal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        opener: Opener,
        creator: Creator,
        mending: tuple[Recoverer, Restorer] | None = None,
        sample: Sample | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._preferences = theme, preferences
        self._opener, self._creator, self._mending = opener, creator, mending
        self._folder: Path | None = None
        self._doors = Tasks(self)
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self._made: tuple[Desk, str] | None = None
        self._told: tuple[str, ...] = ()
        self._closing = False
        self.imports = ImportFlow(self)
        self.imports.progressed.connect(self._show_progress)
        self.imports.grown.connect(self._show_more)
        self.imports.ended.connect(self._import_ended)
        self.failures = FailureFlow(self, self.imports)
        self.failures.opened.connect(self._open_document)
        self.failures.said.connect(self._say)
        self._idle = IdleWatch(self, preferences.lock_minutes * 60)
        self._idle.left.connect(self._show_time_left)
        self._idle.idle.connect(self.lock)
        self._screen, self._copied = ScreenWatch(self), CopyWatch(self)
        self._screen.locked.connect(self.lock)
        self.setWindowTitle(NAME)
        self.setMinimumSize(1080, 640)
        self.resize(1440, 900)
        self.front = Front()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.front)
        self.office = Office(self, self._stack, theme, preferences)
        self.filing = Filing(self, self._stack, theme)
        self.setCentralWidget(self._stack)
        self._curtain = Curtain(self)
        self._curtain.lifted.connect(self.toggle_content)
        self._wire_front()
        self.doorway = Doorway(self, preferences, sample)
        geometry = preferences.layout("window")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _wire_front(self) -> None:
        front = self.front
        front.welcome.create_asked.connect(lambda: front.show_page(front.making))
        front.welcome.open_asked.connect(self.ask)
        front.making.left.connect(self.welcome)
        front.making.submitted.connect(self._create)
        front.unlock.submitted.connect(self.unlock)
        front.unlock.another_asked.connect(self.welcome)
        front.unlock.lost.setVisible(self._mending is not None)
        front.unlock.code_asked.connect(lambda: front.show_page(front.lost))
        front.unlock.restore_asked.connect(self._restore)
        front.lost.left.connect(lambda: front.show_page(front.unlock))
        front.lost.submitted.connect(self._recover)
        front.recovery.confirmed.connect(lambda: front.show_page(front.beginning))
        front.beginning.confirmed.connect(self._enter_new)

    # Doors

    def welcome(self) -> None:
        """Nothing is open: the first page, with what was open before."""
        self.doorway.welcome()

    def ask(self, folder: Path) -> None:
        """Asks for the passphrase of a case."""
        self._folder = folder
        self.front.show_page(self.front.unlock)
        self.front.unlock.ask(folder)

    def unlock(self, passphrase: str) -> None:
        """Opens the asked-for case in the background."""
        if self._folder is None:
            return
        self.front.unlock.work(True)
        task = self._doors.run("read", self._opener, self._folder, passphrase)
        task.finished.connect(self._enter)
        task.failed.connect(self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, DamagedCase) and self._mending is not None:
            self.front.unlock.offer_restore()
        self._refuse(self.front.unlock.complain, error)

    def _restore(self, passphrase: str) -> None:
        """Puts the asked-for case back from a backup, and opens it."""
        if self._folder is None or self._mending is None:
            return
        self.front.unlock.work(True)
        task = self._doors.run("read", self._mending[1], self._folder, passphrase)
        task.finished.connect(lambda said: self._restored(said, passphrase))
        task.failed.connect(lambda error: self._refuse(self.front.unlock.complain, error))

    def _restored(self, said: list[str], passphrase: str) -> None:
        self._told = tuple(said)
        self.front.unlock.restore.hide()
        self.unlock(passphrase)

    def _recover(self, code: str, reviewer: str, passphrase: str) -> None:
        if self._folder is None or self._mending is None:
            return
        self.front.lost.work(True)
        task = self._doors.run("read", self._mending[0], self._folder, code, reviewer, passphrase)
        task.finished.connect(self._enter)
        task.failed.connect(lambda error: self._refuse(self.front.lost.complain, error))

    def _create(self, folder: Path, reviewer: str, passphrase: str) -> None:
        self._folder = folder
        self.front.making.work(True)
        task = self._doors.run("read", self._creator, folder, reviewer, passphrase)
        task.finished.connect(self._show_code)
        task.failed.connect(lambda error: self._refuse(self.front.making.complain, error))

    def _refuse(self, complain: Callable[[str], object], error: Exception) -> None:
        complain(str(error) if isinstance(error, UserError) else bug_words(error))
        self.settled.emit()

    def _show_code(self, made: tuple[Desk, str]) -> None:
        self._made = made
        self.front.making.work(False)
        self.front.recovery.show_code(made[1])
        self.front.beginning.about(self._folder)
        self.front.show_page(self.front.recovery)

    def _enter_new(self) -> None:
        if self._made is not None:
            (desk, _), self._made = self._made, None
            self._enter(desk)
            self.doorway.begin_new()

    def _enter(self, desk: Desk) -> None:
        self.front.unlock.work(False)
        self.front.lost.work(False)
        self.session = Session(desk, self)
        space = Workspace(self._theme, self.session, self._preferences)
        self.workspace = space
        space.lock_asked.connect(self.lock)
        space.hide_asked.connect(self.toggle_content)
        space.import_asked.connect(self.imports.show)
        space.roster_asked.connect(self.office.choose_roster)
        space.failures_asked.connect(self.failures.show)
        space.settings_asked.connect(self.failures.show_settings)
        space.legend_asked.connect(self.show_legend)
        space.top.menu.mode_chosen.connect(self.choose_mode)
        self._stack.addWidget(space)
        self._stack.setCurrentWidget(space)
        self.session.read("title", desk.summary, then=self._entitle)
        self.office.attach(self.session, space)
        self.filing.attach(self.session, space)
        space.start()
        space.to_results()
        self.session.read("place", desk.place, then=self._return)
        self.imports.attach(self.session)
        self.failures.attach(self.session)
        self._idle.start()
        told, self._told = (*self._told, *desk.notices), ()
        if told:
            space.status.say(" ".join(told), problem=True)
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
        self._leave()
        self._lift()
        if self._folder is not None:
            self.ask(self._folder)

    def _leave(self) -> None:
        """Takes the workspace down; waits for acts that were begun."""
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

    # Discretion and looks

    def toggle_content(self) -> None:
        """Hides everything at a key press, and shows it at the next."""
        if self._curtain.isVisible():
            self._lift()
            if self.workspace is not None:
                self.workspace.to_results()
            return
        self._curtain.setGeometry(self.rect())
        self._stack.setEnabled(False)
        self._curtain.raise_()
        self._curtain.show()
        self._curtain.setFocus()

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
        self._doors.close()
        self.doorway.stop()
        if self._made is not None:
            self._made[0].close()
        event.accept()
