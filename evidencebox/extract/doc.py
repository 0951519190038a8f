"""Word documents of 6.0 to 2003 (DOC, DOT): all that is written in them, also what Word hides."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import Final

from evidencebox.extract import doccrypt, docfib, docpictures
from evidencebox.extract.docfib import Fib
from evidencebox.extract.docpieces import Piece, pieces, text_of
from evidencebox.extract.docprops import looks, paragraphs
from evidencebox.extract.doctables import bounds, commenters, flowing, names, rising
from evidencebox.extract.doctext import Story, Text
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.ole import Container
from evidencebox.extract.oleembed import embed
from evidencebox.extract.olepictures import emit
from evidencebox.extract.oleread import beside, give_up, opened, rescue
from evidencebox.extract.olestrings import runs

_HEADER_KINDS: Final = ("header", "header", "footer", "footer", "header", "footer")


def read(job: Job) -> None:
    """The body on its pages; then notes, headers, comments, text boxes on labelled pages."""
    holder = opened(job)
    fib = docfib.head(holder.stream("WordDocument"))
    if fib is None:
        beside(job, holder)
        give_up(job, "The Word document's head is damaged")
    if fib.encrypted:
        fib = doccrypt.unlock(job, holder, fib)
    table = holder.stream(fib.table) if fib.wide else fib.data
    if fib.wide and not table:
        table = holder.stream("0Table") or holder.stream("1Table")
    reader = _Reader(job, fib, table)
    reader.stories()
    beside(job, holder)
    _objects(job, holder, reader)
    rescue(job, holder)


class _Reader:
    """One document with its text and its tables at hand."""

    def __init__(self, job: Job, fib: Fib, table: bytes) -> None:
        self.job = job
        self.fib = fib
        self.table = table
        self.codec = docfib.eight_bit(fib, self._part(docfib.FONTS))
        listed = pieces(fib, self._part(docfib.PIECES))
        text, self.pieces, whole = text_of(fib.data, listed, self.codec)
        if not whole or not text:
            job.gap("broken", "The Word document is cut off: a part of its text is missing.")
        self.text = Text(
            text,
            looks(fib, table, self.pieces),
            paragraphs(fib, table, self.pieces),
            names(fib, table, docfib.REVISERS, self.codec),
            flowing(fib, table),
        )

    def _part(self, number: int) -> bytes:
        start, size = self.fib.place(number)
        return self.table[start : start + size]

    def _story(self, which: int) -> tuple[int, int]:
        """Where a story stands in the text."""
        start = sum(self.fib.lengths[:which])
        end = min(start + self.fib.lengths[which], len(self.text.text))
        return min(start, end), end

    def stories(self) -> None:
        self._body()
        note_bounds = bounds(self.fib, self.table, docfib.NOTE_TEXTS)
        self._notes("footnotes", docfib.FOOTNOTES, note_bounds, "note")
        note_bounds = bounds(self.fib, self.table, docfib.END_TEXTS)
        self._notes("endnotes", docfib.ENDNOTES, note_bounds, "note")
        self._headers()
        who = commenters(self.fib, self.table, self.codec)
        comment_bounds = bounds(self.fib, self.table, docfib.COMMENT_TEXTS)
        self._notes("comments", docfib.COMMENTS, comment_bounds, "comment", who)
        self._whole("text boxes", docfib.BOXES)
        self._whole("text boxes in headers", docfib.HEADER_BOXES)
        self._rest()
        self._said()
        if self.fib.fast_saved:
            self._left_over()

    def _body(self) -> None:
        start, end = self._story(docfib.MAIN)
        flow = Flow(self.job, paged=self.text.has_pages(start, end))
        Story(flow, self.text, pages=True).write(start, end)
        flow.close()

    def _notes(
        self, label: str, which: int, cuts: list[int], kind: str, who: list[str] | None = None
    ) -> None:
        start, end = self._story(which)
        flow = Flow(self.job, label)
        story = Story(flow, self.text, kind)
        inner = rising(cuts[:-1], end - start)
        for number, low in enumerate(inner):
            high = inner[number + 1] if number + 1 < len(inner) else end - start
            if not self.text.text[start + low : start + high].strip("\x02\x05\r "):
                continue
            name = f" {who[number]}:" if who and number < len(who) else ""
            flow.add(f"[{number + 1}]{name} ", kind)
            story.write(start + low, start + max(low, high))
        if not inner:
            story.write(start, end)
        flow.close()

    def _headers(self) -> None:
        """Six stories a section; before them six that only draw lines over notes."""
        start, end = self._story(docfib.HEADERS)
        cuts = bounds(self.fib, self.table, docfib.HEADER_TEXTS)[:-1]
        cuts = rising(cuts, end - start) or [0, end - start]
        found: dict[str, list[tuple[int, int]]] = {"header": [], "footer": []}
        said = set()
        lines = 6 if len(cuts) > 7 else 0
        for number, (low, high) in enumerate(pairwise(cuts)):
            kind = "header" if number < lines else _HEADER_KINDS[(number - lines) % 6]
            text = self.text.text[start + low : start + high]
            # a story is repeated for each section that has the same
            if (kind, text) not in said and text.strip("\r\x03\x04 "):
                said.add((kind, text))
                found[kind].append((start + low, min(start + high, end)))
        for kind, places in found.items():
            flow = Flow(self.job, f"{kind}s")
            story = Story(flow, self.text, kind)
            for low, high in places:
                story.write(low, max(low, high))
            flow.close()

    def _whole(self, label: str, which: int) -> None:
        start, end = self._story(which)
        flow = Flow(self.job, label)
        Story(flow, self.text).write(start, end)
        flow.close()

    def _rest(self) -> None:
        """Text past the last story: the lengths in a damaged head may be too small."""
        known = sum(self.fib.lengths)
        if len(self.text.text) - known > 2:
            flow = Flow(self.job, "more text")
            Story(flow, self.text).write(known, len(self.text.text))
            flow.close()

    def _said(self) -> None:
        flow = Flow(self.job, "drawings")
        for text in docpictures.said(self.fib, self.table):
            flow.add(text + "\n")
        flow.close()

    def _left_over(self) -> None:
        """A fast save appends, so what it deleted is still in the file."""
        flow = Flow(self.job, "left over from fast saves")
        for start, end in _gaps(
            self.pieces, self.fib.first, min(self.fib.last, len(self.fib.data))
        ):
            for text in runs(self.fib.data[start:end]):
                flow.add(text, "deleted", "fast save")
                flow.add("\n")
        flow.close()


def _gaps(found: list[Piece], first: int, last: int) -> list[tuple[int, int]]:
    """The stretches of bytes between `first` and `last` that no piece uses."""
    gaps = []
    at = first
    for piece in sorted(found, key=lambda piece: piece.at):
        if piece.at > at:
            gaps.append((at, min(piece.at, last)))
        at = max(at, piece.at + (piece.end - piece.start) * piece.width)
    if at < last:
        gaps.append((at, last))
    return [gap for gap in gaps if gap[0] < gap[1]]


def _objects(job: Job, holder: Container, reader: _Reader) -> None:
    for entry in holder.kids("ObjectPool"):
        if entry.storage:
            embed(job, holder, entry, reader.codec)
    fib, found = reader.fib, reader.text.looks
    in_text = docpictures.in_text(fib, holder.stream("Data"), found)
    emit(job, chain(in_text, docpictures.in_drawings(fib, reader.table)))
