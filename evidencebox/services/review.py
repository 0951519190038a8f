"""Who reviews what, how far it is, and how well two reviewers agree.

An assignment and a sample are labels, `for NAME` and `sample NAME`: acts like any other, so they
are undone, travel in packs, and are searched for and counted without anything more.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.review import Tag
from evidencebox.model.reviewing import Agreement, Difference, Progress
from evidencebox.model.views import Done
from evidencebox.services import batch
from evidencebox.services.case import Case
from evidencebox.services.search import search
from evidencebox.services.tags import label_name

FOR, SAMPLE = "for ", "sample "
SEVERE = Harm.HIGH
_PACE = timedelta(hours=1)


def assign(case: Case, query: str, names: Sequence[str]) -> list[Done]:
    """Divides what a query finds and nobody has yet among reviewers, in turn: an act for each.

    Raises UserError for no name, or where nothing is left to assign.
    """
    names = list(dict.fromkeys(label_name(name) for name in names))
    if not names:
        raise UserError("Say who is to review: one name or more.")
    taken = {
        document
        for document, labels in case.decided.labels().items()
        if any(label.startswith(FOR) for label in labels)
    }
    free = [each for each in search(case, query).documents if each not in taken]
    if not free:
        raise UserError("Nothing to assign: the query finds nothing that is not assigned already.")
    shares = {name: free[number :: len(names)] for number, name in enumerate(names)}
    return [batch.label(case, part, FOR + name) for name, part in shares.items() if part]


def draw(case: Case, name: str, query: str, count: int, seed: int = 0) -> Done:
    """Draws documents that somebody reviewed, for a second reviewer, by one act.

    The same seed draws the same documents of the same trove. Raises UserError.
    """
    reviewed = case.decided.reviewed()
    among = sorted(each for each in search(case, query).documents if each in reviewed)
    if not among or count < 1:
        raise UserError("Nothing to draw from: the query finds no reviewed document.")
    drawn = random.Random(seed).sample(among, min(count, len(among)))
    return batch.label(case, sorted(drawn), SAMPLE + label_name(name))


def agreement(case: Case, name: str) -> Agreement:
    """How far reviewers agree on a sample. Raises UserError where there is no such sample.

    Two agree on a document where they tag the same officers, each with the same worst level; who
    reviewed it and tagged nobody says that it harms nobody.
    """
    wanted = SAMPLE + label_name(name)
    documents = sorted(d for d, labels in case.decided.labels().items() if wanted in labels)
    if not documents:
        raise UserError(f"There is no sample {name}; draw one first.")
    names = case.decided.reviewers()
    people = {officer.id: officer.name for officer in case.decided.officers()}
    said = _levels(case.decided.tags(documents))
    readers = _readers(case, documents, said)
    differences = []
    twice = alike = 0
    for document in documents:
        authors = readers[document]
        if len(authors) < 2:
            continue
        twice += 1
        officers = sorted({officer for a in authors for officer in said[document, a]})
        own = [
            Difference(
                document,
                people.get(officer, officer),
                tuple((names.get(a, ""), said[document, a].get(officer)) for a in authors),
            )
            for officer in officers
            if len({said[document, a].get(officer) for a in authors}) > 1
        ]
        alike += not own
        differences += own
    return Agreement(len(documents), twice, alike, tuple(differences))


def samples(case: Case) -> list[str]:
    """The names of the samples that were drawn."""
    labels = {label for found in case.decided.labels().values() for label in found}
    return sorted(label.removeprefix(SAMPLE) for label in labels if label.startswith(SAMPLE))


def progress(case: Case, query: str, now: datetime | None = None) -> Progress:
    """How far the review of what a query finds is."""
    now = now or datetime.now(UTC)
    found = set(search(case, query).documents)
    names = case.decided.reviewers()
    me = case.signer.author
    marks = case.decided.review_marks()
    by: Counter[str] = Counter()
    pace = 0
    for document, author, utc in marks:
        if document in found:
            by[names.get(author, "")] += 1
        pace += author == me and now - _PACE <= _moment(utc) <= now
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    severe = {
        tag.anchor.document
        for tag in case.decided.tags()
        if tag.author == me and tag.harm >= SEVERE and _moment(tag.utc) >= midnight
    }
    reviewed = len(found & {document for document, _, _ in marks})
    ordered = tuple(sorted(by.items(), key=lambda pair: (-pair[1], pair[0])))
    return Progress(len(found), reviewed, ordered, pace, len(severe))


def queue_for(case: Case) -> str:
    """The query that finds what is assigned to the present reviewer and still to do."""
    name = case.decided.reviewers().get(case.signer.author, case.reviewer)
    return f'label:"{FOR}{label_name(name)}" NOT is:reviewed'


def _levels(tags: Sequence[Tag]) -> dict[tuple[DocumentId, str], dict[OfficerId, Harm]]:
    """(document, author) → officer → the worst level he gave there."""
    found: dict[tuple[DocumentId, str], dict[OfficerId, Harm]] = defaultdict(dict)
    for tag in tags:
        levels = found[tag.anchor.document, tag.author]
        levels[tag.officer] = max(tag.harm, levels.get(tag.officer, Harm.NONE))
    return found


def _readers(
    case: Case,
    documents: Sequence[DocumentId],
    said: dict[tuple[DocumentId, str], dict[OfficerId, Harm]],
) -> dict[DocumentId, list[str]]:
    """Document → who reviewed or tagged it."""
    wanted = set(documents)
    found: dict[DocumentId, set[str]] = defaultdict(set)
    for document, author in list(said):
        found[document].add(author)
    for document, author, _ in case.decided.review_marks():
        if document in wanted:
            found[document].add(author)
    return defaultdict(list, {document: sorted(authors) for document, authors in found.items()})


def _moment(utc: str) -> datetime:
    return datetime.strptime(utc, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
