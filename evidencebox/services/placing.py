"""Boxes on a page's picture for stretches of its recognised text, by the places of its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from evidencebox.model.pictures import BOXES_MAX, Box, Picture
from evidencebox.model.places import WHOLE, WordPlace

_GAP: Final = 1.5
"""Words of one box are no further apart than so many of its heights."""
_TALLER: Final = 1.2
"""A line is hardly taller than the tallest of its words."""
_SHORT: Final = 2
"""Letters of a word that may be taller than wide as it stands."""
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
    turn = _flipped if _on_its_side(places, upright) else _same
    found = list[Box]()
    for number, (start, end) in enumerate(stretches):
        first = max(0, bisect_right(starts, start) - 1)
        words = (
            turn(_rect(place, upright))
            for place in places[first : bisect_right(starts, end)]
            if place.start < end and start < place.end
        )
        found += [_box(number, turn(rect), upright, rotation) for rect in _lines(words)]
        if len(found) >= BOXES_MAX:
            break
    return tuple(found[:BOXES_MAX])


def _on_its_side(places: Sequence[WordPlace], size: tuple[int, int]) -> bool:
    """Whether most words are taller than wide; short ones may be in any case."""
    long = [_rect(place, size) for place in places if place.end - place.start > _SHORT]
    return 2 * sum(_high(rect) > _wide(rect) for rect in long) > len(long)


def _rect(place: WordPlace, size: tuple[int, int]) -> _Rect:
    across, down = size[0] / WHOLE, size[1] / WHOLE
    return place.left * across, place.top * down, place.right * across, place.bottom * down


def _same(rect: _Rect) -> _Rect:
    return rect


def _flipped(rect: _Rect) -> _Rect:
    """Over the diagonal: what stood below each other stands side by side."""
    return rect[1], rect[0], rect[3], rect[2]


def _lines(words: Iterable[_Rect]) -> list[_Rect]:
    """Words side by side become one."""
    made = list[_Rect]()
    tallest, before = 0.0, None
    for word in words:
        one = made[-1] if made else word
        both = (
            min(one[0], word[0]),
            min(one[1], word[1]),
            max(one[2], word[2]),
            max(one[3], word[3]),
        )
        # Beside its neighbour, not the line so far: a tilted one is as high as two, and is boxed
        # in steps.
        low = _high(both) <= _TALLER * max(tallest, _high(word))
        if before is not None and low and _beside(before, word):
            made[-1], tallest = both, max(tallest, _high(word))
        else:
            made.append(word)
            tallest = _high(word)
        before = word
    return made


def _beside(one: _Rect, other: _Rect) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    high = min(_high(one), _high(other))
    return 2 * down > high and across > -_GAP * high


def _wide(rect: _Rect) -> float:
    return rect[2] - rect[0]


def _high(rect: _Rect) -> float:
    return rect[3] - rect[1]


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
