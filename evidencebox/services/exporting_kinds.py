"""The kinds of export, by name: which documents each speaks of, and what writes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evidencebox.errors import UserError
from evidencebox.export import forms, layouts, profiles, report_forms, stamps, tables
from evidencebox.export.tables import Table
from evidencebox.model.exports import Exported, Pii
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Plan
from evidencebox.services import exhibits, exporting_matrix, officers, redacting, reports
from evidencebox.services import exporting_dossier as dossier
from evidencebox.services import exporting_lists as lists
from evidencebox.services import exporting_loadfile as loadfile
from evidencebox.services import exporting_people as people
from evidencebox.services.case import Case
from evidencebox.services.exporting import (
    Making,
    Request,
    Scope,
    Tell,
    found,
    making,
    proof_for,
    scope,
    silent,
)
from evidencebox.services.redaction_words import PRIVILEGED, hidden_receipt

Write = Callable[[Case, Request, Making, Tell], None]
Documents = Callable[[Case, Request], Sequence[DocumentId]]


@dataclass(frozen=True, slots=True)
class Export:
    """A kind: `words` say what it is, `levels` how much of people it can show.

    `content`: whether it shows what stands in documents, so that sealed ones need a reason.
    `outward`: it is for who may not see what is blacked out.
    """

    words: str
    documents: Documents
    write: Write
    levels: tuple[Pii, ...] = tuple(Pii)
    content: bool = True
    outward: bool = False


def run(case: Case, request: Request, tell: Tell = silent) -> Exported:
    """Makes an export. Raises UserError; then nothing remains, and nothing is recorded."""
    kind = KINDS.get(request.kind)
    if kind is None:
        raise UserError(f"There is no export {request.kind}; there is: {', '.join(KINDS)}.")
    if request.pii not in kind.levels:
        raise UserError(
            f"An export {request.kind} cannot be made {request.pii.value}: it shows documents "
            "as they are. Make it with all data, or choose another kind.",
            option="--pii full",
        )
    check_form(request.kind, request.profile)  # before anything is recorded
    scoped, proof = _scope(case, request, kind)
    with making(case, request, scoped) as maker:
        kind.write(case, request, maker, tell)
        if proof is not None:
            shown = proof_for(case, proof, request.pii)
            if kind.outward:
                shown = hidden_receipt(shown, _standing(case, request, scoped))
            maker.folder.add("receipt.json", (json.dumps(shown, indent=1) + "\n").encode())
    return maker.result


def family(kind: str) -> str:
    """The family of forms that a kind of export takes: see `export/forms.py`."""
    return _FAMILIES.get(kind, layouts.FAMILY)


def check_form(kind: str, name: str | None) -> None:
    """Raises UserError where a kind cannot be made in a form: with what to change."""
    if name is None:
        return
    which = family(kind)
    if which == profiles.FAMILY:
        profiles.load(name)
    elif which == report_forms.FAMILY:
        report_forms.load(name)
    elif which == stamps.FAMILY:
        stamps.read_profile(forms.find(which, name))
    else:
        layouts.load(name)


def wanted(
    case: Case, request: Request, kind: Export
) -> tuple[Sequence[DocumentId], dict[str, Any] | None]:
    """What is asked for, within what the kind speaks of; with the query's receipt.

    Raises UserError. Nothing is recorded: a dialog counts by it.
    """
    documents: Sequence[DocumentId] = kind.documents(case, request)
    proof = None
    if request.query is not None:
        answer, proof = found(case, request)
        spoken = set(documents)
        documents = [document for document in answer if document in spoken]
    if request.officer is not None:
        theirs = _of_officer(case, request.officer)
        documents = [document for document in documents if document in theirs]
    if request.documents is not None:
        chosen = set(request.documents)
        documents = [document for document in documents if document in chosen]
    return documents, proof


def _scope(case: Case, request: Request, kind: Export) -> tuple[Scope, dict[str, Any] | None]:
    documents, proof = wanted(case, request, kind)
    if not kind.content:
        reported = case.decided.reported(documents)
        kept = tuple(document for document in documents if document not in reported)
        return Scope(kept, reported=len(reported)), proof
    return scope(case, documents, request), proof


def _standing(case: Case, request: Request, scoped: Scope) -> list[Plan]:
    """What is blacked out in an export: by redactions that stand, or all but one person."""
    if request.kind == "dossier":
        return [Plan(inverse=True)]
    standing = redacting.plans(case)
    return [standing[document] for document in scoped.documents if document in standing]


def _of_officer(case: Case, id_or_badge: str) -> set[DocumentId]:
    """The documents in which he is tagged."""
    who = officers.one(case, id_or_badge)
    return {tag.anchor.document for tag in case.decided.tags() if tag.officer == who.id}


def _all(case: Case, _request: Request) -> Sequence[DocumentId]:
    return case.catalogue.all_ids()


def _tagged(case: Case, _request: Request) -> Sequence[DocumentId]:
    return list(dict.fromkeys(tag.anchor.document for tag in case.decided.tags()))


def _exposed(case: Case, _request: Request) -> Sequence[DocumentId]:
    return people.documents(case)


def _asked(case: Case, request: Request) -> Sequence[DocumentId]:
    """Never the whole trove by mistake: a production is of what was asked for."""
    if request.query is None and request.officer is None and request.documents is None:
        raise UserError(
            "Say what to produce: a query, which may be empty for all, or an officer.",
            option="--query, --officer",
        )
    return case.catalogue.all_ids()


def _theirs(case: Case, request: Request) -> Sequence[DocumentId]:
    if request.officer is None:
        raise UserError("Say whose dossier.", option="--officer ID or badge")
    return _tagged(case, request)


def _exhibited(case: Case, _request: Request) -> Sequence[DocumentId]:
    return list(dict.fromkeys(each.document for each in exhibits.listed(case)))


def _redacted(case: Case, _request: Request) -> Sequence[DocumentId]:
    return list(redacting.standing(case))


def _labelled(case: Case, _request: Request) -> Sequence[DocumentId]:
    labels = case.decided.labels()
    return sorted(d for d, names in labels.items() if PRIVILEGED in names)


def _put(request: Request, maker: Making, found_tables: Iterable[Table]) -> None:
    layout = layouts.load(request.profile)
    for table in found_tables:
        tables.add_both(maker.folder, layouts.arranged(table, layout))


def _listed(rows: Callable[[Case, Scope, Pii], Iterable[Table]]) -> Write:
    """What writes a list of the scope's documents."""

    def write(case: Case, request: Request, maker: Making, _tell: Tell) -> None:
        _put(request, maker, rows(case, maker.scope, request.pii))

    return write


