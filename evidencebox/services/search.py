"""One search, the same for the window, the command line and every export."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from evidencebox.index import search as engine
from evidencebox.index import snippets
from evidencebox.index.language import Parsed
from evidencebox.index.plan import HashPrefix
from evidencebox.index.suggest import suggestions
from evidencebox.model.exhibits import KINDS as EXHIBIT_KINDS
from evidencebox.model.exhibits import exhibits
from evidencebox.model.ids import DocumentId
from evidencebox.model.query import LedgerClause
from evidencebox.model.views import RELEVANCE, Found, Hit, PageHit
from evidencebox.services import officers as roster
from evidencebox.services import ordering, seals
from evidencebox.services.case import Case
from evidencebox.services.querying import understood
from evidencebox.services.receipt import receipt as receipt
from evidencebox.store.threads import Threads


def search(case: Case, query: str, sort: str = RELEVANCE) -> Found:
    """Every document that answers, in the order of `sort` (see `ordering`); best first otherwise.

    An empty query asks for all documents. Raises QueryError with a position, and UserError.
    """
    began = time.perf_counter()
    ordering.check(sort)
    found = _found(case, query)
    if sort != RELEVANCE:
        found = ordering.ordered(case, found, sort)
    return replace(found, milliseconds=(time.perf_counter() - began) * 1000)


def _found(case: Case, query: str) -> Found:
    if not query.strip():
        documents = tuple(case.catalogue.all_ids())
        return Found("", "every document", documents, (0.0,) * len(documents), 0.0)
    parsed = understood(case, query)
    matches = engine.search(case.index, parsed, partial(resolve, case))
    nearest = suggestions(case.index, parsed, matches.total)
    return Found(
        query,
        parsed.words,
        matches.documents,
        matches.scores,
        0.0,
        notes=parsed.notes,
        suggestions=nearest,
    )


def hits(case: Case, found: Found, limit: int = 0) -> Iterator[Hit]:
    """The first `limit` hits (0: all) with path, page and snippet."""
    parsed = understood(case, found.query) if found.query else None
    wanted = found.documents[:limit] if limit else found.documents
    for start in range(0, len(wanted), 200):
        part = wanted[start : start + 200]
        paths = {r.sha256: r.locations for r in case.catalogue.records(part)}
        sealed = seals.covered(case, part)
        for offset, document in enumerate(part, start=start):
            places = paths.get(document) or ()
            path = places[0].path if places else ""
            one = _hit(case, parsed, document, path, found.scores[offset])
            if document in sealed:
                one = replace(one, snippet=seals.COVERED, highlights=(), sealed=True)
            yield one


def hit(case: Case, query: str, document: DocumentId) -> Hit:
    """One document's snippet for a query."""
    parsed = understood(case, query) if query.strip() else None
    return _hit(case, parsed, document, "", 0.0)


def page_hits(case: Case, query: str, document: DocumentId) -> list[PageHit]:
    """Where a query's words stand in a document, page by page."""
    if not query.strip():
        return []
    parsed = understood(case, query)
    return [
        PageHit(page.number, start, end, page.layer)
        for page in case.index.pages(document)
        for start, end in snippets.page_hits(parsed, page.text)
    ]


def resolve(case: Case, clause: LedgerClause) -> set[DocumentId]:
    """The documents that the ledger gives for a clause: all its parts speak of one tag."""
    if clause.reviewed is not None:
        return case.decided.reviewed()
    if clause.label is not None:
        wanted = plain(clause.label)
        return {d for d, labels in case.decided.labels().items() if wanted in map(plain, labels)}
    if clause.exhibit is not None or clause.has == "exhibit":
        return _exhibits(case, clause.exhibit)
    if clause.has == "label":
        return set(case.decided.labels())
    if clause.thread is not None:
        return _thread(case, clause.thread)
    people = _officers(case, clause.officer)
    names = {a: plain(name) for a, name in case.decided.reviewers().items()}
    low = 0 if clause.harm_min is None else clause.harm_min
    high = 4 if clause.harm_max is None else clause.harm_max
    return {
        tag.anchor.document
        for tag in case.decided.tags()
        if (people is None or tag.officer in people)
        and low <= tag.harm <= high
        and (clause.category is None or clause.category.casefold() in tag.categories)
        and _contains(names.get(tag.author, ""), clause.reviewer)
        and _contains(plain(tag.note), clause.note)
        and (clause.has != "note" or tag.note.strip())
    }


def _hit(case: Case, parsed: Parsed | None, document: DocumentId, path: str, score: float) -> Hit:
    pages = case.index.pages(document)
    if parsed is None:
        first = next(pages, None)
        text = " ".join(first.text[:200].split()) if first else ""
        return Hit(document, path, first.number if first else 1, score, text)
    best = snippets.snippet(parsed, pages)
    return Hit(document, path, best.page, score, best.text, tuple(best.highlights))


def _thread(case: Case, text: str) -> set[DocumentId]:
    """The messages of a thread, by its name or by the id of one of them."""
    kept = Threads(case.catalogue)
    if not text.upper().startswith("EB-"):
        return kept.named(text.lower())
    node = understood(case, f'id:"{text}"').node
    if not isinstance(node, HashPrefix):
        raise TypeError("an id is the beginning of a hash")
    low = node.value << (256 - node.bits)
    high = (node.value + 1 << (256 - node.bits)) - 1
    return kept.around(DocumentId(f"{low:064x}"), DocumentId(f"{high:064x}"))


def _exhibits(case: Case, number: str | None) -> set[DocumentId]:
    """What stands as an exhibit; of one number where that is asked for."""
    standing = [e for e in exhibits(case.decided.acts_of(EXHIBIT_KINDS)) if e.stands]
    return {e.document for e in standing if number is None or e.number == number.strip().upper()}


def _contains(text: str, part: str | None) -> bool:
    return part is None or plain(part) in text


def plain(text: str) -> str:
    """What people wrote, as it is compared: no query can quote a quotation mark."""
    return text.translate(_QUOTES).casefold()


_QUOTES = str.maketrans(dict.fromkeys('"“”„', "'"))


def _officers(case: Case, text: str | None) -> set[str] | None:
    """Ids for what was typed after `officer:`: an id, a badge, or the beginning of a name."""
    if text is None:
        return None
    exact = case.decided.officer(text)
    found: Sequence[Any] = exact or roster.find(case.decided.officers(), text, limit=100_000)
    return {officer.id for officer in found}
