"""case.db: what people decided. Small, precious, and never held across another's commit."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.errors import UserError
from evidencebox.model.ledger import FIRST, Act, Kind
from evidencebox.store import (
    anchor_check,
    arrivals,
    ledger,
    ledger_check,
    migrate,
    projection,
    projection_check,
    salvage,
    undoing,
)
from evidencebox.store.case_tables import Meta
from evidencebox.store.decisions import Decisions
from evidencebox.store.engine import Connect, closing_on_error, make_engine, reading, writing
from evidencebox.store.ledger import Draft, Signed
from evidencebox.store.salvage import Carried
from evidencebox.vault import database
from evidencebox.vault.anchor import Anchor as AnchorLog
from evidencebox.vault.anchor import Head
from evidencebox.vault.signing import Signer


class Decided(Decisions):
    """The ledger, its projections, and what is kept beside it. Safe for several threads."""

    def __init__(
        self,
        connect: Connect,
        case_id: str,
        anchor_log: AnchorLog,
        before_migration: Callable[[Decided], None] | None = None,
    ) -> None:
        """`before_migration` is called with tables of an older version, to be kept somewhere."""
        self.case_id = case_id
        super().__init__(make_engine(connect))
        self._anchor_log = anchor_log
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
