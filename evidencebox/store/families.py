"""Families, many at a time: what was sent or kept together with a hit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from evidencebox.model.documents import DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import ChildRow, DocumentRow
from evidencebox.store.engine import reading

_HEAPS = (DocumentType.ARCHIVE.value, DocumentType.MAILBOX.value)


class Families:
    """All families of a case, read once.

    A message and its attachments are a family, and so is a file with what is embedded in it. An
    archive or a mailbox holds its members as a folder does: nobody sent those together, so it
    belongs to no member's family.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._above: dict[DocumentId, list[DocumentId]] = defaultdict(list)
        self._below: dict[DocumentId, list[DocumentId]] = defaultdict(list)
        with reading(catalogue.engine) as connection:
            rows = connection.execute(select(DocumentRow.id, DocumentRow.sha256, DocumentRow.type))
            known = {row.id: (DocumentId(row.sha256), row.type) for row in rows}
            for parent, child in connection.execute(select(ChildRow.parent, ChildRow.child)):
                document, kind = known[parent]
                if kind not in _HEAPS:
                    self._above[known[child][0]].append(document)
                    self._below[document].append(known[child][0])

    def of(self, documents: Iterable[DocumentId]) -> set[DocumentId]:
        """The documents, all they stand in, and all that stands in any of these."""
        return _reached(_reached(documents, self._above), self._below)


def _reached(
    start: Iterable[DocumentId], steps: dict[DocumentId, list[DocumentId]]
) -> set[DocumentId]:
    found = set(start)
    pending = [document for document in found if document in steps]
    while pending:
        for other in steps[pending.pop()]:
            if other not in found:
                found.add(other)
                if other in steps:
                    pending.append(other)
    return found
