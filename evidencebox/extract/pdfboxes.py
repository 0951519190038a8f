"""Where the words of a PDF page's text stand on the page: from code points to rectangles.

The text of a page is what `evidencebox.extract.pdf.page_text` makes of it, tidied. Here the same
steps are taken once more with the place of each character carried along. Where the outcome is not
the same text, character by character, there are no places: no box is better than a wrong one.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as raw

from evidencebox.extract.pdf import BROKEN_WORD, unbroken
from evidencebox.extract.tidy import tidy

NOWHERE: Final = -1
_BLANK: Final = " \r\n"
_LINE: Final = re.compile(r"[^\r\n]+|[\r\n]+")
_JAMO: Final = range(0x1160, 0x1200)


Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own units; `bottom` is below `top`."""


class PlacedText:
    """A page's tidy text; for each of its code points the number of pdfium's character.

    `text` is empty where the places could not be carried through.
    """

    def __init__(self, page: Any) -> None:
        self._paper = page.get_textpage()
        text = str(self._paper.get_text_bounded())
        places = _aligned(text, *_units(self._paper, page.get_bbox()))
        self.text = ""
        self.places: list[int] = []
        if places:
            found = _tidied(*_joined(text, places))
            if found[0] == tidy(unbroken(text)):
                self.text, self.places = found

    def close(self) -> None:
        self._paper.close()

    def rects(self, start: int, end: int) -> Iterator[Rect]:
        """A rectangle for each character of a stretch that stands somewhere, in reading order.

        As high as the letters of its font are, so that the boxes of a line are of one height.
        """
        ask, paper, loose = raw.FPDFText_GetLooseCharBox, self._paper, raw.FS_RECTF()
        into = ctypes.byref(loose)
        last = NOWHERE
        for place in self.places[start:end]:
            if place in (NOWHERE, last):
                continue
            last = place
            if not ask(paper, place, into):
                continue
            left, right, bottom, top = loose.left, loose.right, loose.bottom, loose.top
            if left != right and bottom != top:
                yield (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _units(paper: Any, page: Rect) -> tuple[list[str], list[int]]:
    """The characters that pdfium takes for those within the page, and their numbers."""
    chars: list[str] = []
    places: list[int] = []
    # Some thousands of characters on each page: what is asked of the library is asked once each.
    code_of, is_within = raw.FPDFText_GetUnicode, _Within(paper, page)
    for number in range(raw.FPDFText_CountChars(paper)):
        code = code_of(paper, number)
        if code and (code == 0x20 or is_within(number)):
            chars.append(chr(code))
            places.append(number)
    return _paired(chars, places)


class _Within:
    """Whether a character touches the page."""

    def __init__(self, paper: Any, page: Rect) -> None:
        self._paper, self._page = paper, page
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._into = tuple(ctypes.byref(side) for side in self._sides)

    def __call__(self, number: int) -> bool:
        if not raw.FPDFText_GetCharBox(self._paper, number, *self._into):
            return False
        one, other, low, high = (side.value for side in self._sides)
        left, bottom, right, top = self._page
        return (
            (one <= right or other <= right)
            and (one >= left or other >= left)
            and (low <= top or high <= top)
            and (low >= bottom or high >= bottom)
        )


def _aligned(text: str, chars: list[str], places: list[int]) -> list[int]:
    """The number of each character of pdfium's text, whose blanks and line ends are its own.

    Empty where something else differs.
    """
    found: list[int] = []
    at = 0
    for char in text:
        while at < len(chars) and chars[at] != char and chars[at] in _BLANK and char not in _BLANK:
            at += 1
        if at < len(chars) and chars[at] == char:
            found.append(places[at])
            at += 1
        elif char in _BLANK:
            found.append(NOWHERE)
        else:
            return []
    return found


def _paired(chars: list[str], places: list[int]) -> tuple[list[str], list[int]]:
    """Halves of a character put together; a half that stands alone is left out, as in the text."""
    out: list[str] = []
    kept: list[int] = []
    high = ""
    for char, place in zip(chars, places, strict=True):
        if "\ud800" <= char <= "\udbff":
            high = char
            continue
        if "\udc00" <= char <= "\udfff":
            if not high:
                continue
            char = (high + char).encode("utf-16", "surrogatepass").decode("utf-16")
        high = ""
        out.append(char)
        kept.append(place)
    return out, kept


def _joined(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Hyphens at line ends as `page_text` writes them."""
    out, kept, done = [], [], 0
    for match in BROKEN_WORD.finditer(text):
        start, end = match.span()
        out += [text[done:start], "-\n"]
        kept += [*places[done:start], places[start], NOWHERE]
        done = end
    return "".join([*out, text[done:]]), kept + places[done:]


def _tidied(text: str, places: list[int]) -> tuple[str, list[int]]:
    """What `tidy` makes of the text, cluster by cluster; each character takes its cluster's."""
    out: list[str] = []
    kept: list[int] = []
    for match in _LINE.finditer(text):
        line, (start, end) = match.group(), match.span()
        if line.isascii() and tidy(line) == line:  # as most lines are
            out.append(line)
            kept += places[start:end]
        else:
            _add_clusters(line, places[start:end], out, kept)
    return "".join(out), kept


def _add_clusters(text: str, places: list[int], out: list[str], kept: list[int]) -> None:
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _hangs_on(text[start:end], text[end]):
            end += 1
        piece = tidy(text[start:end])
        same = len(piece) == end - start
        out.append(piece)
        kept += places[start:end] if same else [places[start]] * len(piece)
        start = end


def _hangs_on(before: str, char: str) -> bool:
    """Whether a character may become one with those before it."""
    if char == "\n":
        return before[-1] == "\r"
    return not char.isascii() and (unicodedata.combining(char) > 0 or ord(char) in _JAMO)
