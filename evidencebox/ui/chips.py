"""The row under the search box: what narrows the results, how many there are, and details."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from evidencebox.model.filters import Filter
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.languages import figure, told, tr
from evidencebox.ui.sayings import caption
from evidencebox.ui.shown import one_line


class ChipsRow(QFrame):
    """Chips, the count, the sentence of a refused query, and the parsed query in words.

    Signals:
        removed(Filter): a chip was taken away.
        cleared(): all of them.
        asked(str): a search that may have been meant.
        batch_asked(), unmarked(): what is marked is to be coded, or not to be marked any more.
    """

    removed = Signal(object)
    cleared = Signal()
    asked = Signal(str)
    batch_asked = Signal()
    unmarked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = column(self, (16, 6, 16, 6), 5)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._buttons: list[QWidget] = []
        self._problem = label("", "danger")
        self._problem.setAccessibleName(tr("Problem with the search"))
        self._count = label("", "strong")
        self._rest = label("", "secondary")
        self._left = label("", "secondary")
        self._meant = QHBoxLayout()
        self._links: list[QWidget] = []
        self._marks = button("", "link", tr("Code what is marked"), self.batch_asked.emit)
        self._unmark = button(tr("Clear"), "plain", tr("Clear the marks"), self.unmarked.emit)
        line = row(
            self._problem,
            None,
            self._marks,
            self._unmark,
            8,
            self._count,
            self._rest,
            self._left,
            spacing=4,
        )
        line.insertLayout(0, self._chips)
        line.insertLayout(2, self._meant)
        holder = QWidget()
        holder.setLayout(line)
        holder.setMinimumHeight(28)
        outer.addWidget(holder)
        self._details = label("", "secondary", wrap=True)
        self._details.setAccessibleName(tr("How the search was understood"))
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.hide()
        self.show_marked(0)
        outer.addWidget(self._details)

    def show_filters(self, filters: Iterable[Filter]) -> None:
        """A chip for each filter."""
        for old in self._buttons:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._chip(each) for each in filters]
        if self._buttons:
            self._buttons.append(
                button(tr("Clear"), "plain", tr("Remove all filters"), self.cleared.emit)
            )
        for made in self._buttons:
            self._chips.addWidget(made)

    def show_count(self, count: int | None, rest: str = "") -> None:
        """How many documents were found; None while nothing has been searched."""
        self._count.setText("" if count is None else figure(count))
        self._rest.setText(rest)

    def show_left(self, count: int | None) -> None:
        """How many of them are still to review; None where it goes without saying."""
        self._left.setText("" if count is None else "· " + told("%1 to review", count))

    def show_problem(self, sentence: str) -> None:
        """Why a query was refused, or nothing."""
        self._problem.setText(sentence)

    def show_meant(self, queries: Iterable[tuple[str, str]]) -> None:
        """Offers other searches: what each is called, and its text."""
        for old in self._links:
            self._meant.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links = [
            button(one_line(words), "link", "", partial(self.asked.emit, text))
            for words, text in queries
        ]
        for link in self._links:
            self._meant.addWidget(link)

    def show_marked(self, count: int) -> None:
        """How many rows are marked; a way to code them, and one to let go."""
        self._marks.setText(told("%1 marked · Code", count))
        for each in (self._marks, self._unmark):
            each.setVisible(count > 0)

    def show_details(self, parsed: str) -> None:
        """How the query was understood."""
        self._details.setText(told("Understood as: %1", one_line(parsed)) if parsed else "")

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
        self.show_meant(())
        self.show_marked(0)

    def _chip(self, chosen: Filter) -> QWidget:
        return button(
            f"{one_line(caption(chosen))}  \u2715",
            "chip",
            told("Remove filter %1", one_line(caption(chosen))),
            lambda: self.removed.emit(chosen),
        )
