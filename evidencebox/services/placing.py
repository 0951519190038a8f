"""Boxes on a page's picture for stretches of its recognised text, by the places of its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from evidencebox.model.pictures import BOXES_MAX, Box, Picture
from evidencebox.model.places import WHOLE, WordPlace

_GAP: Final = 1.5
"""Words of one box are no further apart than so many of its heights."""
_Rect = tuple[float, float, float, float]


def boxes(
    places: Sequence[WordPlace],
    stretches: Sequence[tuple[int, int]],
    picture: Picture,
    rotation: int,
) -> tuple[Box, ...]:
    """A box for each line of each stretch, in the dots of a picture that was turned clockwise by
    `rotation` degrees. A word that a stretch but touches is boxed whole; where no word has a place,
    there is no box."""
    size = picture.width, picture.height
    upright = size if rotation in (0, 180) else size[::-1]
    starts = [place.start for place in places]
    found = list[Box]()
    for number, (start, end) in enumerate(stretches):
        first = max(0, bisect_right(starts, start) - 1)
        words = (
            _rect(place, upright)
            for place in places[first : bisect_right(starts, end)]
            if place.start < end and start < place.end
        )
        found += [_box(number, rect, upright, rotation) for rect in _lines(words)]
        if len(found) >= BOXES_MAX:
            break
    return tuple(found[:BOXES_MAX])


def _rect(place: WordPlace, size: tuple[int, int]) -> _Rect:
    across, down = size[0] / WHOLE, size[1] / WHOLE
    return place.left * across, place.top * down, place.right * across, place.bottom * down


def _lines(words: Iterable[_Rect]) -> list[_Rect]:
    """Words side by side become one."""
    made = list[_Rect]()
    for word in words:
        if made and _beside(made[-1], word):
            one = made.pop()
            word = (
                min(one[0], word[0]),
                min(one[1], word[1]),
                max(one[2], word[2]),
                max(one[3], word[3]),
            )
        made.append(word)
    return made


def _beside(one: _Rect, other: _Rect) -> bool:
    """Whether both stand in one line, across or (on a page that lies on its side) down."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    wide = min(one[2] - one[0], other[2] - other[0])
    high = min(one[3] - one[1], other[3] - other[1])
    if 2 * down > high:
        return across > -_GAP * high
    return 2 * across > wide and down > -_GAP * wide


def _box(number: int, rect: _Rect, size: tuple[int, int], rotation: int) -> Box:
    (left, top, right, bottom), (wide, high) = rect, size
    if rotation == 90:
        left, top, right, bottom, wide, high = high - bottom, left, high - top, right, high, wide
    elif rotation == 180:
        left, top, right, bottom = wide - right, high - bottom, wide - left, high - top
    elif rotation == 270:
        left, top, right, bottom, wide, high = top, wide - right, bottom, wide - left, high, wide

    def within(value: float, most: int) -> int:
        return max(0, min(round(value), most))

    return Box(
        number, within(left, wide), within(top, high), within(right, wide), within(bottom, high)
    )
