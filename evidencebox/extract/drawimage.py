"""A picture's frame as pixels: the right way up, no larger than asked for."""

from __future__ import annotations

import math
from typing import BinaryIO, Final

from PIL import Image, ImageOps

from evidencebox.extract.imageopen import open_image, seek, too_large, unwarned
from evidencebox.extract.job import Stop
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits
from evidencebox.model.pictures import BYTES_MAX, SIDE_MAX, Order, Picture

_GREY: Final = ("1", "L", "I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_BRIGHT: Final = 255
_TURNED: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_SIDEWAYS: Final = range(5, 9)
_ORIENTATION: Final = 0x0112


def draw_image(source: BinaryIO, key: str, limits: Limits, order: Order) -> Picture:
    """The frame, turned as its camera said and then as ordered. Never enlarged."""
    with unwarned(), open_image(source, key) as image:
        if not seek(image, order.page - 1):
            raise Stop(Status.FAILED, f"It has no page {order.page}.")
        if too_large(image, limits.pixels_per_side):
            raise Stop(Status.LIMIT, "The picture has too many pixels to be drawn.")
        sideways = (order.rotation in (90, 270)) != (
            image.getexif().get(_ORIENTATION, 1) in _SIDEWAYS
        )
        width, height = image.size
        if sideways:
            width, height = height, width
        natural = width
        target = _target(width, height, order.width)
        stored = (target[1], target[0]) if sideways else target
        if order.page == 1:
            image.draft(None, stored)
        image.load()
        return _finished(image, stored, order, natural)


def _target(width: int, height: int, wanted: int) -> tuple[int, int]:
    scale = min(1.0, wanted / width if wanted else 1.0, SIDE_MAX / max(width, height))
    scale = min(scale, math.sqrt(BYTES_MAX / (3.1 * width * height)))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _finished(image: Image.Image, stored: tuple[int, int], order: Order, natural: int) -> Picture:
    plain = _eight_bits(image)
    if plain.size != stored:
        plain = plain.resize(stored, Image.Resampling.BILINEAR, reducing_gap=2.0)
    plain.info.update(image.info)
    plain = _upright(plain, image)
    if order.rotation:
        plain = plain.transpose(_TURNED[order.rotation])
    channels = 1 if plain.mode == "L" else 3
    return Picture(*plain.size, channels, natural, (), plain.tobytes())


def _upright(plain: Image.Image, image: Image.Image) -> Image.Image:
    plain.getexif()[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
    return ImageOps.exif_transpose(plain)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey or red, green and blue; what one can see through stands on white."""
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        seen = image.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        ground.alpha_composite(seen)
        return ground.convert("RGB")
    if image.mode in _GREY:
        return _stretched(image) if image.mode[0] in "IF" else image.convert("L")
    return image.convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """More than eight bits: from the darkest to the brightest there is."""
    wide = image.convert("F")
    extrema = wide.getextrema()
    low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type]
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return Image.new("L", image.size, 0)
    scale = _BRIGHT / (high - low)
    return wide.point(lambda value: value * scale - low * scale).convert("L")
