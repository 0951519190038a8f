"""Many documents at once: which, what, what it would change; then one act and one undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from evidencebox.errors import UserError
from evidencebox.model.coding import LABELS, BatchPreview, Coding
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.model.views import Done
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.categories import Categories
from evidencebox.ui.harm_cards import HarmCards
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.officer_picker import OfficerPicker
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme

CODE, REVIEW, LABEL = ACTIONS = ("Code", "Mark reviewed", "Label")
KEEP, OVERWRITE = CHOICES = ("Keep mine", "Overwrite")


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that can be meant, with what they are called: `12 marked`."""

    words: str
    documents: tuple[DocumentId, ...]


class Choice(QFrame):
    """One of a few, side by side.

    Signals:
        chosen(str)
    """

    chosen = Signal(str)

    def __init__(self, words: Sequence[str], name: str) -> None:
        super().__init__()
        set_role(self, "segments")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons = {}
        for each in words:
            made = button(tr(each), "segment", f"{name}: {tr(each)}")
            made.setCheckable(True)
            made.clicked.connect(lambda *_, which=each: self.chosen.emit(which))
            self._group.addButton(made)
            self._buttons[each] = made
        line = row(*self._buttons.values(), spacing=2)
        line.setContentsMargins(2, 2, 2, 2)
        for made in self._buttons.values():
            line.setStretchFactor(made, 1)
        self.setLayout(line)
        if words:
            self._buttons[words[0]].setChecked(True)

    @property
    def value(self) -> str:
        """What is chosen."""
        return next(words for words, made in self._buttons.items() if made.isChecked())

    def choose(self, words: str) -> None:
        """Chooses one."""
        self._buttons[words].click()


