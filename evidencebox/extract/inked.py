"""A drawn page as ink alone, where nothing on it is coloured: an eighth of the bytes, or less."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PIL import Image, ImageChops

from evidencebox.model.pictures import INK, TINT, Picture

_FULL: Final = 255


def inked(picture: Picture, darker: int) -> Picture:
    """Black where the page is darker than that; the picture as it is where it has colours."""
    size = (picture.width, picture.height)
    mode = "L" if picture.channels == 1 else "RGB"
    image = Image.frombuffer(mode, size, picture.pixels, "raw", mode, 0, 1)
    if mode == "RGB":
        if _is_tinted(image):
            return picture
        image = image.convert("L")
    table = [0] * darker + [_FULL] * (_FULL + 1 - darker)
    return replace(picture, channels=INK, pixels=image.point(table, "1").tobytes())


def _is_tinted(image: Image.Image) -> bool:
    """Every second dot of every second row: the smallest coloured stamp has thousands."""
    half = ((image.width + 1) // 2, (image.height + 1) // 2)
    red, green, blue = image.resize(half, Image.Resampling.NEAREST).split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(int(each.getextrema()[1]) > TINT for each in apart)  # type: ignore[arg-type]
