"""An open case as the window holds it: asks in the background, hears the newest answer only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from evidencebox.errors import UserError
from evidencebox.ui.languages import tr
from evidencebox.ui.ports import Desk
from evidencebox.ui.sayings import sentence
from evidencebox.ui.tasks import Lane, Task, Tasks

log = logging.getLogger(__name__)
BUG = (
    "Something went wrong inside EvidenceBox ({kind}). What you decided before is safe; "
    "please report it."
)


Then = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class _Reply:
    """Who hears the answer to one question."""

    then: Then | None = None
    refused: Then | None = None
    failed: Then | None = None


class Session(QObject):
    """A desk with its lanes.

    Signals:
        refused(str): the sentence of a UserError.
        broke(str): our bug, in a sentence without anything of the trove.
        idle(): nothing is under way.
    """

    refused = Signal(str)
    broke = Signal(str)
    idle = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._tasks = Tasks(self)
        self._tasks.idle.connect(self.idle)
        self._newest: dict[str, Task] = {}
        self._closed = False

    @property
    def busy(self) -> bool:
        """True while an answer is still to come."""
        return self._tasks.busy

    def read(
        self,
        key: str,
        fn: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        refused: Then | None = None,
        failed: Then | None = None,
    ) -> None:
        """Asks; an older question with the same key is dropped, with an empty key none is.

        Args:
            then: called with the answer.
            refused: called with a UserError, instead of the signal.
            failed: called first after any failure.
        """
        # Timers may still ask while the window leaves a case; nobody would hear the answer.
        if not self._closed:
            self._ask("read", key, partial(fn, *args), _Reply(then, refused, failed))

    def write(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        refused: Then | None = None,
        failed: Then | None = None,
    ) -> None:
        """Acts, in the order of asking; the answer is never dropped while the case is open.

        Raises RuntimeError after `close`: no decision is lost in silence.
        """
        self._ask("write", "", partial(fn, *args), _Reply(then, refused, failed))

    def work(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        refused: Then | None = None,
        failed: Then | None = None,
    ) -> None:
        """Does what takes minutes, one such thing after the other; see `work.Work`."""
        if not self._closed:
            self._ask("long", "", partial(fn, *args), _Reply(then, refused, failed))

    def awaits(self, *keys: str) -> bool:
        """Whether an answer to a question with one of these keys is still to come."""
        asked = (self._newest.get(key) for key in keys)
        return any(self._tasks.under_way(task) for task in asked if task is not None)

    def forget(self, key: str) -> None:
        """What was asked with this key is not wanted any more."""
        old = self._newest.pop(key, None)
        if old is not None:
            old.drop()

    def close(self) -> None:
        """Drops all answers, lets every act finish, and closes the desk."""
        self._closed = True
        try:
            self._tasks.close(self.desk.close, self.desk.stop)
        except Exception as error:
            # Nobody can act on it any more: the window is leaving the case.
            bug_words(error)

    def _ask(self, lane: Lane, key: str, call: Callable[[], Any], reply: _Reply) -> None:
        task = self._tasks.run(lane, call)
        if key:
            self.forget(key)
            self._newest[key] = task
        if reply.then is not None:
            task.finished.connect(reply.then)
        task.failed.connect(lambda error: self._failed(error, reply))

    def _failed(self, error: Exception, reply: _Reply) -> None:
        if reply.failed is not None and _listens(reply.failed):
            reply.failed(error)
        if isinstance(error, UserError):
            # Here, so that nobody who shows it can forget it.
            error.args = (sentence(str(error)), *error.args[1:])
        if not isinstance(error, UserError):
            self.broke.emit(bug_words(error))
        elif reply.refused is not None and _listens(reply.refused):
            reply.refused(error)
        else:
            self.refused.emit(str(error))


def _listens(hears: Then) -> bool:
    """False for a method of a dialog that was closed meanwhile."""
    whose = getattr(hears, "__self__", None)
    return not isinstance(whose, QObject) or isValid(whose)


def bug_words(error: BaseException) -> str:
    """Logs where our bug is, and says that there is one.

    The message and the values in a traceback may quote the trove; neither is kept.
    """
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("%s at %s", type(error).__name__, " < ".join(reversed(places)))
    return tr(BUG).format(kind=type(error).__name__)
