"""The second engine of text recognition, where it is installed: RapidOCR, an extra.

Slower and larger than Tesseract, better at receipts and photographs. Its models come in its wheel
and nothing is ever fetched; a wheel without them is refused.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from evidencebox.extract.ocr import blank
from evidencebox.extract.ocrback import unturned
from evidencebox.extract.recognised import Recognised, Word

NAME = "rapidocr"
"""What it is called in place of languages."""

_TALL = 1.5
_SURE = 0.8


def installed() -> bool:
    """Whether the extra is there; asked without loading it."""
    return all(importlib.util.find_spec(name) for name in (NAME, "onnxruntime"))


class Rapid:
    """RapidOCR with one thread, as a worker that shuts itself in needs it."""

    def __init__(self) -> None:
        """Raises ImportError where the extra is not installed, RuntimeError without its models."""
        import cv2
        from rapidocr import RapidOCR

        # Threads of a pool would not be there any more in a child of the worker.
        cv2.setNumThreads(0)
        self._engine: Any = RapidOCR(params=_parameters())
        # Code and data are read at first use, which must be before a worker shuts itself in.
        image = Image.new("L", (640, 160), 255)
        ImageDraw.Draw(image).text((20, 40), "the quick brown fox", 0, ImageFont.load_default(40))
        self._look(image)

    def recognise(self, image: Image.Image, dpi: int) -> Recognised:
        """Turned as well where the lines seem to stand upright, or hardly anything is sure."""
        if blank(image):
            return Recognised()
        best, upright = self._look(image)
        turns = (90, 270) if upright else (180,) if best.confidence < 100 * _SURE else ()
        if upright:
            # It turns lines that stand upright by itself, and leaves them in a wrong order.
            best = Recognised()
        for turn in turns:
            turned = image.rotate(turn, expand=True)
            found = self._look(turned)[0].placed(unturned(image.size, turned.size, turn))
            best = max(best, Recognised(found.words, turn), key=lambda each: each.score)
        return best

    def _look(self, image: Image.Image) -> tuple[Recognised, bool]:
        """What is read, and whether most lines are taller than wide."""
        import numpy

        # Its classifier would turn line by line, and leave them in the order of the page as it is.
        result = self._engine(numpy.asarray(image.convert("RGB")), use_cls=False)
        if result.boxes is None:
            return Recognised(), False
        lines, tall = [], 0
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            left, top = (int(edge) for edge in corners.min(axis=0))
            right, bottom = (int(edge) for edge in corners.max(axis=0))
            tall += bottom - top > _TALL * (right - left)
            if text.strip():
                lines.append(
                    Word(text.strip(), 100 * float(score), "\n", (left, top, right, bottom))
                )
        return Recognised(tuple(lines)), 2 * tall > len(lines)


def _parameters() -> dict[str, object]:
    """One thread for each session, silence, and the models of the wheel by their paths."""
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    models = {"Det": "*det*.onnx", "Cls": "*cls*.onnx", "Rec": "*rec*.onnx"}
    found = {part: sorted(folder.glob(pattern)) for part, pattern in models.items()}
    if not all(found.values()):
        raise RuntimeError("this build of rapidocr has no models in it, and none are fetched")
    return {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        **{f"{part}.model_path": str(paths[0]) for part, paths in found.items()},
    }
