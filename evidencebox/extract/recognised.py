"""What was recognised in a picture: words with their places, and the page that they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from evidencebox.extract.ocrback import Back, Rect
from evidencebox.extract.tidy import tidy
from evidencebox.model.documents import Span
from evidencebox.model.places import WHOLE, WordPlace

SURE: Final = 90.0
"""Mean confidence, of 100, below which a page is tried again in other ways."""
UNCERTAIN_WORD: Final = 60.0
FEW: Final = 10
"""Letters below which there is hardly anything."""
NOWHERE: Final[Rect] = (0, 0, 0, 0)
_JUNK: Final = 55.0
_MOST: Final = 9_000
"""Words of a page whose places are told; a frame has room for hardly more."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how sure the engine is of it (0 to 100), what follows it, and where it stands."""

    text: str
    confidence: float
    after: str
    box: Rect = NOWHERE


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands in a picture: words in reading order.

    By `turn` degrees, counter-clockwise, the picture has to be turned to be upright.
    """

    words: tuple[Word, ...] = ()
    turn: int = 0

    @property
    def letters(self) -> int:
        """Letters and digits."""
        return sum(c.isalnum() for word in self.words for c in word.text)

    @property
    def confidence(self) -> float:
        """Mean over the letters; 0 where there are none."""
        weights = [(len(word.text), word.confidence) for word in self.words]
        total = sum(length for length, _ in weights)
        return sum(n * confidence for n, confidence in weights) / total if total else 0.0

    @property
    def score(self) -> float:
        """Which of two readings of one picture is better: sure letters count, junk counts less."""
        return sum(len(word.text) * (word.confidence - _JUNK) for word in self.words)

    @property
    def good(self) -> bool:
        """Whether there is nothing to be won by trying again."""
        return self.letters >= FEW and self.confidence >= SURE

    def placed(self, back: Back) -> Recognised:
        """The same with its boxes in the picture that this one was made from."""
        return replace(self, words=tuple(_moved(word, back) for word in self.words))

    def page(self, size: tuple[int, int] | None = None) -> tuple[str, tuple[Span, ...]]:
        """The text; a span `uncertain` over each word that may be wrong; and, where the picture's
        `size` is given, a span `word` over each whose place is known, as `WordPlace` says it."""
        text, spans, places = "", list[Span](), list[Span]()
        for word in self.words:
            start, clean = len(text), tidy(word.text)
            text += clean
            if word.confidence < UNCERTAIN_WORD:
                label = f"{word.confidence:.0f} %"
                spans.append(Span(start, len(text), "uncertain", label))
            if size is not None and word.box != NOWHERE and len(places) < _MOST:
                places.append(_place(word, start, len(text), size).span())
            text += word.after
        return text, (*spans, *places)


def _moved(word: Word, back: Back) -> Word:
    return word if word.box == NOWHERE else replace(word, box=back(word.box))


def _place(word: Word, start: int, end: int, size: tuple[int, int]) -> WordPlace:
    def share(dots: int, side: int) -> int:
        return max(0, min(WHOLE, round(dots * WHOLE / max(1, side))))

    left, top, right, bottom = word.box
    across, down = size
    return WordPlace(
        start,
        end,
        share(left, across),
        share(top, down),
        share(right, across),
        share(bottom, down),
        max(0, min(100, round(word.confidence))),
    )
