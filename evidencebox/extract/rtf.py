"""Rich Text Format: the body on its pages, then headers, footers, notes and comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.htmltext import into_flow
from evidencebox.extract.job import Job
from evidencebox.extract.pieces import Pieces
from evidencebox.extract.rtfbody import RtfBody
from evidencebox.extract.rtfobjects import Embedded
from evidencebox.model.extraction import ChildHead

_MAX: Final = 256 << 20
_LEAST_HIDDEN: Final = 64
"""What is shorter is what an editor left over, no file."""
_BEFORE: Final = 1_024
_BREAK: Final = re.compile(rb"\\(?:soft)?page(?![a-z])")
_HTML: Final = re.compile(rb"\\fromhtml1(?![0-9])")
_MORE: Final = re.compile(rb"\\[a-z]{1,20}-?\d*|\\'[0-9a-f]{2}")
_SIDES: Final = ("headers", "footers", "footnotes", "comments")


@dataclass(frozen=True, slots=True)
class RtfText:
    """What RTF says: its text, or with `html` the HTML that it encapsulates."""

    text: str
    html: bool
    embedded: tuple[Embedded, ...] = ()


def read(job: Job) -> None:
    """Streams the body into pages; pictures and objects become children as they are met."""
    job.unbound_pages()
    job.source.seek(0)
    data = job.source.read(_MAX)
    if len(data) < job.size:
        job.gap("long", f"Only the first {_MAX >> 20} MiB of the document were read.")
    html = bool(_HTML.search(data[:4_096]))
    flow = Flow(job, paged=not html and bool(_BREAK.search(data)))
    held = Pieces()
    body = RtfBody(
        held if html else flow,
        html=html,
        page_break=None if html else flow.page_break,
        embedded=lambda found: _child(job, found),
        beat=job.beat,
    )
    end = _run(body, data)
    if html:
        job.meta("title", into_flow(held.text, flow))
    flow.close()
    _aside(job, body)
    _after(job, data[end:])


def rtf_text(data: bytes, beat: Callable[[], None] = lambda: None) -> RtfText:
    """The text of RTF in memory, such as a message's body, notes and comments included."""
    html = bool(_HTML.search(data[:4_096]))
    held = Pieces()
    found: list[Embedded] = []
    body = RtfBody(held, html=html, embedded=found.append, beat=beat)
    _run(body, data)
    for label in _SIDES:
        if label in body.sides:
            held.newline()
            body.sides[label].pour(held)
    return RtfText(held.text, html, tuple(found))


def _run(body: RtfBody, data: bytes) -> int:
    """Reads on behind a brace too many, where what follows is RTF still."""
    # a mark of UTF-8 or blank lines may stand before it
    end = body.run(data, max(data.find(b"{\\rtf", 0, _BEFORE), 0))
    while end < len(data) and _MORE.search(data, end, end + 4_096):
        end = body.run(data, end)
    return end


def _child(job: Job, found: Embedded) -> None:
    job.whole(ChildHead(found.name, "embedded", "", found.part), found.data)


def _aside(job: Job, body: RtfBody) -> None:
    for label in _SIDES:
        if label in body.sides:
            side = Flow(job, label)
            body.sides[label].pour(side)
            side.close()
    for key, value in body.metadata:
        job.meta(key, value)
    dates = dict(body.metadata)
    job.meta("date", dates.get("modified", "") or dates.get("created", ""))
    if body.cut_off:
        job.gap("truncated", "The document breaks off before its end.")
    if body.too_deep:
        job.gap("depth", "Its groups are nested too deeply; the innermost lost their marks.")


def _after(job: Job, rest: bytes) -> None:
    """Bytes behind the document's end, which no word processor shows."""
    if not rest.strip(b"\0 \t\r\n}"):
        return
    job.warn("trailing", "There are bytes behind the end of the document.")
    if len(rest) >= _LEAST_HIDDEN:
        job.whole(ChildHead("bytes behind the end", "embedded"), rest)
