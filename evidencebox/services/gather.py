"""What one document's reading yields, gathered as its frames arrive from a worker."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from evidencebox.extract.garbled import garbled
from evidencebox.model.documents import Digests, DocumentType, Layer, Notice, Outcome, Page
from evidencebox.model.extraction import ChildHead
from evidencebox.model.ids import DocumentId
from evidencebox.model.settings import in_utc
from evidencebox.model.words import counted
from evidencebox.store.found import Child, Reading
from evidencebox.vault.spool import PackWriter, Spool

FEW_LETTERS = 100
"""Fewer on a page may be a stamp on a scan, such as a number and `CONFIDENTIAL`."""
ANIMATION_FRAMES = 10
DATE_ZONE = "date_zone"
"""The metadata key that says with which zone a date was read that had no offset."""
_UTC = ZoneInfo("UTC")
_ANIMATIONS = ("image/gif", "image/webp", "image/png")
_BESIDE = ("annotation", "caption", "form_field", "link")


class Digester:
    """MD5, SHA-1 and SHA-256 in one pass; load files ask for the first two."""

    def __init__(self) -> None:
        self._hashes = [hashlib.new(n, usedforsecurity=False) for n in ("sha256", "sha1", "md5")]
        self._size = 0

    def update(self, data: bytes) -> None:
        """Adds bytes."""
        for each in self._hashes:
            each.update(data)
        self._size += len(data)

    def result(self) -> Digests:
        """The digests of what was added so far."""
        sha256, sha1, md5 = (each.hexdigest() for each in self._hashes)
        return Digests(DocumentId(sha256), sha1, md5, self._size)


class Gathering:
    """A `Receiver`: pages and metadata in memory, children into the encrypted spool.

    Called in a worker's thread until the reading is over, then by the coordinator.
    """

    def __init__(
        self, document: int, digests: Digests, depth: int, spool: Spool, zone: ZoneInfo = _UTC
    ) -> None:
        """`zone` is where clocks stood that say no offset."""
        self.document = document
        self.digests = digests
        self.depth = depth
        self.pages: list[Page] = []
        self.metadata: dict[str, list[str]] = defaultdict(list)
        self.notices: list[Notice] = []
        self.children: list[Child] = []
        self.chars = 0
        self._spool = spool
        self._zone = zone
        self._pack: PackWriter | None = None

    def page(self, page: Page) -> None:
        self.pages.append(page)
        self.chars += len(page.text)

    def meta(self, key: str, value: str) -> None:
        if value not in self.metadata[key]:
            self.metadata[key].append(value)

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def child(self, head: ChildHead) -> _ChildInto:
        if self._pack is None:
            self._pack = self._spool.new_pack()
        return _ChildInto(self._pack, head, self.children)

    def again(self) -> None:
        """Forgets what came: the document is read from its start. Its children's bytes in the pack
        are never referred to."""
        self.pages, self.notices, self.children = [], [], []
        self.metadata = defaultdict(list)
        self.chars = 0

    def close(self) -> None:
        """Ends the pack of the children. Twice does no harm."""
        if self._pack is not None:
            self._pack.close()

    def reading(self, outcome: Outcome) -> Reading:
        """Everything but the pages' text, for the catalogue."""
        self.close()
        metadata, date = dated(self.metadata, self._zone)
        text_pages = [page for page in self.pages if page.layer is Layer.TEXT]
        self.notices += unread_text(outcome, text_pages)
        return Reading(
            document=self.document,
            outcome=outcome,
            pages=len(text_pages),
            chars=sum(len(page.text) for page in text_pages),
            title=_first(self.metadata, "subject") or _first(self.metadata, "title"),
            date=date,
            metadata={**metadata, "extraction_version": [str(outcome.version)]},
            notices=self.notices,
            children=self.children,
            depth=self.depth,
            to_recognise=to_recognise(outcome, text_pages),
        )


def dated(
    metadata: Mapping[str, Sequence[str]], zone: ZoneInfo
) -> tuple[dict[str, Sequence[str]], str | None]:
    """A document's date in UTC; the metadata keep it as it was, and say in which zone it was read
    where it did not say so itself."""
    said = _first(metadata, "date") or _first(metadata, "modified")
    date, naive = in_utc(said, zone)
    kept = {key: values for key, values in metadata.items() if key != DATE_ZONE}
    return (kept | {DATE_ZONE: [zone.key]} if naive else kept), date or None


def to_recognise(outcome: Outcome, pages: Sequence[Page]) -> list[int]:
    """The pages that may be only pictures: few letters beside what was written onto them.

    A recogniser looks once more: a PDF page with a short text and no picture is left alone.
    """
    if outcome.type not in (DocumentType.PDF, DocumentType.IMAGE):
        return []
    few = [page.number for page in pages if _letters(page) < FEW_LETTERS or garbled(page.text)]
    return few[:ANIMATION_FRAMES] if outcome.media_type in _ANIMATIONS else few


def unread_text(outcome: Outcome, pages: Sequence[Page]) -> list[Notice]:
    """What of a document's pages is not read as it should be, and why."""
    found = []
    if outcome.media_type in _ANIMATIONS and len(pages) > ANIMATION_FRAMES:
        words = f"Text is looked for in the first {ANIMATION_FRAMES} of {len(pages):,} frames only."
        found.append(Notice("frames", words))
    bad = [page.number for page in pages if garbled(page.text)]
    if bad and outcome.type is DocumentType.PDF:
        words = f"The text of {counted(len(bad), 'page')}, first of page {bad[0]:,}, is no writing."
        found.append(Notice("garbled", f"{words} What they show is recognised beside it."))
    return found


def _letters(page: Page) -> int:
    marks = [page.text[s.start : s.end] for s in page.spans if s.kind in _BESIDE]
    return sum(map(str.isalnum, page.text)) - sum(sum(map(str.isalnum, mark)) for mark in marks)


class _ChildInto:
    """Takes one child's bytes into the pack, and lists it when it is complete."""

    def __init__(self, pack: PackWriter, head: ChildHead, into: list[Child]) -> None:
        self._pack = pack
        self._head = head
        self._into = into
        self._digester = Digester()
        pack.begin()

    def write(self, data: bytes, /) -> None:
        self._digester.update(data)
        self._pack.write(data)

    def close(self) -> None:
        self._into.append(Child(self._head, self._digester.result(), self._pack.end()))

    def abort(self) -> None:
        """Half a child is none: its bytes in the pack are never referred to."""


def _first(metadata: Mapping[str, Sequence[str]], key: str) -> str:
    values = metadata.get(key)
    return values[0] if values else ""


class Flag:
    """Set from one thread, read from others: cancel."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        self._event.set()

    def __call__(self) -> bool:
        return self._event.is_set()
