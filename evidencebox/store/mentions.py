"""Mentions in catalogue.db: derived, and replaced whole for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select

from evidencebox.model.documents import Layer
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import LIKELY, Mention
from evidencebox.store import analysed, totals
from evidencebox.store.analysed import chunks, rows_by_place
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import (
    AnalysedRow,
    ChildRow,
    DocumentRow,
    MentionRow,
    SearchedPersonRow,
    UnknownPersonRow,
)
from evidencebox.store.engine import reading, writing

_SCALE = 1000


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with a rank or badge on a page who is not on the roster."""

    page: int
    name: str
    rank: str
    badge: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one document: `row` is the catalogue's number of it.

    `through`: whether the analyser came through it.
    """

    row: int
    mentions: Sequence[Mention]
    unknown: Sequence[Named]
    through: bool = True


class Mentions:
    """Safe for use from several threads, beside processes that put."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = catalogue.engine

    def waiting(self, version: int, after: int, limit: int) -> list[tuple[int, DocumentId]]:
        """Documents not looked through by these rules yet, in order, from row `after` on."""
        return analysed.waiting(self._engine, analysed.MENTIONS, version, after, limit)

    def unfinished(self, version: int) -> bool:
        """Whether a document is still to be read, or to be looked through by these rules."""
        return analysed.unfinished(self._engine, analysed.MENTIONS, version)

    def stopped(self) -> int:
        """How many documents the analyser did not come through."""
        return analysed.stopped(self._engine, analysed.MENTIONS)

    def rows_of(self, documents: Sequence[DocumentId]) -> dict[DocumentId, int]:
        """Document → its row."""
        found: dict[DocumentId, int] = {}
        with reading(self._engine) as connection:
            for part in chunks(documents):
                query = select(DocumentRow.sha256, DocumentRow.id)
                rows = connection.execute(query.where(DocumentRow.sha256.in_(part)))
                found.update((DocumentId(sha), row) for sha, row in rows)
        return found

    def put(self, analyses: Sequence[Analysis], version: int) -> None:
        """Replaces what was found in these documents, in one transaction."""
        rows = [analysis.row for analysis in analyses]
        mentions = [_values(a.row, mention) for a in analyses for mention in a.mentions]
        unknown = [
            {"document": a.row, "page": n.page, "name": n.name, "rank": n.rank, "badge": n.badge}
            for a in analyses
            for n in {(n.page, n.name): n for n in a.unknown}.values()
        ]
        with writing(self._engine) as connection:
            for part in chunks(rows):
                totals.add_mentions(connection, part, -1)
                for table in (MentionRow, UnknownPersonRow):
                    column = table.__table__.c["document"]
                    connection.execute(delete(table).where(column.in_(part)))
                # Whose an element is depends on who is named beside it.
                elements = (AnalysedRow.kind == analysed.ELEMENTS, AnalysedRow.document.in_(part))
                connection.execute(delete(AnalysedRow).where(*elements))
            for table, values in ((MentionRow, mentions), (UnknownPersonRow, unknown)):
                if values:
                    connection.execute(insert(table), values)
            for part in chunks(rows):
                totals.add_mentions(connection, part, 1)
            done = [(analysis.row, analysis.through) for analysis in analyses]
            analysed.mark(connection, analysed.MENTIONS, done, version)

    def searched(self) -> dict[OfficerId, str]:
        """Whom every analysed document was searched for, and with what."""
        query = select(SearchedPersonRow.officer, SearchedPersonRow.fingerprint)
        with reading(self._engine) as connection:
            return {OfficerId(officer): print_ for officer, print_ in connection.execute(query)}

    def set_searched(self, people: Mapping[OfficerId, str]) -> None:
        """Keeps whom the analysed documents were searched for; others' mentions go."""
        with writing(self._engine) as connection:
            before = set(connection.scalars(select(SearchedPersonRow.officer)))
            connection.execute(delete(SearchedPersonRow))
            for part in chunks(sorted(before - set(people))):
                connection.execute(delete(MentionRow).where(MentionRow.officer.in_(part)))
                totals.forget(connection, totals.MENTION, part)
            if people:
                values = [{"officer": o, "fingerprint": f} for o, f in people.items()]
                connection.execute(insert(SearchedPersonRow), values)

    def forget(self) -> None:
        """All documents are to be looked through anew."""
        with writing(self._engine) as connection:
            for table in (MentionRow, UnknownPersonRow, SearchedPersonRow):
                connection.execute(delete(table))
            totals.forget(connection, totals.MENTION)
            connection.execute(delete(AnalysedRow).where(AnalysedRow.kind.in_(analysed.KINDS)))

    def documents_of(self, officers: Sequence[OfficerId]) -> set[DocumentId]:
        """Every document with a mention, likely or not, of one of these officers."""
        found: set[DocumentId] = set()
        with reading(self._engine) as connection:
            for part in chunks(officers):
                query = (
                    select(DocumentRow.sha256)
                    .join(MentionRow, MentionRow.document == DocumentRow.id)
                    .where(MentionRow.officer.in_(part))
                    .distinct()
                )
                found.update(DocumentId(sha) for sha in connection.scalars(query))
        return found

    def each(
        self,
        documents: Sequence[DocumentId] | None = None,
        officer: OfficerId | None = None,
        least: float = LIKELY,
    ) -> Iterator[Mention]:
        """The mentions from a confidence on, by document and place; of all documents or some."""
        query = (
            select(DocumentRow.sha256, MentionRow.__table__)
            .join(MentionRow, MentionRow.document == DocumentRow.id)
            .where(MentionRow.confidence >= round(least * _SCALE))
        )
        if officer is not None:
            query = query.where(MentionRow.officer == officer)
        order = (MentionRow.document, MentionRow.page, MentionRow.start, MentionRow.id)
        return map(_mention, rows_by_place(self._engine, query, documents, order))

    def families(self, doubtful: float, sure: float) -> dict[int, set[OfficerId]]:
        """Document row → officers doubtful there and sure in its parent, child or sibling."""
        doubts: dict[int, set[str]] = defaultdict(set)
        low = select(MentionRow.document, MentionRow.officer).where(
            MentionRow.confidence >= round(doubtful * _SCALE),
            MentionRow.confidence < round(LIKELY * _SCALE),
        )
        found: dict[int, set[OfficerId]] = defaultdict(set)
        with reading(self._engine) as connection:
            for document, officer in connection.execute(low.distinct()):
                doubts[document].add(officer)
            for part in chunks(sorted(doubts)):
                kin = _kin(connection, part)
                near = sorted({other for others in kin.values() for other in others})
                sures = _sure(connection, near, round(sure * _SCALE))
                for document, others in kin.items():
                    named = {o for other in others for o in sures.get(other, ())}
                    found[document] |= {OfficerId(o) for o in named & doubts[document]}
        return {document: officers for document, officers in found.items() if officers}

    def documents_at(self, rows: Sequence[int]) -> dict[int, DocumentId]:
        """Row → document."""
        found: dict[int, DocumentId] = {}
        with reading(self._engine) as connection:
            for part in chunks(rows):
                query = select(DocumentRow.id, DocumentRow.sha256).where(DocumentRow.id.in_(part))
                found.update((row, DocumentId(sha)) for row, sha in connection.execute(query))
        return found

    def unknown(self, least: int) -> list[tuple[str, str, str, int, int]]:
        """(name, rank, badge, documents, pages) of who is not on the roster, most often first."""
        documents = func.count(UnknownPersonRow.document.distinct())
        query = (
            select(
                UnknownPersonRow.name,
                func.max(UnknownPersonRow.rank),
                func.max(UnknownPersonRow.badge),
                documents,
                func.count(),
            )
            .group_by(UnknownPersonRow.name)
            .having(documents >= least)
            .order_by(documents.desc(), UnknownPersonRow.name)
        )
        with reading(self._engine) as connection:
            return [(str(n), str(r), str(b), d, p) for n, r, b, d, p in connection.execute(query)]


