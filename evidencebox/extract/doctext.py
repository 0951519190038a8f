"""A story of a Word file (the body, a note, a header) as lines of a flow."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from evidencebox.extract.docpieces import Run, joined
from evidencebox.extract.docprops import Look, moment
from evidencebox.extract.flow import Flow

_SPECIAL: Final = re.compile(r"[\x00-\x08\x0a-\x1f]")
_ELSEWHERE: Final = re.compile(r"\s*(?:INCLUDEPICTURE|INCLUDETEXT|LINK|DDE)\b", re.IGNORECASE)
"""Fields that show what stands in another file, whose path is told."""
_LINK: Final = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]+))', re.IGNORECASE)
_SHOWN: Final = re.compile(r"\s*MACROBUTTON\s+\S+\s*(.*)", re.IGNORECASE | re.DOTALL)
_EQUATION: Final = re.compile(r"\s*EQ\s", re.IGNORECASE)
_SWITCHES: Final = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)|\\[A-Za-z]+\s*\d*|[(),;]')
_MAX_NESTED: Final = 64
_SIGNS: Final = {"\x0b": "\n", "\x0e": "\n", "\x1e": "\u2011"}


@dataclass(frozen=True, slots=True)
class Text:
    """A Word file's text with what is known of it; `revisers` are who changed it."""

    text: str
    looks: list[Run[Look]] = field(default_factory=list)
    paragraphs: list[Run[str]] = field(default_factory=list)
    revisers: tuple[str, ...] = ()
    flowing: frozenset[int] = frozenset()
    """Where a section ends without ending its page."""

    def has_pages(self, start: int, end: int) -> bool:
        """Whether a stretch has page breaks of its own."""
        breaks = self.text.count("\x0c", start, max(end - 1, start))
        return breaks > len(self.flowing) or any(
            r.value == "page" and start < r.start < end for r in self.paragraphs
        )


class Story:
    """Writes stretches of the text into a flow; `kind` marks all of it."""

    def __init__(self, flow: Flow, text: Text, kind: str = "", *, pages: bool = False) -> None:
        self._flow = flow
        self._text = text
        self._kind = kind
        self._pages = pages
        self._fields: list[list[str] | None] = []
        self._links: list[tuple[int, str]] = []
        self._cells = 0
        self._starts = [run.start for run in text.paragraphs]
        self._look_starts = [run.start for run in text.looks]

    def write(self, start: int, end: int) -> None:
        """One stretch, which ends a line."""
        at = start
        index = max(bisect_right(self._look_starts, start) - 1, 0)
        looks = self._text.looks
        while index < len(looks) and looks[index].start < end:
            run = looks[index]
            low, high = max(run.start, at), min(run.end, end)
            if low < high:
                self._segment(at, low, None)
                self._segment(low, high, run.value)
                at = high
            index += 1
        self._segment(at, end, None)
        self._close()

    def _segment(self, start: int, end: int, look: Look | None) -> None:
        text = self._text.text
        if look and look.symbol and text[start:end].strip() in ("(", ""):
            self._add(look.symbol * (end - start), look)
            return
        done = start
        for match in _SPECIAL.finditer(text, start, end):
            self._add(text[done : match.start()], look)
            self._special(match.group(), match.start(), look)
            done = match.end()
        self._add(text[done:end], look)

    def _special(self, char: str, at: int, look: Look | None) -> None:
        if char == "\r":
            self._add("\n", look)
            self._page_at(at + 1)
        elif char == "\x07":
            self._cell(at)
        elif char == "\x0c":
            self._break(at)
        elif char == "\x13":
            if len(self._fields) < _MAX_NESTED:
                self._fields.append([])
        elif char in "\x14\x15":
            self._field(char)
        elif char in _SIGNS:
            self._add(_SIGNS[char], look)

    def _cell(self, at: int) -> None:
        ends_row = self._says(at) == "row"
        if not self._text.paragraphs:
            # with no formatting left, an empty cell can only be told by what stands before it
            ends_row = at > 0 and self._text.text[at - 1] == "\x07"
        if ends_row:
            self._cells = 0
            self._flow.newline()
            self._page_at(at + 1)
        else:
            self._cells += 1

    def _says(self, at: int) -> str:
        index = bisect_right(self._starts, at) - 1
        if index < 0 or at >= self._text.paragraphs[index].end:
            return ""
        return self._text.paragraphs[index].value

    def _page_at(self, at: int) -> None:
        if self._pages and not self._flow.empty and self._says(at) == "page":
            index = bisect_right(self._starts, at) - 1
            if self._text.paragraphs[index].start == at:
                self._break(-1)

    def _break(self, at: int) -> None:
        if self._pages and at not in self._text.flowing:
            self._flow.page_break()
        else:
            self._flow.newline()

    def _field(self, char: str) -> None:
        """A field's instruction is not text, but where a link leads is."""
        if char == "\x14" and self._fields and self._fields[-1] is not None:
            said = "".join(self._fields[-1])
            self._fields[-1] = None
            if found := _LINK.search(said):
                self._links.append((len(self._fields), found.group(1) or found.group(2) or ""))
            elif _ELSEWHERE.match(said):
                self._links.append((len(self._fields), said.strip()[:2_000]))
        elif char == "\x15" and self._fields:
            self._add(_shown("".join(self._fields.pop() or ())), None)
            self._unlink()

    def _unlink(self) -> None:
        if self._links and self._links[-1][0] > len(self._fields):
            target = self._links.pop()[1]
            if target and all(each is None for each in self._fields):
                self._flow.add(f" <{target}>", "link")

    def _close(self) -> None:
        """What stood in fields that never end is text like any other."""
        left = ["".join(each) for each in self._fields if each]
        self._fields.clear()
        self._links.clear()
        for text in left:
            self._add(text, None)
        self._cells = 0
        self._flow.newline()

    def _add(self, text: str, look: Look | None) -> None:
        if not text:
            return
        for each in reversed(self._fields):
            if each is not None:
                each.append(text)
                return
        if self._cells and text.strip("\n"):
            self._flow.add("\t" * self._cells)
            self._cells = 0
        text = joined(text)
        if look and (look.deleted or look.inserted):
            kind = "deleted" if look.deleted else "inserted"
            self._flow.add(text, kind, self._who(look))
        else:
            self._flow.add(text, "hidden" if look and look.hidden else self._kind)

    def _who(self, look: Look) -> str:
        known = look.author < len(self._text.revisers)
        who = self._text.revisers[look.author] if known else ""
        return f"{who} {moment(look.date)}".strip()[:200]


def _shown(instruction: str) -> str:
    """What a field without a result shows: a button's words, an equation's, guides to reading."""
    if shown := _SHOWN.match(instruction):
        return shown.group(1)
    if _EQUATION.match(instruction):
        words = _SWITCHES.sub(" ", instruction.split(None, 1)[-1])
        return f" {' '.join(words.split())} "
    return ""
