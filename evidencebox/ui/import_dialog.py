"""Choosing a trove, and watching it being read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from evidencebox.model.views import Progress
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.importing import (
    Ended,
    duration,
    rate,
    recognising,
    seconds_left,
    share,
    trove_problem,
)
from evidencebox.ui.languages import figure, told, tr

_STEPS = 1000
FACTS = ("Files", "Data", "Documents", "Progress", "Time left")
_READ_ONLY = (
    "EvidenceBox only reads the trove: it never writes to it, and it runs nothing that is in it. "
    "What it learns is kept encrypted in the case."
)


class ImportDialog(Dialog):
    """First a folder, then how far it is.

    Signals:
        started(Path): the trove to read.
        cancelled(): the run is to stop.
    """

    started = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import documents"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choosing())
        self._stack.addWidget(self._watching())
        body = column(self, (24, 22, 24, 20), 0)
        body.addStrut(512)
        self._complain("")
        body.addWidget(self._stack)

    def _choosing(self) -> QWidget:
        made = QWidget()
        body = column(made, (0, 0, 0, 0), 12)
        body.addWidget(label(tr("Import documents"), "display"))
        body.addWidget(label(tr(_READ_ONLY), "secondary", wrap=True))
        body.addSpacing(4)
        body.addWidget(label(tr("Folder of the trove"), "strong"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(tr("Folder of the trove"))
        self.folder.setPlaceholderText(tr("The offline copy, for instance on a removable drive"))
        self.folder.textChanged.connect(lambda _: self._complain(""))
        self._browse = button(tr("Choose…"), "", tr("Choose the folder of the trove"), self._choose)
        body.addLayout(row(self.folder, self._browse))
        self._problem = label("", "danger", wrap=True)
        body.addWidget(self._problem)
        body.addStretch(1)
        self.start = button(tr("Start import"), "primary", clicked=self._start)
        self.start.setDefault(True)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.start))
        return made

    def _watching(self) -> QWidget:
        made = QWidget()
        body = column(made, (0, 0, 0, 0), 12)
        self._head = label(tr("Reading the trove"), "display")
        body.addWidget(self._head)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("Import"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._bar.setRange(0, 0)
        body.addWidget(self._bar)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        self._facts: dict[str, QLabel] = {}
        for number, name in enumerate(FACTS):
            self._facts[name] = label("–")
            self._facts[name].setAccessibleName(tr(name))
            grid.addWidget(label(tr(name), "secondary"), number, 0)
            grid.addWidget(self._facts[name], number, 1)
        body.addLayout(grid)
        words = tr("You can search and code meanwhile: what has been read can be found.")
        body.addWidget(label(words, "secondary", wrap=True))
        body.addStretch(1)
        self.stop = button(tr("Stop import"), clicked=self._stop)
        body.addLayout(
            row(None, self.stop, button(tr("Keep working"), "primary", clicked=self.hide))
        )
        return made

    def take_focus(self) -> None:
        """To the folder, or to what stops the run."""
        (self.folder if self._stack.currentIndex() == 0 else self.stop).setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Takes how far it is."""
        self._stack.setCurrentIndex(1)
        self._head.setText(
            tr("Recognising text") if recognising(progress) else tr("Reading the trove")
        )
        count = figure
        part = share(progress)
        self._bar.setRange(0, _STEPS if part is not None else 0)
        self._bar.setValue(round((part or 0.0) * _STEPS))
        size = self.locale().formattedDataSize
        found = "%1 of %2" if progress.scan_complete else "%1 of %2 so far"
        left = seconds_left(progress)
        self._say("Files", told(found, progress.files, progress.total_files))
        self._say("Data", told(found, size(progress.bytes), size(progress.total_bytes)))
        documents = count(progress.documents)
        if progress.failures:
            documents = told("%1, %2 need a look", progress.documents, progress.failures)
        self._say("Documents", documents)
        if recognising(progress):
            pages = told("%1 of %2 pages recognised", progress.pages, progress.total_pages)
            self._say("Progress", pages)
        else:
            self._say("Progress", told("%1 files/s", round(rate(progress))))
        self._say("Time left", told("about %1", duration(left)) if left is not None else "–")

    def show_ended(self, ended: Ended) -> None:
        """Gives way to choosing another folder; a problem is said and stays to be read."""
        self._stack.setCurrentIndex(0)
        self.stop.setEnabled(True)
        self._head.setText(tr("Reading the trove"))
        if ended.problem:
            self._complain(ended.problem)
        elif self.isVisible():
            self.accept()

    def _say(self, name: str, words: str) -> None:
        self._facts[name].setText(words)

    def _choose(self) -> None:
        title = tr("Folder of the trove")
        folder = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _start(self) -> None:
        typed = self.folder.text().strip()
        folder = Path(typed).expanduser()
        problem = trove_problem(folder) if typed else tr("Choose the folder that holds the trove.")
        if problem:
            self._complain(problem)
            return
        self._bar.setRange(0, 0)
        for name in self._facts:
            self._say(name, "–")
        self._stack.setCurrentIndex(1)
        self.started.emit(folder)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._head.setText(tr("Stopping: finishing what is in hand"))
        self.cancelled.emit()

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
