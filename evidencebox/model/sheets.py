"""A page as it goes on paper: its picture, and the lines of text that stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.pictures import Picture

POINTS = 72.0
"""To the inch."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a page's text and its rectangle, in pixels from the upper left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document, drawn. `width` and `height` are those of the paper, in points.

    `number` is the page's own, from 1. `lines` are what the picture's text layer may say; none
    where the page has no text of its own, or where its places are not known.
    """

    number: int
    picture: Picture
    width: float
    height: float
    lines: tuple[Line, ...] = ()
