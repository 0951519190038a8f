"""Everything about one person: what is exposed, where, how bad, with whom, and what was decided."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from evidencebox.analysis.roster import VERSION, fingerprint
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.people import OFFICER_FIELDS, Officer
from evidencebox.model.suggestions import Answer, Element, Mention
from evidencebox.services import elements, mentions, receipt
from evidencebox.services.case import Case
from evidencebox.services.harms import harm_json, proposals
from evidencebox.services.matrix import matrix
from evidencebox.services.mention_search import looked_for, not_searched
from evidencebox.services.notices import Notice, may_have_monitoring, notices
from evidencebox.services.tags import officer_json
from evidencebox.store.mentions import Mentions
from evidencebox.store.totals import named_in

_COMPANIONS = 50


def officer_page(case: Case, officer: Officer) -> dict[str, Any]:
    """The page as one JSON object."""
    listed = list(elements.listed(case, officer=officer.id))
    named = [m for m in mentions.listed(case, officer=officer.id) if _stands(m)]
    documents = sorted({m.document for m in named} | {e.document for e in listed})
    records = {r.sha256: r for r in case.catalogue.records(documents) if r.sha256}
    dates = {d: records[d].date for d in documents if d in records}
    row = next(r for r in matrix(case) if r.officer.id == officer.id)
    return {
        "officer": officer_json(officer, officer.id),
        "facts": {name: getattr(officer, name) for name in OFFICER_FIELDS},
        "state": row.state.value,
        "disposition": row.disposition,
        "documents_naming": row.named,
        "not_reviewed": row.unreviewed,
        "elements": _by_kind(listed),
        "documents": _documents(case, officer, documents, records, named),
        "timeline": _timeline(dates, listed, named),
        "named_with": _companions(case, officer, documents),
        "notes": _notes(case, officer),
        "notice": _notice(case, officer, {e.kind for e in listed}),
        "searched": searched(case, officer),
    }


def searched(case: Case, officer: Officer) -> dict[str, Any]:
    """What of him was looked for, in what, and what could not be read: it can be made again.

    `digest` covers all of it but the time: the same case says the same.
    """
    own = next((o for o in looked_for(case) if o.id == officer.id), officer)
    state = receipt.state(case)
    unread = state.pop("unread")
    utc = state.pop("utc")
    said = {
        "looked_for": {name: getattr(own, name) for name in _LOOKED_FOR if getattr(own, name)},
        "fingerprint": fingerprint(own),
        "rules": VERSION,
        "searched_to_the_end": officer.id not in not_searched(case),
        "documents_the_search_stopped_in": Mentions(case.catalogue).stopped(),
        **{name: state[name] for name in _STATE},
        "not_readable": {status: len(rows) for status, rows in unread.items()},
    }
    text = json.dumps(said, sort_keys=True)
    return {**said, "utc": utc, "digest": hashlib.sha256(text.encode()).hexdigest()}


_LOOKED_FOR = (
    *("last", "former_names", "aliases", "first", "middle", "rank", "unit", "badge", "email"),
    "birth_date",
)
_STATE = (
    *("version", "case", "index_generation", "index_fingerprint", "index_documents"),
    *("documents_by_status", "pages_waiting_for_ocr"),
)


def _stands(mention: Mention) -> bool:
    return mention.decision is not Answer.DIFFERENT


def _by_kind(listed: Iterable[Element]) -> list[dict[str, Any]]:
    by_kind: dict[str, list[Element]] = defaultdict(list)
    for element in listed:
        if element.decision is not Answer.DIFFERENT:
            by_kind[element.kind].append(element)
    return [
        {
            "kind": kind,
            "documents": len({e.document for e in found}),
            "accepted": sum(e.decision is Answer.SAME for e in found),
            "masked": sorted({e.masked for e in found})[:20],
            "places": [
                {"sha256": e.document, "page": e.page, "start": e.start, "end": e.end}
                for e in found[:200]
            ],
        }
        for kind, found in sorted(by_kind.items())
    ]


def _documents(
    case: Case,
    officer: Officer,
    documents: Sequence[DocumentId],
    records: dict[DocumentId, Any],
    named: Sequence[Mention],
) -> list[dict[str, Any]]:
    """His documents, the worst first: tagged ones by level, then by what is proposed."""
    proposed = {p.document: p for p in proposals(case, documents, officer.id)}
    tagged: dict[DocumentId, int] = {}
    for tag in case.decided.tags(documents):
        if tag.officer == officer.id:
            document = tag.anchor.document
            tagged[document] = max(int(tag.harm), tagged.get(document, 0))
    reviewed = case.decided.reviewed(documents)
    pages: dict[DocumentId, set[int]] = defaultdict(set)
    for mention in named:
        pages[mention.document].add(mention.page)

    def rank(document: DocumentId) -> tuple[Any, ...]:
        each = proposed.get(document)
        order = each.proposal.rank if each else ()
        return (-tagged.get(document, -1), *(-n for n in order or (0,)), document)

    return [
        {
            "sha256": document,
            "id": short_id(document),
            "path": _path(records.get(document)),
            "date": records[document].date if document in records else None,
            "pages": sorted(pages[document]),
            "harm": tagged.get(document),
            "proposed": harm_json(proposed[document]) if document in proposed else None,
            "reviewed": document in reviewed,
        }
        for document in sorted(documents, key=rank)
    ]


def _path(record: Any) -> str:
    return record.locations[0].path if record is not None and record.locations else ""


def _timeline(
    dates: dict[DocumentId, str | None], listed: Sequence[Element], named: Sequence[Mention]
) -> list[dict[str, Any]]:
    """Dated documents in their order, with what each exposes of him."""
    kinds: dict[DocumentId, set[str]] = defaultdict(set)
    for element in listed:
        kinds[element.document].add(element.kind)
    mentioned = {mention.document for mention in named}
    dated = sorted((date, document) for document, date in dates.items() if date)
    return [
        {
            "date": date,
            "sha256": document,
            "named": document in mentioned,
            "kinds": sorted(kinds[document]),
        }
        for date, document in dated
    ]


def _companions(
    case: Case, officer: Officer, documents: Sequence[DocumentId]
) -> list[dict[str, Any]]:
    """Who is named in the same documents, most often first."""
    together: Counter[OfficerId] = Counter()
    for other, found in named_in(case.catalogue, documents).items():
        if other != officer.id:
            together[other] = len(found)
    people = {o.id: o for o in case.decided.officers()}
    ranked = sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMPANIONS]
    return [
        {"officer": officer_json(people.get(other), other), "documents": number}
        for other, number in ranked
    ]


def _notes(case: Case, officer: Officer) -> list[dict[str, Any]]:
    names = case.decided.reviewers()
    return [
        {
            "sha256": tag.anchor.document,
            "page": tag.anchor.page,
            "harm": int(tag.harm),
            "categories": list(tag.categories),
            "note": tag.note,
            "reviewer": names.get(tag.author, ""),
            "utc": tag.utc,
        }
        for tag in case.decided.tags()
        if tag.officer == officer.id
    ]


def _notice(case: Case, officer: Officer, kinds: set[str]) -> dict[str, Any]:
    notice = notices(case).get(officer.id, Notice(officer.id))
    return {
        "decision": notice.decision.value,
        "date": notice.date,
        "monitoring": notice.monitoring,
        "may_be_eligible": may_have_monitoring(kinds),
        "note": notice.note,
        "reviewer": case.decided.reviewers().get(notice.author, ""),
        "utc": notice.utc,
    }


__all__ = ["officer_page", "searched"]
