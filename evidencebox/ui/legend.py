"""The legend of keys."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from evidencebox.ui.bits import Dialog, button, column, key_cap, label, row
from evidencebox.ui.keys import Choice
from evidencebox.ui.languages import tr
from evidencebox.ui.theme import grown, scaled

_COLUMNS, _MOST = 2, 3
_LINE, _AROUND, _WIDE = 27, 150, 310
"""Pixels of a line, of what stands above and below them, and of a column."""


class Legend(Dialog):
    """What each key does; made from the map itself."""

    def __init__(self, parent: QWidget | None = None, choice: Choice | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Keys"), "display"))
        words = tr("Single keys act in the results, the viewer and the list of officers only.")
        body.addWidget(label(words, "secondary"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        shown = [key for key in (choice or Choice()).acting() if key.words]
        room = self.screen().availableSize()
        tall = (room.height() - grown(_AROUND)) // grown(_LINE)
        low = 2 * tall < len(shown) and room.width() >= _MOST * scaled(_WIDE)
        columns = _MOST if low else _COLUMNS
        rows = -(-len(shown) // columns)
        for gap in range(2, 3 * columns - 1, 3):
            grid.setColumnMinimumWidth(gap, 28)
        for number, key in enumerate(shown):
            at, line = divmod(number, rows)
            grid.addLayout(
                row(key_cap(key.caption.replace("  or  ", f"  {tr('or')}  ")), None), line, at * 3
            )
            grid.addWidget(label(tr(key.words)), line, at * 3 + 1)
        body.addLayout(grid)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addSpacing(4)
        body.addLayout(row(None, close))
