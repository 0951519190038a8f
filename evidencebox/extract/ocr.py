"""Text recognition of one picture by Tesseract: which way up, skew, noise, and how sure it is.

An engine is anything with `recognise`; another one (rapidocr) could stand here as well.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Protocol

import tesserocr
from PIL import Image, ImageDraw, ImageFilter
from PIL.Image import Resampling

from evidencebox.extract import ocrdata
from evidencebox.extract.ocrback import Back, after, same, shrunk, unturned
from evidencebox.extract.recognised import FEW, UNCERTAIN_WORD, Recognised, Word

_LOW_DPI: Final = 140
_NOISY: Final = 6.0
_VERY_NOISY: Final = 40.0
_BLANK_RANGE: Final = 24
_DARK: Final = 128
_LEFT: Final = 0.03
_SECONDS: Final = 60


class Engine(Protocol):
    """What recognises text."""

    def recognise(self, image: Image.Image, dpi: int) -> Recognised:
        """`image` is grey and as large as it is to be looked at; `dpi` is its resolution. Boxes are
        in its dots, whatever was done to it."""
        ...


class Tesseract:
    """Tesseract's LSTM engine, which finds out by itself which way up a page is."""

    def __init__(self, languages: str, folder: Path | None = None) -> None:
        """`languages`: codes joined by `+`; `folder` has their data, by default the one that has
        them all. Raises RuntimeError where they are missing."""
        where = folder or ocrdata.folder_for(languages.split("+"))
        if where is None:
            raise RuntimeError("the data of text recognition are not installed")
        self._api = tesserocr.PyTessBaseAPI(
            path=f"{where}/", lang=languages, oem=tesserocr.OEM.LSTM_ONLY
        )
        # What it says goes to standard error, which a worker has not; else it would open a file for
        # it when it first has something to say, inside the sandbox, and crash.
        self._api.SetVariable("debug_file", "")
        self._warm()

    def _warm(self) -> None:
        """Data are read at first use, which must be before a worker shuts itself in."""
        image = Image.new("L", (600, 200), 255)
        draw = ImageDraw.Draw(image)
        for line in range(6):
            draw.text((20, 20 + 25 * line), "the quick brown fox jumps over the lazy dog", fill=0)
        self._read(image, 100, tesserocr.PSM.AUTO_OSD)
        self._read(image, 100, tesserocr.PSM.SINGLE_BLOCK)

    def recognise(self, image: Image.Image, dpi: int) -> Recognised:
        """Tries again what is unsure: straightened, smoothed, as one block at a larger size."""
        if blank(image):
            return Recognised()
        noise = noisiness(image)
        back: Back = same
        image = _smoothed(image, noise)
        if dpi < _LOW_DPI and noise < _NOISY:
            image, dpi, back = _scaled(image, 2), dpi * 2, shrunk(2)
        best = self._whole(image, dpi)
        for picture, resolution, mode, way in self._others(image, dpi, noise):
            if best.good:
                break
            found = self._read(picture, resolution, mode).placed(way)
            best = max(best, found, key=lambda r: r.score)
        return best.placed(back)

    def once(self, image: Image.Image, dpi: int) -> Recognised:
        """One try at an upright page, nothing done to it: what `recognise` is measured against."""
        return self._read(image, dpi, tesserocr.PSM.AUTO)

    def page(self, image: Image.Image, dpi: int) -> Recognised:
        """One try at a page that may lie any way; boxes are the picture's own."""
        return self._read(image, dpi, tesserocr.PSM.AUTO_OSD)

    def scattered(self, image: Image.Image, dpi: int) -> Recognised:
        """One try at words that stand anywhere, in no order."""
        return self._read(image, dpi, tesserocr.PSM.SPARSE_TEXT)

    def _whole(self, image: Image.Image, dpi: int) -> Recognised:
        """The page, and then what its segmentation passed over: a column, a paragraph, a stamp."""
        found = self._read(image, dpi, tesserocr.PSM.AUTO_OSD)
        rest = leftover(image, found)
        if rest is None:
            return found
        upright = rest.rotate(found.turn, expand=True)
        more = self._read(upright, dpi, tesserocr.PSM.SPARSE_TEXT)
        more = more.placed(unturned(rest.size, upright.size, found.turn))
        kept = [word for word in more.words if word.confidence >= UNCERTAIN_WORD]
        return replace(found, words=(*found.words, *kept))

    def _others(
        self, image: Image.Image, dpi: int, noise: float
    ) -> Iterator[tuple[Image.Image, int, int, Back]]:
        """Picture, resolution and way of trying it, with the way back for what is found in it."""
        back: Back = same
        angle = skew(image)
        if abs(angle) > 2:
            size = image.size
            image = image.rotate(angle, Resampling.BICUBIC, expand=True, fillcolor=255)
            back = unturned(size, image.size, angle)
            yield image, dpi, tesserocr.PSM.AUTO_OSD, back
        if noise >= _NOISY:
            yield image.filter(ImageFilter.MedianFilter(3)), dpi, tesserocr.PSM.AUTO_OSD, back
        if dpi <= 250:
            image, dpi, back = _scaled(image, 1.5), dpi * 3 // 2, after(shrunk(1.5), back)
        yield image, dpi, tesserocr.PSM.SINGLE_BLOCK, back

    def _read(self, image: Image.Image, dpi: int, mode: int) -> Recognised:
        api = self._api
        width, height = image.size
        api.SetPageSegMode(mode)
        api.SetImageBytes(image.tobytes(), width, height, 1, width)
        api.SetSourceResolution(dpi)
        try:
            if not api.Recognize(_SECONDS * 1000):
                return Recognised()
            return Recognised(tuple(_words(api)), _turn(api))
        finally:
            api.Clear()


