"""case.db: what people decided. Small, precious, and never held across another's commit."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import FIRST, Act, Kind
from evidencebox.model.people import Merge, Officer
from evidencebox.model.policy import Policy
from evidencebox.model.review import Conflict, Tag
from evidencebox.model.suggestions import Answered
from evidencebox.store import (
    anchor_check,
    arrivals,
    conflicts,
    ledger,
    ledger_check,
    migrate,
    people_rows,
    projection,
    projection_check,
    review_rows,
    salvage,
    undoing,
)
from evidencebox.store.case_tables import AcquisitionRow, ActRow, Meta, PayloadRow, ReviewerRow
from evidencebox.store.engine import Connect, closing_on_error, make_engine, reading, writing
from evidencebox.store.kept import POLICY, ROSTER, Kept
from evidencebox.store.ledger import Draft, Signed
from evidencebox.store.salvage import Carried
from evidencebox.store.settings import settings
from evidencebox.vault import database
from evidencebox.vault.anchor import Anchor as AnchorLog
from evidencebox.vault.anchor import Head
from evidencebox.vault.signing import Signer

HISTORY_LIMIT = 200


class Decided:
    """The roster, the ledger and its projections. Safe for use from several threads."""

    def __init__(
        self,
        connect: Connect,
        case_id: str,
        anchor_log: AnchorLog,
        before_migration: Callable[[Decided], None] | None = None,
    ) -> None:
        """`before_migration` is called with tables of an older version, to be kept somewhere."""
        self.case_id = case_id
        self._engine = make_engine(connect)
        self._anchor_log = anchor_log
        self._kept = Kept()
        with closing_on_error(self._engine):
            if before_migration is not None and migrate.is_older(self._engine, "case"):
                before_migration(self)
            migrate.upgrade(self._engine, "case")
            if self.meta("device") is None:
                self._begin()
            self.device = self.meta("device") or ""
            self.belongs = self.meta("case") == case_id

    def _begin(self) -> None:
        with writing(self._engine) as connection:
            for name, value in (("case", self.case_id), ("device", secrets.token_hex(16))):
                connection.execute(
                    upsert(Meta).values(name=name, value=value).on_conflict_do_nothing()
                )

    def settle_device(self, place: str) -> None:
        """Goes on under this device's id where case.db is at `place` as before, else under a new
        one: two copies of a case must never continue one chain.
        """
        if self.meta("place") == place:
            return
        fresh = {"place": place}
        if self.meta("place") is not None:
            fresh["device"] = secrets.token_hex(16)
        with writing(self._engine) as connection:
            for name, value in fresh.items():
                connection.execute(
                    upsert(Meta)
                    .values(name=name, value=value)
                    .on_conflict_do_update(index_elements=["name"], set_={"value": value})
                )
        self.device = fresh.get("device", self.device)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def copy_to(self, path: Path, key: bytes) -> Head:
        """One moment of case.db as a new file under the same key, and the head it has then."""
        with reading(self._engine) as connection:
            head = ledger.head(connection)
            database.copy(connection.connection.dbapi_connection, path, key)
            return head

    def carry_over(self, connect: Connect) -> Carried:
        """Adds the acts of a (damaged) case.db that follow on these, as far as they hold.

        For a case.db that nobody uses yet: the caller verifies it and throws it away where it
        does not hold.
        """
        with writing(self._engine) as connection:
            carried = salvage.carry_over(connection, connect)
            projection.rebuild(connection)
            head = ledger.head(connection)
            self._anchor_log.intent(head)
        self._anchor_log.done(head)
        return carried

    def new_device(self) -> None:
        """From here on this is another device: acts that were lost stand elsewhere perhaps, and
        no two acts may have one number in one chain."""
        self.device = secrets.token_hex(16)
        self.set_meta("device", self.device)

    def meta(self, name: str) -> str | None:
        """A value kept beside the ledger, such as the index's fingerprint."""
        with reading(self._engine) as connection:
            return connection.scalar(select(Meta.value).where(Meta.name == name))

    def set_meta(self, name: str, value: str) -> None:
        """Keeps a value beside the ledger."""
        statement = upsert(Meta).values(name=name, value=value)
        with writing(self._engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )

    def forget_meta(self, *names: str) -> None:
        """Removes values kept beside the ledger."""
        with writing(self._engine) as connection:
            connection.execute(delete(Meta).where(Meta.name.in_(names)))

    def act(self, draft: Draft, signer: Signer) -> Act:
        """Records one act: the anchor's intent, the commit, the anchor's done."""
        with writing(self._engine) as connection:
            act, head = ledger.append(connection, draft, signer, self.device)
            self._anchor_log.intent(head)
        self._anchor_log.done(head)
        return act

    def forget_typed(self) -> None:
        """Removes, and overwrites, what reviewers searched for, had on screen, and worked on."""
        kinds = ("searches history ", "place:", "redaction draft:")
        typed = or_(*(Meta.name.startswith(kind) for kind in kinds))
        with writing(self._engine) as connection:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            connection.execute(delete(Meta).where(typed))

    def permit(self, author: str, kind: Kind) -> None:
        """Raises UserError where the author's role does not allow acts of this kind."""
        with reading(self._engine) as connection:
            ledger.permit(connection, author, kind)

    def act_all(self, drafts: Sequence[Draft], signer: Signer) -> list[Act]:
        """Records many acts in one transaction: all of them or none; no undo, no purge."""
        with writing(self._engine) as connection:
            acts, head = ledger.append_all(connection, drafts, signer, self.device)
            self._anchor_log.intent(head)
        self._anchor_log.done(head)
        return acts

    def signed_acts(self, author: str | None = None) -> list[Signed]:
        """The acts of one author, or of all, with signatures and payloads, as they arrived."""
        with reading(self._engine) as connection:
            return list(arrivals.signed_acts(connection, author))

    def receive(self, acts: Iterable[Signed]) -> list[Act]:
        """Takes from elsewhere the acts that are new: all of them or none. Raises UserError."""
        with writing(self._engine) as connection:
            new = arrivals.receive(connection, acts)
            if not new:
                return []
            head = ledger.head(connection)
            self._anchor_log.intent(head)
        self._anchor_log.done(head)
        return new

    def undo_last(self, signer: Signer, *, redo: bool = False) -> Act | None:
        """Takes back the author's last act in force; with `redo`, his last undo in force.

        Returns the act that was taken back (for redo: the one that stands again), or None.
        """
        with writing(self._engine) as connection:
            found = undoing.last_undoable(connection, signer.author, redo)
            if found is None:
                return None
            draft = Draft(Kind.UNDO, [{"act": found.id}], {})
            _, head = ledger.append(connection, draft, signer, self.device)
            self._anchor_log.intent(head)
            shown = undoing.undone_by(connection, found) if redo else found
        self._anchor_log.done(head)
        return shown

    def alarm(self) -> str | None:
        """One sentence where the ledger does not fit the anchor log or this case, else None."""
        if not self.belongs:
            return "case.db belongs to another case."
        return self._anchor_problem()

    def head(self) -> Head:
        """How many acts the ledger has, and the head over them; `verify` says whether it holds."""
        with reading(self._engine) as connection:
            return ledger.head(connection)

    def verify(self) -> tuple[str | None, int, str]:
        """The first thing wrong with case.db or None; how many acts; the head, hex.

        Looks at the pages, the ledger, the anchor log, and at the projections against the ledger.
        """
        try:
            head = self.head()
            problem, acts = ledger_check.verify(self._engine)
            problem = (
                problem
                or self._anchor_problem()
                or anchor_check.history_problem(self._engine, self._anchor_log.recorded())
            )
            problem = problem or projection_check.problem(self._engine, acts)
        except UserError as error:
            return str(error), 0, FIRST
        with reading(self._engine) as connection:
            if not problem and not database.integrity(connection.connection.dbapi_connection):
                problem = "case.db is damaged; put it back from a backup."
        return problem, head.arrivals, head.digest

    def verify_tail(self) -> str | None:
        """What is wrong with the last acts or the anchor, else None: what an opening looks at."""
        return self.alarm() or ledger_check.verify_tail(self._engine)

    def _anchor_problem(self) -> str | None:
        with reading(self._engine) as connection:
            return self._anchor_log.problem(ledger.head(connection))

    def rebuild(self) -> None:
        """Makes the projections anew from the ledger."""
        with writing(self._engine) as connection:
            projection.rebuild(connection)
        self._kept.forget()

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
