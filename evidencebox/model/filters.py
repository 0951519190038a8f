"""From what was typed and the ticked facets to one query: a selection is never a list of rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """A chosen facet value: the group it stands in, what it adds to a query, how it is shown.

    `excluded`: what has the value is left out.
    """

    facet: str
    clause: str
    label: str
    excluded: bool = False

    @property
    def caption(self) -> str:
        """What its chip says."""
        return f"{self.facet}: {'not ' if self.excluded else ''}{self.label}"


@dataclass(frozen=True, slots=True)
class Composed:
    """A query, and how many code points stand in it before the text that was typed."""

    query: str
    offset: int


def compose(text: str, filters: Iterable[Filter]) -> Composed:
    """Values are ORed within their group; groups, exclusions and the typed text are ANDed."""
    groups: dict[str, list[str]] = {}
    excluded: list[str] = []
    for chosen in filters:
        if chosen.excluded:
            excluded.append(f"NOT {_whole(chosen.clause)}")
        else:
            groups.setdefault(chosen.facet, []).append(chosen.clause)
    clauses = [*(_any_of(group) for group in groups.values()), *excluded]
    if not clauses:
        return Composed(text, 0)
    typed = text.strip()
    if not typed:
        return Composed(" AND ".join(clauses), 0)
    offset = 1 - (len(text) - len(text.lstrip()))
    return Composed(" AND ".join([f"({typed})", *clauses]), offset)


def without(filters: Iterable[Filter], facet: str) -> tuple[Filter, ...]:
    """The filters of all groups but one: what that group's own counts are taken under."""
    return tuple(chosen for chosen in filters if chosen.facet != facet)


def _any_of(clauses: list[str]) -> str:
    whole = [_whole(clause) for clause in clauses]
    return whole[0] if len(whole) == 1 else f"({' OR '.join(whole)})"


def _whole(clause: str) -> str:
    # `NOT is:reviewed` is a facet's value too; it must not take its neighbours along.
    return f"({clause})" if " " in clause else clause