def _persons(case: Case, request: Request, maker: Making, _tell: Tell) -> None:
    if not case.decided.officers():
        raise UserError("The roster is empty; import one first.")
    left = maker.scope.left_sealed or maker.scope.reported
    asked = (request.query, request.officer, request.documents)
    whole = asked == (None, None, None) and not left
    _put(request, maker, people.persons(case, maker.scope, request.pii, whole=whole))


def _hits(case: Case, request: Request, maker: Making, _tell: Tell) -> None:
    _put(request, maker, lists.hits(case, maker.scope, request.pii, request.query or ""))


_FAMILIES = {
    "exhibits": stamps.FAMILY,
    "loadfile": profiles.FAMILY,
    **dict.fromkeys(("report", "matrix", "dossier"), report_forms.FAMILY),
}
"""Kinds whose forms are not those of lists."""
_FULL = (Pii.FULL,)
KINDS: dict[str, Export] = {
    "persons": Export("everybody of the roster, with what was exposed", _exposed, _persons),
    "exposures": Export("a line for each exposure", _exposed, _listed(people.exposures)),
    "matrix": Export("roster × exposure, with charts", _tagged, exporting_matrix.write),
    "report": Export("DOCX and PDF for counsel to sign", _tagged, reports.write),
    "dossier": Export(
        "one person's pages, others blacked out", _theirs, dossier.write, _FULL, outward=True
    ),
    "tags": Export("every tag that stands", _tagged, _listed(people.tags_list)),
    "hits": Export("what a query finds", _all, _hits),
    "loadfile": Export(
        "a production: DAT, OPT, pages, texts", _asked, loadfile.write, _FULL, outward=True
    ),
    "failures": Export("what could not be read", _all, _listed(lists.failures), content=False),
    "privilege-log": Export(
        "what is labelled privileged", _labelled, _listed(lists.privilege_log), _FULL
    ),
    "exhibit-list": Export(
        "the exhibits that stand", _exhibited, _listed(lists.exhibit_list), _FULL
    ),
    "redaction-log": Export("every box burned in", _redacted, _listed(lists.redaction_log), _FULL),
    "statistics": Export("how far the review is", _all, _listed(lists.statistics), content=False),
}
"""Kind → what it is."""
