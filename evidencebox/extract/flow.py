"""Running text cut into pages of about 3,000 characters at a paragraph, line or word."""

from __future__ import annotations

import unicodedata
from typing import Final

from evidencebox.extract.job import Job
from evidencebox.model.documents import Span

TARGET: Final = 3_000
_LOW: Final = 2_400
_HIGH: Final = 3_600
_LONGEST_OWN: Final = 12_000
_CHANGES: Final = ("inserted", "deleted")


def cut_at(text: str) -> int:
    """Where the first page of a long text ends: the last paragraph, line or word near 3,000."""
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, _LOW, _HIGH)
        if at >= 0:
            return at + len(mark)
    at = TARGET
    while at < _HIGH and at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at


class Flow:
    """Takes text piece by piece, hands pages to the job. Its pages joined are the text it took."""

    def __init__(self, job: Job, label: str = "", *, paged: bool = False) -> None:
        """With `paged`, the text has page breaks of its own; only very long pages are cut."""
        self._job = job
        self._longest = _LONGEST_OWN if paged else _HIGH
        self._room = 2 * _LONGEST_OWN if paged else 2 * TARGET
        self._label = label
        self._parts: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._ends_with = "\n"

    @property
    def empty(self) -> bool:
        """Whether nothing waits for the next page."""
        return self._length == 0

    @property
    def at_line_start(self) -> bool:
        return self._ends_with == "\n"

    def add(self, text: str, kind: str = "", label: str = "") -> None:
        """Appends text; with `kind`, as a span of that kind (an adjoining one grows)."""
        if not text:
            return
        if kind in _CHANGES and self._joins(text, kind):
            self._parts.append(" ")
            self._length += 1
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._ends_with = text[-1]
        if kind:
            self._mark(start, self._length, kind, label)
        if self._length >= self._room:
            self._drain()

    def _joins(self, text: str, kind: str) -> bool:
        """Whether a word struck out and the one put in its place would read as one."""
        last = self._spans[-1] if self._spans else None
        beside = last is not None and last.end == self._length
        other = last is not None and last.kind in _CHANGES and last.kind != kind
        return beside and other and self._ends_with.isalnum() and text[0].isalnum()

    def _mark(self, start: int, end: int, kind: str, label: str) -> None:
        last = self._spans[-1] if self._spans else None
        if last and last.end == start and last.kind == kind and last.label == label:
            self._spans[-1] = Span(last.start, end, kind, label)
        else:
            self._spans.append(Span(start, end, kind, label))

    def newline(self) -> None:
        """Starts a new line unless one has just begun."""
        if not self.at_line_start:
            self.add("\n")

    def page_break(self, label: str = "") -> None:
        """Ends the page here, blank as it may be; the next one has this label."""
        self._drain()
        self._emit(self._length)
        self._label = label
        self._ends_with = "\n"

    def close(self) -> None:
        """Hands over what is left; blank rests are dropped."""
        self._drain()
        if "".join(self._parts).strip():
            self._emit(self._length)
        self._parts, self._length, self._spans = [], 0, []
        self._ends_with = "\n"

    def _drain(self) -> None:
        longest = self._longest
        if self._length <= longest:
            return
        text = "".join(self._parts)
        start = 0
        while len(text) - start > longest:
            end = start + cut_at(text[start : start + _HIGH + 1])
            self._parts, self._length = [text[start:end]], end - start
            spans, rest = _split(self._spans, end - start)
            self._spans = spans
            self._emit(end - start)
            self._spans = rest
            start = end
        self._parts, self._length = [text[start:]], len(text) - start

    def _emit(self, length: int) -> None:
        text = "".join(self._parts)[:length]
        spans = tuple(self._spans)
        self._parts, self._length, self._spans = [], 0, []
        self._job.page(text, self._label, spans)


def _split(spans: list[Span], at: int) -> tuple[list[Span], list[Span]]:
    """The spans before and after a cut; one that straddles it is in both."""
    before = [Span(s.start, min(s.end, at), s.kind, s.label) for s in spans if s.start < at]
    after = [Span(max(s.start - at, 0), s.end - at, s.kind, s.label) for s in spans if s.end > at]
    return before, after
