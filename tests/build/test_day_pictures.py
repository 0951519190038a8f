"""Pictures of the scripted day: small, and with no colour of a small sign lost."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "build"))
import day_pictures
from scripted_day import PARTS


def test_few_colours_stay_as_they_are() -> None:
    pixels = np.zeros((40, 40, 3), dtype=np.uint8)
    pixels[:20] = (244, 245, 247)
    pixels[0, 0], pixels[39, 39] = (179, 38, 30), (31, 95, 168)
    small = day_pictures.economical(Image.fromarray(pixels))
    assert small.mode == "P"
    assert np.array_equal(np.asarray(small.convert("RGB")), pixels)


def test_many_colours_become_near_ones() -> None:
    ramp = np.arange(256, dtype=np.uint8)
    pixels = np.stack(np.broadcast_arrays(ramp[:, None], ramp[None], np.uint8(128)), axis=2)
    small = np.asarray(day_pictures.economical(Image.fromarray(pixels)).convert("RGB"))
    assert np.abs(small.astype(int) - pixels).max() < 64


def test_every_part_of_the_day_says_what_it_does() -> None:
    names = [part.__name__ for part in PARTS]
    assert len(set(names)) == len(names)
    assert all(part.__doc__ for part in PARTS)
