"""Drafts as plain text, HTML and CSV."""

from __future__ import annotations

import csv
import html
import io
import textwrap
from collections.abc import Sequence

from evidencebox.sample.draft import Block, DraftPage

WIDTH = 74


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Lines of at most `width`; a line end inside `text` stays, a word is never cut."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return lines


def page_text(page: DraftPage) -> str:
    """One page as a typist lays it out; blocks are paragraphs with an empty line between."""
    return "\n\n".join("\n".join(_block_lines(block)) for block in page.blocks) + "\n"


def _block_lines(block: Block) -> list[str]:
    if block.kind == "title":
        title = block.rows[0][0]
        return [title.upper() if title.isascii() else title, "-" * len(title)]
    if block.kind == "para":
        return wrap(block.rows[0][0])
    if block.kind == "fields":
        width = max(len(row[0]) for row in block.rows) + 2
        return [f"{row[0] + ':':<{width}}{row[1]}" for row in block.rows]
    widths = [max(len(row[i]) for row in block.rows) for i in range(len(block.rows[0]))]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in block.rows
    ]


def to_text(pages: Sequence[DraftPage], encoding: str = "utf-8") -> bytes:
    return "\n".join(page_text(page) for page in pages).encode(encoding)


def html_body(pages: Sequence[DraftPage]) -> str:
    return "\n".join(_block_html(block) for page in pages for block in page.blocks)


def to_html(pages: Sequence[DraftPage], title: str, style: str = "") -> bytes:
    """An intranet page with a style sheet and a script that readers must leave out."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>\n<style>body{{font-family:sans-serif}}{style}</style>\n"
        '<script>var tracker = "stylesheet";</script></head>\n<body>\n'
        f"{html_body(pages)}\n</body></html>\n"
    ).encode()


def _block_html(block: Block) -> str:
    cells = [[html.escape(cell, quote=False) for cell in row] for row in block.rows]
    if block.kind == "title":
        return f"<h1>{cells[0][0]}</h1>"
    if block.kind == "para":
        return "<p>" + cells[0][0].replace("\n", "<br>\n") + "</p>"
    if block.kind == "fields":
        return "<dl>" + "".join(f"<dt>{key}</dt><dd>{value}</dd>" for key, value in cells) + "</dl>"
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n" for row in cells)
    return f"<table>\n{rows}</table>"


def to_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()
