"""Pictures by Pillow: opened by what they are, never larger than the limit, frame by frame."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

import pi_heif

# Pillow looks for these on the disk at first use, which a sandboxed reader does not have.
from PIL import (  # noqa: F401
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

FORMATS: Final = {
    "png": ("PNG",),
    "jpeg": ("JPEG", "MPO"),
    "gif": ("GIF",),
    "tiff": ("TIFF",),
    "bmp": ("BMP", "DIB"),
    "webp": ("WEBP",),
    "heic": ("AVIF", "HEIF"),
    "jp2": ("JPEG2000",),
}
ANIMATED: Final = ("GIF", "WEBP", "PNG", "AVIF")
"""Formats whose frames build on one another, so that each needs those before it."""

pi_heif.register_heif_opener(thumbnails=False)
# Or it would look for others that it takes for basic.
Image.preinit()
# Pillow's own bound is one for all and only warns at first; `too_large` is the document's.
Image.MAX_IMAGE_PIXELS = None


def open_image(source: BinaryIO, key: str) -> Image.Image:
    """The picture, its pixels not decoded yet. Raises whatever a damaged one makes Pillow raise."""
    source.seek(0)
    return Image.open(source, formats=FORMATS[key])


def too_large(image: Image.Image, side: int) -> bool:
    """Whether it has more pixels than a square of that side."""
    width, height = image.size
    return width * height > side * side


def seek(image: Image.Image, frame: int) -> bool:
    """Turns to a frame, from 0. False where there is none."""
    if frame == 0:
        return True
    try:
        image.seek(frame)
    except EOFError:
        return False
    return True


@contextmanager
def unwarned() -> Iterator[None]:
    """Pillow warns of odd files; what is odd here becomes a notice instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
