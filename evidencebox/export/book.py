"""Stamped exhibits, and the book of all of them: an index whose lines are links, and bookmarks.

Written by the rules of PDF/A-2b, and declared as such: all typefaces embedded, colours with a
profile, metadata in XMP. No validator has seen it yet: see docs/exhibits.md.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import pikepdf
from pikepdf import Dictionary, Name, Pdf
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from evidencebox.export import fonts
from evidencebox.export.bind import Binding, Mark
from evidencebox.export.pages import saved
from evidencebox.export.shelf import Writes
from evidencebox.export.slips import wrapped
from evidencebox.export.stamps import Profile, Stamp, paper_for, room, stamped

_LEFT: Final = 54.0
_COLUMNS: Final = (54.0, 118.0, 368.0, 500.0)
_SIZE: Final = 8.5


@dataclass(frozen=True, slots=True)
class Entry:
    """An exhibit as the index names it. `parts`: headings within it, each with its first sheet."""

    number: str
    description: str
    bates: tuple[str, str]
    sheets: int
    parts: tuple[tuple[str, int], ...] = ()


def stamp(profile: Profile, body: bytes, stamps: Sequence[Stamp]) -> bytes:
    """Every page of a PDF of ours on the profile's paper, above its stamp: to be bound."""
    with pikepdf.open(io.BytesIO(body)) as source:
        papers = [paper_for(profile, *_size(page)) for page in source.pages]
        with pikepdf.open(io.BytesIO(stamped(profile, stamps, papers))) as over:
            made = Pdf.new()
            for page, mark, paper in zip(source.pages, over.pages, papers, strict=True):
                made.add_blank_page(page_size=paper)
                _lay(made, "/Page", page, room(profile, paper))
                _lay(made, "/Stamp", mark, (0, 0, *paper))
            return saved(made)


def bind(parts: Iterable[BinaryIO], into: Writes) -> None:
    """Stamped PDFs as one; none of them is held in memory."""
    binding = Binding(into)
    for part in parts:
        with pikepdf.open(part) as opened:
            binding.add(opened)
    binding.finish()


def _lay(
    made: Pdf, name: str, page: pikepdf.Page, place: tuple[float, float, float, float]
) -> None:
    """A page over the last one, as large as it fits. `add_overlay` names at random what it adds."""
    sheet = made.pages[-1]
    form = made.copy_foreign(page.as_form_xobject())
    if "/Resources" not in sheet.obj:
        sheet.obj.Resources = Dictionary()
    sheet.add_resource(form, Name.XObject, Name(name), prefix="")
    rectangle = pikepdf.Rectangle(*place)
    sheet.contents_add(sheet.calc_form_xobject_placement(form, Name(name), rectangle))


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    return right - left, top - bottom


def book(
    profile: Profile,
    title: str,
    facts: Sequence[str],
    filled: Iterable[tuple[Entry, Iterable[BinaryIO]]],
    into: Writes,
) -> None:
    """The index, then every exhibit from its parts, with bookmarks and links. `facts` stand under
    the title. No part is held in memory."""
    binding, entries, marks = Binding(into), list[Entry](), list[Mark]()
    for entry, parts in filled:
        pages = list[int]()
        for part in parts:
            with pikepdf.open(part) as opened:
                pages += binding.add(opened)
        below = [Mark(name, pages[sheet - 1]) for name, sheet in entry.parts]
        entries.append(entry)
        marks.append(Mark(f"{entry.number}  {entry.description}".strip(), pages[0], below))
    index, links = _index(profile, title, facts, entries)
    with pikepdf.open(io.BytesIO(index)) as front:
        notes = _notes(binding, links, [mark.page for mark in marks])
        first, *_ = binding.add(front, notes)
    binding.finish(last_first=True, marks=[Mark("Index of exhibits", first), *marks])


@dataclass(frozen=True, slots=True)
class _Link:
    page: int
    rect: tuple[float, float, float, float]
    entry: int


