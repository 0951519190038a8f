"""One page of a document as a grey picture for recognition: a PDF's drawn, a frame as it is."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageOps
from PIL.Image import Resampling

from evidencebox.extract.garbled import garbled
from evidencebox.extract.imageopen import ANIMATED, FORMATS, open_image, too_large, unwarned
from evidencebox.extract.keyring import Ask, Keyring, nothing_known
from evidencebox.extract.ocr import Engine
from evidencebox.extract.pdf import page_text
from evidencebox.extract.pdfopen import open_pdf
from evidencebox.extract.sniff import sniff
from evidencebox.extract.version import EXTRACTION_VERSION
from evidencebox.model.documents import DocumentType, Layer, Outcome, Page, Status
from evidencebox.model.extraction import Hint, Limits, Sink

USABLE: Final = 10
"""Letters on a PDF's page from which its text layer may be one; a stamp on a scan has more."""
_DPI: Final = 300
_LEAST, _MOST = 150, 400
_PIXELS: Final = 18_000_000
"""A3 at 300 dpi; what is larger is made smaller."""
_PAGE_INCHES: Final = 11.7
_COVERED: Final = 0.4
_SPECK: Final = 0.01
"""Of the page: a picture below this is a rule or a dot, and has no words."""
_OUTLINES: Final = 20
"""Drawn shapes on a page from which they may be letters in outline; fewer are rules and boxes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, grey, and its resolution in dots an inch. `damaged`: not all of it was there."""

    image: Image.Image
    dpi: int
    damaged: bool = False


class NoPageError(Exception):
    """There is no such page, or it cannot be drawn: one sentence without text of the document."""


def recognise_page(
    source: BinaryIO,
    hint: Hint,
    limits: Limits,
    sink: Sink,
    number: int,
    engine: Engine,
    passwords: Ask = nothing_known,
) -> Outcome:
    """Recognises page `number` (from 1) of a PDF or a picture; an OCR page, or none, to the sink.

    Words and their places are its spans, as `WordPlace` says them; the confidence goes with it as
    metadata `ocr_confidence`. Never raises for what is in `source`.
    """
    kind = sniff(source, hint)
    status, reason = Status.OK, ""
    try:
        with unwarned():
            keys = Keyring(passwords, limits.password_seconds, _unsaid, sink.beat)
            picture = _picture(source, kind.key, number, limits, keys)
        if picture is None:
            status = Status.EMPTY
        else:
            status, reason = _recognise(picture, sink, number, engine)
    except NoPageError as error:
        status, reason = Status.FAILED, str(error)
    except MemoryError:
        status, reason = Status.LIMIT, "It needs more memory than one page may use."
    except Exception as error:  # whatever a codec makes of hostile bytes
        reason = f"It cannot be drawn: the reader met a fault, {type(error).__name__}."
        status = Status.FAILED
    document = DocumentType.PDF if kind.key == "pdf" else DocumentType.IMAGE
    return Outcome(status, document, kind.media_type, reason, "extract", "", EXTRACTION_VERSION)


def _recognise(picture: Picture, sink: Sink, number: int, engine: Engine) -> tuple[Status, str]:
    sink.beat()
    found = engine.recognise(picture.image, picture.dpi)
    if found.letters:
        text, spans = found.page(picture.image.size)
        sink.page(Page(number, text, layer=Layer.OCR, spans=spans))
        sink.meta("ocr_confidence", f"{found.confidence:.0f}")
    if picture.damaged:
        return Status.PARTIAL, "A part of the picture is missing."
    return (Status.OK, "") if found.letters else (Status.EMPTY, "")


def _unsaid(key: str, value: str) -> None:
    """Which password opened it was said when the document was read."""


def _picture(
    source: BinaryIO, key: str, number: int, limits: Limits, keys: Keyring
) -> Picture | None:
    if key == "pdf":
        return pdf_picture(source, number, keys)
    if key in FORMATS:
        return frame_picture(source, key, number, limits)
    raise NoPageError("It is neither a PDF nor a picture.")


# --- PDF ----------------------------------------------------------------------------------------


def pdf_picture(source: BinaryIO, number: int, keys: Keyring) -> Picture | None:
    """The page at the resolution of its largest picture; None where it has a text of its own."""
    try:
        document = open_pdf(source, keys)
        try:
            page = document[number - 1]
            try:
                return _drawn(page)
            finally:
                page.close()
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError, AssertionError) as error:
        raise NoPageError("The page cannot be drawn.") from error


