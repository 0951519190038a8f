"""Document, page or passage: the switch for what the next tag stands on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame

from evidencebox.ui.bits import button, row, set_role
from evidencebox.ui.coding_state import CodingState, Scope
from evidencebox.ui.languages import told, tr


class ScopeSwitch(QFrame):
    """Document, page or passage: what the next tag stands on.

    Signals:
        chosen(Scope)
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "segments")
        self._group = QButtonGroup(self)
        self._buttons = {scope: button(tr(scope.value.capitalize()), "segment") for scope in Scope}
        for scope, made in self._buttons.items():
            made.setCheckable(True)
            self._group.addButton(made)
            made.clicked.connect(lambda *_, which=scope: self.chosen.emit(which))
        line = row(*self._buttons.values(), spacing=2)
        line.setContentsMargins(2, 2, 2, 2)
        for made in self._buttons.values():
            line.setStretchFactor(made, 1)
        self.setLayout(line)

    def show_state(self, state: CodingState) -> None:
        """Marks the scope, and which ones can be had."""
        number = state.page_number
        page = tr("Page") if number is None else told("Page %1", number)
        self._buttons[Scope.PAGE].setText(page)
        for scope, made in self._buttons.items():
            made.setEnabled(scope in state.scopes)
            made.setChecked(scope is state.scope)
            made.setAccessibleName(told("Tag on: %1", made.text()))
