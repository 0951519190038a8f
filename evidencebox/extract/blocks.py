"""Rows of a table gathered into pages: "Sheet1 rows 1–200"."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.job import Job
from evidencebox.model.documents import Span

ENOUGH: Final = 3_000


class Blocks:
    """A page ends after `most` rows or some 3,000 characters, whichever comes first."""

    def __init__(self, job: Job, name: str, most: int, title: str = "") -> None:
        """`title` opens the first page, so that the table's name is found like its cells."""
        self._job = job
        self._name = name
        self._most = most
        self._lines: list[str] = []
        self._spans: list[Span] = []
        self._length = 0
        self._head = ""
        self._first = self._last = 0
        self.rows = 0
        self._title = title

    def row(self, number: int, cells: list[str], hidden: frozenset[int] = frozenset()) -> None:
        """One row by its number in the table; `hidden` are the cells nobody sees on screen."""
        if self._first and number - self._first >= self._most:
            self._flush()
        self._first = self._first or number
        self._last = number
        self.rows += 1
        self._open()
        start = self._length
        for index, cell in enumerate(cells):
            if index in hidden and cell:
                self._spans.append(Span(start, start + len(cell), "hidden"))
            start += len(cell) + 1
        line = "\t".join(cells) + "\n"
        self._lines.append(line)
        self._length += len(line)
        if len(self._lines) >= self._most or self._length >= ENOUGH:
            self._flush()

    def _open(self) -> None:
        if self._title:
            self._spans.append(Span(0, len(self._title), "sheet"))
            self._length = len(self._title) + 1
            self._head = self._title + "\n"
            self._title = ""

    def close(self) -> None:
        if self._lines:
            self._flush()

    def _flush(self) -> None:
        range_ = (
            f"row {self._first}"
            if self._first == self._last
            else (f"rows {self._first}–{self._last}")
        )
        label = f"{self._name} {range_}" if self._name else range_
        self._job.page(self._head + "".join(self._lines), label, tuple(self._spans))
        self._lines, self._spans, self._length, self._head = [], [], 0, ""
        self._first = self._last = 0
