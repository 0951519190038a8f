"""One sheet of a redaction: finished, or only looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from evidencebox.export.blackout import Rect
from evidencebox.model.redactions import Region
from evidencebox.model.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Burned:
    """A finished sheet: its picture as a JPEG, what remains of its text, what was burned in."""

    jpeg: bytes
    size: tuple[float, float]
    page: int
    text: str
    regions: tuple[Region, ...]
    hits: frozenset[int]


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that was not burned for good. `placed`: rectangles of the text's hits, each with the
    place of its term; `boxes`: what would be burned in, with its reason. In pixels."""

    sheet: Sheet
    before: Image.Image
    after: Image.Image
    placed: tuple[tuple[Rect, int], ...]
    boxes: tuple[tuple[Rect, str], ...]
