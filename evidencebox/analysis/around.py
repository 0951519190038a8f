"""What stands around a value on a page: its label, its column's heading, its sentence."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterator
from functools import cached_property

from evidencebox.analysis.signs import signs_in

LABEL = 48
"""A label stands at most so many characters before what it names."""

LEAST_DIGITS = 5
"""No number of interest has fewer digits, so that lines without a longer one are passed over."""

_LIST_LINES = 30
_HEADING_LENGTH = 60
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[0-9]+(?:[A-Za-z]{0,5}[ .,/()+*–-]{0,3}[0-9]+)*")
_LEFT, _RIGHT = 10, 16
"""What of a number's text may stand before its first digit, and after its last."""
_SENTENCE = re.compile(r"[.!?][\s\"')\]]+(?=[A-Z\"'(\[])|\n\s*\n|\t")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_SHORTENED_TEXT = """
    dr mr mrs ms prof no nos st ave rd blvd apt ste dept vs etc jr sr inc ofc off det sgt lt capt
    cpl cmdr col maj supt insp dep asst insp fig approx jan feb mar apr jun jul aug sep sept oct
    nov dec
"""
_SHORTENED = frozenset(_SHORTENED_TEXT.split())
Headings = dict[int, str]


class Surroundings:
    """A page's text made ready to be asked what stands around a place. Offsets are code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Some letters fold into two, which would shift every place after them.
        lower = text.lower()
        self.lower = lower if len(lower) == len(text) else "".join(c.lower()[:1] for c in text)

    @cached_property
    def starts(self) -> list[int]:
        """Where lines begin."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, at: int) -> int:
        """The number of the line, from 0, in which a place stands."""
        return bisect.bisect_right(self.starts, at) - 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Where a line begins, and ends before its sign."""
        more = line + 1 < len(self.starts)
        return self.starts[line], self.starts[line + 1] - 1 if more else len(self.text)

    def _line_text(self, line: int) -> str:
        start, end = self.bounds(line)
        return self.lower[start:end]

    @cached_property
    def signs(self) -> frozenset[str]:
        """The rules that this page has a sign of: see `signs.SIGNS`."""
        return signs_in(self.lower)

    @cached_property
    def numbers(self) -> list[tuple[int, int]]:
        """Ranges of the text around numbers of `LEAST_DIGITS` digits and more, none in another."""
        found: list[tuple[int, int]] = []
        for match in _NUMBER.finditer(self.text):
            if match.end() - match.start() < LEAST_DIGITS:
                continue
            if sum(map(str.isdigit, match[0])) < LEAST_DIGITS:
                continue
            start, end = max(0, match.start() - _LEFT), match.end() + _RIGHT
            if found and start <= found[-1][1]:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        return found

    def among_numbers(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """A pattern's matches in those ranges."""
        for start, end in self.numbers:
            yield from pattern.finditer(self.text, start, end)

    def before(self, at: int, reach: int = LABEL) -> str:
        """What stands before a place in its line; the line above, where it begins its line."""
        line = self.line(at)
        text = self.lower[max(self.starts[line], at - reach) : at]
        if not text.strip(" \t:#-") and line:
            text = self._line_text(line - 1)[-reach:] + "\n" + text
        return text

    def after(self, at: int, reach: int = LABEL) -> str:
        """What follows a place in its line."""
        return self.lower[at : at + reach].partition("\n")[0]

    def heading(self, at: int) -> str:
        """The heading of the column that a place of a table stands in; empty outside tables.

        Tables are lines of cells divided by tabs. Headings are what a row without digits says,
        above rows with digits.
        """
        if "\t" not in self.text:
            return ""
        heads = self._headings
        found = heads.get(self.line(at))
        if not found:
            return ""
        start = self.starts[self.line(at)]
        return found.get(self.text.count("\t", start, at), "")

    @cached_property
    def _headings(self) -> dict[int, Headings]:
        """Line → the headings of its columns, for rows of tables that have any."""
        found: dict[int, Headings] = {}
        now: Headings = {}
        within = False
        for number in range(len(self.starts)):
            start, end = self.bounds(number)
            if self.text.find("\t", start, end) < 0:
                now, within = {}, False
                continue
            cells = [cell.strip() for cell in self.lower[start:end].split("\t")]
            if _heads(cells, first=not within):
                now = {**now, **{column: cell for column, cell in enumerate(cells) if cell}}
            elif now:
                found[number] = now
            within = True
        return found

    def headings(self, line: int) -> Collection[str]:
        """The headings above a row of a table."""
        return self._headings.get(line, {}).values()

    def columns(self, heading: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
        """(line, column, heading) of the cells of columns headed so."""
        asked: dict[str, bool] = {}
        for line, heads in self._headings.items():
            for column, text in heads.items():
                if text not in asked:
                    asked[text] = heading.search(text) is not None
                if asked[text]:
                    yield line, column, text

    def cell(self, line: int, column: int) -> tuple[int, int]:
        """Where a cell begins and ends; an empty range where the row has fewer."""
        start, end = self.bounds(line)
        for _ in range(column):
            tab = self.text.find("\t", start, end)
            if tab < 0:
                return end, end
            start = tab + 1
        tab = self.text.find("\t", start, end)
        return start, end if tab < 0 else tab

    def list_heading(self, end: int) -> str:
        """The line above a list, for a place that ends one of its lines, as in tables of PDF pages.

        Its lines hold digits, and the one above them holds none and ends no sentence.
        """
        line = self.line(end)
        if self.text[end : self.bounds(line)[1]].strip(" .|"):
            return ""
        for above in range(line - 1, max(-1, line - _LIST_LINES), -1):
            text = self._line_text(above).strip()
            if not _DIGIT.search(text):
                good = text and len(text) <= _HEADING_LENGTH and text[-1] not in ".,;!?"
                return text if good else ""
        return ""

    def sentence(self, start: int, end: int, reach: int = 300) -> tuple[int, int]:
        """The bounds of the sentence (or cell) in which something stands."""
        low, high = max(0, start - reach), min(len(self.text), end + reach)
        stops, begins = self._stops
        before = bisect.bisect_right(begins, start) - 1
        first = begins[before] if before >= 0 and stops[before] >= low else low
        after = bisect.bisect_left(stops, end)
        return first, stops[after] + 1 if after < len(stops) and begins[after] <= high else high

    @cached_property
    def _stops(self) -> tuple[list[int], list[int]]:
        """Where sentences and cells end, and where what follows each begins."""
        found = [m for m in _SENTENCE.finditer(self.text) if not abbreviated(self.text, m.start())]
        return [match.start() for match in found], [match.end() for match in found]


def abbreviated(text: str, at: int) -> bool:
    """Whether the full stop at a place ends no sentence: `Ofc.`, `Dr.`, `J.`, `No.`."""
    if text[at : at + 1] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, at - 12), at)
    if word is None:
        return False
    short = len(word[0]) == 1 and word[0].isupper()
    return short or word[0].lower() in _SHORTENED


def _heads(cells: list[str], *, first: bool) -> bool:
    """Whether a row is one of headings: words without digits; the first may have years in it."""
    if not first:
        return not any(_DIGIT.search(cell) for cell in cells)
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(
        any(map(str.isalpha, cell)) and sum(map(str.isdigit, cell)) < LEAST_DIGITS
        for cell in filled
    )
