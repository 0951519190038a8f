"""What a page's plain text is laid out as: the cells of a sheet, the headers of a message."""

from __future__ import annotations

from evidencebox.model.documents import Page


def cells(page: Page) -> list[list[str]]:
    """The rows of a sheet's page, each a list of its cells; the sheet's own name is left out.

    Rows may be of different lengths. Comments and the like, which follow the rows, are rows of one
    cell.
    """
    text = page.text
    title = next((span for span in page.spans if span.kind == "sheet" and span.start == 0), None)
    if title is not None:
        text = text[title.end :].removeprefix("\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.split("\t") for line in lines]


def headers(page: Page) -> list[tuple[int, int]]:
    """Where the names of a message's headers stand, with their colons, in code points."""
    found = []
    for span in page.spans:
        colon = page.text.find(":", span.start, span.end)
        if span.kind == "mail_header" and colon >= 0:
            found.append((span.start, colon + 1))
    return found
