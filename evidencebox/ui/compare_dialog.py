"""Two documents side by side: what stands in only one of them is marked."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from evidencebox.analysis.difference import Change, Difference
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.languages import told, tr
from evidencebox.ui.marks import Marks
from evidencebox.ui.page_text import PageText
from evidencebox.ui.stepper import Stepper
from evidencebox.ui.theme import Theme

MOST_POINTS = 400_000


class CompareDialog(Dialog):
    """Reads like one page beside the other; stepping brings each change into sight on both."""

    def __init__(
        self,
        theme: Theme,
        titles: tuple[str, str],
        one: str,
        other: str,
        difference: Difference,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Side by side"))
        self.resize(1180, 720)
        self.changes = [change for change in difference.changes if not change.same]
        self._at = -1
        self.sides = (PageText(theme), PageText(theme))
        body = column(self, (24, 22, 24, 20), 12)
        self.places = Stepper(theme, "change")
        self.places.stepped.connect(self.step)
        body.addLayout(row(label(tr("Side by side"), "display"), None, self.places))
        words = self._words(difference)
        body.addWidget(label(words, "secondary", wrap=True))
        panes = row(*(self._pane(n, title) for n, title in enumerate(titles)), spacing=12)
        body.addLayout(panes, 1)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(None, close))
        for side, text, name in zip(self.sides, (one, other), titles, strict=True):
            # A form feed divides pages; the reader sees a blank line.
            side.show_text(text[:MOST_POINTS].replace("\f", "\n"))
            side.setAccessibleName(told("Text of %1", name))
        self.step(1)

    def _words(self, difference: Difference) -> str:
        count = len(self.changes)
        words = (
            tr("The words are the same.")
            if not count
            else tr("What only one of them has is marked.")
        )
        if not difference.whole:
            words += " " + tr("Only the beginnings were compared: the texts are very long.")
        return words

    def _pane(self, number: int, title: str) -> QWidget:
        sheet = QFrame()
        set_role(sheet, "sheet")
        inside = column(sheet, (16, 12, 6, 8), 6)
        inside.addWidget(label(title, "strong"))
        inside.addWidget(self.sides[number], 1)
        return sheet

    def step(self, by: int) -> None:
        """Goes to the next change, or the one before."""
        count = len(self.changes)
        if count:
            self._at = (self._at + by) % count
        words = told("change %1 of %2", self._at + 1, count) if count else tr("no changes")
        self.places.show_place(words, count > 1)
        current = self.changes[self._at] if count else None
        for side, spans in zip(self.sides, _spans(self.changes), strict=True):
            place = self._at if count else None
            side.show_marks(_marks(spans, place, current is not None))


def _spans(changes: list[Change]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    one = [(c.start, c.end) for c in changes]
    return one, [(c.other_start, c.other_end) for c in changes]


def _marks(spans: list[tuple[int, int]], at: int | None, any_: bool) -> Marks:
    if not any_ or at is None:
        return Marks()
    return Marks(hits=tuple(spans), current=at)