def _index(
    profile: Profile, title: str, facts: Sequence[str], entries: Sequence[Entry]
) -> tuple[bytes, list[_Link]]:
    fonts.ready()
    into, links = io.BytesIO(), list[_Link]()
    canvas = Canvas(into, pagesize=profile.paper, invariant=1)
    width, height = profile.paper
    page, y = 0, height - 72
    canvas.setFont(fonts.BOLD, 16)
    canvas.drawString(_LEFT, y, _fits(title, fonts.BOLD, 16, width - 2 * _LEFT))
    y -= 18
    canvas.setFont(fonts.PLAIN, 7.5)
    for fact in facts:
        for line in wrapped(fonts.drawable(fact, fonts.PLAIN)[0], fonts.PLAIN, 7.5, width - 108):
            canvas.drawString(_LEFT, y, line)
            y -= 10
    y = _head(canvas, y - 14, width)
    for number, entry in enumerate(entries):
        lines = _lines(entry)
        high = 12.0 * len(lines) + 4
        if y - high < 60:
            canvas.showPage()
            page, y = page + 1, _head(canvas, height - 60, width)
        _row(canvas, entry, lines, y)
        links.append(_Link(page, (_LEFT, y - high + 10, width - _LEFT, y + 10), number))
        y -= high
    canvas.save()
    return into.getvalue(), links


def _lines(entry: Entry) -> list[str]:
    text = fonts.drawable(entry.description, fonts.PLAIN)[0]
    room_for = _COLUMNS[2] - _COLUMNS[1] - 10
    lines = list(wrapped(text, fonts.PLAIN, _SIZE, room_for)) or [""]
    # A range of Bates numbers stands on two lines.
    return [*lines, ""] if len(lines) == 1 and entry.bates[0] != entry.bates[1] else lines


def _head(canvas: Canvas, y: float, width: float) -> float:
    canvas.setFont(fonts.BOLD, _SIZE)
    for x, word in zip(_COLUMNS, ("Exhibit", "Description", "Bates", "Sheets"), strict=True):
        canvas.drawString(x, y, word)
    canvas.setLineWidth(0.6)
    canvas.line(_LEFT, y - 4, width - _LEFT, y - 4)
    return y - 18


def _row(canvas: Canvas, entry: Entry, lines: Sequence[str], y: float) -> None:
    canvas.setFillColorRGB(0.06, 0.22, 0.5)
    canvas.setFont(fonts.BOLD, _SIZE)
    canvas.drawString(_COLUMNS[0], y, entry.number)
    canvas.setFillGray(0)
    canvas.setFont(fonts.PLAIN, _SIZE)
    for place, line in enumerate(lines):
        canvas.drawString(_COLUMNS[1], y - 12 * place, line)
    canvas.drawRightString(_COLUMNS[3] + 31, y, f"{entry.sheets:,}")
    canvas.setFont(fonts.PLAIN, 7)
    canvas.drawString(_COLUMNS[2], y, entry.bates[0])
    if entry.bates[1] != entry.bates[0] and len(lines) > 1:
        canvas.drawString(_COLUMNS[2], y - 10, f"to {entry.bates[1]}")


def _fits(text: str, font: str, size: float, across: float) -> str:
    text = fonts.drawable(text, font)[0]
    while len(text) > 1 and stringWidth(text, font, size) > across:
        text = text[:-2] + "…"
    return text


def _notes(binding: Binding, links: Sequence[_Link], starts: Sequence[int]) -> dict[int, bytes]:
    """A click on a line of the index goes to the exhibit: for each page of it, its links."""
    found: dict[int, list[int]] = defaultdict(list)
    for link in links:
        rect = b" ".join(b"%.2f" % side for side in link.rect)
        note = b"<< /Type /Annot /Subtype /Link /Border [ 0 0 0 ] /F 4"
        note += b" /Rect [ %s ] /Dest [ %d 0 R /Fit ] >>" % (rect, starts[link.entry])
        found[link.page].append(binding.object(note))
    return {
        page: b"/Annots [ %s ]" % b" ".join(b"%d 0 R" % number for number in numbers)
        for page, numbers in found.items()
    }
