"""What is marked on a page: which kinds there are, where they stand, and what each is called."""

from __future__ import annotations

import html
from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from evidencebox.ui.languages import told, tr
from evidencebox.ui.shown import one_line

HITS, PEOPLE, DATA = SETS = ("Search", "People", "Exposed data")
"""The kinds that can be switched off."""
TAGGED = "Tagged passage"
Range = tuple[int, int]
_OVER = 8
_UNSURE = "The recognition is unsure of this word"


@dataclass(frozen=True, slots=True)
class Marks:
    """Ranges of one page in code points: hits, the current one's place, tagged passages, and
    what was recognised without being sure.

    Hits, people, data and tagged passages are numbered through, in that order. What each of them is
    in words is made when it is asked for: a word may stand on a page seventy thousand times.
    """

    hits: tuple[Range, ...] = ()
    current: int | None = None
    tagged: tuple[Range, ...] = ()
    unsure: tuple[Range, ...] = ()
    people: tuple[Range, ...] = ()
    """Where people of the roster are named."""
    exposed: tuple[Range, ...] = ()
    """Where somebody's data stand; apart from each other."""
    names: tuple[str, ...] = ()
    """What each of the people and the data is, in that order; may be left out."""
    before: int = 0
    """How many hits of the document stand before those of this page."""
    all_hits: int = 0
    """How many the document has."""

    @property
    def places(self) -> tuple[Range, ...]:
        """Hits, people, data and tagged passages, in that order."""
        return self.hits + self.people + self.exposed + self.tagged

    def kind(self, number: int) -> str:
        """Of `SETS`, or TAGGED."""
        for kind, places in zip(SETS, (self.hits, self.people, self.exposed), strict=True):
            if number < len(places):
                return kind
            number -= len(places)
        return TAGGED

    def words(self, number: int) -> str:
        """What a mark is."""
        rest = number - len(self.hits)
        if rest < 0:
            all_ = max(self.all_hits, len(self.hits))
            return told("Search: hit %1 of %2", self.before + number + 1, all_)
        return self.names[rest] if rest < len(self.names) else tr(self.kind(number))

    def said(self, point: int) -> str:
        """What stands at a code point, a line for each mark; empty for nothing."""
        # Hits are in reading order, and only a few can lie over each other.
        after = bisect_right(self.hits, point, key=lambda place: place[0])
        places, hits = self.places, len(self.hits)
        near = (*range(max(0, after - _OVER), after), *range(hits, len(places)))
        lines = [self.words(n) for n in near if places[n][0] <= point < places[n][1]]
        if any(start <= point < end for start, end in self.unsure):
            lines.append(tr(_UNSURE))
        return "\n".join(dict.fromkeys(lines))


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
