"""The row under the search box: what narrows the results, how many there are, and details."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from evidencebox.model.filters import Filter
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.shown import one_line


class ChipsRow(QFrame):
    """Chips, the count, the sentence of a refused query, and the parsed query in words.

    Signals:
        removed(Filter): a chip was taken away.
        cleared(): all of them.
    """

    removed = Signal(object)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = column(self, (16, 6, 16, 6), 5)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._buttons: list[QWidget] = []
        self._problem = label("", "danger")
        self._problem.setAccessibleName("Problem with the search")
        self._count = label("", "strong")
        self._rest = label("", "secondary")
        self._left = label("", "secondary")
        line = row(self._problem, None, self._count, self._rest, self._left, spacing=4)
        line.insertLayout(0, self._chips)
        holder = QWidget()
        holder.setLayout(line)
        holder.setMinimumHeight(28)
        outer.addWidget(holder)
        self._details = label("", "secondary", wrap=True)
        self._details.setAccessibleName("How the search was understood")
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.hide()
        outer.addWidget(self._details)

    def show_filters(self, filters: Iterable[Filter]) -> None:
        """A chip for each filter."""
        for old in self._buttons:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._chip(each) for each in filters]
        if self._buttons:
            self._buttons.append(button("Clear", "plain", "Remove all filters", self.cleared.emit))
        for made in self._buttons:
            self._chips.addWidget(made)

    def show_count(self, count: int | None, rest: str = "") -> None:
        """How many documents were found; None while nothing has been searched."""
        self._count.setText("" if count is None else self.locale().toString(count))
        self._rest.setText(rest)

    def show_left(self, count: int | None) -> None:
        """How many of them are still to review; None where it goes without saying."""
        self._left.setText("" if count is None else f"· {self.locale().toString(count)} to review")

    def show_problem(self, sentence: str) -> None:
        """Why a query was refused, or nothing."""
        self._problem.setText(sentence)

    def show_details(self, parsed: str) -> None:
        """How the query was understood."""
        self._details.setText(f"Understood as: {one_line(parsed)}" if parsed else "")

    def toggle_details(self, on: bool) -> None:
        """Opens or folds the details."""
        self._details.setVisible(on)

    def clear(self) -> None:
        """Forgets everything, as locking asks."""
        self.show_filters(())
        self.show_count(None)
        self.show_left(None)
        self.show_problem("")
        self.show_details("")

    def _chip(self, chosen: Filter) -> QWidget:
        return button(
            f"{one_line(chosen.caption)}  \u2715",
            "chip",
            f"Remove filter {one_line(chosen.caption)}",
            lambda: self.removed.emit(chosen),
        )
