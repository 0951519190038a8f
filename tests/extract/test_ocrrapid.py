"""The second engine of text recognition, where its extra is installed."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from evidencebox.errors import UserError
from evidencebox.extract import ocrrapid
from evidencebox.services import ocr_languages

here = pytest.mark.skipif(
    not ocrrapid.installed(), reason="the extra ocr2 (rapidocr) is not installed"
)
LINES = ("The quick brown fox", "jumps over the lazy dog", "and owes 1,250 dollars")


def picture() -> Image.Image:
    image = Image.new("L", (700, 260), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(32)
    for number, line in enumerate(LINES):
        draw.text((40, 40 + 60 * number), line, fill=0, font=font)
    return image


@here
def test_it_reads_whichever_way_up() -> None:
    engine = ocrrapid.Rapid()
    for turn in (0, 90, 180, 270):
        found = engine.recognise(picture().rotate(turn, expand=True), 150)
        assert [word.text for word in found.words] == list(LINES)
        assert found.turn == (360 - turn) % 360
        assert found.confidence > 80
    assert engine.recognise(Image.new("L", (300, 300), 255), 150).words == ()


def test_it_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocrrapid, "installed", lambda: True)
    assert ocr_languages.chosen("rapidocr") == "rapidocr"
    monkeypatch.setattr(ocrrapid, "installed", lambda: False)
    with pytest.raises(UserError, match=r"install evidencebox\[ocr2\]"):
        ocr_languages.chosen("rapidocr")
