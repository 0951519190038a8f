"""One import at a time, from asking for a folder to its end; it outlives locking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import Progress
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.importing import BROKE, LOOK_BROKE, Ended, Import
from evidencebox.ui.session import Session

REFRESH_MS = 5_000

Begin = Callable[[], None]


class ImportFlow(QObject):
    """Ties the dialog and the child process to whatever session is open.

    Signals:
        progressed(Progress)
        ended(Ended)
        grown(): more can be found than a while ago.
    """

    progressed = Signal(object)
    ended = Signal(object)
    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._session: Session | None = None
        self._run: Import | None = None
        self._looks = False
        self._next: Begin | None = None
        self.dialog: ImportDialog | None = None
        self.latest: Progress | None = None
        """What the run that is under way said last."""
        # What has been read can be found while the rest is being read.
        self._later = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._later.timeout.connect(self.grown)

    @property
    def running(self) -> bool:
        """True from the start of the child process to its end."""
        return self._run is not None and self._run.running

    @property
    def asked(self) -> bool:
        """True from the asking on, also while the child has not started."""
        return self._run is not None

    def attach(self, session: Session | None) -> None:
        """Takes the session that is open now; None while the case is locked."""
        self._session = session
        if session is None and self.dialog is not None:
            self.dialog.hide()
        if session is None and self._run is not None and not self._run.running:
            # Asked for, but locked before the case could say how: it never began.
            self._end(Ended(problem=BROKE))

    def show(self) -> None:
        """Opens the dialog, at what it last showed."""
        if self.dialog is None:
            self.dialog = ImportDialog(self._window)
            self.dialog.started.connect(self.start)
            self.dialog.cancelled.connect(self.cancel)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.take_focus()

    def start(self, trove: Path) -> None:
        """Has a trove read by a child process; one at a time."""
        if self._session is not None:
            self._begin(self._session.desk.ingest_command, trove)

    def retry(self, documents: Sequence[DocumentId] | None) -> None:
        """Has documents read again, all that failed where none is named."""
        if self._session is not None:
            self._begin(self._session.desk.retry_command, documents)

    def redate(self) -> None:
        """Has dates without an offset read anew with the case's time zone."""
        if self._session is not None:
            self._begin(self._session.desk.redate_command)

    def look(self) -> None:
        """Has the roster looked for in the documents that are there, after what runs."""
        if self._session is None:
            return
        if self._run is not None:
            self._next = self._next or self.look
            return
        self._begin(self._session.desk.look_command)
        self._looks = True

    def _begin(self, command: Callable[..., tuple[list[str], bytes]], *about: object) -> None:
        if self._session is not None and self._run is not None and self._looks:
            # An import looks for the roster at its end; nobody has to wait for this one.
            self._next = lambda: self._begin(command, *about)
            self._run.cancel()
        if self._session is None or self._run is not None:
            return
        run = self._run = Import(self)
        run.progressed.connect(self._progress)
        run.ended.connect(self._end)
        self._session.read(
            "",
            command,
            *about,
            then=lambda ready: run.start(*ready),
            refused=lambda error: None,
            failed=self._fail,
        )

    def cancel(self) -> None:
        """Asks the child to finish what it holds and stop."""
        if self._run is not None:
            self._run.cancel()

    def _fail(self, error: Exception) -> None:
        self._end(Ended(problem=str(error) if isinstance(error, UserError) else BROKE))

    def _progress(self, progress: Progress) -> None:
        self.latest = progress
        if self.dialog is not None:
            self.dialog.show_progress(progress)
        if not self._later.isActive():
            self._later.start()
        self.progressed.emit(progress)

    def _end(self, ended: Ended) -> None:
        if self._run is not None:
            self._run.deleteLater()
        if self._looks:
            problem = LOOK_BROKE if ended.problem == BROKE else ended.problem
            ended = replace(ended, looked=True, problem=problem)
        then, self._run, self._next, self._looks = self._next, None, None, False
        self.latest = None
        self._later.stop()
        if self.dialog is not None and not ended.looked:
            self.dialog.show_ended(ended)
        self.ended.emit(ended)
        if then is not None:
            then()
