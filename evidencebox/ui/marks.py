"""What is marked on a page: which kinds there are, where they stand, and what each is called."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from evidencebox.ui.languages import tr
from evidencebox.ui.shown import one_line

HITS, PEOPLE, DATA = SETS = ("Search", "People", "Exposed data")
Range = tuple[int, int]
_TAGGED = "Tagged passage"
_UNSURE = "The recognition is unsure of this word"


class Mark(NamedTuple):
    """One place: its kind, of `SETS`, where it stands in code points, and what it is, in words."""

    kind: str
    place: Range
    words: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Ranges of one page in code points: hits, the current one's place, tagged passages, and
    what was recognised without being sure."""

    hits: tuple[Range, ...] = ()
    current: int | None = None
    tagged: tuple[Range, ...] = ()
    unsure: tuple[Range, ...] = ()
    people: tuple[Range, ...] = ()
    """Where people of the roster are named."""
    exposed: tuple[Range, ...] = ()
    """Where somebody's data stand; apart from each other."""
    words: tuple[str, ...] = ()
    """What each of the hits, the people and the data is, in that order; may be left out."""

    def placed(self) -> tuple[Mark, ...]:
        """Hits, people and data, in that order."""
        kinds = zip(SETS, (self.hits, self.people, self.exposed), strict=True)
        all_ = [(kind, place) for kind, places in kinds for place in places]
        words = self.words or [tr(kind) for kind, _ in all_]
        return tuple(
            Mark(kind, place, said) for (kind, place), said in zip(all_, words, strict=True)
        )

    def said(self, point: int) -> str:
        """What stands at a code point, a line for each mark; empty for nothing."""
        lines = [mark.words for mark in self.placed() if mark.place[0] <= point < mark.place[1]]
        more = ((self.tagged, _TAGGED), (self.unsure, _UNSURE))
        lines += [tr(w) for places, w in more if any(a <= point < b for a, b in places)]
        return "\n".join(dict.fromkeys(lines))


def said_with(marks: Sequence[Mark], number: int | None) -> str:
    """What one of the marks is, and all that stands where it begins; empty for none."""
    if number is None or number >= len(marks):
        return ""
    at = marks[number].place[0]
    here = (mark.words for mark in marks if mark.place[0] <= at < mark.place[1])
    return "\n".join(dict.fromkeys(here))


def show_words(widget: QWidget, at: QPoint, words: str) -> None:
    """A tooltip at a place of a widget, plain whatever its words are; none takes it away."""
    if not words:
        QToolTip.hideText()
        return
    # Qt would take a name with a bracket for rich text.
    lines = "<br>".join(html.escape(one_line(line)) for line in words.split("\n"))
    QToolTip.showText(widget.mapToGlobal(at), f"<p style='white-space:pre'>{lines}</p>", widget)


def paint_double_line(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """The sign of exposed data, so that it is told without its colour: two lines at the foot."""
    painter.setPen(QPen(colour, 1))
    for up in (0.0, 2.5):
        foot = QPointF(0, up)
        painter.drawLine(box.bottomLeft() - foot, box.bottomRight() - foot)
