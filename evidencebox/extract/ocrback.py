"""Boxes back from a picture that was made larger, or turned, to the one it was made from."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

Rect = tuple[int, int, int, int]
"""Left, top, right, bottom, in dots."""
Back = Callable[[Rect], Rect]


def same(box: Rect) -> Rect:
    """Nothing was done to it."""
    return box


def shrunk(factor: float) -> Back:
    """From a picture that was made larger by `factor`."""

    def back(box: Rect) -> Rect:
        left, top, right, bottom = box
        return (
            math.floor(left / factor),
            math.floor(top / factor),
            math.ceil(right / factor),
            math.ceil(bottom / factor),
        )

    return back


def unturned(size: tuple[int, int], turned: tuple[int, int], angle: float) -> Back:
    """From a picture that was turned by `angle` degrees, counter-clockwise, about its middle.

    `size` and `turned` are its size before and after.
    """
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def back(box: Rect) -> Rect:
        left, top, right, bottom = box
        xs, ys = [], []
        for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
            across, down = x - turned[0] / 2, y - turned[1] / 2
            # A quarter's cosine is not quite nothing, which must not cost a dot.
            xs.append(round(across * cosine - down * sine + size[0] / 2, _FINE))
            ys.append(round(across * sine + down * cosine + size[1] / 2, _FINE))
        return math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))

    return back


def after(first: Back, then: Back) -> Back:
    """Both, one after the other."""
    return lambda box: then(first(box))


_FINE: Final = 6
