"""What else the decision about a document may be right for: how many, and one button each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evidencebox.model.coding import Kin
from evidencebox.ui.bits import button, column, label, row
from evidencebox.ui.languages import told, tr

KIN = ("Duplicates", "Family")


class KinRows(QFrame):
    """Duplicates and family, each with Apply.

    Signals:
        asked(str, list): a name for them, and the documents that are to be coded alike.
    """

    asked = Signal(str, list)

    def __init__(self) -> None:
        super().__init__()
        self._kin = Kin()
        self._lines: dict[str, QWidget] = {}
        body = column(self, (16, 12, 16, 0), 4)
        self._counts = {}
        for name in KIN:
            apply = button(tr("Apply"), "link", told("Code alike: %1", tr(name)))
            apply.clicked.connect(lambda *_, which=name: self.asked.emit(which, self._ids(which)))
            count = label("", "secondary")
            line = QWidget()
            line.setLayout(row(label(tr(name)), None, count, apply, spacing=4))
            self._counts[name], self._lines[name] = count, line
            body.addWidget(line)
        self.show_kin(None)

    def show_kin(self, kin: Kin | None) -> None:
        """Takes a document's kin; None where it is not known, or there is no document."""
        self._kin = kin or Kin()
        for name, line in self._lines.items():
            count = len(self._ids(name))
            self._counts[name].setText(f"{count:,} ·")
            line.setVisible(count > 0)
        self.setVisible(any(self._ids(name) for name in self._lines))

    def _ids(self, name: str) -> list[str]:
        if name == "Family":
            return list(self._kin.family)
        return [each.document for each in self._kin.alike]
