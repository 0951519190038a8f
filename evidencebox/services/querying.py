"""A query as a case understands it: dates in its time zone, names with their other forms."""

from __future__ import annotations

from collections.abc import Collection

from evidencebox.analysis.name_lists import NICKNAMES
from evidencebox.index import language
from evidencebox.index.language import Parsed
from evidencebox.services.case import Case
from evidencebox.services.settings import time_zone


def understood(case: Case, query: str) -> Parsed:
    """What a query asks of this case. Raises QueryError with a position."""
    return language.parse(query, time_zone(case), name_forms)


def name_forms(name: str) -> Collection[str]:
    """What a folded given name is shortened to, what it may be short for, and that one's forms."""
    found = {name}
    for group in NICKNAMES:
        if name == group.name or name in group.short:
            found |= {group.name} | group.short
    return found
