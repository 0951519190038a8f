"""What the harm scheme proposes for an officer on the open document, and why; a digit decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from evidencebox.model.coding import ProposedHarm
from evidencebox.model.harm import CATEGORIES
from evidencebox.model.people import Officer
from evidencebox.ui.bits import button, column, label, row
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line


class ProposalLine(QWidget):
    """One sentence, and its terms when asked why."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[ProposedHarm, ...] = ()
        self._officer: Officer | None = None
        self.words = label("", "secondary", wrap=True)
        self.words.setAccessibleName(tr("Proposed harm"))
        self.ask = button(tr("Why"), "link", tr("Why this level is proposed"), self._toggle)
        self.why = label("", "small", wrap=True)
        self.why.setAccessibleName(tr("Why this level is proposed"))
        body = column(self, (0, 2, 0, 0), 2)
        body.addWidget(self.words)
        body.addLayout(row(self.ask, None))
        body.addWidget(self.why)
        self.why.hide()
        self.hide()

    @property
    def current(self) -> ProposedHarm | None:
        """That of the focused officer; with nobody focused the worst."""
        if self._officer is None:
            return next(iter(self._found), None)
        return next((each for each in self._found if each.officer.id == self._officer.id), None)

    def show_proposals(self, found: Sequence[ProposedHarm]) -> None:
        """Takes the proposals for the open document, the worst first."""
        self._found = tuple(found)
        self.why.hide()
        self._draw()

    def focus_on(self, officer: Officer | None) -> None:
        """Whose proposal is to be shown."""
        if officer != self._officer:
            self._officer = officer
            self.why.hide()
        self._draw()

    def _toggle(self) -> None:
        self.why.setVisible(self.why.isHidden())

    def _draw(self) -> None:
        current = self.current
        if current is not None:
            words = tr("Proposed {0} {1}: {2}.").format(
                int(current.harm), tr(current.harm.word), translated(one_line(current.summary))
            )
            whose = "" if self._officer else f"{one_line(current.officer.name)} · "
            self.words.setText(whose + words)
            self.why.setText("\n".join(one_line(each) for each in current.why))
        if (current is not None) is self.isHidden():
            self.setVisible(current is not None)


def translated(summary: str) -> str:
    """What a level is proposed for, with the categories in the window's language."""
    known = {name.lower(): tr(name).lower() for name in CATEGORIES.values()}
    return ", ".join(known.get(part, part) for part in summary.split(", "))
