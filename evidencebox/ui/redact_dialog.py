"""Writing a redacted copy: where to, the passphrase, progress, and the verifier's word on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QWidget,
)

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Ask, RedactedCopy
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.export_form import secret
from evidencebox.ui.export_result import Progressing
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.session import Session
from evidencebox.ui.work import Work

_WHAT = (
    "Three files: a PDF of pictures alone, in which nothing lies under the boxes; the text that "
    "remains; and the log of every box. Each finished sheet is recognised again. Where anything of "
    "it can still be read, nothing is written."
)
_LEAVES = (
    "They stand in that folder unencrypted. What no machine found and nobody named is still "
    "readable on them: look at every sheet."
)
_GOOD = "Checked: of what was to go, nothing could be read again."
_BAD = "NOTHING WAS WRITTEN"


class RedactDialog(Dialog):
    """A form, a bar, and a verdict that cannot be overlooked.

    Signals:
        written(str): a copy was written; in words.
    """

    written = Signal(str)

    def __init__(
        self,
        session: Session,
        document: DocumentId,
        ask: Ask,
        place: Path,
        sealed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._document, self._ask = session, document, ask
        self._work: Work | None = None
        self._out, self._sealed = place, sealed
        self.setWindowTitle(tr("Write a redacted copy"))
        self.resize(620, 430)
        self.progress = Progressing(tr("Burning in, and looking again"), self._stop)
        self._stack = QStackedWidget()
        for page in (self._asking(place), self.progress, self._ending()):
            self._stack.addWidget(page)
        column(self, (24, 22, 24, 20), 0).addWidget(self._stack)

    def _asking(self, place: Path) -> QWidget:
        made = QWidget()
        body = column(made, (0, 0, 0, 0), 10)
        body.addWidget(label(tr("Write a redacted copy"), "display"))
        body.addWidget(label(tr(_WHAT), "secondary", wrap=True))
        body.addWidget(label(tr("New file"), "strong"))
        self.place = QLineEdit(str(place))
        self.place.setAccessibleName(tr("New file"))
        browse = button(tr("Choose…"), "", tr("Choose where the file is made"), self._browse)
        body.addLayout(row(self.place, browse))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("It is sealed: a reason, which stands in the ledger"))
        self.reason.setVisible(self._sealed)
        body.addWidget(self.reason)
        card = QFrame()
        set_role(card, "warncard")
        inner = column(card, (14, 11, 14, 13), 8)
        inner.addWidget(label(tr("What leaves the laptop"), "strong"))
        inner.addWidget(label(tr(_LEAVES), wrap=True))
        self.own = secret(tr("Your passphrase of the case, once more"))
        self.own.returnPressed.connect(self.submit)
        inner.addWidget(self.own)
        body.addWidget(card)
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        body.addStretch(1)
        self.make = button(tr("Write"), "primary", clicked=self.submit)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.make))
        return made

    def _ending(self) -> QWidget:
        made = QWidget()
        body = column(made, (0, 0, 0, 0), 12)
        self.title = label("", "display", wrap=True)
        self._card = QFrame()
        card = column(self._card, (14, 12, 14, 12), 8)
        self.verdict = label("", wrap=True)
        self.verdict.setAccessibleName(tr("Verdict"))
        card.addWidget(self.verdict)
        self.facts = label("", "secondary", wrap=True)
        self.warnings = QListWidget()
        self.warnings.setAccessibleName(tr("What to look at"))
        self.warnings.setWordWrap(True)
        for each in (self.title, self._card, self.facts, self.warnings):
            body.addWidget(each)
        body.addStretch(1)
        self.folder = button(tr("Open the folder"), clicked=self._open)
        self.close_button = button(tr("Close"), "primary", clicked=self.accept)
        body.addLayout(row(None, self.folder, self.close_button))
        return made

    def submit(self) -> None:
        """Begins, where nothing is missing."""
        if self._work is not None:
            return
        place = self.place.text().strip()
        mistake = "" if place.lower().endswith(".pdf") else tr("Name a file that ends in .pdf.")
        if not mistake and not self.own.text():
            mistake = tr("Type your passphrase of the case: nothing leaves it without.")
        self._complain(mistake)
        if mistake:
            return
        own, self._out, self._work = self.own.text(), Path(place).expanduser(), Work(self)
        self._forget()
        self._work.moved.connect(self.progress.show_far)
        self.progress.begin()
        self._stack.setCurrentWidget(self.progress)
        self._session.work(
            self._session.desk.redactions.write,
            self._document,
            self._ask,
            self._out,
            own,
            self.reason.text().strip() if self._sealed else None,
            self._work.tell,
            self._work.stopped,
            then=self._show,
            failed=self._fail,
            refused=lambda _: None,
        )

    def _show(self, made: RedactedCopy) -> None:
        self._work = None
        set_role(self.title, "display")
        self.title.setText(tr("Written and checked") if made.checked else tr("Written"))
        set_role(self._card, "goodcard")
        set_role(self.verdict, "good")
        self.verdict.setText(tr(_GOOD) if made.checked else tr("It was not recognised again."))
        sheets = several(made.sheets, "1 sheet", "%1 sheets")
        places = several(made.places, "1 place blacked out", "%1 places blacked out")
        self.facts.setText(f"{sheets} · {places}\n{', '.join(made.files)}\nSHA-256 {made.sha256}")
        self._end(made.warnings)
        self.written.emit(told("Redacted copy written: %1 and its log.", made.files[0]))

    def _fail(self, error: Exception) -> None:
        self._work = None
        known = isinstance(error, UserError)
        set_role(self.title, "alarm")
        self.title.setText(tr(_BAD))
        set_role(self._card, "warncard")
        set_role(self.verdict, "danger")
        bug = tr("An error of this program, which was noted.")
        self.verdict.setText(tr(str(error)) if known else bug)
        self.facts.setText(tr("The plan is unchanged: go back, mend it, and write again."))
        self._end(())

    def _end(self, warnings: tuple[str, ...]) -> None:
        self.warnings.clear()
        self.warnings.addItems([tr(each) for each in warnings])
        self.warnings.setVisible(bool(warnings))
        self.folder.setVisible(not self._failed)
        self._stack.setCurrentIndex(2)
        self.close_button.setFocus()

    @property
    def _failed(self) -> bool:
        return str(self.title.property("role")) == "alarm"

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()
            self.progress.show_stopping()

    def _browse(self) -> None:
        kinds = "PDF (*.pdf)"
        title = tr("New file")
        file, _ = QFileDialog.getSaveFileName(self, title, self.place.text(), kinds)
        if file:
            self.place.setText(file)

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _forget(self) -> None:
        # Not `clear`, which would keep it for an undo.
        self.own.setText("")

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out.parent)))

    # Qt's side

    def reject(self) -> None:
        """What is under way is stopped first; the dialog stays until that is said."""
        if self._work is not None:
            self._stop()
            return
        super().reject()

    def leave(self) -> None:
        """The case is being left: what is under way is stopped with it."""
        self._work = None
        self.reject()

    def hideEvent(self, event: QHideEvent) -> None:
        self._forget()
        super().hideEvent(event)
