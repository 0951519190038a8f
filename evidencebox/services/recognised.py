"""What becomes of a document once the pages of it that waited were recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidencebox.model.documents import DocumentRecord, Layer, Notice, Page, Status
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.case import Case
from evidencebox.services.entry import index_entry
from evidencebox.services.ocr_pool import PageRead
from evidencebox.store.found import OcrPage, Sought
from evidencebox.store.recognition import Recognition

UNCERTAIN = 85
"""Mean confidence, of 100, below which a page is named in a notice."""
POOR = 70
"""Below this much of a page is probably wrong, and its document stands in the failures list."""


@dataclass(frozen=True, slots=True)
class Result:
    """What becomes of a document with its second layer."""

    status: Status
    stage: str
    reason: str
    notices: list[Notice] = field(default_factory=list)


def page_of(number: int, read: PageRead) -> OcrPage:
    """What a recogniser said of a page, as it is settled in the catalogue."""
    if read.text:
        done = (read.confidence, read.reason, read.text, read.spans, read.places)
        return OcrPage(number, "done", *done)
    status = "empty" if read.status is Status.EMPTY else "failed"
    reason = "" if status == "empty" else read.reason or "Nothing came of it."
    return OcrPage(number, status, reason=reason)


def layered(
    case: Case, queue: Recognition, sought: Sought, record: DocumentRecord
) -> tuple[IndexEntry, Result, dict[str, tuple[str, ...]]]:
    """The document's entry with both layers, what becomes of it, and its metadata."""
    pages = queue.settled(sought.document)
    before = list(case.index.pages(sought.sha256))
    text = [page for page in before if page.layer is Layer.TEXT]
    labels = {page.number: page.label for page in text}
    ocr = [
        Page(page.number, page.text, labels.get(page.number, ""), Layer.OCR, page.spans)
        for page in pages
        if page.text
    ]
    # What is recognised once more and fails this time keeps what was recognised before.
    failed = {page.number for page in pages if page.status == "failed"}
    ocr += [page for page in before if page.layer is Layer.OCR and page.number in failed]
    result = judge(record, pages, case.catalogue.notices(sought.sha256))
    metadata = dict(record.metadata)
    sure = [page.confidence for page in pages if page.text]
    if sure:
        metadata["ocr_confidence"] = (str(round(sum(sure) / len(sure))),)
    entry = index_entry(
        sought.sha256,
        record.locations,
        record.type,
        result.status,
        metadata,
        record.date,
        record.size,
        (len(record.parents), len(record.children)),
        [*text, *ocr],
        result.notices,
    )
    return entry, result, metadata


def judge(record: DocumentRecord, pages: Sequence[OcrPage], notices: Sequence[Notice]) -> Result:
    """The status of a document once all its pages that waited are settled."""
    kept = [notice for notice in notices if notice.code not in ("ocr_uncertain", "ocr_failed")]
    found = [page for page in pages if page.text]
    failed = [page for page in pages if page.status == "failed"]
    unsure = [page for page in found if page.confidence < UNCERTAIN]
    poor = [page for page in found if page.confidence < POOR]
    if found:
        kept = [notice for notice in kept if notice.code != "no_text"]
    if unsure:
        kept.append(Notice("ocr_uncertain", f"What was recognised is uncertain: {_named(unsure)}."))
    if failed:
        kept.append(Notice("ocr_failed", f"Not recognised: {_named(failed)}. {failed[0].reason}"))
    if record.status not in (Status.OK, Status.EMPTY):
        return Result(record.status, "extract", record.reason, kept)
    if failed:
        status = Status.PARTIAL if found or record.status is Status.OK else Status.FAILED
        reason = f"Not recognised: {_named(failed)}. {failed[0].reason}"
        return Result(status, "ocr", reason, kept)
    if poor:
        reason = f"Much of what was recognised is probably wrong: {_named(poor)}."
        return Result(Status.PARTIAL, "ocr", reason, kept)
    if found or record.status is Status.OK:
        return Result(Status.OK, "ocr", "", kept)
    return Result(Status.EMPTY, "ocr", "No text was found in it, nor recognised.", kept)


def _named(pages: Sequence[OcrPage]) -> str:
    shown = ", ".join(str(page.number) for page in pages[:20])
    more = " …" if len(pages) > 20 else ""
    return f"{'page' if len(pages) == 1 else 'pages'} {shown}{more}"
