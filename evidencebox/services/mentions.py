"""Finding the roster's people in all documents, and what reviewers say of what was found.

Documents that came or changed are looked through for the whole roster; when people of the roster
came or changed, only documents that may name them are looked through again, which the index tells.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from evidencebox.analysis.mentions import Found
from evidencebox.analysis.roster import VERSION, fingerprint
from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.people import Officer
from evidencebox.model.suggestions import LIKELY, Answer, Answered, Mention, form_key
from evidencebox.services import seals
from evidencebox.services.analyse_pool import BatchError
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.mention_pool import MentionPool
from evidencebox.services.mention_work import RELATED, Batch
from evidencebox.services.name_search import may_name
from evidencebox.store.ledger import Draft
from evidencebox.store.mentions import Analysis, Mentions, Named

BATCH_CHARS = 4_000_000
BATCH_DOCUMENTS = 500
MOST_CHANGED = 50
"""Where more of the roster changed at once, everything is looked through anew."""

DOUBTFUL, SURE = 0.1, 0.8
PROPOSED_FROM = 2
"""In how many documents somebody unknown has to be named with a rank to be proposed."""

_QUOTE_MAX = 200
_Work = list[tuple[int, IndexEntry]]


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
    with _Finder(case, kept, officers, workers, cancelled) as finder:
        if changed or gone:
            finder.again(_to_do(case, kept, changed, gone))
            if not cancelled():
                kept.set_searched(prints)
        finder.waiting()
        finder.families()
        return finder.done


def refresh_mentions(case: Case, workers: int = 1) -> int | None:
    """The same, for who changed the roster: None where an import is running, which will do it."""
    try:
        lock = ingest_lock(case.folder)
    except UserError:
        return None
    with lock:
        return find_mentions(case, workers, lambda: False)


def looked_for(case: Case) -> list[Officer]:
    """The roster as it is looked for: who was merged into another lends him names and numbers."""
    everyone, into = case.decided.every_officer(), case.decided.merged_into()
    people = {officer.id: officer for officer in case.decided.officers()}
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
    """Documents through the analysers, batch by batch, into the catalogue."""

    def __init__(
        self,
        case: Case,
        kept: Mentions,
        officers: Sequence[Officer],
        workers: int,
        cancelled: Callable[[], bool],
    ) -> None:
        self._case, self._kept, self._officers = case, kept, officers
        self._cancelled = cancelled
        self._workers = workers
        self._pool: MentionPool | None = None
        self._flying: deque[tuple[_Work, Future[list[Found]]]] = deque()
        self.done = 0

    def __enter__(self) -> _Finder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.__exit__()

    def waiting(self) -> None:
        """Every document that was not looked through yet."""

        def rows() -> Iterator[tuple[int, DocumentId]]:
            after = 0
            while found := self._kept.waiting(VERSION, after, BATCH_DOCUMENTS):
                after = found[-1][0]
                yield from found

        self._run(rows(), {})

    def again(self, documents: Sequence[DocumentId]) -> None:
        """These documents, looked through or not."""
        rows = self._kept.rows_of(documents)
        self._run(((row, document) for document, row in rows.items()), {})

    def families(self) -> None:
        """Documents in which somebody is doubtful whom their family names beyond doubt."""
        if not self.done or self._cancelled():
            return
        related = self._kept.families(DOUBTFUL, SURE)
        documents = self._kept.documents_at(sorted(related))
        self._run(documents.items(), related)

    def _run(
        self,
        documents: Any,
        related: Mapping[int, Collection[OfficerId]],
    ) -> None:
        work: _Work = []
        chars = 0
        for row, document in documents:
            if self._cancelled():
                break
            pages = tuple(self._case.index.pages(document))
            words: dict[str, tuple[str, ...]] = {}
            if row in related:
                words[RELATED] = tuple(sorted(related[row]))
            work.append((row, IndexEntry(document, pages, {}, words, None, 0)))
            chars += sum(len(page.text) for page in pages)
            if chars >= BATCH_CHARS or len(work) >= BATCH_DOCUMENTS:
                self._submit(work)
                work, chars = [], 0
        if work:
            self._submit(work)
        while self._flying:
            self._land()

    def _submit(self, work: _Work) -> None:
        self._flying.append((work, self._look(work)))
        if len(self._flying) > 2 * self._workers:
            self._land()

    def _look(self, work: _Work) -> Future[list[Found]]:
        if self._pool is None:
            self._pool = MentionPool(self._workers)
        return self._pool.submit(Batch(self._officers, [entry for _, entry in work]))

    def _land(self) -> None:
        work, future = self._flying.popleft()
        try:
            found = future.result()
        except BatchError:
            found = [self._alone(each) for each in work]
        self._kept.put(
            [
                Analysis(
                    row,
                    each.mentions,
                    [Named(u.page, u.name, u.rank, u.badge) for u in each.unknown],
                )
                for (row, _), each in zip(work, found, strict=True)
            ],
            VERSION,
        )
        self.done += len(work)

    def _alone(self, each: tuple[int, IndexEntry]) -> Found:
        """A document by itself: one that stops an analyser must not take others along."""
        try:
            return self._look([each]).result()[0]
        except BatchError:
            return Found()


# --- reading ------------------------------------------------------------------------------------


def listed(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
    least: float = LIKELY,
) -> Iterator[Mention]:
    """Mentions with the reviewers' answers, by document and place.

    Those from confidence `least` on, and doubtful ones that somebody said yes to.
    """
    answers = Answers(case.decided.answers(documents))
    floor = 0.0 if answers else least
    for mention in Mentions(case.catalogue).each(documents, officer, floor):
        said = answers.of(mention)
        if mention.confidence >= least or said is Answer.SAME:
            yield mention if said is None else replace(mention, decision=said)


def shown(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
    least: float = LIKELY,
) -> Iterator[Mention]:
    """The same for a list that people see: of sealed documents without the words on the page."""
    sealed = seals.everything(case) if documents is None else seals.covered(case, documents)
    for each in listed(case, documents, officer, least):
        covered = each.document in sealed
        yield replace(each, text=seals.COVERED, reason=seals.COVERED) if covered else each


class Answers:
    """The answers that stand, found for a mention: at its place first, then by rule."""

    def __init__(self, answers: Sequence[Answered]) -> None:
        self._places: dict[tuple[Any, ...], set[Answer]] = {}
        self._moved: dict[tuple[Any, ...], set[Answer]] = {}
        self._rules: dict[tuple[str, OfficerId], set[Answer]] = {}
        for each in answers:
            if each.document is None:
                self._rules.setdefault((each.label, each.officer), set()).add(each.answer)
                continue
            place = (each.document, each.page, each.label, each.start, each.end, each.officer)
            self._places.setdefault(place, set()).add(each.answer)
            moved = (each.document, each.page, each.label, each.quote, each.officer)
            self._moved.setdefault(moved, set()).add(each.answer)

    def __bool__(self) -> bool:
        return bool(self._places or self._rules)

    def of(self, m: Mention) -> Answer | None:
        """The answer; unsure where reviewers differ."""
        if not self:
            return None
        said = self._places.get((m.document, m.page, m.layer.value, m.start, m.end, m.officer))
        # The text may have been read anew, so that all stands a little further on.
        said = said or self._moved.get((m.document, m.page, m.layer.value, m.text, m.officer))
        said = said or self._rules.get((form_key(m.text, m.evidence), m.officer))
        if not said:
            return None
        return next(iter(said)) if len(said) == 1 else Answer.UNSURE


def answer(case: Case, mention: Mention, said: Answer, *, everywhere: bool = False) -> Act:
    """Records what the reviewer says of a mention, as an act of its own.

    `everywhere`: also of all mentions that are written alike with the same evidence near.
    """
    targets: list[dict[str, Any]] = [
        {
            "document": mention.document,
            "page": mention.page,
            "start": mention.start,
            "end": mention.end,
            "label": mention.layer.value,
            "officer": mention.officer,
        }
    ]
    if everywhere:
        rule = form_key(mention.text, mention.evidence)
        targets.append({"officer": mention.officer, "label": rule})
    quotes = [{"quote": mention.text[:_QUOTE_MAX]}, {}][: len(targets)]
    payload = {"answer": said.value, "quotes": quotes}
    return case.decided.act(Draft(Kind.MENTION, targets, payload), case.signer)


def one(
    case: Case, document: DocumentId, page: int, span: tuple[int, int], officer: OfficerId
) -> Mention:
    """The mention at a place. Raises UserError where there is none."""
    for mention in listed(case, [document], officer, 0.0):
        if (mention.page, mention.start, mention.end) == (page, *span):
            return mention
    raise UserError(
        f"There is no mention of that person at {span[0]}-{span[1]} of page {page}; "
        "`mentions CASE --json --all` lists them."
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who is named with a rank, often, and is on no roster."""

    name: str
    rank: str
    badge: str
    documents: int
    pages: int


def proposals(case: Case, least: int = PROPOSED_FROM) -> list[Proposal]:
    """Whom to look up, the most often named first."""
    return [Proposal(*row) for row in Mentions(case.catalogue).unknown(least)]
