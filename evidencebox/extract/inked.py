"""A drawn page as ink alone, where nothing on it is coloured: an eighth of the bytes, or less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image, ImageChops

from evidencebox.model.pictures import INK, TINT, Picture


def inked(picture: Picture, darker: int) -> Picture:
    """Ink where the page is darker than that; the picture as it is where it has colours."""
    pixels = picture.pixels
    if picture.channels == 3:
        size = (picture.width, picture.height)
        image = Image.frombuffer("RGB", size, pixels, "raw", "RGB", 0, 1)
        if _is_tinted(image):
            return picture
        pixels = image.convert("L").tobytes()
    dots = np.frombuffer(pixels, np.uint8).reshape(picture.height, picture.width)
    return replace(picture, channels=INK, pixels=np.packbits(dots < darker, axis=1).tobytes())


def _is_tinted(image: Image.Image) -> bool:
    """Every second dot of every second row: the smallest coloured stamp has thousands."""
    half = ((image.width + 1) // 2, (image.height + 1) // 2)
    red, green, blue = image.resize(half, Image.Resampling.NEAREST).split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(int(each.getextrema()[1]) > TINT for each in apart)  # type: ignore[arg-type]
