"""Stamped exhibits, and the book of all of them: an index whose lines are links, and bookmarks.

Written by the rules of PDF/A-2b, and declared as such: all typefaces embedded, colours with a
profile, metadata in XMP. No validator has seen it yet: see docs/exhibits.md.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO, Final, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf
from PIL import ImageCms
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from evidencebox.export import fonts
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
    """Every page of a PDF of ours on the profile's paper, above its stamp."""
    into = io.BytesIO()
    stamp_into(profile, [io.BytesIO(body)], stamps, into)
    return into.getvalue()


def stamp_into(
    profile: Profile, bodies: Iterable[BinaryIO], stamps: Sequence[Stamp], into: Writes
) -> None:
    """The same of several PDFs, one behind the other. None of them is held in memory."""
    made = Pdf.new()
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(pikepdf.open(body)) for body in bodies]
        pages = [page for each in opened for page in each.pages]
        papers = [paper_for(profile, *_size(page)) for page in pages]
        marks = io.BytesIO(stamped(profile, stamps, papers))
        over = stack.enter_context(pikepdf.open(marks))
        for page, mark, paper in zip(pages, over.pages, papers, strict=True):
            made.add_blank_page(page_size=paper)
            _lay(made, "/Page", page, room(profile, paper))
            _lay(made, "/Stamp", mark, (0, 0, *paper))
        _archive(made, into)


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
    filled: Sequence[tuple[Entry, BinaryIO]],
    into: Writes,
) -> None:
    """The index, then every exhibit, with bookmarks and links. `facts` stand under the title.

    The exhibits are read while the book is written; none is held in memory.
    """
    entries = [entry for entry, _ in filled]
    index, links = _index(profile, title, facts, entries)
    made = Pdf.new()
    with contextlib.ExitStack() as stack:
        made.pages.extend(stack.enter_context(pikepdf.open(io.BytesIO(index))).pages)
        starts = []
        for _, file in filled:
            starts.append(len(made.pages))
            made.pages.extend(stack.enter_context(pikepdf.open(file)).pages)
        _link(made, links, starts)
        _outline(made, entries, starts)
        _archive(made, into)


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


def _link(made: Pdf, links: Sequence[_Link], starts: Sequence[int]) -> None:
    """A click on a line of the index goes to the exhibit."""
    for link in links:
        page = made.pages[link.page].obj
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(side, 2) for side in link.rect]),
            Border=Array([0, 0, 0]),
            F=4,
            Dest=Array([made.pages[starts[link.entry]].obj, Name.Fit]),
        )
        if "/Annots" not in page:
            page.Annots = made.make_indirect(Array([]))
        page.Annots.append(made.make_indirect(note))


def _outline(made: Pdf, entries: Sequence[Entry], starts: Sequence[int]) -> None:
    with made.open_outline() as outline:
        outline.root.append(OutlineItem("Index of exhibits", 0))
        for entry, start in zip(entries, starts, strict=True):
            item = OutlineItem(f"{entry.number}  {entry.description}".strip(), start)
            item.children.extend(
                OutlineItem(name, start + sheet - 1) for name, sheet in entry.parts
            )
            outline.root.append(item)
    made.Root.PageMode = Name.UseOutlines


@lru_cache(maxsize=1)
def _colours() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Bytes 24 to 35 are the moment at which it was made: always the same here.
    return profile[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + profile[36:]


def _archive(made: Pdf, into: Writes) -> None:
    """The file by the rules of PDF/A-2b, and always the same bytes for the same pages."""
    profile = made.make_stream(_colours(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        DestOutputProfile=profile,
    )
    made.Root.OutputIntents = Array([made.make_indirect(intent)])
    with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
    onward = _Onward(into)
    made.save(cast(BinaryIO, onward), deterministic_id=True, min_version="1.7")
    if onward.error is not None:
        raise onward.error


class _Onward(io.RawIOBase):
    """What qpdf writes to. An error does not pass through it, and is kept until it is done."""

    def __init__(self, into: Writes) -> None:
        self._into = into
        self.error: BaseException | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        piece = bytes(data)
        if self.error is None:
            try:
                self._into.write(piece)
            except BaseException as error:
                self.error = error
        return len(piece)
