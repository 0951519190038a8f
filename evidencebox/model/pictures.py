"""Pages as pixels: what is asked of a worker, what comes back, and their frames.

Pixels are raw: rows from the top, 3 bytes each (red, green, blue) or 1 (grey), no padding; or ink
alone, a bit each (set: black), every row in bytes of its own. What a worker sends is taken to be
hostile; decoders raise `ProtocolError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidencebox.model.fields import WRONG, clean, fit, int_field, json_frame, json_object
from evidencebox.model.frames import MAXIMUM, PIECE, FrameType, ProtocolError, encode

INK: Final = 0
"""In the place of channels: a bit a dot."""
TINT: Final = 12
"""Levels by which the three colours of what counts as grey on paper may differ."""
SIDE_MAX: Final = 10_000
BYTES_MAX: Final = 96 << 20
BOXES_MAX: Final = 20_000
MARKS_MAX: Final = 1_000
WORDS_MAX: Final = 100
"""Of a mark's words, which only have to tell a right place from a wrong one."""
ROTATIONS: Final = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page's text, in code points, and how it begins: what is to be boxed."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Order:
    """Which page to draw, from 1, and how: pixels across (0: its natural size), degrees turned
    clockwise (of `ROTATIONS`), and the marks that are wanted as boxes.

    With `ink` (1 to 255) a page without colours comes as ink alone: what is darker than that is
    black, and an eighth of the bytes says it all. 0: as it is.
    """

    page: int
    width: int = 0
    rotation: int = 0
    marks: tuple[Mark, ...] = ()
    ink: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """Where a mark stands, in pixels from the upper left corner: one box for each line of it.

    `mark` is its place among those that were asked for.
    """

    mark: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels. `natural` is its width at 100 per cent: 96 dots an inch, or the picture's
    own pixels. `channels` is 3 (red, green, blue), 1 (grey), or `INK`. `placeless`: where the
    page's recognised words stand was not kept when it was read."""

    width: int
    height: int
    channels: int
    natural: int
    boxes: tuple[Box, ...] = ()
    pixels: bytes = b""
    placeless: bool = False

    @property
    def size(self) -> int:
        """How many bytes its pixels are."""
        across = (self.width + 7) // 8 if self.channels == INK else self.width * self.channels
        return across * self.height


def order_frame(order: Order) -> bytes:
    """ORDER. Marks past what a frame may hold are left out."""
    marks: list[list[object]] = []
    room = MAXIMUM[FrameType.ORDER] - 1024
    for mark in order.marks[:MARKS_MAX]:
        item: list[object] = [mark.start, mark.end, fit(mark.words, WORDS_MAX)]
        room -= len(json.dumps(item)) + 1
        if room < 0:
            break
        marks.append(item)
    value = {
        "page": order.page,
        "width": order.width,
        "rotation": order.rotation,
        "marks": marks,
        "ink": order.ink,
    }
    return json_frame(FrameType.ORDER, value)


def read_order(payload: bytes) -> Order:
    """ORDER. The worker's own parent is trusted; this checks for mistakes, not for malice."""
    value = json_object(payload, frozenset({"page", "width", "rotation", "marks", "ink"}))
    try:
        marks = tuple(Mark(*item) for item in value["marks"])
    except TypeError:
        raise ProtocolError("an order with the wrong fields") from None
    rotation = int_field(value["rotation"], 0, ROTATIONS[-1])
    if rotation not in ROTATIONS:
        raise ProtocolError(WRONG)
    return Order(
        int_field(value["page"], 1, 1 << 31),
        int_field(value["width"], 0, SIDE_MAX),
        rotation,
        marks,
        int_field(value["ink"], 0, 255),
    )


def picture_frames(picture: Picture) -> Iterator[bytes]:
    """PICTURE, and PIXELS until all are said."""
    value = {
        "width": picture.width,
        "height": picture.height,
        "channels": picture.channels,
        "natural": picture.natural,
        "boxes": [[b.mark, b.left, b.top, b.right, b.bottom] for b in picture.boxes[:BOXES_MAX]],
    }
    yield json_frame(FrameType.PICTURE, value)
    for start in range(0, len(picture.pixels), PIECE):
        yield encode(FrameType.PIXELS, picture.pixels[start : start + PIECE])


def read_picture(payload: bytes, marks: int, *, ink: bool = False) -> Picture:
    """PICTURE, still without its pixels; `marks` is how many boxes were asked for, `ink` whether
    it may be ink alone."""
    value = json_object(payload, frozenset({"width", "height", "channels", "natural", "boxes"}))
    width = int_field(value["width"], 1, SIDE_MAX)
    height = int_field(value["height"], 1, SIDE_MAX)
    channels = int_field(value["channels"], INK if ink else 1, 3)
    if channels == 2 or width * height * channels > BYTES_MAX:
        raise ProtocolError("a picture that is larger than it may be")
    if type(value["boxes"]) is not list or len(value["boxes"]) > BOXES_MAX:
        raise ProtocolError(WRONG)
    boxes = tuple(_box(item, width, height, marks) for item in value["boxes"])
    natural = int_field(value["natural"], 1, 1 << 31)
    return Picture(width, height, channels, natural, boxes)


def _box(item: object, width: int, height: int, marks: int) -> Box:
    if type(item) is not list or len(item) != 5:
        raise ProtocolError(WRONG)
    right, bottom = int_field(item[3], 0, width), int_field(item[4], 0, height)
    return Box(
        int_field(item[0], 0, marks - 1),
        int_field(item[1], 0, right),
        int_field(item[2], 0, bottom),
        right,
        bottom,
    )


def mark(text: str, start: int, end: int) -> Mark:
    """A mark on a page whose text is `text`."""
    return Mark(start, end, clean(text[start : min(end, start + WORDS_MAX)]))
