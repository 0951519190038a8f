"""Burning in: what stands under a box is painted over in the pixels, and is nowhere any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource

Rect = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels from the upper left corner."""
_GROWN: Final = 0.12
"""Of a box's height, to every side: the tails of letters, and the grey of their edges."""
_LEAST: Final = 3
_LETTERS: Final = 0.55
"""Of a box's height."""


def grown(box: Rect, size: tuple[int, int]) -> Rect:
    """The box with its margin, within the picture."""
    left, top, right, bottom = box
    more = max(_LEAST, round((bottom - top) * _GROWN)) if right - left >= bottom - top else _LEAST
    return (
        max(0, left - more),
        max(0, top - more),
        min(size[0], right + more),
        min(size[1], bottom + more),
    )


def line(box: Rect, size: tuple[int, int]) -> Rect:
    """The box from edge to edge of the picture, along the longer of its sides."""
    left, top, right, bottom = box
    if right - left >= bottom - top:
        return 0, top, size[0], bottom
    return left, 0, right, size[1]


def within(inner: Rect, outer: Rect) -> bool:
    """Whether nine tenths of a box lie in another."""
    across = min(inner[2], outer[2]) - max(inner[0], outer[0])
    down = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return across > 0 and down > 0 and across * down >= 0.9 * area


def merged(boxes: Iterable[tuple[Rect, str]]) -> list[tuple[Rect, str]]:
    """Boxes of one reason that stand side by side on a line, or on one another, as one."""
    out: list[tuple[Rect, str]] = []
    for box, reason in sorted(boxes, key=lambda item: (item[1], item[0][0])):
        for place in range(len(out) - 1, -1, -1):
            other, its_reason = out[place]
            if its_reason == reason and _one_line(other, box):
                out[place] = _around(other, box), reason
                break
        else:
            out.append((box, reason))
    return sorted(out, key=lambda item: (item[0][1], item[0][0]))


def _one_line(one: Rect, other: Rect) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    low, high = sorted((one[3] - one[1], other[3] - other[1]))
    return shared > 0.7 * low and high < 1.5 * low and other[0] - one[2] < 0.6 * low


def _around(one: Rect, other: Rect) -> Rect:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def burned(image: Image.Image, boxes: Iterable[tuple[Rect, str]], *, inverse: bool) -> Image.Image:
    """A new picture with black boxes, each with its reason in white where it fits.

    `inverse`: all is black but the boxes, which are shown as they are.
    """
    if inverse:
        return _only(image, [box for box, _ in boxes])
    out = image.copy()
    draw = ImageDraw.Draw(out)
    known = list(boxes)
    for box, _ in known:
        draw.rectangle(_filled(box), fill=0 if out.mode == "L" else (0, 0, 0))
    labelled: list[Rect] = []
    for box, reason in known:
        if not any(_meet(box, other) for other in labelled):
            _label(draw, box, reason, out.mode)
            labelled.append(box)
    return out


def cleared(image: Image.Image, boxes: Iterable[Rect], *, inverse: bool) -> Image.Image:
    """What is left to be read: the picture with white where `burned` has its boxes.

    Under a box there is nothing but what was painted there: black, and the reason.
    """
    if inverse:
        return _only(image, list(boxes), 255)
    out = image.copy()
    draw = ImageDraw.Draw(out)
    for box in boxes:
        draw.rectangle(_filled(box), fill=255 if out.mode == "L" else (255, 255, 255))
    return out


def _meet(one: Rect, other: Rect) -> bool:
    """Whether two boxes lie on one another; lines below each other touch by their margins."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and 2 * down > min(one[3] - one[1], other[3] - other[1])


def _only(image: Image.Image, boxes: Sequence[Rect], shade: int = 0) -> Image.Image:
    out = Image.new(image.mode, image.size, shade if image.mode == "L" else (shade, shade, shade))
    for box in boxes:
        out.paste(image.crop(box), box[:2])
    return out


def _filled(box: Rect) -> Rect:
    """Pillow's rectangles include their last row and column."""
    left, top, right, bottom = box
    return left, top, max(left, right - 1), max(top, bottom - 1)


def _label(draw: ImageDraw.ImageDraw, box: Rect, reason: str, mode: str) -> None:
    left, top, right, bottom = box
    height = round((bottom - top) * _LETTERS)
    if not reason or height < 8:
        return
    font = _font(min(height, 40))
    across = draw.textlength(reason, font)
    if across > right - left - 6:
        return
    white: int | tuple[int, int, int] = 255 if mode == "L" else (255, 255, 255)
    middle = ((left + right) / 2, (top + bottom) / 2)
    draw.text(middle, reason, fill=white, font=font, anchor="mm")


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("fonts", "DejaVuSans-Bold.ttf")), size)
