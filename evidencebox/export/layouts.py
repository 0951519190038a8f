"""Which columns a list has, in which order and under which titles: by TOML that people may edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export import forms
from evidencebox.export.tables import Cell, Column, Table

FAMILY: Final = "lists"
Layout = Mapping[str, Mapping[str, str]]
"""List → title in the file → the column it shows."""


def load(name: str | None = None) -> Layout:
    """A form by its name, or a file's; None: ours. Raises UserError with what to change."""
    if name is None or name == FAMILY:
        return _ours()
    file = forms.find(FAMILY, name)
    said = forms.read(file)
    read = forms.Reader(said, file.name)
    read.only("", tuple(_ours()))
    return {table: read.columns(table, tuple(_ours()[table].values())) for table in said}


@cache
def _ours() -> Layout:
    return forms.read(forms.find(FAMILY, FAMILY))


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
