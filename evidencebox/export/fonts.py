"""The typefaces of what we set ourselves: embedded, and wide in the scripts that they have."""

from __future__ import annotations

from functools import cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from evidencebox.config import resource

PLAIN: Final = "EvidenceBox-Sans"
BOLD: Final = "EvidenceBox-Sans-Bold"
MONO: Final = "EvidenceBox-Mono"
_FILES: Final = {PLAIN: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", MONO: "DejaVuSansMono.ttf"}
MISSING: Final = "□"


@cache
def ready() -> None:
    """Registers them, once; the same text gives the same bytes from here on."""
    rl_config.invariant = 1
    rl_config.useA85 = 0  # streams as bytes: a fifth smaller than as letters, and sooner written
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))
    # Else each file would name a typeface that it neither uses nor has.
    rl_config.canvas_basefontname = PLAIN
    pdfmetrics.registerFontFamily(PLAIN, PLAIN, BOLD, PLAIN, BOLD)


def drawable(text: str, font: str) -> tuple[str, int]:
    """The text with a box for each character that the typeface lacks, and how many those are."""
    if text.isascii():
        return text, 0
    known = pdfmetrics.getFont(font).face.charToGlyph
    out = [c if ord(c) in known or c.isspace() else MISSING for c in text]
    return "".join(out), sum(a != b for a, b in zip(out, text, strict=True))
