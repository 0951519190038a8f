"""What an undo takes back, and a redo brings back."""

from __future__ import annotations

from sqlalchemy import Connection, select

from evidencebox.model.ids import ActId
from evidencebox.model.ledger import FINAL, Act, Kind, undone
from evidencebox.store import projection
from evidencebox.store.case_tables import ActRow


def last_undoable(connection: Connection, author: str, redo: bool) -> Act | None:
    """The author's last act in force, or None; with `redo`, his last undo in force.

    Redo is for what was undone last: any act of another kind in between ends it.
    """
    rows = connection.execute(
        select(ActRow.__table__)
        .where(ActRow.author == author, ActRow.kind.not_in(FINAL))
        .order_by(ActRow.clock.desc())
    )
    undo_rows = connection.execute(
        select(ActRow.__table__).where(ActRow.author == author, ActRow.kind == Kind.UNDO)
    )
    undos = {act.id: act for act in map(projection.act_from, undo_rows)}
    redoing = _redos(undos)
    in_force = set(undos) - undone(undos.values())
    taken_back = {undos[u].targets[0]["act"] for u in in_force}
    for row in rows:
        act = projection.act_from(row)
        if act.kind is not Kind.UNDO:
            if redo:
                return None
            if act.id not in taken_back:
                return act
        elif redo and act.id not in redoing and act.id in in_force:
            return act
    return None


def _redos(undos: dict[ActId, Act]) -> set[ActId]:
    """Undos whose target is an undo: an odd number of steps from the act they bring back."""
    found: set[ActId] = set()
    for act in undos.values():
        steps, target = 0, act
        while target.kind is Kind.UNDO:
            steps += 1
            below = undos.get(ActId(target.targets[0]["act"]))
            if below is None:
                break
            target = below
        if steps % 2 == 0:
            found.add(act.id)
    return found


def undone_by(connection: Connection, undo: Act) -> Act:
    """The act that an undo took back."""
    row = connection.execute(
        select(ActRow.__table__).where(ActRow.id == undo.targets[0]["act"])
    ).one()
    return projection.act_from(row)
