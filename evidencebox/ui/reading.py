"""What the viewer shows next: a document with its hits and its first page, in one answer."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import QUOTE_CONTEXT, Anchor, Passage
from evidencebox.model.views import DocumentView, PageHead, PageHit
from evidencebox.ui.languages import told, tr
from evidencebox.ui.marks import Marks
from evidencebox.ui.ports import Desk

VERSION_KEY = "extraction_version"
UNCERTAIN = "uncertain"
"""Spans of what OCR was not sure of."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as it is opened: on its first hit, else on its first page.

    `page` is None where the document yielded no page; `hits` are in reading order.
    """

    view: DocumentView
    hits: tuple[PageHit, ...]
    page: Page | None


def read_document(desk: Desk, query: str, document: DocumentId) -> Opened:
    """Fetches all that opening needs; runs in a background thread."""
    view = desk.document(document)
    hits = sorted(
        desk.hits(query, document), key=lambda hit: (hit.page, hit.layer is Layer.OCR, hit.start)
    )
    if hits:
        head = head_of(view, hits[0].page, hits[0].layer)
    else:
        head = head_of(view, min((head.number for head in view.pages), default=0))
    page = desk.page(document, head.number, head.layer) if head else None
    return Opened(view, tuple(hits), page)


def head_of(view: DocumentView, number: int, layer: Layer | None = None) -> PageHead | None:
    """The head of a page in a layer; without one, in that which says more, its own if in doubt.

    A scan's own text may be no more than a stamp.
    """
    heads = [head for head in view.pages if head.number == number]
    if layer is not None:
        return next((head for head in heads if head.layer is layer), None)
    return max(heads, key=lambda head: (head.chars, head.layer is Layer.TEXT), default=None)


def other_layer(view: DocumentView, page: Page) -> Layer | None:
    """The layer of a page that is not the one on screen; None where none other has any text."""
    others = (h for h in view.pages if h.number == page.number and h.layer is not page.layer)
    return next((head.layer for head in others if head.chars), None)


def version_of(view: DocumentView) -> int:
    """The extraction version that the pages' offsets count in."""
    value = view.record.metadata.get(VERSION_KEY, ())
    return int(value[0]) if value and value[0].isdigit() else 0


def passage(view: DocumentView, page: Page, start: int, end: int) -> Passage:
    """A stretch of a page, in code points, with what is needed to find it again."""
    text = page.text
    return Passage(
        start,
        end,
        version_of(view),
        text[start:end],
        text[max(0, start - QUOTE_CONTEXT) : start],
        text[end : end + QUOTE_CONTEXT],
    )


def marks(opened: Opened, page: Page, current: int | None) -> Marks:
    """The ranges to paint on a page. `current` is a place among all hits of the document."""
    here = [(i, hit) for i, hit in enumerate(opened.hits) if _is_on(hit, page)]
    place = next((n for n, (i, _) in enumerate(here) if i == current), None)
    unsure = tuple((span.start, span.end) for span in page.spans if span.kind == UNCERTAIN)
    hits = tuple((hit.start, hit.end) for _, hit in here)
    before = here[0][0] if here else 0
    tagged = _tagged(opened.view, page)
    return Marks(hits, place, tagged, unsure, before=before, all_hits=len(opened.hits))


def _is_on(hit: PageHit, page: Page) -> bool:
    return hit.page == page.number and hit.layer is page.layer


def _tagged(view: DocumentView, page: Page) -> tuple[tuple[int, int], ...]:
    """Tagged passages of this page, found again where it was read anew since; those of its other
    layer are not in this text."""
    parts = [row.tag.anchor for row in view.tags]
    places = (
        each.passage.place(page.text)
        for each in parts
        if each.passage is not None and each.page == page.number
    )
    return tuple(sorted({place for place in places if place is not None}))


def anchor_words(anchor: Anchor) -> str:
    """What a tag stands on, in words."""
    if anchor.passage is not None:
        return told("passage on p. %1", str(anchor.page))
    return tr("document") if anchor.page is None else told("p. %1", str(anchor.page))
