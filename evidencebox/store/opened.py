"""Which known password opened how many documents, and dates that were read with the case's zone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import bindparam, select, update

from evidencebox.model.passwords import OPENED_WITH
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import DocumentRow
from evidencebox.store.engine import reading, writing

_AT_ONCE = 1_000
Metadata = Mapping[str, Sequence[str]]


def opened_counts(catalogue: Catalogue) -> Counter[str]:
    """Id of a password → how many documents it opened."""
    query = select(DocumentRow.metadata_json).where(
        DocumentRow.metadata_json.contains(f'"{OPENED_WITH}"', autoescape=True)
    )
    found: Counter[str] = Counter()
    with reading(catalogue.engine) as connection:
        for held in connection.scalars(query):
            found.update(set(json.loads(held).get(OPENED_WITH, ())))
    return found


def redate(
    catalogue: Catalogue, mark: str, understood: Callable[[Metadata], tuple[str | None, str] | None]
) -> int:
    """Dates anew the documents whose metadata have `mark`; returns how many changed.

    `understood` gives a document's date and the new value of the mark, or None where nothing
    changes. Their index entries are to be replaced by the next ingest.
    """
    query = select(DocumentRow.id, DocumentRow.metadata_json).where(
        DocumentRow.metadata_json.contains(f'"{mark}"', autoescape=True)
    )
    with reading(catalogue.engine) as connection:
        held = [(row.id, json.loads(row.metadata_json)) for row in connection.execute(query)]
    changes = []
    for row, metadata in held:
        found = understood(metadata)
        if found is not None:
            date, value = found
            said = json.dumps({**metadata, mark: [value]})
            changes.append({"row": row, "date": date, "metadata_json": said})
    statement = (
        update(DocumentRow)
        .where(DocumentRow.id == bindparam("row"))
        .values(date=bindparam("date"), metadata_json=bindparam("metadata_json"), stale=True)
    )
    for start in range(0, len(changes), _AT_ONCE):
        with writing(catalogue.engine) as connection:
            connection.execute(statement, changes[start : start + _AT_ONCE])
    return len(changes)
