"""Labels of a document: the usual ones to press, one's own to type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from evidencebox.model.coding import LABELS
from evidencebox.ui.bits import button, column, is_escape
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.languages import told, tr
from evidencebox.ui.shown import one_line


class LabelChips(QWidget):
    """Chips that are pressed or not, and a line for an issue code.

    Signals:
        toggled(str, bool): a label is to be set, or taken back.
        left(): Esc was pressed in the line.
    """

    toggled = Signal(str, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Issue code or label"))
        self.line.setAccessibleName(tr("Add a label"))
        self.line.setMaxLength(64)
        self.line.returnPressed.connect(self._add)
        self.line.installEventFilter(self)
        self.line.hide()
        self.chips: list[QPushButton] = []
        body = column(self, (0, 0, 0, 0), 5)
        body.addWidget(holder)
        body.addWidget(self.line)
        self.show_labels(())

    def show_labels(self, labels: Sequence[str]) -> None:
        """Takes what the document is labelled."""
        for old in self.chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        names = [*LABELS, *(each for each in labels if each not in LABELS)]
        self.chips = [self._chip(name, name in labels) for name in names]
        plus = button("+", "toggle", tr("Add a label"), self._open)
        self.chips.append(plus)
        for chip in self.chips:
            self._flow.addWidget(chip)

    def _chip(self, name: str, on: bool) -> QPushButton:
        words = one_line(tr(name.capitalize()))
        mark = "\u2713 " if on else ""
        state = tr("set") if on else tr("not set")
        made = button(f"{mark}{words}", "toggle", told("Label %1, %2", words, state))
        made.setCheckable(True)
        made.setChecked(on)
        made.clicked.connect(lambda *_: self.toggled.emit(name, not on))
        return made

    def _open(self) -> None:
        self.line.show()
        self.line.setFocus()

    def _add(self) -> None:
        name = self.line.text().strip().casefold()
        self.line.clear()
        self.line.hide()
        if name:
            self.toggled.emit(name, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_escape(event):
            self.line.clear()
            self.line.hide()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
