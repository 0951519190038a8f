"""Recognition of one page: any way up, skewed, noisy, faxed, blank, broken, and how sure it is."""

from __future__ import annotations

import io
import random
import re
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Resampling
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from evidencebox.extract import ocrdata
from evidencebox.extract.keyring import Keyring, nothing_known
from evidencebox.extract.ocr import Tesseract, blank, leftover, noisiness, skew
from evidencebox.extract.ocrpage import frame_picture, pdf_picture, recognise_page
from evidencebox.extract.recognised import Recognised, Word
from evidencebox.model.documents import Layer, Page, Status
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.places import WHOLE, read_places
from tests.extract.conftest import Found

pytestmark = pytest.mark.skipif("eng" not in ocrdata.languages(), reason="needs tessdata")

NO_KEYS = Keyring(nothing_known, 0.0, lambda key, value: None, lambda: None)
LINES = (
    "The committee heard four witnesses about the missing evidence,",
    "among them the keeper of the property room on Wexford Street.",
    "He had signed for nineteen parcels in March and for seven in",
    "April, and could not say who had taken the remaining twelve.",
    "Nobody had asked him before, he added, and nobody had looked.",
    "The hearing was adjourned until the second week of September.",
)


@pytest.fixture(scope="module")
def engine() -> Tesseract:
    return Tesseract("eng")


