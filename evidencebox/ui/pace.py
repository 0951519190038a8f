"""How far the queue is, one's pace, how much severe material it was today, and when to pause."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame

from evidencebox.model.filters import without
from evidencebox.model.reviewing import Progress
from evidencebox.ui.bits import button, label, row, set_role
from evidencebox.ui.languages import tr

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

BREAK_SECONDS = 50 * 60
PAUSE_SECONDS = 5 * 60
"""Without an act for so long, one has paused."""
SEVERE_AT_ONCE = 25
"""So much severe material in a day, and again so much, is a reason to pause as well."""
_SOON_MS = 2_000


class PaceBar(QFrame):
    """A quiet line above the status line.

    Signals:
        rested(): the reminder was read.
    """

    rested = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.figures = label("", "secondary")
        self.figures.setAccessibleName(tr("How far the review is"))
        self.reminder = label("", "strong")
        self.reminder.setAccessibleName(tr("Time for a break"))
        self.close_ = button(tr("Thanks"), "plain", tr("Close the reminder"), self.rested.emit)
        line = row(self.figures, None, self.reminder, self.close_)
        line.setContentsMargins(16, 4, 12, 4)
        self.setLayout(line)
        self.remind("")
        self.hide()

    def show_progress(self, found: Progress) -> None:
        """Takes figures."""
        self.figures.setText(progress_words(found))

    def remind(self, words: str) -> None:
        """Says that a break is due; nothing takes it back."""
        self.reminder.setText(words)
        for part in (self.reminder, self.close_):
            part.setVisible(bool(words))


class PaceFlow(QObject):
    """Ties the line to a session. `clock` gives seconds."""

    def __init__(self, space: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(space)
        self._space, self._session, self._clock = space, space.session, clock
        self.bar = PaceBar()
        self.bar.rested.connect(self._rest)
        self._began = self._last = clock()
        self._told = 0
        self._progress: Progress | None = None
        self.always = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.measure)
        space.reading.acted.connect(lambda *_: self._acted())

    def show_always(self, on: bool) -> None:
        """In review mode the figures are always in sight."""
        self.always = on
        self._draw()
        if on:
            self.measure()

    def measure(self) -> None:
        """Reads the figures of the present search."""
        query = self._queue()
        self._session.read("progress", self._session.desk.progress, query, then=self._show)

    def _queue(self) -> str:
        """The search without the filter on what is reviewed, which would hide the progress."""
        asked = self._space.search.asked
        return replace(asked, filters=without(asked.filters, "Review")).composed.query

    def _acted(self) -> None:
        now = self._clock()
        if now - self._last > PAUSE_SECONDS:
            self._began = now
        self._last = now
        self._soon.start()

    def _show(self, found: Progress) -> None:
        self._progress = found
        self.bar.show_progress(found)
        self._draw()

    def _draw(self) -> None:
        words = self._reason()
        if words and not self.bar.reminder.text():
            self.bar.remind(words)
        self.bar.setVisible(self.always or bool(self.bar.reminder.text()))

    def _reason(self) -> str:
        severe = self._progress.severe if self._progress else 0
        if severe >= self._told + SEVERE_AT_ONCE:
            return tr("{0} severe documents today. A short break helps.").format(severe)
        if self._last - self._began >= BREAK_SECONDS:
            return tr("You have worked for {0} minutes. A short break helps.").format(
                int((self._last - self._began) // 60)
            )
        return ""

    def _rest(self) -> None:
        self._began = self._last = self._clock()
        self._told = self._progress.severe if self._progress else 0
        self.bar.remind("")
        self._draw()
        # The button is gone that had the focus.
        self._space.to_results()


def progress_words(found: Progress) -> str:
    """Figures in words: `460 of 512 to do · 34 in the last hour · 6 severe today`."""
    parts = [tr("{0} of {1} to do").format(f"{found.left:,}", f"{found.documents:,}")]
    if found.pace:
        parts.append(tr("{0} in the last hour").format(found.pace))
    if found.severe:
        parts.append(tr("{0} severe today").format(found.severe))
    return " · ".join(parts)
