"""What is to go, by name: strings, kinds of data, everybody but one; the reason; and the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from evidencebox.model.redactions import FULL_REASONS, Ask, KindCount
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.kinds import KINDS
from evidencebox.ui.languages import told, tr
from evidencebox.ui.shown import one_line

_KIND_ROWS = 5
TERM, BOX = "term", "box"


class RedactionTools(QFrame):
    """The panel at the left.

    Signals:
        named(list): strings that are to go.
        selection_asked(), hits_asked(), list_asked(), officer_asked()
        officer_dropped(), kind_toggled(str, bool), inverse_toggled(bool), lines_toggled(bool)
        chosen(str, int): an entry of the list: `term` or `box`, and its place.
        dropped(str, int): an entry is to go from the list.
    """

    named = Signal(list)
    selection_asked = Signal()
    hits_asked = Signal()
    list_asked = Signal()
    officer_asked = Signal()
    officer_dropped = Signal()
    kind_toggled = Signal(str, bool)
    inverse_toggled = Signal(bool)
    lines_toggled = Signal(bool)
    chosen = Signal(str, int)
    dropped = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        body = column(self, (14, 12, 14, 12), 8)
        body.addWidget(label(tr("What is to go"), "strong"))
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("A text that is to go wherever it stands"))
        self.line.setPlaceholderText(tr("A text, wherever it stands"))
        self.line.returnPressed.connect(self._name)
        body.addWidget(self.line)
        by = QWidget()
        flow = FlowLayout(by)
        self.selection = button(tr("Selected text"), clicked=self.selection_asked.emit)
        self.hits = button(tr("Hits of the search"), clicked=self.hits_asked.emit)
        self.listed = button(tr("From a list…"), clicked=self.list_asked.emit)
        for each in (self.selection, self.hits, self.listed):
            flow.addWidget(each)
        body.addWidget(by)
        self._make_officer()
        self._make_kinds()
        self.inverse = QCheckBox(tr("Black out all but what is named"))
        self.lines = QCheckBox(tr("Whole lines: no width tells a name"))
        self.inverse.toggled.connect(self.inverse_toggled)
        self.lines.toggled.connect(self.lines_toggled)
        self._make_reason()
        for box in (self.inverse, self.lines):
            body.addWidget(box)
        self._make_list()

    def _make_officer(self) -> None:
        self.officer = button(tr("Everybody but one officer…"), clicked=self.officer_asked.emit)
        self.nobody = button(tr("Take back"), "link", clicked=self.officer_dropped.emit)
        self.nobody.setAccessibleName(tr("Take “everybody but one” back"))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.officer)
        layout.addWidget(self.nobody)

    def _make_kinds(self) -> None:
        layout = self.layout()
        assert layout is not None
        self._kinds_head = label(tr("Data of these kinds"), "secondary")
        layout.addWidget(self._kinds_head)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(tr("Data of these kinds"))
        self.kinds.itemChanged.connect(self._toggle)
        layout.addWidget(self.kinds)

    def _make_reason(self) -> None:
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setAccessibleName(tr("Reason printed on the box"))
        self.reason.view().setAccessibleName(tr("Reason printed on the box"))
        line = self.reason.lineEdit()
        assert line is not None
        line.setAccessibleName(tr("Reason printed on the box"))
        for reason in dict.fromkeys(FULL_REASONS.values()):
            self.reason.addItem(reason)
        self.reason.setCurrentText(FULL_REASONS["text"])
        layout = self.layout()
        assert layout is not None
        made = QWidget()
        made.setLayout(row(label(tr("Reason"), "secondary"), self.reason))
        layout.addWidget(made)

    def _make_list(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(label(tr("Named so far"), "strong"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Named so far"))
        self.list.currentRowChanged.connect(lambda _: self._choose())
        layout.addWidget(self.list)
        self.drop = button(tr("Remove"), name=tr("Remove the chosen entry"), clicked=self._drop)
        made = QWidget()
        made.setLayout(row(None, self.drop))
        layout.addWidget(made)
        for key in ("Delete", "Backspace"):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._drop)

    # What it shows

    def show_kinds(self, kinds: Sequence[KindCount]) -> None:
        """Takes what the document has."""
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for each in kinds:
                words = f"{tr(KINDS.get(each.kind, each.kind))}: {each.count:,}"
                if each.undecided:
                    words += " · " + told("%1 not decided", each.undecided)
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, each.kind)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.kinds.addItem(item)
        for part in (self.kinds, self._kinds_head):
            part.setVisible(bool(kinds))
        rows = min(_KIND_ROWS, max(1, len(kinds)))
        self.kinds.setFixedHeight(max(26, self.kinds.sizeHintForRow(0)) * rows + 8)

    def show_ask(self, ask: Ask, officer: str) -> None:
        """Takes what is named; boxes of other sheets are listed with theirs."""
        with QSignalBlocker(self.kinds):
            for at in range(self.kinds.count()):
                item = self.kinds.item(at)
                on = item.data(Qt.ItemDataRole.UserRole) in ask.elements
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        for box, on in ((self.inverse, ask.inverse), (self.lines, ask.lines)):
            with QSignalBlocker(box):
                box.setChecked(on)
        chosen = ask.everyone_but is not None
        words = told("Everybody but %1", one_line(officer)) if chosen else ""
        self.officer.setText(words or tr("Everybody but one officer…"))
        self.officer.setAccessibleName(self.officer.text())
        self.nobody.setVisible(chosen)
        self._fill(ask)

    def _fill(self, ask: Ask) -> None:
        kept = self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.clear()
            for at, term in enumerate(ask.terms):
                self._entry(f"“{one_line(term.text)}” · {one_line(term.reason)}", TERM, at)
            for at, box in enumerate(ask.boxes):
                words = told("Box on sheet %1 · %2", box.sheet, one_line(box.reason))
                self._entry(words, BOX, at)
            self.list.setCurrentRow(min(kept, self.list.count() - 1))
        self.drop.setEnabled(self.list.count() > 0)

    def _entry(self, words: str, kind: str, at: int) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, (kind, at))
        self.list.addItem(item)

    def choose_box(self, at: int) -> None:
        """Marks a box's entry, by its place among all boxes."""
        for number in range(self.list.count()):
            if tuple(self.list.item(number).data(Qt.ItemDataRole.UserRole)) == (BOX, at):
                with QSignalBlocker(self.list):
                    self.list.setCurrentRow(number)

    @property
    def why(self) -> str:
        """The reason for what is named next."""
        return one_line(self.reason.currentText().strip()) or FULL_REASONS["text"]

    # What happens

    def _name(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.named.emit([text])

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        self.kind_toggled.emit(str(item.data(Qt.ItemDataRole.UserRole)), on)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(*item.data(Qt.ItemDataRole.UserRole))

    def _drop(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.dropped.emit(*item.data(Qt.ItemDataRole.UserRole))
