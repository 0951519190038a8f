"""Words of a picture and where they stand: for redaction, which must find them by their places.

Several readings of one picture go side by side, each a text of its own: a word that one of them
misses or misreads another may have. Which is the best one does not matter here. A span of kind
`word` is a word; its label is its rectangle: left, top, right, bottom, in pixels of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from PIL import Image
from PIL.Image import Resampling

from evidencebox.extract.imageopen import unwarned
from evidencebox.extract.ocr import Tesseract, blank, leftover, skew
from evidencebox.extract.ocrback import Back, same, shrunk, unturned
from evidencebox.extract.ocrpage import NoPageError, frame_picture
from evidencebox.extract.recognised import Word
from evidencebox.extract.sniff import sniff
from evidencebox.extract.tidy import tidy
from evidencebox.extract.version import EXTRACTION_VERSION
from evidencebox.model.documents import DocumentType, Layer, Outcome, Page, Span, Status
from evidencebox.model.extraction import Hint, Limits, Sink
from evidencebox.model.places import WORD

READINGS: Final = "\f"
"""Stands between two readings."""
_MOST: Final = 9_000
_TILTED: Final = 2.0
_LARGER: Final = 1.5


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
    yield found.words, same
    rest = leftover(image, found)
    if rest is not None:
        yield engine.scattered(rest, dpi).words, same
    if found.good:
        return
    angle = skew(image)
    if abs(angle) > _TILTED:
        turned = image.rotate(angle, Resampling.BICUBIC, expand=True, fillcolor=255)
        yield engine.page(turned, dpi).words, unturned(image.size, turned.size, angle)
    size = (round(image.width * _LARGER), round(image.height * _LARGER))
    larger = image.resize(size, Resampling.BICUBIC)
    yield engine.page(larger, round(dpi * _LARGER)).words, shrunk(_LARGER)
    yield engine.scattered(larger, round(dpi * _LARGER)).words, shrunk(_LARGER)


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