class BatchDialog(Dialog):
    """Asks, previews, acts.

    Signals:
        acted(str, list): what was done in words, and the documents it may have touched.
    """

    acted = Signal(str, list)

    def __init__(
        self,
        theme: Theme,
        session: Session,
        batches: Sequence[Batch],
        like: Coding | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._batches = session, {each.words: each for each in batches}
        self._officer = like.officer if like else None
        self._harm = like.harm if like else None
        self._preview: BatchPreview | None = None
        self.cards, self.picker = HarmCards(theme), OfficerPicker()
        self.categories, self.note = Categories(theme), QLineEdit()
        self._arrange()
        self._wire()
        if like:
            self.categories.show_chosen(like.categories)
            self.note.setText(like.note)
        self._draw()

    def _arrange(self) -> None:
        self.setWindowTitle(tr("Several documents at once"))
        self.setMinimumWidth(520)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Several documents at once"), "display"))
        self.which = Choice(list(self._batches), tr("Documents"))
        self.what = Choice((CODE, REVIEW, LABEL), tr("Action"))
        body.addWidget(self.which)
        body.addWidget(self.what)
        self._code = self._code_part(body)
        self.name = QLineEdit(LABELS[0])
        self.name.setAccessibleName(tr("Label"))
        body.addWidget(self.name)
        self.conflict = Choice((KEEP, OVERWRITE), tr("Where you coded otherwise"))
        self.said = label("", wrap=True)
        self.said.setAccessibleName(tr("What it would do"))
        body.addWidget(self.said)
        body.addWidget(self.conflict)
        self.problem = label("", "danger", wrap=True)
        body.addWidget(self.problem)
        self.go = button(tr("Code"), "primary", clicked=self.act)
        body.addStretch(1)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.go))
        self.go.setToolTip(tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go.click)

    def _code_part(self, body: QVBoxLayout) -> QWidget:
        part = QWidget()
        inside = column(part, (0, 0, 0, 0), 8)
        self._who = label("", "strong")
        self._change = button(tr("Choose an officer"), "link", clicked=lambda: self._ask())
        inside.addLayout(row(self._who, self._change, None, spacing=4))
        inside.addWidget(self.picker)
        inside.addWidget(self.cards)
        inside.addWidget(self.categories)
        self.note.setPlaceholderText(tr("Note"))
        self.note.setAccessibleName(tr("Note"))
        inside.addWidget(self.note)
        body.addWidget(part)
        return part

    def _wire(self) -> None:
        for choice in (self.which, self.what, self.conflict):
            choice.chosen.connect(lambda _: self._draw())
        self.cards.pressed.connect(self._level)
        self.categories.changed.connect(lambda _: self._draw())
        self.note.editingFinished.connect(self._draw)
        self.name.textChanged.connect(lambda _: self._draw())
        self.picker.typed.connect(self._find)
        self.picker.picked.connect(self._picked)
        self.picker.left.connect(self._draw)
        self.finished.connect(lambda _: self._session.forget("preview"))

    @property
    def coding(self) -> Coding | None:
        """What is to be given; None while an officer or a level lacks."""
        if self._officer is None or self._harm is None:
            return None
        return Coding(self._officer, self._harm, self.categories.chosen, self.note.text())

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """The chosen ones."""
        return self._batches[self.which.value].documents

    def act(self) -> None:
        """Does it, and closes when it is done."""
        desk, coding = self._session.desk, self.coding
        self.go.setEnabled(False)
        self.problem.setText(tr("Working…"))
        if self.what.value == REVIEW:
            self._write(partial(desk.review_all, self.documents, True))
        elif self.what.value == LABEL:
            self._write(partial(desk.label, self.documents, self.name.text(), True))
        elif coding is not None:
            overwrite = self.conflict.value == OVERWRITE
            self._write(partial(desk.code_all, self.documents, coding, overwrite))

    def _write(self, call: partial[Done]) -> None:
        documents = list(self.documents)

        def done(answer: Done) -> None:
            self.acted.emit(answer.text, documents)
            self.accept()

        self._session.write(call, then=done, refused=self._refused)

    def _refused(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.go.setEnabled(True)

    def _level(self, harm: Harm) -> None:
        self._harm = harm
        self._draw()

    def _ask(self) -> None:
        self.picker.open(self._harm)

    def _find(self, text: str) -> None:
        self._session.read(
            "officers",
            self._session.desk.officers,
            text,
            then=partial(self.picker.show_officers, text),
        )

    def _picked(self, officer: Officer) -> None:
        self._officer = officer
        self._draw()

    def _draw(self) -> None:
        what, coding = self.what.value, self.coding
        self._code.setVisible(what == CODE)
        self.name.setVisible(what == LABEL)
        self.cards.show_level(self._harm)
        self._who.setText(one_line(self._officer.name) if self._officer else tr("For whom?"))
        self._change.setText(tr("Change") if self._officer else tr("Choose an officer"))
        self._change.setAccessibleName(self._change.text())
        self.conflict.hide()
        self.problem.setText("")
        count = len(self.documents)
        self.go.setText(go_words(what, count))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(what == REVIEW or (what == LABEL and bool(self.name.text().strip())))
        reviewing = several(
            count, "1 document will be marked reviewed.", "%1 documents will be marked reviewed."
        )
        self.said.setText(reviewing if what == REVIEW else "")
        self._session.forget("preview")
        if what == CODE and coding is None:
            self.said.setText(tr("Harm needs an officer: choose one, and a level."))
        elif what == CODE:
            self.said.setText(tr("Counting…"))
            self._session.read(
                "preview",
                self._session.desk.preview,
                self.documents,
                coding,
                then=self._show,
                refused=self._refused,
            )

    def _show(self, preview: BatchPreview) -> None:
        self._preview = preview
        overwrite = self.conflict.value == OVERWRITE
        self.conflict.setVisible(preview.conflicts > 0)
        self.said.setText(preview_words(preview))
        count = preview.acts_on(overwrite)
        self.go.setText(go_words(CODE, count))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(count > 0)


def go_words(what: str, count: int) -> str:
    """What the last button does."""
    if what == CODE:
        return several(count, "Code 1 document", "Code %1 documents")
    if what == REVIEW:
        return several(count, "Mark 1 document", "Mark %1 documents")
    return several(count, "Label 1 document", "Label %1 documents")


def preview_words(preview: BatchPreview) -> str:
    """A preview in sentences."""
    parts = [told("New for this officer: %1.", preview.fresh)]
    if preview.same:
        parts.append(told("Coded so already: %1.", preview.same))
    if preview.differing:
        levels = ", ".join(told("%1 already %2", n, tr(h.word)) for h, n in preview.differing)
        parts.append(told("%1: keep or overwrite?", levels))
    if preview.sealed:
        parts.append(told("Sealed among them: %1.", preview.sealed))
    return " ".join(parts)
