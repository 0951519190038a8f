"""The command `similar`: copies, near-duplicates, more like this, and what differs."""

from __future__ import annotations

import argparse
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.words import counted
from evidencebox.services import seals, similar
from evidencebox.services import search as searching
from evidencebox.services.case import Case
from evidencebox.services.similar import SimilarDocuments


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    parser = commands.add_parser("similar", help="copies and near-duplicates of a document")
    add_case(parser)
    parser.add_argument("document", metavar="SHA256", nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--at-least",
        type=float,
        default=similar.AT_LEAST,
        metavar="J",
        help=f"how alike, from {similar.LEAST} to 1; default {similar.AT_LEAST}",
    )
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="0: all; default 100")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--groups", action="store_true", help="all groups of near-duplicates")
    way.add_argument("--like", action="store_true", help="what speaks of the same, best first")
    way.add_argument("--difference", metavar="SHA256", help="what differs in another document")
    parser.add_argument("--unseal", metavar="REASON", help="of a sealed document; is recorded")
    parser.set_defaults(run=_similar)


def _similar(options: argparse.Namespace) -> int:
    if options.groups != (options.document is None):
        raise UserError("Give a document, or --groups for all groups, and not both.")
    if options.limit < 0:
        raise UserError("--limit takes 0 for all, or a number of documents.")
    with opened(options, acts=options.unseal is not None) as case:
        if options.groups:
            _groups(case, options)
            return 0
        document = document_id(case, options.document)
        if options.like:
            seals.check_open(case, document, options.unseal, "similar")
            _like(case, document, options)
        elif options.difference:
            other = document_id(case, options.difference)
            for each in (document, other):
                seals.check_open(case, each, options.unseal, "similar")
            _difference(case, document, other, options)
        else:
            _alike(case, document, options)
    return 0


def _alike(case: Case, document: DocumentId, options: argparse.Namespace) -> None:
    found = SimilarDocuments(case).similar(document, options.at_least, options.limit)
    documents = [each.document for each in found]
    paths, sealed = _paths(case, documents), seals.covered(case, documents)
    for each in found:
        path = paths.get(each.document, "")
        if options.json:
            emit(
                {
                    "sha256": each.document,
                    "path": path,
                    "similarity": round(each.similarity, 6),
                    "kind": each.kind,
                }
            )
        else:
            path = seals.NAME if each.document in sealed else path
            show(f"{each.similarity:>7.1%}  {each.kind:<20} {path}")
    note(f"{counted(len(found), 'document')} like {short_id(document)}.")


def _groups(case: Case, options: argparse.Namespace) -> None:
    found = SimilarDocuments(case).groups(options.at_least)
    for number, group in enumerate(found, 1):
        if options.json:
            emit({"group": number, "documents": group})
        else:
            paths, sealed = _paths(case, group), seals.covered(case, group)
            show(f"Group {number}")
            for document in group:
                name = seals.NAME if document in sealed else paths.get(document, document)
                show(f"    {name}")
    note(f"{counted(len(found), 'group')} of near-duplicates.")


def _like(case: Case, document: DocumentId, options: argparse.Namespace) -> None:
    query = similar.like_query(case, document)
    found = searching.search(case, f"({query}) NOT hash:{document}")
    if options.json:
        emit({"total": len(found.documents), "query": query})
    for hit in searching.hits(case, found, options.limit):
        if options.json:
            emit(
                {
                    "sha256": hit.document,
                    "path": hit.path,
                    "page": hit.page,
                    "score": round(hit.score, 6),
                    "snippet": hit.snippet,
                }
            )
        else:
            show(f"{hit.score:>8.2f}  {seals.NAME if hit.sealed else hit.path}")


def _difference(
    case: Case, one: DocumentId, other: DocumentId, options: argparse.Namespace
) -> None:
    left, right, found = similar.compare(case, one, other)
    for change in found.changes:
        texts = (left[change.start : change.end], right[change.other_start : change.other_end])
        if options.json:
            emit(
                {
                    "same": change.same,
                    "start": change.start,
                    "end": change.end,
                    "other_start": change.other_start,
                    "other_end": change.other_end,
                }
            )
        elif not change.same:
            show(f"- {' '.join(texts[0].split())}")
            show(f"+ {' '.join(texts[1].split())}")
    if not found.whole:
        note("The texts are long; only their beginnings were compared.")


def _paths(case: Case, documents: list[DocumentId]) -> dict[DocumentId, str]:
    return {
        record.sha256: record.locations[0].path
        for record in case.catalogue.records(documents)
        if record.sha256 and record.locations
    }
