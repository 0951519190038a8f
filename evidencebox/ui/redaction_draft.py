"""A redaction while it is worked on: what is named so far, and every step of it, back and forth."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from evidencebox.model.redactions import WHOLE, Ask, Box, Term

_LEAST = 60
"""Of a box's sides: half a per cent, so that a slip of the mouse draws none."""


class Draft(QObject):
    """Immutable states of `Ask`, one after the other.

    Signals:
        changed(): it is another one now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states, self._at, self._kept = [Ask()], 0, Ask()

    @property
    def ask(self) -> Ask:
        """As it stands."""
        return self._states[self._at]

    @property
    def dirty(self) -> bool:
        """Whether it is not what is kept in the case."""
        return self.ask != self._kept

    @property
    def empty(self) -> bool:
        """Whether nothing is named."""
        ask = self.ask
        return not (ask.terms or ask.boxes or ask.elements or ask.everyone_but)

    def begin(self, ask: Ask) -> None:
        """Takes what is kept; there is nothing to undo."""
        self._states, self._at, self._kept = [ask], 0, ask
        self.changed.emit()

    def mark_kept(self, ask: Ask) -> None:
        """That is in the case now."""
        self._kept = ask
        self.changed.emit()

    def take(self, ask: Ask) -> None:
        """The next state; what was undone is gone."""
        if ask == self.ask:
            return
        del self._states[self._at + 1 :]
        self._states.append(ask)
        self._at += 1
        self.changed.emit()

    def step(self, by: int) -> bool:
        """Undoes or redoes; False at either end."""
        if not 0 <= self._at + by < len(self._states):
            return False
        self._at += by
        self.changed.emit()
        return True

    def can(self, by: int) -> bool:
        """Whether there is such a step."""
        return 0 <= self._at + by < len(self._states)

    # Steps

    def add_terms(self, texts: list[str], reason: str) -> int:
        """Strings to go wherever they stand; how many are new."""
        known = {term.text for term in self.ask.terms}
        new = [t for t in dict.fromkeys(" ".join(x.split()) for x in texts) if t and t not in known]
        more = tuple(Term(text, reason) for text in new)
        self.take(replace(self.ask, terms=(*self.ask.terms, *more)))
        return len(new)

    def drop_term(self, at: int) -> None:
        """A string stays."""
        terms = self.ask.terms
        self.take(replace(self.ask, terms=terms[:at] + terms[at + 1 :]))

    def add_box(self, box: Box) -> bool:
        """A box by hand; False for one that is too small to be meant."""
        if box.right - box.left < _LEAST or box.bottom - box.top < _LEAST:
            return False
        self.take(replace(self.ask, boxes=(*self.ask.boxes, box)))
        return True

    def change_box(self, at: int, box: Box) -> None:
        """A box elsewhere, or of another size or reason."""
        boxes = self.ask.boxes
        self.take(replace(self.ask, boxes=(*boxes[:at], box, *boxes[at + 1 :])))

    def drop_box(self, at: int) -> None:
        """A box is none any more."""
        boxes = self.ask.boxes
        self.take(replace(self.ask, boxes=boxes[:at] + boxes[at + 1 :]))

    def toggle_kind(self, kind: str, on: bool) -> None:
        """All data of a kind."""
        rest = tuple(each for each in self.ask.elements if each != kind)
        self.take(replace(self.ask, elements=(*rest, kind) if on else rest))


def moved(box: Box, right: int, down: int, grow: bool) -> Box:
    """A box elsewhere, or with `grow` larger, within its sheet; in parts of `WHOLE`."""
    if grow:
        return replace(
            box,
            right=max(box.left + _LEAST, min(WHOLE, box.right + right)),
            bottom=max(box.top + _LEAST, min(WHOLE, box.bottom + down)),
        )
    right = max(-box.left, min(WHOLE - box.right, right))
    down = max(-box.top, min(WHOLE - box.bottom, down))
    return replace(
        box,
        left=box.left + right,
        right=box.right + right,
        top=box.top + down,
        bottom=box.bottom + down,
    )