def _words(api: Any) -> Iterator[Word]:
    level, line, block = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE, tesserocr.RIL.PARA
    iterator = api.GetIterator()
    if iterator is None or iterator.Empty(level):
        return
    for word in tesserocr.iterate_level(iterator, level):
        text = word.GetUTF8Text(level).strip()
        if word.IsAtFinalElement(block, level):
            after = "\n\n"
        else:
            after = "\n" if word.IsAtFinalElement(line, level) else " "
        if text:
            box = word.BoundingBox(level) or (0, 0, 0, 0)
            yield Word(text, float(word.Confidence(level)), after, box)


def _turn(api: Any) -> int:
    """0, 90, 180 or 270, by what the page's segmentation found."""
    layout = api.GetIterator()
    if layout is None or layout.Empty(tesserocr.RIL.BLOCK):
        return 0
    return 90 * int(layout.Orientation()[0])


def leftover(image: Image.Image, found: Recognised) -> Image.Image | None:
    """The picture without the words that were found; None where hardly anything is left."""
    if found.letters < FEW:
        return None
    rest = image.copy()
    draw = ImageDraw.Draw(rest)
    for word in found.words:
        left, top, right, bottom = word.box
        draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=255)
    before, after = (sum(each.histogram()[:_DARK]) for each in (image, rest))
    return rest if after > _LEFT * before else None


def blank(image: Image.Image) -> bool:
    """Whether there is nothing on the page that could be a letter."""
    shades = image.getextrema()
    return bool(shades[1] - shades[0] < _BLANK_RANGE)  # type: ignore[operator]


_LAPLACE: Final = ImageFilter.Kernel((3, 3), (1, -2, 1, -2, 4, -2, 1, -2, 1), scale=1, offset=128)


def noisiness(image: Image.Image) -> float:
    """The standard deviation of the noise, in grey levels of 255: the median says what paper has.

    Immerkær's mask, by which edges and slopes come to nothing.
    """
    width, height = image.size
    middle = image.crop((width // 6, height // 6, width * 5 // 6, height * 5 // 6))
    counts = middle.filter(_LAPLACE).histogram()
    half = sum(counts) / 2
    seen = 0
    for deviation in range(129):
        low, high = 128 - deviation, 128 + deviation
        seen += counts[low] + (counts[high] if deviation > 0 and high < 256 else 0)
        if seen >= half:
            return deviation * 1.4826 / 6
    return 0.0


def _smoothed(image: Image.Image, noise: float) -> Image.Image:
    if noise < _NOISY:
        return image
    return image.filter(ImageFilter.GaussianBlur(1.0 if noise >= _VERY_NOISY else 0.7))


def _scaled(image: Image.Image, factor: float) -> Image.Image:
    width, height = image.size
    return image.resize((round(width * factor), round(height * factor)), Resampling.BICUBIC)


def skew(image: Image.Image) -> float:
    """By how many degrees, counter-clockwise, the page has to be turned for its lines to be level.

    Lines or columns: a page on its side has its lines upright. Between -20 and 20.
    """
    small = image.copy()
    small.thumbnail((700, 700), Resampling.BOX)
    # A picture that is not turned stays sharper than one that is, which must not count for it.
    small = small.filter(ImageFilter.GaussianBlur(1))
    coarse = max(range(-20, 21), key=lambda angle: _stripes(small, angle))
    return max((coarse - 0.5, coarse, coarse + 0.5), key=lambda angle: _stripes(small, angle))


def _stripes(image: Image.Image, angle: float) -> float:
    """How strongly rows (or columns) differ from those beside them."""
    turned = image.rotate(angle, Resampling.BILINEAR, fillcolor=255) if angle else image
    width, height = turned.size
    middle = turned.crop((width // 8, height // 8, width * 7 // 8, height * 7 // 8))
    width, height = middle.size
    rows = middle.resize((1, height), Resampling.BOX).tobytes()
    columns = middle.resize((width, 1), Resampling.BOX).tobytes()
    return max(_changes(rows), _changes(columns))


def _changes(values: bytes) -> float:
    return sum((a - b) ** 2 for a, b in itertools.pairwise(values)) / len(values)
