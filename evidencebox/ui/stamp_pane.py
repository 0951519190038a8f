"""How a sheet will be bound: a preview with its stamps, and where and how they stand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from evidencebox.model.filing import PAPERS, SIDES, StampedSheet, Stamping
from evidencebox.ui.bits import IconButton, button, column, label, row, set_role
from evidencebox.ui.export_scope import choice
from evidencebox.ui.languages import tr
from evidencebox.ui.sheet_view import SheetView
from evidencebox.ui.theme import Theme

_SIDES = {
    "top left": "Top left",
    "top center": "Top center",
    "top right": "Top right",
    "bottom left": "Bottom left",
    "bottom center": "Bottom center",
    "bottom right": "Bottom right",
}
_PAPERS = {"letter": "Letter", "a4": "A4"}
_MOST_DIGITS = 12
_NEXT_FREE = "%1 is the next free number; the exhibit gets its own for good when the book is built."


class StampPane(QFrame):
    """A preview above, the stamps below; a click on the sheet places the chosen stamp there.

    Signals:
        wanted(int): a sheet of the exhibit is to be drawn, from 1.
        chosen(Stamping): sheets are to be stamped so.
    """

    wanted = Signal(int)
    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "card")
        self._stamping: Stamping | None = None
        self._sheet, self._sheets = 1, 0
        body = column(self, (14, 12, 14, 12), 8)
        self.where = label("", "secondary")
        self.previous = IconButton(theme, "previous", "", "plain", tr("Previous sheet"))
        self.next = IconButton(theme, "next", "", "plain", tr("Next sheet"))
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        head = label(tr("As it will be bound"), "strong")
        body.addLayout(row(head, None, self.previous, self.where, self.next))
        self.sheet = SheetView(theme, tr("The sheet with its stamps"))
        self.sheet.pointed.connect(self._point)
        self.note = label("", "small", wrap=True)
        body.addWidget(self.sheet, 1)
        body.addWidget(self.note)
        body.addLayout(self._which())
        body.addLayout(self._settings())
        self.clear()

    def _which(self) -> QHBoxLayout:
        self.bates_here = button(tr("Bates number"), "segment")
        self.sticker_here = button(tr("Sticker"), "segment")
        group = QButtonGroup(self)
        for each in (self.sticker_here, self.bates_here):
            each.setCheckable(True)
            group.addButton(each)
        self.sticker_here.setChecked(True)
        words = label(tr("A click places:"), "small", wrap=True)
        made = row(words, self.sticker_here, self.bates_here)
        made.setStretch(0, 1)
        return made

    def _settings(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        self.sticker = self._sides(tr("Place of the sticker"), "sticker_position")
        self.bates = self._sides(tr("Place of the Bates number"), "bates_position")
        self.paper = choice(tr("Paper"))
        for name in PAPERS:
            self.paper.addItem(tr(_PAPERS[name]), name)
        self.paper.activated.connect(lambda _: self._set(paper=self.paper.currentData()))
        self.digits = QLineEdit()
        self.digits.setAccessibleName(tr("Digits of a Bates number"))
        self.digits.setValidator(QIntValidator(1, _MOST_DIGITS, self.digits))
        # A line with a validator says it is finished only where what stands in it will do.
        self.digits.editingFinished.connect(lambda: self._set(bates_digits=int(self.digits.text())))
        self.prefix = self._line(tr("Bates prefix"), "bates_prefix")
        self.title = self._line(tr("Words of the sticker"), "title")
        self.legend = self._line(tr("Legend on every sheet"), "legend")
        self.legend.setPlaceholderText(tr("none, or CONFIDENTIAL"))
        parts: tuple[tuple[str, QWidget, str, QWidget], ...] = (
            (tr("Sticker"), self.sticker, tr("Words"), self.title),
            (tr("Bates"), self.bates, tr("Prefix"), self.prefix),
            (tr("Paper"), self.paper, tr("Digits"), self.digits),
        )
        for line, (first, one, second, other) in enumerate(parts):
            grid.addWidget(label(first, "secondary"), line, 0)
            grid.addWidget(one, line, 1)
            grid.addWidget(label(second, "secondary"), line, 2)
            grid.addWidget(other, line, 3)
        grid.addWidget(label(tr("Legend"), "secondary"), len(parts), 0)
        grid.addWidget(self.legend, len(parts), 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 2)
        return grid

    def _sides(self, name: str, field: str) -> QComboBox:
        made = choice(name)
        for side in SIDES:
            made.addItem(tr(_SIDES[side]), side)
        made.activated.connect(lambda _: self._set(**{field: made.currentData()}))
        return made

    def _line(self, name: str, field: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.editingFinished.connect(lambda: self._set(**{field: made.text().strip()}))
        return made

    # What is asked of it

    @property
    def stamping(self) -> Stamping | None:
        """As it is chosen now."""
        return self._stamping

    def show_stamping(self, stamping: Stamping) -> None:
        """Takes how sheets are stamped."""
        self._stamping = stamping
        lines: dict[QLineEdit, str] = {
            self.prefix: stamping.bates_prefix,
            self.title: stamping.title,
            self.legend: stamping.legend,
            self.digits: str(stamping.bates_digits),
        }
        for line, text in lines.items():
            line.setText(text)
            line.setCursorPosition(0)
        for box, side in (
            (self.sticker, stamping.sticker_position),
            (self.bates, stamping.bates_position),
            (self.paper, stamping.paper),
        ):
            box.setCurrentIndex(box.findData(side))

    def show_sheet(self, shown: StampedSheet) -> None:
        """Takes a sheet as it would be bound."""
        self._sheet, self._sheets = shown.sheet, shown.sheets
        self.sheet.show_picture(shown.picture)
        words = tr("Sheet %1 of %2").replace("%1", f"{shown.sheet:,}")
        self.where.setText(words.replace("%2", f"{shown.sheets:,}"))
        number = tr(_NEXT_FREE) if shown.provisional else "%1"
        self.note.setText(" ".join(part for part in (number.replace("%1", shown.bates),
                                                     shown.words) if part))  # fmt: skip
        self.previous.setEnabled(shown.sheet > 1)
        self.next.setEnabled(shown.sheet < shown.sheets)

    def begin(self) -> None:
        """Another exhibit is chosen: its first sheet is being drawn."""
        self._sheet, self._sheets = 1, 0
        self._empty(tr("Drawing the sheet…"))

    def refuse(self, sentence: str) -> None:
        """Why there is no sheet to show."""
        self._empty(sentence)

    def clear(self) -> None:
        """No exhibit is chosen."""
        self._empty(tr("Choose an exhibit to see its sheets."))

    def _empty(self, words: str) -> None:
        self.sheet.say(words)
        self.where.clear()
        self.note.clear()
        self.previous.setEnabled(False)
        self.next.setEnabled(False)

    def turn(self, by: int) -> None:
        """To another sheet."""
        if 1 <= self._sheet + by <= self._sheets:
            self.wanted.emit(self._sheet + by)

    @property
    def at(self) -> int:
        """Which sheet is in sight."""
        return self._sheet

    # What happens

    def _point(self, x: float, y: float) -> None:
        up = "top" if y < 0.5 else "bottom"
        side = ("left", "center", "right")[min(2, int(x * 3))]
        field = "bates_position" if self.bates_here.isChecked() else "sticker_position"
        self._set(**{field: f"{up} {side}"})

    def _set(self, **values: object) -> None:
        if self._stamping is None:
            return
        chosen = replace(self._stamping, **values)  # type: ignore[arg-type]
        if chosen != self._stamping:
            self.chosen.emit(chosen)
