"""What was read of the roster and the rules, kept until an act comes that may have changed it.

A roster of 3,600 takes a tenth of a second to read, and every document that is opened asks for it
several times.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from evidencebox.model.ledger import Kind
from evidencebox.model.policy import POLICY_KINDS
from evidencebox.store.case_tables import ActRow

T = TypeVar("T")
_ANY = (Kind.UNDO, Kind.PURGE)
"""Acts that may change what any other said."""
ROSTER = frozenset({Kind.OFFICER, Kind.MERGE, Kind.UNMERGE, *_ANY})
POLICY = frozenset({*POLICY_KINDS, *_ANY})


class Kept:
    """Values by name, each with the arrival that it held at. Safe for use from several threads."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[int, Any]] = {}

    def get(
        self,
        connection: Connection,
        name: str,
        kinds: Collection[Kind],
        read: Callable[[Connection], T],
    ) -> T:
        """What `read` gives. `kinds` are those of the acts that can change it.

        Nobody may change what is returned: the next one gets the same.
        """
        last = func.max(ActRow.arrival)
        at = connection.scalar(select(last).where(ActRow.kind.in_(sorted(kinds)))) or 0
        known = self._values.get(name)
        if known is not None and known[0] == at:
            value: T = known[1]
            return value
        value = read(connection)
        self._values[name] = (at, value)
        return value

    def forget(self) -> None:
        """The projections were made anew."""
        self._values.clear()
