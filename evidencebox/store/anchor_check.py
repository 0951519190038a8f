"""The ledger against every head that anchor.log recorded."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, select

from evidencebox.store.case_tables import ReceiptRow
from evidencebox.store.engine import reading
from evidencebox.vault.anchor import Head

_AT_ONCE = 5_000


def history_problem(engine: Engine, heads: Iterable[Head]) -> str | None:
    """Whether the ledger ever had another head than was recorded, as after a rollback."""
    recorded = {head.arrivals: head for head in heads}
    last = 0
    while True:
        query = select(ReceiptRow.arrival, ReceiptRow.head).where(ReceiptRow.arrival > last)
        with reading(engine) as connection:
            rows = connection.execute(query.order_by(ReceiptRow.arrival).limit(_AT_ONCE)).all()
        if not rows:
            return None
        for arrival, digest in rows:
            if arrival in recorded and recorded[arrival].digest != digest:
                return (
                    f"After act {arrival} the ledger was another one than anchor.log recorded: "
                    "case.db was rolled back or replaced, and work went on."
                )
        last = rows[-1].arrival
