"""Pages of ink alone, a bit a dot: stamped and written without ever taking a byte a dot.

Pillow keeps such pages with a byte a dot and packs them dot by dot: that was nine tenths of the
time which it took to write one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

DARK: Final = 160
"""Below that a grey dot is ink."""
_WHOLE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Ink:
    """Bits, set where there is ink, in rows of whole bytes from the top; no bit behind a row's end
    is set."""

    width: int
    height: int
    rows: NDArray[np.uint8]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, as Pillow's pictures have it."""
        return self.width, self.height


def from_bits(size: tuple[int, int], bits: bytes) -> Ink:
    """Of a picture that came as ink."""
    width, height = size
    rows = np.frombuffer(bits, np.uint8).reshape(height, (width + 7) // 8).copy()
    if width % 8:
        rows[:, -1] &= 0xFF << (8 - width % 8) & 0xFF
    return Ink(width, height, rows)


def from_image(image: Image.Image) -> Ink:
    """Of a grey picture: what is darker than `DARK`."""
    dots = np.asarray(image.convert("L")) < DARK
    return Ink(image.width, image.height, np.packbits(dots, axis=1))


def enlarged(page: Ink, width: int, height: int) -> Ink:
    """The page in the upper left corner of a larger one, which is white."""
    rows = np.zeros((height, (width + 7) // 8), np.uint8)
    rows[: page.height, : page.rows.shape[1]] = page.rows
    return Ink(width, height, rows)


def finer(page: Ink, times: int) -> Ink:
    """The same page with each dot that many times, across and down."""
    dots = np.unpackbits(page.rows, axis=1, count=page.width)
    wider = np.packbits(np.repeat(dots, times, axis=1), axis=1)
    return Ink(page.width * times, page.height * times, np.repeat(wider, times, axis=0))


def is_blank(page: Ink, across: int, down: int) -> bool:
    """Whether nothing stands in the lower right corner of that size."""
    return not page.rows[-down:, max(0, page.width - across) // 8 :].any()


def lay(page: Ink, mark: Image.Image, at: tuple[int, int]) -> None:
    """A grey picture onto the page, with its white, its upper left corner `at` this place."""
    left, top = at
    first, last = left // 8, (left + mark.width + 7) // 8
    dots = np.unpackbits(page.rows[top : top + mark.height, first:last], axis=1)
    within = left - 8 * first
    dots[:, within : within + mark.width] = np.asarray(mark) < DARK
    page.rows[top : top + mark.height, first:last] = np.packbits(dots, axis=1)


def group4(page: Ink, dpi: int) -> bytes:
    """A TIFF of one strip, compressed after Group IV."""
    across = page.rows.shape[1]
    # To Pillow a row is so many grey dots: it hands them on, and libtiff is told what they are.
    rows = Image.frombuffer("L", (across, page.height), page.rows.tobytes(), "raw", "L", 0, 1)
    tags: list[tuple[int, Any]] = [
        (256, page.width),
        (257, page.height),
        (258, 1),  # bits a sample
        (259, 4),  # Group IV
        (262, 0),  # a bit that is not set is white
        (277, 1),  # samples a dot
        (278, page.height),  # rows a strip
        (282, float(dpi)),
        (283, float(dpi)),
        (296, 2),  # dots an inch
    ]
    encoder = Image._getencoder("L", "libtiff", ("L", 0, "", tags, {}), ())
    try:
        encoder.setimage(rows.im, (0, 0, across, page.height))
        written = b""
        status = 0
        while not status:
            status, piece = encoder.encode(_WHOLE)[1:]
            written += piece
    finally:
        encoder.cleanup()
    if status < 0:
        raise ValueError(f"libtiff could not write the page ({status})")
    return written
