"""What is to be exported: with how much of people, in which form, where to, how guarded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QLineEdit, QWidget

from evidencebox.model.exports import ExportKind, Pii, Request
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.export_scope import Around, ScopePart, choice, part
from evidencebox.ui.export_words import form_words, level_words, title_of, warning, words_of
from evidencebox.ui.languages import tr
from evidencebox.ui.strength import strength_words

SHORTEST = 8


class ExportForm(QWidget):
    """Everything of a request; `card` has the warning and the passphrase that lets it out.

    The card is placed by whoever shows the form, where it cannot scroll out of sight.

    Signals:
        form_chosen(str): a form of that name, or that file, is to be looked at.
        copy_asked(str): the form of that name is to be copied, so that it can be changed.
    """

    form_chosen = Signal(str)
    copy_asked = Signal(str)

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._folder = around.folder
        self._kind = ExportKind("", "", (Pii.FULL,))
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self, (2, 0, 14, 0), 8)
        self.title, self.words = label("", "display"), label("", "secondary", wrap=True)
        self.scope = ScopePart(around)
        parts = (
            *(self.title, self.words, self.scope, self._make_level(), self._make_form()),
            *(self._make_place(), self._make_guard()),
        )
        for each in parts:
            body.addWidget(each)
        body.addStretch(1)
        self.card = self._make_warning()
        self._guard(False)

    def _make_level(self) -> QWidget:
        self._levels, body = part(tr("How much of people"))
        self.level = choice(tr("How much of people"))
        self.level.activated.connect(lambda _: self._warn())
        body.addWidget(self.level)
        return self._levels

    def _make_form(self) -> QWidget:
        self._form, body = part(tr("Form"))
        self.form = choice(tr("Form"))
        self.form.activated.connect(lambda _: self.form_chosen.emit(self.form.currentData() or ""))
        own = button(tr("A file of mine…"), clicked=self._choose_form)
        hint = tr("Save a copy of this form, to change its titles, columns and words")
        copy = button(tr("Save a copy…"), "", hint, self._copy_form)
        self.natives = QCheckBox(tr("With the originals, as .untrusted"))
        self.natives.toggled.connect(lambda _: self._warn())
        body.addWidget(self.form)
        body.addLayout(row(own, copy, None))
        body.addWidget(self.natives)
        return self._form

    def _make_place(self) -> QWidget:
        made, body = part(tr("New folder"))
        self.place = QLineEdit()
        self.place.setAccessibleName(tr("New folder"))
        browse = button(tr("Choose…"), "", tr("Choose where the new folder is made"), self._browse)
        body.addLayout(row(self.place, browse))
        return made

    def _make_guard(self) -> QWidget:
        made, body = part("")
        self.encrypt = QCheckBox(tr("Encrypt it to a passphrase of its own (age)"))
        self.first = secret(tr("Passphrase of the export"))
        self.again = secret(tr("The same passphrase once more"))
        self.strength = label("", "small", wrap=True)
        self.strength.setAccessibleName(tr("Strength of the passphrase"))
        self.encrypt.toggled.connect(self._guard)
        self.first.textChanged.connect(lambda text: self.strength.setText(strength_words(text)))
        for each in (self.encrypt, self.first, self.strength, self.again):
            body.addWidget(each)
        return made

    def _make_warning(self) -> QWidget:
        made = QFrame()
        set_role(made, "warncard")
        body = column(made, (14, 11, 14, 13), 8)
        self.warning = label("", wrap=True)
        self.warning.setAccessibleName(tr("What leaves the laptop"))
        self.own = secret(tr("Your passphrase of the case, once more"))
        self.problem = label("", "danger", wrap=True)
        self.problem.setAccessibleName(tr("What is missing"))
        self.problem.hide()
        head = label(tr("What leaves the laptop"), "strong")
        for each in (head, self.warning, self.own, self.problem):
            body.addWidget(each)
        return made

    # What is asked of it

    def show_kind(self, kind: ExportKind) -> None:
        """Takes a kind: the form has what that one needs, and no more."""
        self._kind = kind
        self.title.setText(title_of(kind.name))
        self.words.setText(words_of(kind))
        self.level.clear()
        for level in kind.levels:
            self.level.addItem(level_words(level), level)
        self._levels.setVisible(len(kind.levels) > 1)
        self.form.clear()
        for name in kind.profiles:
            self.form.addItem(form_words(kind.name, name), name)
        self._form.setVisible(bool(kind.profiles))
        self.natives.setVisible(kind.name == "loadfile")
        with QSignalBlocker(self.natives):
            self.natives.setChecked(False)
        self.place.setText(str(free_folder(self._folder, kind.name)))
        self.complain("")
        self.scope.show_kind(kind)
        self._warn()

    def request(self) -> Request:
        """As it stands; `mistake` says whether it can be made."""
        return self.scope.narrow(
            Request(
                self._kind.name,
                Path(self.place.text().strip()).expanduser(),
                Pii(self.level.currentData() or Pii.FULL),
                passphrase=self.first.text() if self.encrypt.isChecked() else None,
                natives=self.natives.isChecked(),
                profile=self.form.currentData() or None,
            )
        )

    def mistake(self) -> str:
        """What is missing, in one sentence; empty where nothing is."""
        place = self.place.text().strip()
        if said := self.scope.mistake():
            return said
        if not place:
            return tr("Choose a new folder.")
        if Path(place).expanduser().exists():
            return tr("A folder of that name is there already: an export never overwrites.")
        if self.encrypt.isChecked() and len(self.first.text()) < SHORTEST:
            return tr("Choose a passphrase of at least eight characters for the export.")
        if self.encrypt.isChecked() and self.first.text() != self.again.text():
            return tr("The two passphrases of the export are not the same.")
        if not self.own.text():
            return tr("Type your passphrase of the case: nothing leaves it without.")
        return ""

    def complain(self, sentence: str) -> None:
        """Why it was not made."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def forget(self) -> None:
        """Empties what was typed in secret."""
        for line in (self.own, self.first, self.again):
            # Not `clear`, which would keep it for an undo.
            line.setText("")

    # What happens

    def _guard(self, on: bool) -> None:
        for each in (self.first, self.strength, self.again):
            each.setVisible(on)
        self._warn()

    def _warn(self) -> None:
        self.warning.setText(warning(self.request()))

    def _choose_form(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, tr("Form"), "", "TOML (*.toml)")
        if file:
            self.take_form(Path(file))

    def _copy_form(self) -> None:
        self.copy_asked.emit(self.form.currentData() or "")

    def take_form(self, file: Path) -> None:
        """Offers a file as a form, and chooses it."""
        if self.form.findData(str(file)) < 0:
            self.form.addItem(file.name, str(file))
        self.form.setCurrentIndex(self.form.findData(str(file)))
        self.form_chosen.emit(str(file))

    def drop_form(self, sentence: str) -> None:
        """The chosen form cannot be used: the first one is taken again, and why is said."""
        self.form.setCurrentIndex(0)
        self.complain(sentence)

    def _browse(self) -> None:
        now = Path(self.place.text()).expanduser()
        folder = QFileDialog.getExistingDirectory(self, tr("New folder"), str(now.parent))
        if folder:
            self.place.setText(str(free_folder(Path(folder), self._kind.name)))


def free_folder(folder: Path, name: str) -> Path:
    """A folder of that name that is not there yet."""
    made, number = folder / name, 2
    while made.exists():
        made, number = folder / f"{name}-{number}", number + 1
    return made


def secret(name: str) -> QLineEdit:
    """A line for a passphrase."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    return made
