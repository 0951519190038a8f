"""What a decision about a document may also be right for: its family, and what is like it."""

from __future__ import annotations

from evidencebox.model.coding import Kin
from evidencebox.model.documents import DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.services.case import Case
from evidencebox.services.similar import SimilarDocuments

MOST_OF_A_FAMILY = 2_000
_HEAPS = (DocumentType.ARCHIVE, DocumentType.MAILBOX)


def kin(case: Case, similar: SimilarDocuments, document: DocumentId) -> Kin:
    """The document itself is in neither."""
    return Kin(family_of(case, document), tuple(similar.similar(document)))


def family_of(case: Case, document: DocumentId) -> tuple[DocumentId, ...]:
    """The others of a document's family, as `store.families` has it, at most so many.

    Archives and mailboxes hold their members as folders do, and make no family.
    """
    found: dict[DocumentId, None] = {document: None}
    for upwards in (True, False):
        pending = list(found)
        while pending and len(found) <= MOST_OF_A_FAMILY:
            records = case.catalogue.records(pending)
            near = [
                other
                for record in records
                if upwards or record.type not in _HEAPS
                for other in (record.parents if upwards else record.children)
                if other not in found
            ]
            if upwards:
                near = [
                    record.sha256
                    for record in case.catalogue.records(near)
                    if record.sha256 is not None and record.type not in _HEAPS
                ]
            pending = list(dict.fromkeys(near))
            found |= dict.fromkeys(pending)
    return tuple(found)[1:]
