"""Load files: DAT and OPT, by a profile. What stands for a delimiter is replaced in data, and told.

The forms are those of Concordance and Opticon; `loadfile_read.py` reads back what is written here.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource
from evidencebox.export import ink
from evidencebox.export.ink import Ink
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

_SIZE = 0.0142
"""Of a stamp's letters, as a share of the page's shorter side: 9 points on letter paper."""
_LEAST = 12
"""Pixels: smaller letters are dots."""
_BLANK = 235
"""Above that a dot is paper, and may be stamped on."""

_NEARLY = 5
"""So many dots to the inch are lost to rounding."""
_MOST = 60_000_000
"""Dots of a page that is made finer."""

PagePicture = Ink | Image.Image
"""What a page of a load file is made from: ink alone, or (grey or coloured) a byte a dot."""


def stamped(page: PagePicture, number: str) -> PagePicture:
    """The page with its number in the lower right corner, where nothing is covered: where
    something stands there, or there is no room, the page gets white below or beside it.

    The picture itself is stamped, where it need not be larger.
    """
    if isinstance(page, Image.Image) and page.mode not in ("L", "RGB"):
        page = page.convert("RGB")
    width, height = page.size
    size = max(_LEAST, round(min(width, height) * _SIZE))
    stamp, edge = mark(number, size), size - size // 3
    across, down = max(width, stamp.width + 2 * edge), height
    if down < stamp.height + edge or not _is_blank(page, stamp.width + edge, stamp.height + edge):
        down += stamp.height + 2 * edge
    if (across, down) != (width, height):
        page = _enlarged(page, across, down)
    at = across - stamp.width - edge, down - stamp.height - edge
    if isinstance(page, Ink):
        ink.lay(page, stamp, at)
    else:
        page.paste(stamp, at)
    return page


def fine(page: PagePicture, dpi: int, wanted: int) -> tuple[PagePicture, int]:
    """The page with as many dots to the inch as its receiver asks for, or more; and how many.

    A scan may have fewer, and a small picture that fills a page a handful: its number would be a
    few dots. Nothing is drawn anew: each dot stands several times.
    """
    if dpi >= wanted - _NEARLY:
        return page, dpi
    width, height = page.size
    times = max(1, min(-(-wanted // dpi), math.isqrt(_MOST // (width * height))))
    if isinstance(page, Ink):
        return ink.finer(page, times), dpi * times
    return page.resize((width * times, height * times), Image.Resampling.NEAREST), dpi * times


def _is_blank(page: PagePicture, across: int, down: int) -> bool:
    """Whether nothing stands in the lower right corner."""
    if isinstance(page, Ink):
        return ink.is_blank(page, across, down)
    corner = page.crop((max(0, page.width - across), page.height - down, page.width, page.height))
    darkest, _ = corner.convert("L").getextrema()
    return int(darkest) >= _BLANK  # type: ignore[arg-type]


def _enlarged(page: PagePicture, width: int, height: int) -> PagePicture:
    if isinstance(page, Ink):
        return ink.enlarged(page, width, height)
    larger = Image.new(page.mode, (width, height), "white")
    larger.paste(page)
    return larger


def mark(number: str, size: int) -> Image.Image:
    """The number as it stands on the page, with a third of its size of white all around."""
    face, pad = _face(size), size // 3
    left, top, right, bottom = face.getbbox(number)
    across, down = round(right - left) + 2 * pad, round(bottom - top) + 2 * pad
    shown = Image.new("L", (across, down), 255)
    ImageDraw.Draw(shown).text((pad - left, pad - top), number, font=face, fill=0)
    return shown


@lru_cache(maxsize=8)
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), size)


def page_file(page: PagePicture, how: str, dpi: int) -> tuple[bytes, str]:
    """A page's file and its ending: Group IV TIFF, or JPEG where it has colours or is asked for."""
    if isinstance(page, Image.Image) and how == "tiff" and page.mode == "L":
        page = ink.from_image(page)
    if isinstance(page, Ink):
        return ink.group4(page, dpi), "tif"
    into = io.BytesIO()
    page.save(into, "JPEG", quality=82, dpi=(dpi, dpi))
    return into.getvalue(), "jpg"
