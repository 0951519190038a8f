"""Load files: DAT and OPT, by a profile. What stands for a delimiter is replaced in data, and told.

The forms are those of Concordance and Opticon; `loadfile_read.py` reads back what is written here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource
from evidencebox.export.profiles import Profile
from evidencebox.export.tables import encodable

Value = str | int | None | Sequence[str]
"""Several values of one field are a sequence."""


class _Writes(Protocol):
    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Replaced:
    """A character of the data that stood for a delimiter, and where."""

    begin: str
    column: str
    sign: str
    count: int


class Dat:
    """Writes a DAT: a header, then a row a document."""

    def __init__(self, profile: Profile, into: _Writes) -> None:
        self._profile = profile
        self._into = into
        self.replaced: list[Replaced] = []
        # Once a file, and not once a write: a second byte-order mark would be data.
        self._encoding = profile.encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")
        mark = "\ufeff" if profile.encoding in ("utf-8-sig", "utf-16") else ""
        self._line(list(profile.columns), mark)

    def row(self, fields: Mapping[str, Value]) -> None:
        """One document's; what the profile has no column for is left out."""
        begin = str(fields.get("begin", ""))
        cells = []
        for title, field in self._profile.columns.items():
            cells.append(self._cell(begin, title, fields.get(field)))
        self._line(cells, "")

    def _cell(self, begin: str, title: str, value: Value) -> str:
        signs = (self._profile.quote, self._profile.separator, self._profile.newline)
        if value is None or isinstance(value, str | int):
            text = "" if value is None else encodable(str(value))
        else:
            parts = [self._without(begin, title, encodable(v), self._profile.multi) for v in value]
            text = self._profile.multi.join(parts)
        for sign in signs:
            text = self._without(begin, title, text, sign)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._profile.newline.join(lines)

    def _without(self, begin: str, title: str, text: str, sign: str) -> str:
        count = text.count(sign)
        if count:
            self.replaced.append(Replaced(begin, title, sign, count))
        return text.replace(sign, " ")

    def _line(self, cells: Sequence[str], before: str) -> None:
        quote = self._profile.quote
        line = self._profile.separator.join(f"{quote}{cell}{quote}" for cell in cells)
        self._into.write(f"{before}{line}\r\n".encode(self._encoding))


def opt_line(alias: str, volume: str, path: str, pages: int | None) -> bytes:
    """A page of an OPT: `pages` on a document's first, None on the others."""
    first = "Y" if pages is not None else ""
    count = "" if pages is None else str(pages)
    return f"{alias},{volume},{path},{first},,,{count}\r\n".encode("ascii")


# --- page pictures ------------------------------------------------------------------------------

_SIZE = 0.011
"""Of a stamp's letters, as a share of the page's longer side: 9 points on letter paper."""
_DARK = 160
"""Below that a grey dot is ink."""
_INK = [0] * _DARK + [255] * (256 - _DARK)


def stamped(image: Image.Image, number: str) -> Image.Image:
    """The page with its number in the lower right corner, on white; nothing else is covered."""
    page = image.convert("RGB") if image.mode not in ("L", "RGB") else image.copy()
    size = max(12, round(max(page.size) * _SIZE))
    face = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), size)
    draw = ImageDraw.Draw(page)
    left, top, right, bottom = draw.textbbox((0, 0), number, font=face)
    width, height = right - left, bottom - top
    margin, pad = size, size // 3
    x, y = page.width - margin - width, page.height - margin - height
    white, black = (255, 0) if page.mode == "L" else ((255, 255, 255), (0, 0, 0))
    draw.rectangle((x - pad, y - pad, x + width + pad, y + height + pad), fill=white)
    draw.text((x - left, y - top), number, font=face, fill=black)
    return page


def page_file(image: Image.Image, how: str, dpi: int) -> tuple[bytes, str]:
    """A page's file and its ending: Group IV TIFF, or JPEG where it has colours or is asked for."""
    into = io.BytesIO()
    if how == "tiff" and image.mode == "L":
        ink = image.point(_INK, "1")
        ink.save(into, "TIFF", compression="group4", dpi=(dpi, dpi))
        return into.getvalue(), "tif"
    image.save(into, "JPEG", quality=82, dpi=(dpi, dpi))
    return into.getvalue(), "jpg"
