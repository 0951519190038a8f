"""What stands decided: the roster, tags, labels, marks, rules, and the acts that say so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, func, select

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.people import Merge, Officer
from evidencebox.model.policy import Policy
from evidencebox.model.review import Conflict, Tag
from evidencebox.model.suggestions import Answered
from evidencebox.store import (
    conflicts,
    ledger,
    people_rows,
    projection,
    review_rows,
)
from evidencebox.store.case_tables import AcquisitionRow, ActRow, PayloadRow, ReviewerRow
from evidencebox.store.engine import reading
from evidencebox.store.kept import POLICY, ROSTER, Kept
from evidencebox.store.settings import settings

HISTORY_LIMIT = 200


class Decisions:
    """Reads the projections of case.db, which it never holds across another's commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = Kept()

    def officers(self) -> list[Officer]:
        """The whole roster, by name, without those merged into others."""
        with reading(self._engine) as connection:
            return list(self._kept.get(connection, "officers", ROSTER, people_rows.officers))

    def every_officer(self) -> dict[OfficerId, Officer]:
        """Those merged into others too, by id."""
        with reading(self._engine) as connection:
            return people_rows.every_officer(connection)

    def officer(self, id_or_badge: str) -> list[Officer]:
        """The officers with this id or badge; more than one where a badge was issued twice."""
        with reading(self._engine) as connection:
            return people_rows.officer(connection, id_or_badge)

    def merges(self) -> list[Merge]:
        """Every merge in force, oldest first."""
        with reading(self._engine) as connection:
            return people_rows.merges(connection)

    def merged_into(self) -> dict[OfficerId, OfficerId]:
        """Merged officer → who he is now."""
        with reading(self._engine) as connection:
            return dict(self._kept.get(connection, "merged", ROSTER, people_rows.merged_into))

    def answers(self, documents: Sequence[DocumentId] | None = None) -> list[Answered]:
        """What reviewers said of mentions, of `documents` or of all, and by rule.

        What was said of somebody who was merged is said of who he is now.
        """
        with reading(self._engine) as connection:
            now = people_rows.merged_into(connection)
            said = people_rows.answers(connection, documents)
        return [replace(a, officer=now[a.officer]) if a.officer in now else a for a in said]

    def notices(self) -> dict[OfficerId, tuple[Act, dict[str, Any]]]:
        """Officer → the act that says whether he is told, and what it says."""
        with reading(self._engine) as connection:
            return people_rows.notices(connection)

    def tags(
        self, documents: Sequence[DocumentId] | None = None, *, as_given: bool = False
    ) -> list[Tag]:
        """The tags that stand, of `documents` or of all, oldest first.

        `as_given`: under the officer they were given for, also where he was merged since.
        """
        with reading(self._engine) as connection:
            now = {} if as_given else people_rows.merged_into(connection)
            tags = review_rows.tags(connection, documents)
        return [replace(t, officer=now[t.officer]) if t.officer in now else t for t in tags]

    def conflicts(self) -> list[Conflict]:
        """Where reviewers' tags for one officer at one anchor differ and that is not settled."""
        with reading(self._engine) as connection:
            return conflicts.unsettled(connection, review_rows.tag_from)

    def tag_paths(self) -> dict[DocumentId, str]:
        """The path each tagged document had when it was tagged, should the catalogue be lost."""
        with reading(self._engine) as connection:
            return review_rows.tag_paths(connection)

    def labels(self, documents: Sequence[DocumentId] | None = None) -> dict[DocumentId, list[str]]:
        """Document → its labels."""
        with reading(self._engine) as connection:
            return review_rows.labels(connection, documents)

    def reviewed(self, documents: Sequence[DocumentId] | None = None) -> set[DocumentId]:
        """The documents that anyone marked as reviewed."""
        with reading(self._engine) as connection:
            return review_rows.reviewed(connection, documents)

    def review_marks(self) -> list[tuple[DocumentId, str, str]]:
        """Every mark that stands: document, author, when."""
        with reading(self._engine) as connection:
            return review_rows.marks(connection)

    def reviewers(self) -> dict[str, str]:
        """Public key → name; two of one name, on two laptops, are told apart by their keys."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(ReviewerRow.author, ReviewerRow.name)).all()
        counts = Counter(name for _, name in rows)
        return {a: name if counts[name] < 2 else f"{name} ({a[:6]})" for a, name in rows}

    def reported(self, documents: Sequence[DocumentId]) -> set[DocumentId]:
        """Of these documents those that were reported as material that nobody may look at."""
        with reading(self._engine) as connection:
            return review_rows.reported(connection, documents)

    def purged_documents(self) -> set[DocumentId]:
        """The documents that were removed by order."""
        with reading(self._engine) as connection:
            return {DocumentId(each) for each in projection.purged_documents(connection)}

    def purged_parts(self) -> int:
        """How many parts of acts' payloads were removed by order."""
        with reading(self._engine) as connection:
            query = select(func.count()).select_from(PayloadRow).where(PayloadRow.body.is_(None))
            return connection.scalar(query) or 0

    def policy(self) -> Policy:
        """Who may do what, and which categories are sealed."""
        with reading(self._engine) as connection:
            return self._kept.get(connection, "policy", POLICY, ledger.policy_of)

    def acquisitions(self) -> list[dict[str, Any]]:
        """What was acquired, oldest first."""
        query = select(AcquisitionRow.body).order_by(AcquisitionRow.utc)
        with reading(self._engine) as connection:
            return [json.loads(body) for body in connection.scalars(query)]

    def acts_of(self, kinds: Sequence[Kind]) -> list[tuple[Act, dict[str, Any]]]:
        """The acts of these kinds with their payloads, as they arrived."""
        query = select(ActRow.__table__).where(ActRow.kind.in_(kinds)).order_by(ActRow.arrival)
        with reading(self._engine) as connection:
            acts = [projection.act_from(row) for row in connection.execute(query)]
            bodies = projection.payloads(connection, [act.id for act in acts])
            return [(act, dict(bodies.get(act.id, {}))) for act in acts]

    def settings(self) -> dict[str, str]:
        """What is set for the case as a whole: name → value."""
        with reading(self._engine) as connection:
            return settings(connection)

    def history(self, document: DocumentId) -> list[tuple[Act, dict[str, Any]]]:
        """The acts that name a document with their payloads, newest first, and undos of them."""
        with reading(self._engine) as connection:
            keys = projection.keys_about(connection, [document])
            acts = projection.acts_with_undos(connection, keys)[-HISTORY_LIMIT:]
            bodies = projection.payloads(connection, [act.id for act in acts])
            return [(act, dict(bodies.get(act.id, {}))) for act in reversed(acts)]
