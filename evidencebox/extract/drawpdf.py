"""A PDF page as pixels, with boxes where stretches of its text stand."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pypdfium2
import pypdfium2.raw as raw

from evidencebox.extract.job import Stop
from evidencebox.extract.keyring import Keyring
from evidencebox.extract.pdfboxes import PlacedText, Rect
from evidencebox.extract.pdfopen import open_pdf
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits
from evidencebox.model.pictures import BOXES_MAX, BYTES_MAX, SIDE_MAX, Box, Mark, Order, Picture

Size = tuple[int, int]
Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom of a box, from the upper left corner."""

NATURAL: Final = 96 / 72
"""Pixels to the point at 100 per cent."""
_LARGEST: Final = 8.0
_LARGE: Final = 1_000_000
"""Dots from which on it is worth to look for colours in a smaller picture first."""
_SMALLER: Final = 4
_FINE: Final = 16
"""Parts of a pixel in which the library says where a point is."""
_GAP: Final = 1.5
"""Characters of one box are no further apart than so many of its heights."""


def draw_pdf(source: BinaryIO, key: str, limits: Limits, order: Order, keys: Keyring) -> Picture:
    """The page as a reader would print it, with its annotations and form fields."""
    document = _opened(source, keys)
    try:
        if order.page > len(document):
            raise Stop(Status.FAILED, f"It has no page {order.page}.")
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        page = document[order.page - 1]
        try:
            return _draw(page, limits, order)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Stop(Status.FAILED, f"Page {order.page} is too damaged to be drawn.") from error
    finally:
        document.close()


def _opened(source: BinaryIO, keys: Keyring) -> Any:
    try:
        return open_pdf(source, keys)
    except pypdfium2.PdfiumError as error:
        raise Stop(Status.FAILED, "The PDF is locked, or too damaged to be opened.") from error


def _draw(page: Any, limits: Limits, order: Order) -> Picture:
    width, height = page.get_width(), page.get_height()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise Stop(Status.FAILED, f"Page {order.page} has no size.")
    if order.rotation in (90, 270):
        width, height = height, width
    scale = _scale(width, height, order.width, min(SIDE_MAX, limits.pixels_per_side))
    size, channels, pixels = _pixels(page, scale, order.rotation, width * height * scale * scale)
    boxes = tuple(_boxes(page, order, size)) if order.marks else ()
    natural = max(1, round(width * NATURAL))
    return Picture(*size, channels, natural, boxes[:BOXES_MAX], pixels)


def _scale(width: float, height: float, wanted: int, side: int) -> float:
    """Pixels to the point: as wanted, but within the limits of a picture."""
    scale = wanted / width if wanted else NATURAL
    scale = min(scale, _LARGEST, side / width, side / height)
    scale = min(scale, math.sqrt(BYTES_MAX / (3.1 * width * height)))
    # Sizes are rounded up, and must not be so past the side; a hair's breadth is still a pixel.
    return max(scale * (1 - 1e-6), 1e-9)


def _pixels(page: Any, scale: float, rotation: int, dots: float) -> tuple[Size, int, bytes]:
    """Size, bytes to the dot, and dots; a third of them says it all where none is coloured.

    Most pages are black on white. A large one is drawn small first, each dot of which is the mean
    of sixteen: where none of those has a colour, the page is drawn in greys, in a third of the
    memory and half the time.
    """
    if dots < _LARGE or not _is_grey(_drawn(page, scale / _SMALLER, rotation)[1]):
        size, pixels = _drawn(page, scale, rotation)
        return (size, 1, pixels[::3]) if dots < _LARGE and _is_grey(pixels) else (size, 3, pixels)
    size, pixels = _drawn(page, scale, rotation, grey=True)
    return size, 1, pixels


def _drawn(page: Any, scale: float, rotation: int, *, grey: bool = False) -> tuple[Size, bytes]:
    bitmap = page.render(scale=scale, rotation=rotation, grayscale=grey, rev_byteorder=True)
    try:
        return (bitmap.width, bitmap.height), _packed(bitmap, 1 if grey else 3)
    finally:
        bitmap.close()


