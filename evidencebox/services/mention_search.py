"""Finding the roster's people in all documents, and who was looked for in all of them.

Documents that came or changed are looked through for the whole roster; when people of the roster
came or changed, only documents that may name them are looked through again, which the index tells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evidencebox.analysis.mentions import Found
from evidencebox.analysis.roster import VERSION, fingerprint
from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.people import Officer
from evidencebox.services.analyse_worker import NAMES
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.look_pool import Talk
from evidencebox.services.looking import BATCH_DOCUMENTS, Looker
from evidencebox.services.mention_work import RELATED, MentionBatch
from evidencebox.services.name_search import may_name
from evidencebox.store.mentions import Analysis, Mentions, Named

TALK = Talk("names", "analyse", NAMES, ratio=40)
"""A list of names alone yields some forty bytes of mentions for each of text."""

MOST_CHANGED = 50
"""Where more of the roster changed at once, everything is looked through anew."""

DOUBTFUL, SURE = 0.1, 0.8

_Work = tuple[int, IndexEntry]


def find_mentions(case: Case, workers: int, cancelled: Callable[[], bool]) -> int:
    """Brings the mentions up to date with roster and documents. Returns how many were looked at.

    The ingest lock is held by the caller. What is left where it is cancelled or killed is done by
    the next call.
    """
    kept, officers = Mentions(case.catalogue), looked_for(case)
    prints = {officer.id: fingerprint(officer) for officer in officers}
    before = kept.searched()
    if not officers:
        if before:
            kept.forget()
        return 0
    changed = [officer for officer in officers if before.get(officer.id) != prints[officer.id]]
    gone = set(before) - set(prints)
    if len(changed) + len(gone) > MOST_CHANGED or (changed and not before):
        kept.forget()
        kept.set_searched(prints)
        changed, gone = [], set()

    def put(work: Sequence[_Work], found: Sequence[Found | None]) -> None:
        rows = [row for row, _ in work]
        kept.put([_analysis(*each) for each in zip(rows, found, strict=True)], VERSION)

    def batch(work: Sequence[_Work]) -> MentionBatch:
        return MentionBatch(officers, [entry for _, entry in work])

    with Looker(TALK, workers, batch, put) as looker:
        finder = _Finder(case, kept, looker)
        if changed or gone:
            finder.again(_to_do(case, kept, changed, gone), cancelled)
            if not cancelled():
                kept.set_searched(prints)
        finder.waiting(cancelled)
        if looker.done and not cancelled():
            finder.families(cancelled)
        return looker.done


def refresh_mentions(case: Case, workers: int = 1) -> int | None:
    """The same, for who changed the roster: None where an import is running, which will do it."""
    try:
        lock = ingest_lock(case.folder)
    except UserError:
        return None
    with lock:
        return find_mentions(case, workers, lambda: False)


def to_search(case: Case) -> bool:
    """Whether `refresh_mentions` would do anything: people or documents came, or changed."""
    kept, officers = Mentions(case.catalogue), looked_for(case)
    if kept.searched() != {officer.id: fingerprint(officer) for officer in officers}:
        return True
    return bool(officers and kept.waiting(VERSION, 0, 1))


def not_searched(case: Case) -> set[OfficerId]:
    """Who of the roster was not looked for in every document yet, as he stands on it now."""
    kept, officers = Mentions(case.catalogue), looked_for(case)
    if kept.unfinished(VERSION):
        return {officer.id for officer in officers}
    searched = kept.searched()
    return {o.id for o in officers if searched.get(o.id) != fingerprint(o)}


def looked_for(case: Case) -> list[Officer]:
    """The roster as it is looked for: who was merged into another lends him names and numbers."""
    into = case.decided.merged_into()
    people = {officer.id: officer for officer in case.decided.officers()}
    everyone = case.decided.every_officer() if into else {}
    for other, own in sorted(into.items()):
        if own in people and other in everyone:
            people[own] = _joined(people[own], everyone[other])
    return list(people.values())


def _joined(own: Officer, other: Officer) -> Officer:
    name = f"{other.last}, {other.first}" if other.first else other.last
    return replace(
        own,
        aliases=_several(own.aliases, name, other.aliases),
        former_names=_several(own.former_names, other.former_names),
        badge=_several(own.badge, other.badge),
        email=_several(own.email, other.email),
    )


def _several(*values: str) -> str:
    return ";".join(dict.fromkeys(value for value in values if value))


def _to_do(
    case: Case, kept: Mentions, changed: Sequence[Officer], gone: Collection[OfficerId]
) -> list[DocumentId]:
    """Documents that name, or may name, who changed."""
    found = kept.documents_of([*gone, *(officer.id for officer in changed)])
    for officer in changed:
        found |= may_name(case, officer)
    return sorted(found)


class _Finder:
    """Which documents are to be looked through, as the analysers get them."""

    def __init__(self, case: Case, kept: Mentions, looker: Looker[_Work, Found]) -> None:
        self._case, self._kept, self._looker = case, kept, looker

    def waiting(self, cancelled: Callable[[], bool]) -> None:
        """Every document that was not looked through yet."""

        def rows() -> Iterator[tuple[int, DocumentId]]:
            after = 0
            while found := self._kept.waiting(VERSION, after, BATCH_DOCUMENTS):
                after = found[-1][0]
                yield from found

        self._looker.run(self._texts(rows(), {}), cancelled)

    def again(self, documents: Sequence[DocumentId], cancelled: Callable[[], bool]) -> None:
        """These documents, looked through or not."""
        rows = self._kept.rows_of(documents)
        texts = self._texts(((row, document) for document, row in rows.items()), {})
        self._looker.run(texts, cancelled)

    def families(self, cancelled: Callable[[], bool]) -> None:
        """Documents in which somebody is doubtful whom their family names beyond doubt."""
        related = self._kept.families(DOUBTFUL, SURE)
        documents = self._kept.documents_at(sorted(related))
        self._looker.run(self._texts(documents.items(), related), cancelled)

    def _texts(
        self,
        documents: Iterable[tuple[int, DocumentId]],
        related: Mapping[int, Collection[OfficerId]],
    ) -> Iterator[tuple[_Work, int]]:
        for row, document in documents:
            pages = tuple(self._case.index.pages(document))
            words: dict[str, tuple[str, ...]] = {}
            if row in related:
                words[RELATED] = tuple(sorted(related[row]))
            size = sum(len(page.text) for page in pages)
            yield (row, IndexEntry(document, pages, {}, words, None, 0)), size


def _analysis(row: int, found: Found | None) -> Analysis:
    if found is None:
        return Analysis(row, (), (), through=False)
    unknown = [Named(u.page, u.name, u.rank, u.badge) for u in found.unknown]
    return Analysis(row, found.mentions, unknown)
