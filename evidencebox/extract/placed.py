"""Words that stand at places on a sheet: pieces of one line are joined, lines kept apart."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.flow import Flow

_GAP: Final = 0.15
"""A space is wider than this part of the letters' height."""


class Placed:
    """Takes pieces of text in the order they are drawn."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._line: float | None = None
        self._end: float | None = None

    def add(self, text: str, x: float, y: float, end: float | None, height: float) -> None:
        """A piece at (x, y) that ends at `end`, if that is known; `height` of its letters."""
        if not text:
            return
        height = abs(height) or 1.0
        if self._line is None or abs(y - self._line) > height * 0.5:
            self._flow.newline()
        elif self._end is None or not -height < x - self._end < height * _GAP:
            self._flow.add(" ")
        self._flow.add(text)
        self._line, self._end = y, end

    def close(self) -> None:
        self._flow.newline()
        self._line = self._end = None