def page(scale: float = 1.0, lines: tuple[str, ...] = LINES) -> Image.Image:
    """Six lines at 150 dots an inch and more."""
    image = Image.new("L", (round(1000 * scale), round(420 * scale)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(26 * scale)
    for number, line in enumerate(lines):
        draw.text((60 * scale, (60 + 50 * number) * scale), line, fill=0, font=font)
    return image


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box of what is dark."""
    found = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert found is not None
    return found


def stands(found: Recognised, turned: Callable[[Image.Image], Image.Image], most: float) -> None:
    """The box of a line's first word holds the ink of that word, and hardly more."""
    left, top, right, bottom = ink(turned(page(lines=("", LINES[1].split()[0]))))
    (word,) = (word for word in found.words if word.text == LINES[1].split()[0])
    box = word.box
    assert box[0] <= left + 3
    assert box[1] <= top + 3
    assert box[2] >= right - 3
    assert box[3] >= bottom - 3
    assert (box[2] - box[0]) * (box[3] - box[1]) <= most * (right - left) * (bottom - top)


def noisy(image: Image.Image, sigma: float) -> Image.Image:
    return Image.blend(image, Image.effect_noise(image.size, sigma * 2), 0.5).point(
        lambda value: max(0, min(255, (value - 64) * 2))
    )


def recall(text: str, lines: tuple[str, ...] = LINES) -> float:
    wanted = Counter(re.findall(r"\w+", " ".join(lines).lower()))
    got = Counter(re.findall(r"\w+", text.lower()))
    return sum((wanted & got).values()) / sum(wanted.values())


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_any_way_up(engine: Tesseract, degrees: int) -> None:
    found = engine.recognise(page().rotate(degrees, expand=True), 150)
    text, spans = found.page()
    assert recall(text) >= 0.97
    assert found.confidence > 90
    assert spans == ()
    assert text.startswith("The committee heard")
    stands(found, lambda image: image.rotate(degrees, expand=True), 1.5)
    assert text.count("\n") >= len(LINES)


@pytest.mark.parametrize("degrees", [-12, 3])
def test_skewed(engine: Tesseract, degrees: int) -> None:
    def tilted(image: Image.Image) -> Image.Image:
        return image.rotate(degrees, Resampling.BICUBIC, expand=True, fillcolor=255)

    turned = tilted(page())
    found = engine.recognise(turned, 150)
    assert recall(found.page()[0]) >= 0.97
    stands(found, tilted, 3)
    assert skew(turned) == pytest.approx(-degrees, abs=1)


def test_noise_is_measured_and_smoothed(engine: Tesseract) -> None:
    rough = noisy(page(), 30)
    assert noisiness(page()) < 1
    assert noisiness(rough) > 8
    assert recall(engine.recognise(rough, 150).page()[0]) >= 0.97


def test_what_segmentation_passed_over_is_read_after_all(engine: Tesseract) -> None:
    image = page()
    found = engine.recognise(image, 150)
    assert leftover(image, found) is None
    first = [word for word in found.words if word.box[1] < 200]
    rest = leftover(image, Recognised(tuple(first)))
    assert rest is not None
    assert rest.crop((0, 0, 1000, 190)).getextrema() == (255, 255)
    assert rest.crop((0, 210, 1000, 420)).getextrema()[0] == 0


def test_blank_pages_cost_nothing(engine: Tesseract) -> None:
    paper = Image.new("L", (2000, 2000), 250)
    assert blank(paper)
    assert engine.recognise(paper, 200) == Recognised()


def test_unsure_words_are_marked() -> None:
    words = (Word("sure", 96, " "), Word("nct", 41, "\n"), Word("so", 12, "\n\n"))
    found = Recognised(words)
    text, spans = found.page()
    assert text == "sure nct\nso\n\n"
    assert [(text[s.start : s.end], s.kind, s.label) for s in spans] == [
        ("nct", "uncertain", "41 %"),
        ("so", "uncertain", "12 %"),
    ]
    assert found.confidence == pytest.approx((4 * 96 + 3 * 41 + 2 * 12) / 9)
    assert not found.good
    assert Recognised((Word("quite", 95, " "), Word("certain", 95, ""))).good


# --- pages of documents -------------------------------------------------------------------------


def saved(image: Image.Image, kind: str, **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out


def test_a_fax_has_square_dots_again() -> None:
    flat = page(2).resize((2000, 420))
    picture = frame_picture(saved(flat, "TIFF", dpi=(204, 98)), "tiff", 1, Limits())
    assert picture.dpi == 204
    assert picture.image.size == (2000, round(420 * 204 / 98))


def test_a_picture_is_upright_grey_and_on_white() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    clear = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    picture = frame_picture(saved(clear, "PNG", exif=exif), "png", 1, Limits())
    assert picture.image.size == (100, 300)
    assert picture.image.getextrema() == (255, 255)


def test_a_huge_picture_is_made_smaller() -> None:
    picture = frame_picture(saved(Image.new("1", (9000, 9000)), "PNG"), "png", 1, Limits())
    assert picture.image.size[0] * picture.image.size[1] <= 18_100_000


def test_a_pdf_page_is_drawn_as_its_picture_is() -> None:
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(360, 151.2))
    paper.drawImage(ImageReader(page()), 0, 0, 360, 151.2)
    paper.showPage()
    paper.drawString(20, 20, "a page with a text of its own")
    paper.save()
    picture = pdf_picture(out, 1, NO_KEYS)
    assert picture is not None
    assert picture.dpi == 200
    assert picture.image.size == (1000, 420)
    assert pdf_picture(out, 2, NO_KEYS) is None


class Second(Found):
    """A sink for one page, whatever its number."""

    def page(self, page: Page) -> None:
        self.pages.append(page)


def read_page(data: bytes, number: int, engine: Any) -> tuple[Found, str]:
    found = Second()
    hint = Hint("x", "", len(data))
    found.outcome = recognise_page(io.BytesIO(data), hint, Limits(), found, number, engine)
    return found, found.outcome.reason


def test_the_second_layer_of_a_frame(engine: Tesseract) -> None:
    out = io.BytesIO()
    first = Image.new("L", (500, 200), 255)
    first.save(out, "TIFF", save_all=True, append_images=[page()], dpi=(150, 150))
    found, reason = read_page(out.getvalue(), 2, engine)
    assert (found.outcome.status, reason) == (Status.OK, "")
    (only,) = found.pages
    assert (only.number, only.layer) == (2, Layer.OCR)
    places, others = read_places(only.spans)
    assert others == []
    assert [only.text[p.start : p.end] for p in places] == only.text.split()
    assert all(p.left < p.right and p.top < p.bottom and p.confidence > 60 for p in places)
    assert places[0].bottom < WHOLE / 4
    assert places[-1].top > WHOLE / 2
    assert recall(only.text) >= 0.97
    assert int(found.metadata["ocr_confidence"][0]) > 90
    assert read_page(out.getvalue(), 1, engine)[0].outcome.status is Status.EMPTY
    assert read_page(out.getvalue(), 3, engine)[0].outcome.status is Status.FAILED


class Instead:
    """An engine that takes no time."""

    def recognise(self, image: Image.Image, dpi: int) -> Recognised:
        assert image.mode == "L"
        assert dpi > 0
        return Recognised((Word("something", 90, "\n"),))


def test_no_page_is_no_error() -> None:
    for data in (b"", b"no picture at all", b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\n"):
        found, reason = read_page(data, 1, Instead())
        assert found.outcome.status is Status.FAILED
        assert reason


@pytest.mark.parametrize("count", [20, pytest.param(500, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "GIF", "PDF"])
def test_mutated_pages_never_raise(kind: str, count: int) -> None:
    chance = random.Random(zlib.crc32(kind.encode()))
    whole = saved(page().resize((200, 84)), kind).getvalue()
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 10)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert read_page(bytes(data), 1, Instead())[0].outcome.version


def test_real_scans(engine: Tesseract, corpora: Path) -> None:
    folder = corpora / "ocr" / "tesseract-test" / "testing"
    gold = (folder / "phototest.txt").read_text(encoding="utf-8")
    for name in ("phototest.tif", "phototest-rotated-L.png", "phototest-rotated-180.png"):
        found, _ = read_page((folder / name).read_bytes(), 1, engine)
        assert recall(found.text, (gold,)) >= 0.98
