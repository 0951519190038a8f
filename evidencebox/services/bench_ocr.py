"""Text recognition beside Tesseract as it comes, on the same pages: processor time and recall.

In this process: the pages are our own.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Resampling

from evidencebox.extract.ocr import Tesseract
from evidencebox.extract.recognised import Recognised
from evidencebox.index.bench import BenchLine

_A4 = (1654, 2339)
_DPI = 200
_LINES = 48
_WORDS = (
    "witness", "annex", "ledger", "officer", "statement", "review",
    "lantern", "property", "parcel", "evidence", "report", "unit",
    "custody", "harbour", "sergeant", "payment", "number", "folder",
    "signed", "returned", "missing", "Monday", "street", "night",
)  # fmt: skip


_Read = Callable[[Image.Image, int], Recognised]


def bench_ocr(pages: int) -> Iterator[BenchLine]:
    """`pages` of A4 at 200 dpi, upright and clean; then noisy, a little skewed and turned."""
    engine = Tesseract("eng")
    clean = [_page(number) for number in range(pages)]
    rough = [(_rough(image, number), text) for number, (image, text) in enumerate(clean)]
    for name, made in (("clean", clean), ("noisy, turned", rough)):
        ours, took = _measured(engine.recognise, made)
        theirs, peer_took = _measured(engine.once, made)
        peer = "Tesseract as it comes"
        yield BenchLine(f"recall, {name}", ours, "words", peer, theirs, ours / max(theirs, 0.001))
        yield BenchLine(f"CPU a page, {name}", took, "s", peer, peer_took, took / peer_took)


def _measured(read: _Read, pages: list[tuple[Image.Image, str]]) -> tuple[float, float]:
    """Word recall, and processor seconds a page."""
    before = time.process_time()
    found = [read(image, _DPI).page()[0] for image, _ in pages]
    seconds = (time.process_time() - before) / len(pages)
    shares = [_recall(got, text) for got, (_, text) in zip(found, pages, strict=True)]
    return sum(shares) / len(shares), seconds


def _recall(got: str, wanted: str) -> float:
    words = [Counter(re.findall(r"\w+", text.lower())) for text in (wanted, got)]
    return sum((words[0] & words[1]).values()) / sum(words[0].values())


def _page(number: int) -> tuple[Image.Image, str]:
    chance = random.Random(number)
    image = Image.new("L", _A4, 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(31)
    lines = [" ".join(chance.choices(_WORDS, k=9)) for _ in range(_LINES)]
    for at, line in enumerate(lines):
        draw.text((150, 140 + 42 * at), line, fill=0, font=font)
    return image, "\n".join(lines)


def _rough(image: Image.Image, number: int) -> Image.Image:
    skewed = image.rotate(1.5, Resampling.BICUBIC, fillcolor=255)
    dusty = Image.blend(skewed, Image.effect_noise(image.size, 60), 0.5)
    return dusty.rotate(90 * (number % 4), expand=True)
