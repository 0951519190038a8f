"""Ingest in its own process: what is said to it, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from evidencebox.model.views import Progress
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.session import bug_words

CANCEL = b"cancel\n"
ETA_AFTER_SECONDS = 30.0
BROKE = (
    "The import stopped before its end; nothing that was read is lost. "
    "Start it again to go on from there."
)

LOOK_BROKE = (
    "The search for the roster stopped before its end; it goes on when the case is opened again."
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How an import ended. `problem` is one sentence, empty where there was none.

    `looked`: nothing was imported; the roster was looked for in what is there.
    """

    documents: int = 0
    failures: int = 0
    seconds: float = 0.0
    cancelled: bool = False
    problem: str = ""
    looked: bool = False

    def words(self) -> str:
        """For the status bar."""
        if self.problem:
            return self.problem
        if self.looked:
            stopped, whole = tr("Search for the roster stopped"), tr("The roster was searched")
            start = stopped if self.cancelled else whole
        else:
            start = tr("Import stopped") if self.cancelled else tr("Import finished")
        documents = several(self.documents, "1 document", "%1 documents")
        return told("%1: %2 in %3", start, documents, duration(self.seconds))


def duration(seconds: float) -> str:
    """A span of time in the largest unit that says enough."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"


def rate(progress: Progress) -> float:
    """Files a second so far."""
    return progress.files / progress.seconds if progress.seconds > 0 else 0.0


def seconds_left(progress: Progress) -> float | None:
    """By bytes, which say more than files; None while nothing honest can be said."""
    known = progress.scan_complete and progress.seconds >= ETA_AFTER_SECONDS
    if recognising(progress) or not known or progress.bytes <= 0:
        return None
    left = max(0, progress.total_bytes - progress.bytes)
    return progress.seconds * left / progress.bytes


def recognising(progress: Progress) -> bool:
    """Whether all files are read, and the text of pictures of pages is being recognised."""
    return progress.stage == "ocr"


def share(progress: Progress) -> float | None:
    """How much is done, 0 to 1; None while the scan still counts. Recognition counts anew."""
    if recognising(progress):
        return progress.pages / progress.total_pages if progress.total_pages else None
    if not progress.scan_complete or progress.total_files == 0:
        return None
    if progress.total_bytes:
        return min(1.0, progress.bytes / progress.total_bytes)
    return min(1.0, progress.files / progress.total_files)


def progress_words(progress: Progress) -> str:
    """One line: how far, how fast, how long."""
    if recognising(progress):
        return told("Recognising text · page %1 of %2", progress.pages, progress.total_pages)
    part = share(progress)
    far = told("Import %1 files", progress.files)
    words = [told("Import %1 %", round(part * 100)) if part is not None else far]
    words.append(told("%1 files/s", round(rate(progress))))
    left = seconds_left(progress)
    if left is not None:
        words.append(told("about %1 left", duration(left)))
    return " · ".join(words)


class Import(QObject):
    """One run of ingest.

    Signals:
        progressed(Progress)
        ended(Ended): once.
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        # A method, not a lambda: it is disconnected when this object goes while the child runs.
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed_to_start)
        # Standard error may quote the trove; it is drained, never shown nor kept.
        self._process.readyReadStandardError.connect(self._process.readAllStandardError)
        self._rest = b""
        self._result: Ended | None = None
        self._over = False

    @property
    def running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, argv: list[str], first: bytes) -> None:
        """Starts the child and hands it what it must have."""
        self._process.start(argv[0], argv[1:])
        self._process.write(first)

    def cancel(self) -> None:
        """Asks the child to finish what it holds and stop."""
        if self.running:
            self._process.write(CANCEL)

    def _read(self) -> None:
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(
            b"\n"
        )
        try:
            for line in lines:
                if line.strip():
                    self._take(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            # Our own child speaks wrongly: a bug, which ends this run and no other work.
            self._result = Ended(problem=bug_words(error))
            self.cancel()

    def _take(self, event: dict[str, Any]) -> None:
        kind = event.pop("event")
        if kind == "progress":
            known = {item.name for item in fields(Progress)}
            self.progressed.emit(Progress(**{k: v for k, v in event.items() if k in known}))
        elif kind == "done":
            known = {item.name for item in fields(Ended)}
            self._result = Ended(**{k: v for k, v in event.items() if k in known})
        elif kind == "error":
            self._result = Ended(problem=str(event["message"]))

    def _failed_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()

    def _finished(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._end()

    def _end(self) -> None:
        if self._over:
            return
        self._over = True
        self._read()
        self.ended.emit(self._result or Ended(problem=tr(BROKE)))


def trove_problem(folder: Path) -> str:
    """Why a folder cannot be imported, in one sentence; empty where it can."""
    if not folder.exists():
        return tr("This folder is not there. Is the trove's drive connected?")
    if not folder.is_dir():
        return tr("This is a file. Choose the folder that holds the trove.")
    return ""
