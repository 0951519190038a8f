"""The left pane: what the results are made of, and what to narrow them to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from evidencebox.model.filters import Filter
from evidencebox.model.harm import Harm
from evidencebox.model.views import DATE, Facet, FacetValue
from evidencebox.ui.bits import button, column, row, set_role
from evidencebox.ui.check_row import CheckRow
from evidencebox.ui.histogram import Histogram, marks_of
from evidencebox.ui.languages import told, tr
from evidencebox.ui.sayings import value_words
from evidencebox.ui.theme import Theme

SHOWN_VALUES = 8
_OPEN = ("Review", "Harm", "Officer", DATE, "Type")
"""Groups that are open at first; the others show their names."""
OFFICER = "Officer"
"""The facet that is a choice from the whole roster, of which it lists the most frequent."""
_HARM = re.compile(r"harm:=?([0-4])$")


def harm_of(clause: str) -> Harm | None:
    """The level a facet value stands for, None where it is not about harm."""
    match = _HARM.match(clause)
    return Harm(int(match[1])) if match else None


def remembered(old: Iterable[Facet], new: Iterable[Facet]) -> list[Facet]:
    """New counts, with the values that were there before kept at zero: nothing jumps away.

    Dates are bars, which come in other steps each time; folders are a tree.
    """
    fresh = {facet.name: facet for facet in new}
    merged = []
    for facet in old:
        now = fresh.pop(facet.name, Facet(facet.name, ()))
        have = {value.clause for value in now.values}
        before = () if facet.name in (DATE, "Folder") else facet.values
        gone = [FacetValue(v.clause, v.label, 0) for v in before if v.clause not in have]
        merged.append(Facet(facet.name, (*now.values, *gone)))
    return [*merged, *fresh.values()]


class FacetGroup(QFrame):
    """One facet: a caption that folds it, and its values, the first few unless asked for more."""

    toggled = Signal(object, bool)
    chosen = Signal(object)
    cleared = Signal(str)
    opened = Signal(str)
    folded = Signal(str, bool)
    officer_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        facet: Facet,
        chosen: Iterable[Filter],
        all_shown: bool,
        open_: bool = True,
    ) -> None:
        super().__init__()
        set_role(self, "section")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = facet.name
        body = column(self, (9, 12, 8, 10), 0)
        own = [each for each in chosen if each.facet == facet.name]
        body.addLayout(row(2, self._head(facet.name, open_, len(own)), None, spacing=0))
        if not open_:
            return
        body.addSpacing(3)
        if facet.name == DATE:
            body.addWidget(self._bars(theme, facet, own))
        listed = tuple(
            v for v in facet.values if facet.name != DATE or not v.clause.startswith("date:")
        )
        self._list(theme, body, replace(facet, values=listed), own, all_shown)

    def _head(self, name: str, open_: bool, chosen: int) -> QPushButton:
        mark = "\u25be" if open_ else "\u25b8"
        words = f"{mark}  {tr(name).upper()}" + (
            f"  \u00b7 {chosen}" if chosen and not open_ else ""
        )
        state = tr("open") if open_ else tr("folded")
        head = button(
            words, "fold", f"{tr(name)}, {state}", lambda: self.folded.emit(name, not open_)
        )
        return head

    def _bars(self, theme: Theme, facet: Facet, own: list[Filter]) -> Histogram:
        bars = Histogram(theme)
        values = [value for value in facet.values if value.clause.startswith("date:")]
        stretch = next((f.clause for f in own if not f.excluded and marks_of(f.clause)), None)
        bars.show_values(values, stretch)
        bars.chosen.connect(self.chosen)
        bars.cleared.connect(lambda: self.cleared.emit(DATE))
        return bars

    def _list(
        self, theme: Theme, body: QVBoxLayout, facet: Facet, own: list[Filter], all_shown: bool
    ) -> None:
        ticked = {each.clause: each.excluded for each in own}
        values = facet.values if all_shown else _first(facet.values, set(ticked))
        for value in values:
            body.addWidget(self._line(theme, value, ticked.get(value.clause)))
        if len(values) < len(facet.values):
            more = button(
                told("%1 more", len(facet.values) - len(values)),
                "link",
                told("Show all of %1", tr(facet.name)),
                lambda: self.opened.emit(self.name),
            )
            body.addLayout(row(6, more, None, spacing=0))
        if facet.name == OFFICER:
            find = button(tr("Find an officer…"), "link", clicked=self.officer_asked.emit)
            body.addLayout(row(6, find, None, spacing=0))

    def _line(self, theme: Theme, value: FacetValue, excluded: bool | None) -> CheckRow:
        """`excluded` is None where the value is neither chosen nor left out."""
        words = value_words(self.name, value.label)
        line = CheckRow(theme, words, value.count, harm_of(value.clause), value.depth)
        line.setChecked(excluded is False)
        line.show_excluded(excluded is True)
        chosen = Filter(self.name, value.clause, value.label)
        line.toggled.connect(lambda on: self.toggled.emit(chosen, on))
        left_out = replace(chosen, excluded=True)
        line.excluded.connect(lambda on: self.toggled.emit(left_out, on))
        return line


def _first(values: tuple[FacetValue, ...], ticked: set[str]) -> tuple[FacetValue, ...]:
    """The first few, and whatever is ticked further down."""
    rest = tuple(value for value in values[SHOWN_VALUES:] if value.clause in ticked)
    return values[:SHOWN_VALUES] + rest


class FacetPane(QScrollArea):
    """All facets.

    Signals:
        toggled(Filter, bool): a value was ticked or left out, or no longer is.
        chosen(Filter): it alone is to be the filter of its group.
        cleared(str): the group is to have no filter.
        officer_asked(): an officer who is not listed is wanted.
    """

    toggled = Signal(object, bool)
    chosen = Signal(object)
    cleared = Signal(str)
    officer_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facets: list[Facet] = []
        self._chosen: tuple[Filter, ...] = ()
        self._opened: set[str] = set()
        self._open: dict[str, bool] = dict.fromkeys(_OPEN, True)
        self.setAccessibleName(tr("Filters"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        set_role(self._inside, "panel")
        self._column = column(self._inside, (0, 0, 0, 0), 0)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self._groups: list[FacetGroup] = []

    def show_facets(self, facets: Iterable[Facet], chosen: Iterable[Filter]) -> None:
        """Takes new counts; the focus stays where it was."""
        self._facets = remembered(self._facets, facets)
        self._chosen = tuple(chosen)
        self._draw()

    def clear(self) -> None:
        """Forgets every value, as locking asks."""
        self._facets, self._chosen = [], ()
        self._draw()

    def focus_first(self) -> bool:
        """Puts the focus on the first value; False where there is none."""
        for first in self.lines()[:1]:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self.lines())

    def _draw(self) -> None:
        focused = self._focused()
        for old in self._groups:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._groups = []
        for facet in self._facets:
            if not facet.values and facet.name != OFFICER:
                continue
            shown = self._open.get(facet.name, False)
            group = FacetGroup(self._theme, facet, self._chosen, facet.name in self._opened, shown)
            group.toggled.connect(self.toggled)
            group.chosen.connect(self.chosen)
            group.cleared.connect(self.cleared)
            group.folded.connect(self._fold)
            group.opened.connect(self._open_all)
            group.officer_asked.connect(self.officer_asked)
            self._column.insertWidget(len(self._groups), group)
            self._groups.append(group)
        if focused is not None:
            self._focus(focused)

    def _open_all(self, name: str) -> None:
        self._opened.add(name)
        self._draw()

    def _fold(self, name: str, open_: bool) -> None:
        self._open[name] = open_
        self._draw()

    def lines(self) -> list[CheckRow]:
        """The lines on screen, from the top."""
        return [line for group in self._groups for line in group.findChildren(CheckRow)]

    def _focused(self) -> int | None:
        lines = self.lines()
        return next((i for i, line in enumerate(lines) if line.hasFocus()), None)

    def _focus(self, place: int) -> None:
        lines = self.lines()
        if lines:
            lines[min(place, len(lines) - 1)].setFocus()
