"""Drafts as scanned pages: black on white, rotated, skewed, specked. They hold no text."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from evidencebox.sample.draft import DraftPage
from evidencebox.sample.pdf import layout

DPI = 150
_SCALE = DPI / 72
_PAPER = (1275, 1650)


@dataclass(frozen=True, slots=True)
class Quality:
    """Degrees counter-clockwise, and how many specks of dust on each page."""

    degrees: float = 0.0
    specks: int = 0


def any_quality(rng: random.Random) -> Quality:
    return Quality(rng.choice((0, 0, 0, 90, 180, 270, 2, -2, 1)), rng.choice((0, 60, 400, 1500)))


def scan_page(rng: random.Random, page: DraftPage, quality: Quality) -> Image.Image:
    """One page as a picture of one bit a pixel."""
    image = Image.new("L", _PAPER, 255)
    draw = ImageDraw.Draw(image)
    for piece in layout(page):
        font = _font(round(piece.size * _SCALE * (1.15 if piece.bold else 1.0)))
        spot = (piece.x * _SCALE, _PAPER[1] - piece.y * _SCALE - font.size)
        draw.text(spot, piece.text, fill=0, font=font)
    for _ in range(quality.specks):
        x, y = rng.randrange(_PAPER[0]), rng.randrange(_PAPER[1])
        draw.point((x, y), fill=0 if rng.random() < 0.7 else 255)
    turned = _turn(image, quality.degrees)
    return turned.point([0] * 160 + [255] * 96).convert("1", dither=Image.Dither.NONE)


def _turn(image: Image.Image, degrees: float) -> Image.Image:
    if not degrees:
        return image
    upright = degrees % 90 == 0
    return image.rotate(degrees, resample=Image.Resampling.BILINEAR, expand=upright, fillcolor=255)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType, which drawing scans needs")
    return font


def to_png(image: Image.Image) -> bytes:
    """A PNG whose data are stored: deflate's output differs between zlib and its successors."""
    width, height = image.size
    row = (width + 7) // 8
    pixels = image.tobytes()
    raw = b"".join(b"\0" + pixels[start : start + row] for start in range(0, len(pixels), row))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    resolution = struct.pack(">IIB", round(DPI / 0.0254), round(DPI / 0.0254), 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", head), (b"pHYs", resolution), (b"IDAT", _stored(raw)), (b"IEND", b""),
        )
    )  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(raw: bytes) -> bytes:
    """A zlib stream of stored blocks."""
    blocks = []
    for start in range(0, len(raw), 65535):
        block = raw[start : start + 65535]
        last = start + 65535 >= len(raw)
        blocks.append(struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block)
    return b"\x78\x01" + b"".join(blocks) + struct.pack(">I", zlib.adler32(raw))


def to_tiff(images: Sequence[Image.Image]) -> bytes:
    """A TIFF of one or more pages in fax coding."""
    stream = io.BytesIO()
    first, *rest = images
    first.save(
        stream, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(DPI, DPI)
    )
    return stream.getvalue()


def to_scanned_pdf(images: Sequence[Image.Image], when: datetime) -> bytes:
    """A PDF whose pages are pictures, as an office scanner makes it."""
    stream = io.BytesIO()
    first, *rest = images
    moment = when.timetuple()
    first.save(
        stream, "PDF", save_all=True, append_images=rest, resolution=DPI,
        creationDate=moment, modDate=moment, producer="Scan station 3",
    )  # fmt: skip
    return stream.getvalue()
