"""Words of a picture and where they stand: for redaction, which must find them by their places.

Several readings of one picture go side by side, each a text of its own: a word that one of them
misses or misreads another may have. Which is the best one does not matter here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from PIL import Image
from PIL.Image import Resampling

from evidencebox.extract.imageopen import unwarned
from evidencebox.extract.ocr import Tesseract, Word, blank, leftover, skew
from evidencebox.extract.ocrpage import NoPageError, frame_picture
from evidencebox.extract.sniff import sniff
from evidencebox.extract.tidy import tidy
from evidencebox.extract.version import EXTRACTION_VERSION
from evidencebox.model.documents import DocumentType, Layer, Outcome, Page, Span, Status
from evidencebox.model.extraction import Hint, Limits, Sink

READINGS: Final = "\f"
"""Stands between two readings."""
WORD: Final = "word"
"""A span of this kind is a word; its label is its rectangle: left, top, right, bottom, in pixels
of the picture."""
_MOST: Final = 9_000
_TILTED: Final = 2.0
_LARGER: Final = 1.5

Rect = tuple[int, int, int, int]
Back = Callable[[Rect], Rect]


def place_words(
    source: BinaryIO, hint: Hint, limits: Limits, sink: Sink, engine: Tesseract
) -> Outcome:
    """Reads the one picture in `source`; an OCR page to the sink where it has words."""
    status, reason = Status.OK, ""
    kind = sniff(source, hint)
    try:
        with unwarned():
            picture = frame_picture(source, kind.key, 1, limits)
        sink.beat()
        page = _page(list(_readings(engine, picture.image, picture.dpi)))
        if page.text:
            sink.page(page)
        else:
            status = Status.EMPTY
    except (NoPageError, OSError, ValueError, KeyError) as error:
        status, reason = Status.FAILED, f"The picture cannot be read ({type(error).__name__})."
    except MemoryError:
        status, reason = Status.LIMIT, "It needs more memory than one page may use."
    return Outcome(
        status, DocumentType.IMAGE, kind.media_type, reason, "extract", "", EXTRACTION_VERSION
    )


def _readings(
    engine: Tesseract, image: Image.Image, dpi: int
) -> Iterator[tuple[tuple[Word, ...], Back]]:
    if blank(image):
        return
    found = engine.page(image, dpi)
    yield found.words, _same
    rest = leftover(image, found)
    if rest is not None:
        yield engine.scattered(rest, dpi).words, _same
    if found.good:
        return
    angle = skew(image)
    if abs(angle) > _TILTED:
        turned = image.rotate(angle, Resampling.BICUBIC, expand=True, fillcolor=255)
        yield engine.page(turned, dpi).words, _unturned(image.size, turned.size, angle)
    size = (round(image.width * _LARGER), round(image.height * _LARGER))
    larger = image.resize(size, Resampling.BICUBIC)
    yield engine.page(larger, round(dpi * _LARGER)).words, _unscaled
    yield engine.scattered(larger, round(dpi * _LARGER)).words, _unscaled


def _same(box: Rect) -> Rect:
    return box


def _unscaled(box: Rect) -> Rect:
    left, top, right, bottom = box
    return (
        math.floor(left / _LARGER),
        math.floor(top / _LARGER),
        math.ceil(right / _LARGER),
        math.ceil(bottom / _LARGER),
    )


def _unturned(size: tuple[int, int], turned: tuple[int, int], angle: float) -> Back:
    """From a picture that was turned by `angle` degrees, counter-clockwise, about its middle."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def back(box: Rect) -> Rect:
        left, top, right, bottom = box
        xs, ys = [], []
        for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
            across, down = x - turned[0] / 2, y - turned[1] / 2
            xs.append(across * cosine - down * sine + size[0] / 2)
            ys.append(across * sine + down * cosine + size[1] / 2)
        return math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))

    return back


def _page(readings: list[tuple[tuple[Word, ...], Back]]) -> Page:
    text, spans = "", list[Span]()
    for words, back in readings:
        if text and words:
            text += READINGS
        for word in words:
            start, clean = len(text), tidy(word.text)
            text += clean
            if len(spans) < _MOST:
                label = " ".join(str(max(0, n)) for n in back(word.box))
                spans.append(Span(start, len(text), WORD, label))
            text += word.after
    return Page(1, text, layer=Layer.OCR, spans=tuple(spans))