def _drawn(page: Any) -> Picture | None:
    text = page_text(page)
    letters = sum(c.isalnum() for c in text)
    covered, dpi = _largest_picture(page)
    own = letters >= USABLE or not _may_show_words(page, covered)
    if covered < _COVERED and own and not garbled(text):
        return None
    dpi = min(max(dpi or _DPI, _LEAST), _MOST)
    width, height = page.get_size()
    area = max(width * height, 1.0) / 72 / 72
    dpi = max(1, min(dpi, math.floor(math.sqrt(_PIXELS / area))))
    drawn = page.render(scale=dpi / 72, grayscale=True, fill_color=(255, 255, 255, 255))
    try:
        return Picture(drawn.to_pil().convert("L").copy(), dpi)
    finally:
        drawn.close()


def _may_show_words(page: Any, covered: float) -> bool:
    """Whether a page with hardly any text shows anything else that might be read.

    If not, its few letters are all there is: a title alone on a page, or nothing on a blank one.
    """
    if covered >= _SPECK or raw.FPDFPage_GetAnnotCount(page.raw):
        return True
    shapes = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING], max_depth=4)
    return sum(1 for _ in itertools.islice(shapes, _OUTLINES)) == _OUTLINES


def _largest_picture(page: Any) -> tuple[float, int]:
    """The share of the page that its largest picture covers, and that one's resolution."""
    width, height = page.get_size()
    best, dpi = 0.0, 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        share = abs((right - left) * (top - bottom)) / max(width * height, 1.0)
        if share > best:
            metadata = item.get_metadata()
            best, dpi = share, round(max(metadata.horizontal_dpi, metadata.vertical_dpi))
    return best, dpi


# --- pictures -----------------------------------------------------------------------------------


def frame_picture(source: BinaryIO, key: str, number: int, limits: Limits) -> Picture:
    """One frame, upright by its EXIF, on white, with square pixels."""
    image = _frame(source, key, number)
    if too_large(image, limits.pixels_per_side):
        raise NoPageError("The picture has more pixels than may be decoded.")
    dpi = _resolution(image)
    damaged = not _loaded(image)
    grey = _grey(ImageOps.exif_transpose(image))
    grey, across = _square(grey, dpi)
    width, height = grey.size
    if width * height > _PIXELS:
        shrink = math.sqrt(_PIXELS / (width * height))
        size = (round(width * shrink), round(height * shrink))
        grey, across = grey.resize(size, Resampling.LANCZOS), max(70, round(across * shrink))
    return Picture(grey, across, damaged)


def _frame(source: BinaryIO, key: str, number: int) -> Image.Image:
    image = open_image(source, key)
    steps = range(1, number) if image.format in ANIMATED else range(number - 1, number)
    try:
        for frame in steps:
            if frame:
                image.seek(frame)
    except EOFError as error:
        raise NoPageError("There is no such page.") from error
    return image


def _loaded(image: Image.Image) -> bool:
    """Decodes; what is there of a picture that was cut off stays, the rest is grey."""
    try:
        image.load()
    except (OSError, SyntaxError, ValueError):
        if image.size[0] * image.size[1] == 0:
            raise
        return False
    return True


def _grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        scale = 255.0 / max(float(image.getextrema()[1]), 1.0)  # type: ignore[arg-type]
        return image.convert("F").point(lambda value: value * scale).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, image).convert("L")
    return image.convert("L")


def _resolution(image: Image.Image) -> tuple[int, int]:
    """Dots an inch, across and down: what it says where that can be, else as if it were a page."""
    guess = max(70, round(max(image.size) / _PAGE_INCHES))
    said = image.info.get("dpi")
    try:
        across, down = (round(float(value)) for value in said)  # type: ignore[union-attr]
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return guess, guess
    if not (72 < across <= 2400 and 72 < down <= 2400):
        return guess, guess
    return across, down


def _square(image: Image.Image, dpi: tuple[int, int]) -> tuple[Image.Image, int]:
    """A fax has half as many lines an inch as dots a line."""
    across, down = dpi
    if 0.8 < across / down < 1.25:
        return image, across
    most = max(across, down)
    width, height = image.size
    size = (round(width * most / across), round(height * most / down))
    if size[0] * size[1] > 4 * _PIXELS:
        return image, most
    return image.resize(size, Resampling.BICUBIC), most
