"""Review packs carried between laptops, and the conflicts that wait to be settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidencebox.errors import UserError
from evidencebox.model.exposure import ConflictSide, ConflictView
from evidencebox.model.harm import CATEGORIES
from evidencebox.model.views import Done
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.languages import tr
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line

_KINDS = "EvidenceBox (*.pack)"


class PacksDialog(Dialog):
    """Export and import at the top, conflicts with their sides below.

    Signals:
        changed(str): the case is another one now; what was done, in words.
        opened(str): a document is to be shown.
    """

    changed = Signal(str)
    opened = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._conflicts: Sequence[ConflictView] = ()
        self.setWindowTitle(tr("Review packs and conflicts"))
        self.resize(760, 560)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Review packs and conflicts"), "display"))
        words = tr(
            "A pack carries your signed decisions to another laptop with the same case. It is "
            "encrypted for this case, verified before any of it is taken, and can be taken twice."
        )
        body.addWidget(label(words, "secondary", wrap=True))
        self.export = button(tr("Write my pack…"), clicked=self._choose_out)
        self.take = button(tr("Take a pack…"), clicked=self._choose_in)
        body.addLayout(row(self.export, self.take, None))
        self.said = label("", "secondary", wrap=True)
        self.said.setAccessibleName(tr("What was just done"))
        body.addWidget(self.said)
        body.addWidget(label(tr("Conflicts"), "strong"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Conflicts"))
        self.list.currentRowChanged.connect(self._show_sides)
        body.addWidget(self.list, 1)
        self._sides = QVBoxLayout()
        body.addLayout(self._sides)
        self.open_document = button(tr("Open document"), clicked=self._open)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(None, self.open_document, close))
        self.refresh()

    def refresh(self) -> None:
        """Reads the conflicts again."""
        team = self._session.desk.colleagues
        self._session.read("conflicts", team.conflicts, then=self._show)
        self.finished.connect(lambda _: self._session.forget("conflicts"))

    def _show(self, conflicts: Sequence[ConflictView]) -> None:
        self._conflicts = conflicts
        self.list.clear()
        for each in conflicts:
            place = tr("page %1").replace("%1", str(each.page)) if each.page else tr("document")
            said = " / ".join(f"{side.reviewer}: {int(side.harm)}" for side in each.sides)
            item = QListWidgetItem(one_line(f"{each.id}  {place}  ·  {each.officer}  ·  {said}"))
            self.list.addItem(item)
        self.open_document.setEnabled(bool(conflicts))
        if conflicts:
            self.list.setCurrentRow(0)
        else:
            self._show_sides(-1)

    def _show_sides(self, at: int) -> None:
        while (old := self._sides.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not 0 <= at < len(self._conflicts):
            words = tr("Nobody disagrees: there is nothing to settle.")
            self._sides.addWidget(label(words, "secondary", wrap=True))
            return
        for side in self._conflicts[at].sides:
            self._sides.addWidget(self._side(side))

    def _side(self, side: ConflictSide) -> QFrame:
        made = QFrame()
        set_role(made, "card")
        names = ", ".join(tr(CATEGORIES.get(name, name)) for name in side.categories)
        level = f"{int(side.harm)} {tr(side.harm.word)}"
        words = " · ".join(part for part in (level, names, one_line(side.note)) if part)
        body = column(made, (14, 8, 14, 8), 4)
        stands = button(
            tr("This stands"),
            name=tr("What %1 says stands").replace("%1", side.reviewer),
            clicked=lambda: self.settle(side),
        )
        who = label(one_line(side.reviewer), "strong")
        said = label(words, wrap=True)
        body.addLayout(row(who, 12, None, stands))
        body.addWidget(said)
        return made

    def settle(self, side: ConflictSide) -> None:
        """Has one side count."""
        team = self._session.desk.colleagues
        self._session.write(team.settle, side.act, then=self._settled)

    def _settled(self, done: Done) -> None:
        self._done(done.text)

    def _done(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.changed.emit(sentence)
        self.refresh()

    def _refused(self, error: UserError) -> None:
        self.said.setText(str(error))

    def _choose_out(self) -> None:
        title = tr("Write my pack")
        file, _ = QFileDialog.getSaveFileName(self, title, "review.pack", _KINDS)
        if file:
            self.run(self._session.desk.colleagues.export_pack, Path(file))

    def _choose_in(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, tr("Take a pack"), "", _KINDS)
        if file:
            self.run(self._session.desk.colleagues.import_pack, Path(file))

    def run(self, verb: Callable[[Path], str], file: Path) -> None:
        """Writes or takes a pack, and says how that went."""
        self.said.setText(tr("Working…"))
        self._session.read("", verb, file, then=self._done, refused=self._refused)

    def _open(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._conflicts):
            self.opened.emit(self._conflicts[at].document)
            self.accept()
