"""Letting something out of the case: what, of which documents, how guarded; then its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidencebox.errors import UserError
from evidencebox.model.exports import Exported, ExportKind, Request, Verdict
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.export_form import ExportForm
from evidencebox.ui.export_result import Outcome, Progressing
from evidencebox.ui.export_scope import Around
from evidencebox.ui.export_words import title_of
from evidencebox.ui.languages import tr
from evidencebox.ui.officer_picker import OfficerDialog
from evidencebox.ui.session import Session, bug_words
from evidencebox.ui.work import Work

_KINDS_WIDTH, _AIR = 208, 10


class ExportDialog(Dialog):
    """Kinds at the left, the form of the chosen one at the right; progress; the result.

    Signals:
        changed(str): something left the case; what, in words.
    """

    changed = Signal(str)

    def __init__(
        self, session: Session, around: Around, kind: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._first = session, kind
        self._kinds: Sequence[ExportKind] = ()
        self._work: Work | None = None
        self._request: Request | None = None
        self._made: Exported | None = None
        self._left = ""
        self.setWindowTitle(tr("Export"))
        self.resize(880, 700)
        self.form = ExportForm(around)
        self.progress = Progressing(tr("Exporting"), self._stop)
        self.outcome = Outcome(self.accept)
        self._stack = QStackedWidget()
        for page in (self._asking(), self.progress, self.outcome):
            self._stack.addWidget(page)
        column(self, (24, 22, 24, 20), 0).addWidget(self._stack)
        self.form.scope.changed.connect(self._count)
        self.form.scope.officer_asked.connect(self._choose_officer)
        self.form.form_chosen.connect(self._look_at_form)
        self.form.copy_asked.connect(self._copy_form)
        self.form.own.returnPressed.connect(self.submit)
        session.read("export kinds", session.desk.exports.kinds, then=self._show_kinds)

    def _asking(self) -> QWidget:
        made = QWidget()
        body = column(made, (0, 0, 0, 0), 14)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(tr("What is to be exported"))
        self.kinds.setFixedWidth(_KINDS_WIDTH)
        self.kinds.currentRowChanged.connect(self._show_kind)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.form)

        def bring() -> None:
            if self.form.encrypt.isChecked():
                area.ensureWidgetVisible(self.form.again)

        # The lines of a passphrase make the form longer, and stand at its end.
        area.verticalScrollBar().rangeChanged.connect(lambda *_: bring())
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addWidget(self.kinds)
        right = column_of(area, self.form.card)
        across.addLayout(right, 1)
        body.addLayout(across, 1)
        self.make = button(tr("Export"), "primary", clicked=self.submit)
        note = label(tr("Every export stands in the ledger."), "secondary")
        body.addLayout(row(note, None, button(tr("Cancel"), clicked=self.reject), self.make))
        return made

    # What is asked

    def _show_kinds(self, kinds: Sequence[ExportKind]) -> None:
        self._kinds = kinds
        self.kinds.clear()
        for kind in kinds:
            self.kinds.addItem(QListWidgetItem(title_of(kind.name)))
        wide = self.kinds.sizeHintForColumn(0) + 2 * _AIR
        self.kinds.setFixedWidth(max(_KINDS_WIDTH, wide))
        names = [kind.name for kind in kinds]
        self.kinds.setCurrentRow(names.index(self._first) if self._first in names else 0)

    def _show_kind(self, at: int) -> None:
        if 0 <= at < len(self._kinds):
            self.form.show_kind(self._kinds[at])

    def _count(self) -> None:
        scope = self.form.scope
        self._session.read(
            "export count",
            self._session.desk.exports.count,
            self.form.request(),
            then=scope.show_count,
            refused=lambda error: scope.show_refusal(str(error)),
        )

    def _choose_officer(self) -> None:
        words = tr("The export is of what is tagged for them.")
        dialog = OfficerDialog(self, words)
        dialog.picked.connect(self.form.scope.show_officer)
        dialog.ask(self._session)

    def _look_at_form(self, name: str) -> None:
        self.form.complain("")
        check, kind = self._session.desk.exports.check_form, self.form.request().kind
        refused = self._refused_form
        self._session.read("export form", check, kind, name, then=_heard, refused=refused)

    def _refused_form(self, error: UserError) -> None:
        self.form.drop_form(str(error))

    def _copy_form(self, name: str) -> None:
        exports, kind = self._session.desk.exports, self.form.request().kind
        offered = str(exports.own_form(kind))
        file, _ = QFileDialog.getSaveFileName(self, tr("Save a copy…"), offered, "TOML (*.toml)")
        if file:
            then = partial(self._copied, Path(file))
            refused = self._refuse
            self._session.read(
                "", exports.copy_form, kind, name, Path(file), then=then, refused=refused
            )

    def _copied(self, file: Path, _: object) -> None:
        self.form.take_form(file)

    # What is done

    def submit(self) -> None:
        """Begins, where nothing is missing."""
        if self._work is not None:
            return
        mistake = self.form.mistake()
        self.form.complain(mistake)
        if mistake:
            return
        request, own = self.form.request(), self.form.own.text()
        self._left = self.form.scope.left_out()
        self.form.forget()
        self._request, self._work = request, Work(self)
        self._work.moved.connect(self.progress.show_far)
        self.progress.begin()
        self._stack.setCurrentWidget(self.progress)
        self._session.work(
            self._session.desk.exports.make,
            request,
            own,
            self._work.tell,
            self._work.stopped,
            then=self._check,
            refused=self._refuse,
            failed=self._fail,
        )

    def _check(self, made: Exported) -> None:
        assert self._request is not None
        self._made = made
        if self._work is not None:
            self._work.moved.disconnect(self.progress.show_far)
        self.progress.show_checking()
        verify = self._session.desk.exports.verify
        self._session.work(
            verify, self._request.out, then=self._show, failed=self._unverified, refused=_heard
        )

    def _show(self, verdict: Verdict) -> None:
        assert self._request is not None
        assert self._made is not None
        self._work = None
        self.outcome.show_made(self._request, self._made, verdict, self._left)
        self._stack.setCurrentWidget(self.outcome)
        self.outcome.close_button.setFocus()
        said = tr("Exported: %1.").replace("%1", title_of(self._request.kind))
        self.changed.emit(said if verdict.holds else tr("The export does not verify"))

    def _unverified(self, error: Exception) -> None:
        assert self._request is not None
        self._work = None
        said = str(error) if isinstance(error, UserError) else bug_words(error)
        self.outcome.show_unverified(self._request, said)
        self._stack.setCurrentWidget(self.outcome)
        self.changed.emit(tr("The export does not verify"))

    def _refuse(self, error: UserError) -> None:
        self.form.complain(str(error))

    def _fail(self, error: Exception) -> None:
        self._work = None
        self._stack.setCurrentIndex(0)
        if not isinstance(error, UserError):
            self.form.complain(tr("Nothing was exported: an error of this program, which was "
                                  "noted."))  # fmt: skip
        self.form.own.setFocus()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()
            self.progress.show_stopping()

    # Qt's side

    def reject(self) -> None:
        """What is under way is stopped first; the dialog stays until that is said."""
        if self._work is not None:
            self._stop()
            return
        self._session.forget("export count")
        self._session.forget("export kinds")
        self._session.forget("export form")
        super().reject()

    def leave(self) -> None:
        """The case is being left: what is under way is stopped with it."""
        self._work = None
        self.reject()

    def hideEvent(self, event: QHideEvent) -> None:
        self.form.forget()
        super().hideEvent(event)


def column_of(*parts: QWidget) -> QVBoxLayout:
    """One above the other; the first takes what is left."""
    made = QVBoxLayout()
    made.setSpacing(12)
    for each in parts:
        made.addWidget(each)
    made.setStretch(0, 1)
    return made


def _heard(_: object) -> None:
    """`failed` has said it."""