def _kin(connection: Any, rows: Sequence[int]) -> dict[int, set[int]]:
    """Row → rows of its parents, children and siblings."""
    kin: dict[int, set[int]] = defaultdict(set)
    child, parent = ChildRow.child, ChildRow.parent
    for own, other in connection.execute(select(child, parent).where(child.in_(rows))):
        kin[own].add(other)
    for own, other in connection.execute(select(parent, child).where(parent.in_(rows))):
        kin[own].add(other)
    return kin


def _sure(connection: Any, rows: Sequence[int], least: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for part in chunks(rows):
        query = select(MentionRow.document, MentionRow.officer).where(
            MentionRow.document.in_(part), MentionRow.confidence >= least
        )
        for document, officer in connection.execute(query.distinct()):
            found[document].add(officer)
    return found


def _values(row: int, mention: Mention) -> dict[str, Any]:
    return {
        "document": row,
        "page": mention.page,
        "layer": mention.layer.value,
        "start": mention.start,
        "end": mention.end,
        "officer": mention.officer,
        "form": mention.form,
        "text": mention.text,
        "confidence": round(mention.confidence * _SCALE),
        "evidence": mention.evidence,
        "reason": mention.reason,
    }


def _mention(row: Any) -> Mention:
    return Mention(
        DocumentId(row.sha256),
        row.page,
        Layer(row.layer),
        row.start,
        row.end,
        OfficerId(row.officer),
        row.form,
        row.text,
        row.confidence / _SCALE,
        row.evidence,
        row.reason,
    )
