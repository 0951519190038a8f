"""Which columns a list has, in which order and under which titles: by TOML that people may edit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export.tables import Cell, Column, Table

DEFAULT: Final = "lists"
Layout = Mapping[str, Mapping[str, str]]
"""List → title in the file → the column it shows."""


def load(name: str | None = None) -> Layout:
    """The form that comes with EvidenceBox, or a file's. Raises UserError with what to change."""
    if name is None or name == DEFAULT:
        return _ours()
    file = Path(name)
    if not file.is_file():
        raise UserError(f"There is no profile {name}; use {DEFAULT}, or a file.")
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"The profile {file.name} cannot be read: {error}.") from None
    for table, columns in said.items():
        known = _ours().get(table)
        if known is None or not isinstance(columns, dict) or not columns:
            raise UserError(
                f"The profile {file.name} cannot be used: [{table}] is no list of ours, or has no "
                f"columns. Lists are {', '.join(_ours())}."
            )
        for shown in columns.values():
            if shown not in known.values():
                raise UserError(
                    f"The profile {file.name} cannot be used: {shown!r} is no column of [{table}]. "
                    f"Its columns are {', '.join(known.values())}."
                )
    return said


@cache
def _ours() -> Layout:
    file = resource("profiles", f"{DEFAULT}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def arranged(table: Table, layout: Layout) -> Table:
    """The list as its profile wants it; columns that this level of detail has not are left out."""
    wanted = layout.get(table.name)
    if wanted is None:
        return table
    places = {column.title: place for place, column in enumerate(table.columns)}
    chosen = [(title, places[shown]) for title, shown in wanted.items() if shown in places]
    if not chosen:
        raise UserError(f"The profile leaves no column of {table.name} at this level of detail.")
    columns = [
        Column(title, table.columns[place].width, table.columns[place].says)
        for title, place in chosen
    ]
    rows = _picked(table, [place for _, place in chosen])
    return Table(table.name, table.title, columns, rows, table.notes)


def _picked(table: Table, places: Sequence[int]) -> Iterator[list[Cell]]:
    for row in table.rows:
        yield [row[place] for place in places]
