"""The exhibits: their list in order, what is said of each, and how its sheets will be bound."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from evidencebox.model.filing import ExhibitRow
from evidencebox.ui.beside import BesidePage
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.exhibits_model import (
    BATES,
    DESCRIPTION,
    DOCUMENT,
    NUMBER,
    PAGES,
    STATUS,
    TREATMENT,
    ExhibitsModel,
)
from evidencebox.ui.export_scope import many
from evidencebox.ui.keys import Choice
from evidencebox.ui.languages import tr
from evidencebox.ui.stamp_pane import StampPane
from evidencebox.ui.theme import Theme, grown

_SIDE = 432
_WIDTHS = {NUMBER: 78, BATES: 200, PAGES: 84, STATUS: 124, DOCUMENT: 98, TREATMENT: 92}


class ExhibitsPage(BesidePage):
    """The list at the left with what is said of the chosen one, the bound sheet at the right.

    Signals:
        build_asked(), export_asked(), undo_asked()
        opened(str): a document is to be shown in the review.
        redact_asked(str): a document is to be redacted.
        withdraw_asked(str): an exhibit is to be none any more.
        chosen(ExhibitRow): another exhibit is the current one.
        changed(str, str, str): number, what, value.
        reordered(list): the numbers in another order.
    """

    build_asked = Signal()
    export_asked = Signal()
    undo_asked = Signal()
    opened = Signal(str)
    redact_asked = Signal(str)
    withdraw_asked = Signal(str)
    chosen = Signal(object)
    changed = Signal(str, str, str)
    reordered = Signal(list)

    def __init__(self, theme: Theme, case: str) -> None:
        super().__init__(theme, case, ("exhibits",))
        self._saying: tuple[str, str, str] | None = None
        self.model = ExhibitsModel(theme, self)
        self.stamps = StampPane(theme)
        self.stamps.setFixedWidth((_SIDE + grown(_SIDE)) // 2)
        self.export = button(tr("Export…"), clicked=self.export_asked.emit)
        self.build = button(tr("Build the book…"), "primary", clicked=self.build_asked.emit)
        self.undo = button(tr("Undo"), "footlink", clicked=self.undo_asked.emit)
        self.undo.hide()
        keys = label(tr("Alt+↑ ↓ move · F2 description · Ctrl+PgUp PgDn sheets · Esc review"),
                     "footnote")  # fmt: skip
        self.compose((None, self.export, self.build), self._content(), (self.undo, None, keys))
        self._wire()
        self._show_current()

    def _content(self) -> QHBoxLayout:
        made = QHBoxLayout()
        made.setContentsMargins(16, 16, 16, 16)
        made.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._list(), 1)
        left.addWidget(self._details())
        made.addLayout(left, 1)
        made.addWidget(self.stamps)
        return made

    def _list(self) -> QWidget:
        made = QFrame()
        set_role(made, "card")
        body = column(made, (1, 8, 1, 8), 6)
        self.up = button(tr("Move up"), clicked=lambda: self.shift(-1))
        self.down = button(tr("Move down"), clicked=lambda: self.shift(1))
        self.count = label("", "secondary")
        head = row(12, self.count, None, self.up, self.down, 12)
        body.addLayout(head)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Exhibits"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.table.setDragDropOverwriteMode(False)
        self.table.setDropIndicatorShown(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(grown(31))
        self.table.verticalHeader().setAccessibleName(tr("Exhibits"))
        header = self.table.horizontalHeader()
        header.setAccessibleName(tr("Columns"))
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for name, width in _WIDTHS.items():
            self.table.setColumnWidth(name, max(grown(width), header.sectionSizeHint(name)))
        header.setSectionResizeMode(DESCRIPTION, QHeaderView.ResizeMode.Stretch)
        self.empty = label("", "secondary", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        body.addWidget(self._stack, 1)
        return made

    def _details(self) -> QWidget:
        self.card = QFrame()
        set_role(self.card, "card")
        body = column(self.card, (14, 11, 14, 13), 8)
        self.head = label("", "strong")
        self.open = button(tr("Open document"), clicked=self._open)
        self.redact = button(tr("Redact…"), clicked=self._redact)
        self.withdraw = button(tr("Withdraw…"), clicked=self._withdraw)
        body.addLayout(row(self.head, None, self.open, self.redact, self.withdraw))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        names = {
            "description": tr("Description"),
            "offered": tr("Offered"),
            "marked": tr("Marked"),
            "admitted": tr("Admitted"),
        }
        self.lines: dict[str, QLineEdit] = {}
        for number, (name, words) in enumerate(names.items()):
            self.lines[name] = self._line(name, words)
            at = (0, 1, 1, 5) if number == 0 else (1, number * 2 - 1, 1, 1)
            grid.addWidget(label(words, "secondary"), at[0], at[1] - 1)
            grid.addWidget(self.lines[name], *at)
        for at_column in (1, 3, 5):
            grid.setColumnStretch(at_column, 1)
        body.addLayout(grid)
        return self.card

    def _line(self, name: str, words: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(words)
        if name != "description":
            made.setPlaceholderText(tr("date or words"))
        made.editingFinished.connect(lambda: self._say_of(name, made))
        return made

    def _wire(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.doubleClicked.connect(lambda _: self._open())
        self.model.moved.connect(self._move)
        self.bind(
            {
                "Alt+Up": lambda: self.shift(-1),
                "Alt+Down": lambda: self.shift(1),
                "F2": self.lines["description"].setFocus,
                "Ctrl+PgUp": lambda: self.stamps.turn(-1),
                "Ctrl+PgDown": lambda: self.stamps.turn(1),
                "Ctrl+B": self.build_asked.emit,
                "Ctrl+Z": self.undo_asked.emit,
            }
        )
        self.bind({"Return": self._open, "Enter": self._open}, self.table)

    # What it shows

    def show_keys(self, choice: Choice) -> None:
        words = tr("There are no exhibits yet. Open a document in the review and press %1: it "
                   "gets a number for life.")  # fmt: skip
        self.empty.setText(words.replace("%1", choice.first("exhibit")))

    @property
    def current(self) -> ExhibitRow | None:
        """The chosen exhibit."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def show_rows(self, rows: Sequence[ExhibitRow]) -> None:
        """Takes the exhibits; the chosen one stays chosen, wherever it stands now."""
        kept, self._saying = self.current, None
        self.model.show(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        standing = len(self.model.standing)
        self.count.setText(many(standing, tr("1 exhibit"), tr("%1 exhibits")))
        self.build.setEnabled(standing > 0)
        acts = [each.act for each in self.model.rows]
        at = acts.index(kept.act) if kept is not None and kept.act in acts else 0
        self.go(at)
        self._show_current()

    def go(self, at: int) -> None:
        """Chooses a row."""
        how = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self.model.index(at, 0), how.ClearAndSelect | how.Rows
        )

    def say(self, sentence: str, problem: bool = False, undo: bool = False) -> None:
        """What was just done; `undo`: it can be taken back from here."""
        super().say(sentence, problem)
        self.undo.setVisible(undo)

    def _show_current(self) -> None:
        one = self.current
        stands = one is not None and one.stands
        for part in (*self.lines.values(), self.withdraw, self.up, self.down):
            part.setEnabled(stands)
        self.open.setEnabled(one is not None)
        self.redact.setEnabled(stands)
        self.card.setVisible(one is not None)
        if one is None:
            self.stamps.clear()
            return
        self.head.setText(f"{one.number} · {one.id}")
        for name, line in self.lines.items():
            line.setText(str(getattr(one, name)))
        self.chosen.emit(one)

    # What happens

    def shift(self, by: int) -> None:
        """The chosen exhibit up or down."""
        at = self.table.currentIndex().row()
        self._move(at, at - 1 if by < 0 else at + 2)

    def _move(self, at: int, before: int) -> None:
        numbers = self.model.reordered(at, before)
        if numbers is not None:
            self.reordered.emit(numbers)

    def _say_of(self, name: str, line: QLineEdit) -> None:
        one = self.current
        if one is None or not one.stands or line.text().strip() == getattr(one, name):
            return
        # Enter says it, and leaving the line says it again before the answer is there.
        said = (one.number, name, line.text().strip())
        if said != self._saying:
            self._saying = said
            self.changed.emit(*said)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.document)

    def _redact(self) -> None:
        if self.current is not None:
            self.redact_asked.emit(self.current.document)

    def _withdraw(self) -> None:
        if self.current is not None and self.current.stands:
            self.withdraw_asked.emit(self.current.number)
