"""Signatures of all texts: made in the analysers after a text pass, and again after recognition.

What is to be signed is marked in the transaction that records a reading, so a run that is
stopped or killed is taken up by the next one.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future

from evidencebox.analysis.near_duplicates import Signature
from evidencebox.model.documents import Page
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import BatchError
from evidencebox.services.case import Case
from evidencebox.services.entry import addresses, timestamp
from evidencebox.services.signature_pool import SignaturePool
from evidencebox.store.signatures import FAILED, Signatures, Signed, Unsigned

BATCH_CHARS = 4_000_000
BATCH_DOCUMENTS = 200
_HEADER = "mail_header"
_Batch = list[tuple[Unsigned, IndexEntry]]


def sign(case: Case, workers: int, cancelled: Callable[[], bool]) -> None:
    """Signs every text that came or changed. The ingest lock is held by the caller."""
    kept = Signatures(case.catalogue)
    if not kept.waiting():
        return
    with SignaturePool(workers) as pool:
        flying: deque[tuple[_Batch, Future[list[Signature]]]] = deque()
        for batch in _batches(case, kept):
            if cancelled():
                break
            flying.append((batch, pool.submit([entry for _, entry in batch])))
            if len(flying) > 2 * workers:
                _land(kept, pool, *flying.popleft())
        while flying:
            _land(kept, pool, *flying.popleft())


def own_text(pages: Iterable[Page]) -> list[str]:
    """The texts of pages without a message's header lines, which differ from copy to copy."""
    texts = []
    for page in pages:
        text, end = page.text, len(page.text)
        for span in sorted(page.spans, key=lambda span: -span.start):
            if span.kind == _HEADER and span.start < end:
                text = text[: span.start] + " " + text[min(span.end, end) :]
                end = span.start
        texts.append(text)
    return texts


def _batches(case: Case, kept: Signatures) -> Iterator[_Batch]:
    batch: _Batch = []
    chars = after = 0
    while found := kept.unsigned(after, BATCH_DOCUMENTS):
        after = found[-1].row
        for unsigned in found:
            pages = own_text(case.index.pages(unsigned.document))
            numbered = tuple(Page(number, text) for number, text in enumerate(pages, 1))
            batch.append((unsigned, IndexEntry(unsigned.document, numbered, {}, {}, None, 0)))
            chars += sum(map(len, pages))
            if chars >= BATCH_CHARS or len(batch) >= BATCH_DOCUMENTS:
                yield batch
                batch, chars = [], 0
    if batch:
        yield batch


def _land(
    kept: Signatures, pool: SignaturePool, batch: _Batch, done: Future[list[Signature]]
) -> None:
    try:
        found: Sequence[Signature | None] = done.result()
    except BatchError:
        found = [_alone(pool, entry) for _, entry in batch]
    kept.put(
        {
            unsigned.row: _signed(unsigned, signature)
            for (unsigned, _), signature in zip(batch, found, strict=True)
        }
    )


def _alone(pool: SignaturePool, entry: IndexEntry) -> Signature | None:
    """A text by itself: one that stops an analyser must not take its neighbours along."""
    try:
        return pool.submit([entry]).result()[0]
    except BatchError:
        return None


def _signed(unsigned: Unsigned, signature: Signature | None) -> Signed:
    if signature is None:
        return Signed(unsigned.document, FAILED, b"", b"", "")
    places = signature.places.astype("<u2").tobytes()
    key = message_key(unsigned, signature) if unsigned.metadata else ""
    return Signed(unsigned.document, signature.words, signature.digest, places, key)


def message_key(unsigned: Unsigned, signature: Signature) -> str:
    """The same for copies of one message, whatever mailbox or format they come from.

    From, to, cc, subject and moment, normalised; the words of the body in order; what is attached.
    '' where neither a sender nor a subject nor a word is known.
    """
    said = unsigned.metadata
    people = [sorted(addresses(said.get(name, ()))) for name in ("from", "to", "cc")]
    subject = " ".join(_first(said, "subject").casefold().split())
    if not (people[0] or subject) or not (people[0] or signature.words):
        return ""
    parts = [people, subject, timestamp(unsigned.date), signature.digest.hex(), unsigned.children]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _first(said: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(said.get(name, ())), "")
