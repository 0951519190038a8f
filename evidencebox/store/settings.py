"""What the ledger says of the case as a whole. There are few such acts, so they need no table."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from evidencebox.model.ledger import Kind
from evidencebox.store.case_tables import ActRow, PayloadRow


def settings(connection: Connection) -> dict[str, str]:
    """Name → value: of acts about the same, that with the highest clock, then id, stands."""
    query = (
        select(ActRow.targets, PayloadRow.body)
        .join(PayloadRow, PayloadRow.act == ActRow.id)
        .where(ActRow.kind == Kind.SETTING)
        .order_by(ActRow.clock, ActRow.id)
    )
    found: dict[str, str] = {}
    for targets, body in connection.execute(query):
        value = json.loads(body).get("value") if body else None
        for target in json.loads(targets):
            if isinstance(value, str):
                found[str(target.get("setting", ""))] = value
    return found
