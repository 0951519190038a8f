"""Acts that come from elsewhere: all of them checked before the first is taken, or none is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from evidencebox.errors import UserError
from evidencebox.model.ledger import Act, Kind, purgeable, rank
from evidencebox.model.policy import POLICY_KINDS, Role, founder
from evidencebox.store import ledger, projection
from evidencebox.store.case_tables import ActRow, PayloadRow
from evidencebox.store.ledger import Part, Signed
from evidencebox.vault.signing import signature_holds

_CHUNK = 500
_Chain = tuple[str, str]


def signed_acts(connection: Connection, author: str | None = None) -> Iterator[Signed]:
    """The acts of one author, or of all, in the order of arrival."""
    last = 0
    while True:
        query = select(ActRow.__table__).where(ActRow.arrival > last)
        if author is not None:
            query = query.where(ActRow.author == author)
        rows = connection.execute(query.order_by(ActRow.arrival).limit(_CHUNK)).all()
        if not rows:
            return
        last = rows[-1].arrival
        parts: dict[str, list[Part]] = defaultdict(list)
        found = select(PayloadRow.__table__).where(PayloadRow.act.in_([row.id for row in rows]))
        for part in connection.execute(found.order_by(PayloadRow.act, PayloadRow.part)):
            parts[part.act].append(Part(part.salt, part.body, part.hash))
        for row in rows:
            yield Signed(projection.act_from(row), row.signature, tuple(parts[row.id]))


def receive(connection: Connection, acts: Iterable[Signed]) -> list[Act]:
    """Takes the acts that are new, in the caller's transaction. Returns them.

    Raises UserError with one sentence where a signature, a chain or a purge does not hold; the
    caller's transaction is then to be rolled back.
    """
    chains: dict[_Chain, dict[int, Signed]] = defaultdict(dict)
    for signed in acts:
        one = chains[signed.act.author, signed.act.device]
        if one.setdefault(signed.act.seq, signed).act.id != signed.act.id:
            raise _forked(signed.act)
    new: list[Signed] = []
    for chain, members in chains.items():
        new += _continuation(connection, chain, [members[seq] for seq in sorted(members)])
    _check_beginning(connection, new)
    ordered = sorted(new, key=lambda s: (s.act.clock, s.act.author, s.act.device, s.act.seq))
    try:
        ledger.record(connection, ordered)
        _bring_up(connection, [signed.act for signed in ordered])
    except (LookupError, TypeError, ValueError, AttributeError):
        # Its author signed what no EvidenceBox would have let him.
        raise UserError("The pack holds an act that means nothing. Nothing was taken.") from None
    _check_purged(connection, ordered)
    return [signed.act for signed in ordered]


def _continuation(connection: Connection, chain: _Chain, acts: Sequence[Signed]) -> list[Signed]:
    """Those that follow on what is known of the chain; the others must be what is known."""
    rows = connection.execute(
        select(ActRow.seq, ActRow.id).where(
            ActRow.author == chain[0],
            ActRow.device == chain[1],
            ActRow.seq >= acts[0].act.seq,
        )
    )
    known = {row.seq: row.id for row in rows}
    end, previous = ledger.chain_end(connection, *chain)
    clock = connection.scalar(select(ActRow.clock).where(ActRow.id == previous)) or 0
    fresh: list[Signed] = []
    for signed in acts:
        act = signed.act
        if act.seq in known:
            if known[act.seq] != act.id:
                raise _forked(act)
            continue
        if act.seq != end + 1 or act.previous != previous:
            if act.seq > end + 1:
                raise UserError(
                    f"Acts {end + 1} to {act.seq - 1} of a reviewer's chain are missing in the "
                    "pack; ask for a whole one. Nothing was taken."
                )
            raise _forked(act)
        if not signature_holds(act.author, act.digest, signed.signature):
            raise UserError(
                f"The signature of act {act.seq} in the pack does not hold: it was not made by "
                "the reviewer it names. Nothing was taken."
            )
        if act.clock <= clock:
            raise UserError("The acts of the pack are out of order. Nothing was taken.")
        end, previous, clock = act.seq, act.id, act.clock
        fresh.append(signed)
    return fresh


def _forked(act: Act) -> UserError:
    return UserError(
        f"There are two acts {act.seq} in one chain of one reviewer: a copy of the case went on "
        "under the same device, or someone forges. Nothing was taken."
    )


def _check_beginning(connection: Connection, new: Sequence[Signed]) -> None:
    """Nobody may slip in before the case's first reviewer, whose word all roles rest on."""
    rows = connection.execute(select(ActRow.__table__).where(ActRow.kind.in_(POLICY_KINDS)))
    first = founder(projection.act_from(row) for row in rows)
    if first is None:
        return
    for act in (signed.act for signed in new):
        if act.kind is Kind.REVIEWER and rank(act) <= rank(first):
            raise UserError(
                "Someone in the pack claims to be the case's first reviewer. Nothing was taken."
            )


def _bring_up(connection: Connection, acts: Sequence[Act]) -> None:
    known = ledger.policy_of(connection)
    purges = [act for act in acts if act.kind is Kind.PURGE]
    if any(known.role(act.author) is not Role.LEAD for act in purges):
        raise UserError(
            "The pack orders a document's removal in the name of someone who is no lead here; "
            "take the lead's own pack first. Nothing was taken."
        )
    # What was purged decides what of the rest may stand.
    projection.refresh(
        connection, {k for act in purges for k in projection.keys_touched(connection, act)}
    )
    keys: set[str] = set()
    for act in acts:
        keys |= projection.keys_touched(connection, act)
    projection.refresh(connection, keys)
    about = {str(t["document"]) for act in acts for t in act.targets if "document" in t}
    purged = projection.purged_documents(connection) & about
    if purged:
        ledger.purge(connection, purged)


def _check_purged(connection: Connection, new: Sequence[Signed]) -> None:
    """Content may be missing only where an order says so."""
    purged = projection.purged_documents(connection)
    for signed in new:
        for number, part in enumerate(signed.parts):
            if part.body is None and not purgeable(signed.act, number, purged):
                raise UserError(
                    "The pack leaves out what an act says, and no order for it is known here. "
                    "Nothing was taken."
                )