def _packed(bitmap: Any, channels: int) -> bytes:
    """Rows side by side, without what pads them."""
    across, stride = bitmap.width * channels, bitmap.stride
    whole = memoryview(bitmap.buffer).cast("B")
    if stride == across:
        return bytes(whole[: across * bitmap.height])
    rows = (whole[row * stride : row * stride + across] for row in range(bitmap.height))
    return b"".join(rows)


def _is_grey(pixels: bytes) -> bool:
    red = pixels[::3]
    return red == pixels[1::3] and red == pixels[2::3]


# --- boxes --------------------------------------------------------------------------------------


def _boxes(page: Any, order: Order, size: tuple[int, int]) -> Iterator[Box]:
    text, there = PlacedText(page), _Way(page, size, order.rotation)
    try:
        for number, mark in enumerate(order.marks):
            if _is_there(text.text, mark):
                boxes = there.boxes(text.rects(mark.start, mark.end))
                yield from (_box(number, box, size) for box in _lines(boxes))
    finally:
        text.close()


def _is_there(text: str, mark: Mark) -> bool:
    """Whether the page has these words there: it may have been read in another way before."""
    return bool(mark.words) and text.startswith(mark.words, mark.start)


class _Way:
    """From a page's points to pixels. The library is asked for three points, and not for each of
    the thousands of corners on a page: that took a quarter of its drawing."""

    def __init__(self, page: Any, size: tuple[int, int], rotation: int) -> None:
        across, down = ctypes.c_int(), ctypes.c_int()
        far = max(page.get_width(), page.get_height())
        fine = tuple(side * _FINE for side in size)

        def at(x: float, y: float) -> tuple[float, float]:
            where = ctypes.byref(across), ctypes.byref(down)
            raw.FPDF_PageToDevice(page, 0, 0, *fine, rotation // 90, x, y, *where)
            return across.value / _FINE, down.value / _FINE

        self._zero = at(0.0, 0.0)
        self._right = tuple((a - b) / far for a, b in zip(at(far, 0.0), self._zero, strict=True))
        self._up = tuple((a - b) / far for a, b in zip(at(0.0, far), self._zero, strict=True))

    def boxes(self, rects: Iterator[Rect]) -> Iterator[Pixels]:
        """Rectangles of the page in pixels."""
        (zero_x, zero_y), (right_x, right_y), (up_x, up_y) = self._zero, self._right, self._up
        for left, bottom, right, top in rects:
            x = round(zero_x + left * right_x + bottom * up_x)
            y = round(zero_y + left * right_y + bottom * up_y)
            far_x = round(zero_x + right * right_x + top * up_x)
            far_y = round(zero_y + right * right_y + top * up_y)
            yield min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y)


def _lines(boxes: Iterator[Pixels]) -> Iterator[Pixels]:
    """Characters that stand side by side, or one above the other, become one box."""
    gathered: Pixels | None = None
    for box in boxes:
        if gathered is None:
            gathered = box
        elif _beside(gathered, box):
            gathered = (
                min(gathered[0], box[0]),
                min(gathered[1], box[1]),
                max(gathered[2], box[2]),
                max(gathered[3], box[3]),
            )
        else:
            yield gathered
            gathered = box
    if gathered is not None:
        yield gathered


def _beside(one: Pixels, other: Pixels) -> bool:
    """Whether two boxes share a line, across or down, with no wide gap between them."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    wide = min(one[2] - one[0], other[2] - other[0])
    high = min(one[3] - one[1], other[3] - other[1])
    if 2 * down > high:
        return across > -_GAP * high
    return 2 * across > wide and down > -_GAP * wide


def _box(number: int, box: Pixels, size: Size) -> Box:
    width, height = size
    left, top, right, bottom = box
    return Box(
        number,
        max(0, min(left, width)),
        max(0, min(top, height)),
        max(0, min(right, width)),
        max(0, min(bottom, height)),
    )
