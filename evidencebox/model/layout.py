"""What a page's plain text is laid out as: the cells of a sheet, the headers of a message."""

from __future__ import annotations

import re
from typing import Final

from evidencebox.model.documents import Page

_NAME: Final = re.compile(r"^[^\s:]+:", re.MULTILINE)
"""At the beginning of a line: values that hold a colon are no names."""


def cells(page: Page) -> list[list[str]]:
    """The rows of a sheet's page, each a list of its cells; the sheet's own name is left out.

    Rows may be of different lengths. Comments and the like, which follow the rows, are rows of one
    cell.
    """
    return [line.split("\t") for line in _rows(page)[1]]


def cell_starts(page: Page) -> list[list[int]]:
    """Where each of the cells begins in the page's text, in code points."""
    at, lines = _rows(page)
    starts = []
    for line in lines:
        row = [at]
        for cell in line.split("\t"):
            row.append(row[-1] + len(cell) + 1)
        at = row.pop()
        starts.append(row)
    return starts


def _rows(page: Page) -> tuple[int, list[str]]:
    """The lines that are rows, and where the first begins."""
    text = page.text
    title = next((span for span in page.spans if span.kind == "sheet" and span.start == 0), None)
    if title is not None:
        text = text[title.end :].removeprefix("\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return len(page.text) - len(text), lines


def headers(page: Page) -> list[tuple[int, int]]:
    """Where the names of a message's headers stand, with their colons, in code points."""
    found = []
    for span in page.spans:
        if span.kind == "mail_header":
            names = _NAME.finditer(page.text, span.start, span.end)
            found += [name.span() for name in names]
    return found
