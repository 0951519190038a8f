"""What the lines of a list of documents say: what stands in the catalogue, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evidencebox.model.documents import DocumentRecord, DocumentType
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.review import Tag
from evidencebox.model.settings import in_zone
from evidencebox.model.views import ResultRow
from evidencebox.services.case import Case
from evidencebox.services.seals import Seals
from evidencebox.services.settings import time_zone


def result_rows(case: Case, seals: Seals, documents: Sequence[DocumentId]) -> list[ResultRow]:
    """A row for each document that the catalogue knows."""
    if not documents:
        return []
    people = {officer.id: officer for officer in case.decided.officers()}
    tagged = _by_document(case.decided.tags(documents))
    labels = case.decided.labels(documents)
    reviewed = case.decided.reviewed(documents)
    zone = time_zone(case)
    sealed = seals.among(documents)
    rows = []
    for record in case.catalogue.records(documents):
        document = record.sha256
        assert document is not None
        found = tagged.get(document, [])
        covered = document in sealed
        rows.append(
            ResultRow(
                document=document,
                id=record.id,
                name=Seals.NAME if covered else _shown_name(record),
                date=record.date and in_zone(record.date, zone),
                type=record.type,
                officers=_names(found, people),
                harm=max((tag.harm for tag in found), default=None),
                reviewed=document in reviewed,
                labels=tuple(labels.get(document, ())),
                categories=() if covered else _categories(found),
            )
        )
    return rows


def _names(tags: Iterable[Tag], people: Mapping[OfficerId, Officer]) -> tuple[str, ...]:
    named = dict.fromkeys(people[tag.officer] for tag in tags if tag.officer in people)
    return tuple(officer.name for officer in named)


def _categories(tags: Iterable[Tag]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for tag in tags for name in tag.categories))


def _shown_name(record: DocumentRecord) -> str:
    """A message's subject, any other's file name: titles are mostly those of a template."""
    return (record.type is DocumentType.MAIL and record.title) or record.name


def _by_document(standing: Iterable[Tag]) -> dict[DocumentId, list[Tag]]:
    found: dict[DocumentId, list[Tag]] = defaultdict(list)
    for tag in standing:
        found[tag.anchor.document].append(tag)
    return found
