"""One decision about many documents: looked at before it is made, one act, one undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evidencebox.errors import UserError
from evidencebox.model.coding import BatchPreview, Coding
from evidencebox.model.documents import DocumentRecord
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.review import Anchor, Tag
from evidencebox.model.views import Done
from evidencebox.model.words import counted
from evidencebox.services import seals
from evidencebox.services.case import Case
from evidencebox.services.tags import (
    MAX_NOTE,
    known_categories,
    label_name,
    scheme_now,
    target_of,
)
from evidencebox.store.ledger import Draft

MOST = 100_000
"""Documents of one act; it is one row of the ledger, and is read as one."""


def preview(case: Case, documents: Sequence[DocumentId], coding: Coding) -> BatchPreview:
    """What `code` would do. Raises UserError for too many documents."""
    wanted = _checked(documents)
    own = _own(case, wanted, coding)
    same = sum(_says(tag, coding) for tag in own.values())
    differing = Counter(tag.harm for tag in own.values() if not _says(tag, coding))
    return BatchPreview(
        documents=len(wanted),
        fresh=len(wanted) - len(own),
        same=same,
        differing=tuple(sorted(differing.items(), reverse=True)),
        sealed=len(seals.covered(case, wanted)),
    )


def code(
    case: Case, documents: Sequence[DocumentId], coding: Coding, *, overwrite: bool = False
) -> Done:
    """Tags documents as wholes by one act. One's own tags that differ are kept, or overwritten.

    Raises UserError where there is nothing to do, and for an unknown category.
    """
    wanted = _checked(documents)
    known = known_categories(case)
    unknown = [each for each in coding.categories if each not in known]
    if unknown:
        raise UserError(f"No such category: {', '.join(unknown)}; use {', '.join(known)}.")
    if len(coding.note) > MAX_NOTE:
        raise UserError(f"The note is longer than {MAX_NOTE:,} characters; shorten it.")
    own = _own(case, wanted, coding)
    left = {d for d, tag in own.items() if _says(tag, coding) or not overwrite}
    records = [each for each in case.catalogue.records(wanted) if each.sha256 not in left]
    if not records:
        raise UserError("Nothing to do: all of these documents are coded for that officer.")
    payload = {
        "harm": int(coding.harm),
        "categories": list(dict.fromkeys(coding.categories)),
        "note": coding.note.encode("utf-8", "replace").decode("utf-8"),
        "paths": _paths(records),
        "scheme": scheme_now(case),
    }
    targets = [target_of(Anchor(_id(record)), coding.officer.id) for record in records]
    act = case.decided.act(Draft(Kind.TAG, targets, payload), case.signer)
    documents_ = counted(len(records), "document")
    return Done(act.id, f"{coding.harm.word} set for {coding.officer.last} on {documents_}")


def label(case: Case, documents: Sequence[DocumentId], name: str, *, on: bool = True) -> Done:
    """Labels documents, or takes a label back, by one act. Raises UserError."""
    name = label_name(name)
    records = _records(case, _checked(documents))
    kind = Kind.LABEL if on else Kind.UNLABEL
    targets = [{"document": _id(record), "label": name} for record in records]
    act = case.decided.act(Draft(kind, targets, {"paths": _paths(records)}), case.signer)
    count = counted(len(records), "document")
    return Done(act.id, f"Label {name} {'set on' if on else 'removed from'} {count}")


def reviewed(case: Case, documents: Sequence[DocumentId], *, on: bool = True) -> Done:
    """Marks documents as reviewed, or as to do, by one act. Raises UserError."""
    records = _records(case, _checked(documents))
    kind = Kind.REVIEWED if on else Kind.UNREVIEWED
    targets = [{"document": _id(record)} for record in records]
    act = case.decided.act(Draft(kind, targets, {"paths": _paths(records)}), case.signer)
    count = counted(len(records), "document")
    return Done(act.id, f"{count} marked {'reviewed' if on else 'to do'}")


def _checked(documents: Sequence[DocumentId]) -> list[DocumentId]:
    wanted = list(dict.fromkeys(documents))
    if not wanted:
        raise UserError("There is no document to code; mark some with Space, or search.")
    if len(wanted) > MOST:
        raise UserError(
            f"{len(wanted):,} documents are too many for one act; narrow the search to {MOST:,}."
        )
    return wanted


def _own(case: Case, documents: Sequence[DocumentId], coding: Coding) -> dict[DocumentId, Tag]:
    """This reviewer's tags on whole documents for the officer."""
    return {
        tag.anchor.document: tag
        for tag in case.decided.tags(documents)
        if tag.author == case.signer.author
        and tag.officer == coding.officer.id
        and tag.anchor.page is None
    }


def _says(tag: Tag, coding: Coding) -> bool:
    said = (tag.harm, set(tag.categories), tag.note)
    return said == (coding.harm, set(coding.categories), coding.note)


def _records(case: Case, documents: Sequence[DocumentId]) -> list[DocumentRecord]:
    records = case.catalogue.records(documents)
    if len(records) < len(documents):
        raise UserError("Some of these documents are not in this case any more; search again.")
    return records


def _id(record: DocumentRecord) -> DocumentId:
    if record.sha256 is None:
        raise ValueError("a document without a hash")
    return record.sha256


def _paths(records: Sequence[DocumentRecord]) -> list[str]:
    return [each.locations[0].path if each.locations else "" for each in records]
