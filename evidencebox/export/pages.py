"""Pages of a PDF that are ours down to the last byte: a picture each, and words that nobody sees.

Nothing of a document's own PDF goes into an export: no fonts, no scripts, no streams that a hostile
author wrote. The picture was drawn in a sandbox; the words come from our own text of the page.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from evidencebox.export.unseen import unseen_text
from evidencebox.model.pictures import TINT, Picture
from evidencebox.model.sheets import Line, Sheet

QUALITY: Final = 82
"""Of JPEG, at 200 dots an inch: small print keeps its edges."""


def image_of(picture: Picture) -> Image.Image:
    """The raw pixels as a Pillow image; grey where nothing on it has a colour."""
    mode = "L" if picture.channels == 1 else "RGB"
    image = Image.frombuffer(
        mode, (picture.width, picture.height), picture.pixels, "raw", mode, 0, 1
    )
    return image.convert("L") if mode == "RGB" and _is_grey(picture) else image


def _is_grey(picture: Picture) -> bool:
    shape = (picture.height, picture.width, 3)
    # Every second dot of every second row: the smallest coloured stamp has thousands.
    dots = np.frombuffer(picture.pixels, np.uint8).reshape(shape)[::2, ::2].astype(np.int16)
    return int(np.abs(dots[..., 0] - dots[..., 1]).max(initial=0)) <= TINT and (
        int(np.abs(dots[..., 1] - dots[..., 2]).max(initial=0)) <= TINT
    )


def jpeg(image: Image.Image) -> bytes:
    """Without metadata or thumbnail."""
    into = io.BytesIO()
    image.save(into, "JPEG", quality=QUALITY, subsampling=0)
    return into.getvalue()


def pictures_pdf(sheets: Iterable[Sheet]) -> bytes:
    """A PDF of drawn pages in their own sizes, with the words of their lines behind them."""
    pdf = Pdf.new()
    for sheet in sheets:
        add_picture(pdf, image_of(sheet.picture), (sheet.width, sheet.height), sheet.lines)
    return saved(pdf)


def add_picture(
    pdf: Pdf, image: Image.Image, size: tuple[float, float], lines: Sequence[Line] = ()
) -> None:
    """A page of `size` points that shows the picture all over, and nothing else."""
    add_jpeg(pdf, jpeg(image), size, lines)


def add_jpeg(pdf: Pdf, data: bytes, size: tuple[float, float], lines: Sequence[Line] = ()) -> None:
    """The same, of a JPEG that `jpeg` made."""
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        pixels, grey = image.size, image.mode == "L"
    width, height = size
    shown = Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=pixels[0],
        Height=pixels[1],
        ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    resources: dict[str, Any] = {"/XObject": Dictionary({"/P": pdf.make_indirect(shown)})}
    content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q\n".encode()
    if lines:
        words, fonts = unseen_text(pdf, lines, pixels, size)
        content += words
        resources["/Font"] = fonts
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
        Resources=Dictionary(resources),
        Contents=pdf.make_stream(content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def saved(pdf: Pdf) -> bytes:
    """The file's bytes: the same for the same pages."""
    into = io.BytesIO()
    pdf.save(into, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return into.getvalue()
