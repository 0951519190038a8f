"""Commands about the case and what people decide in it: new, tag, undo, matrix."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from evidencebox.cli.common import (
    add_case,
    add_passphrase,
    document_id,
    emit,
    note,
    opened,
    passphrase,
    show,
)
from evidencebox.cli.keeping import say_code, warn_if_weak
from evidencebox.errors import UserError
from evidencebox.model.documents import Layer
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import QUOTE_CONTEXT, Anchor, Passage
from evidencebox.model.words import counted
from evidencebox.services import case as cases
from evidencebox.services import matrix, officers, tags
from evidencebox.services.case import Case
from evidencebox.vault.keychain import Keychain


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    new = commands.add_parser("new", help="make a case; prints the recovery code once")
    new.add_argument("case", type=Path, metavar="CASE")
    new.add_argument("--reviewer", metavar="NAME", default=None)
    new.add_argument(
        "--keychain", action="store_true", help="this system's key store opens it, too"
    )
    add_passphrase(new)
    new.set_defaults(run=_new)
    _add_tags(commands)
    _add_matrix(commands)


def _add_tags(commands: Any) -> None:
    for name, run, words in (
        ("tag", _tag, "say whom a document, page or passage harms, and how badly"),
        ("untag", _untag, "take your own tag back"),
    ):
        parser = commands.add_parser(name, help=words)
        add_case(parser, acts=True)
        parser.add_argument("document", metavar="SHA256")
        parser.add_argument("--officer", required=True, metavar="ID|BADGE")
        parser.add_argument("--page", type=int, metavar="N")
        parser.add_argument("--span", metavar="START-END", help="code points of the page's text")
        parser.set_defaults(run=run)
        if name == "tag":
            parser.add_argument("--harm", type=int, choices=range(5), required=True)
            parser.add_argument("--category", action="append", default=[], metavar="C")
            parser.add_argument("--note", default="")
    label = commands.add_parser("label", help="privileged, confidential, responsive, issue codes")
    add_case(label, acts=True)
    label.add_argument("document", metavar="SHA256")
    label.add_argument("label", metavar="LABEL")
    label.add_argument("--remove", action="store_true")
    label.set_defaults(run=_label)
    reviewed = commands.add_parser("reviewed", help="mark a document as reviewed")
    add_case(reviewed, acts=True)
    reviewed.add_argument("document", metavar="SHA256")
    reviewed.add_argument("--remove", action="store_true")
    reviewed.set_defaults(run=_reviewed)
    undo = commands.add_parser("undo", help="take back your last act, by a counter-act")
    add_case(undo, acts=True)
    undo.add_argument("--redo", action="store_true", help="take back your last undo")
    undo.set_defaults(run=_undo)
    lister = commands.add_parser("tags", help="list the tags that stand")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.set_defaults(run=_tags)


def _add_matrix(commands: Any) -> None:
    parser = commands.add_parser("matrix", help="roster × exposure, a disposition for every member")
    add_case(parser)
    parser.add_argument("--csv", type=Path, metavar="F")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--state", action="append", default=[], choices=list(matrix.State))
    parser.add_argument("--kind", action="append", default=[], metavar="K")
    parser.add_argument("--unit", action="append", default=[], metavar="U")
    parser.add_argument("--least-harm", type=int, default=0, choices=range(5))
    parser.set_defaults(run=_matrix)


def _new(options: argparse.Namespace) -> int:
    reviewer = options.reviewer or getpass.getuser()
    chosen = passphrase(options, new=True)
    warn_if_weak(chosen)
    keychain = Keychain() if options.keychain else None
    case, code = cases.create(options.case, reviewer, chosen, keychain)
    with_case = case.folder
    case.close()
    say_code(code)
    note(f"Made {with_case.name} for {reviewer}.")
    return 0


def _tag(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = tags.tag(
            case,
            _anchor(case, options),
            officers.one(case, options.officer),
            Harm(options.harm),
            options.category,
            options.note,
        )
    note(f"{done.text}.")
    return 0


def _untag(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        officer = officers.one(case, options.officer)
        done = tags.untag(case, _anchor(case, options), officer.id)
    note(f"{done.text}.")
    return 0


def _anchor(case: Case, options: argparse.Namespace) -> Anchor:
    document = document_id(case, options.document)
    if options.span is None:
        return Anchor(document, options.page)
    if options.page is None:
        raise UserError("--span needs --page: its offsets count within one page.")
    return Anchor(document, options.page, _passage(case, document, options.page, options.span))


def _passage(case: Case, document: DocumentId, number: int, span: str) -> Passage:
    first, _, last = span.partition("-")
    page = case.index.page(document, number, Layer.TEXT)
    if not (first.isdecimal() and last.isdecimal()):
        raise UserError("--span takes two code-point offsets, such as 120-164.")
    start, end = int(first), int(last)
    if page is None or not start < end <= len(page.text):
        length = len(page.text) if page else 0
        raise UserError(f"Page {number} has {length:,} characters; {span} is not within it.")
    record = tags.known_document(case, document)
    version = int(record.metadata.get("extraction_version", ("0",))[0])
    text = page.text
    before, after = text[max(0, start - QUOTE_CONTEXT) : start], text[end : end + QUOTE_CONTEXT]
    return Passage(start, end, version, text[start:end], before, after)


def _label(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        document = document_id(case, options.document)
        done = tags.label(case, document, options.label, on=not options.remove)
    note(f"{done.text}.")
    return 0


def _reviewed(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = tags.reviewed(case, document_id(case, options.document), on=not options.remove)
    note(f"{done.text}.")
    return 0


def _undo(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = tags.redo(case) if options.redo else tags.undo(case)
    note(f"{done.text}.")
    return 0


def _tags(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for line in tags.tag_lines(case):
            if options.json:
                emit(line)
            else:
                where = f"p. {line['page']}" if line["page"] else "document"
                categories = ", ".join(line["categories"])
                show(
                    f"{line['id']}  {where:<9} {line['officer']['name']:<28} "
                    f"{line['harm']} {line['harm_word']:<10} {categories}"
                )
    return 0


def _matrix(options: argparse.Namespace) -> int:
    with opened(options) as case:
        wanted = matrix.Wanted(
            [matrix.State(each) for each in options.state],
            options.kind,
            options.unit,
            least_harm=options.least_harm,
        )
        rows = matrix.matrix(case, wanted)
    if options.csv:
        matrix.write_csv(rows, options.csv)
        note(f"{counted(len(rows), 'officer')} written to {options.csv}, each with a disposition.")
        return 0
    for row in rows:
        if options.json:
            emit(_matrix_line(row))
        else:
            show(f"{row.officer.badge:>8}  {row.officer.name:<32} {row.disposition}")
    return 0


def _matrix_line(row: matrix.MatrixRow) -> dict[str, Any]:
    return {
        "officer": tags.officer_json(row.officer, row.officer.id),
        "state": row.state.value,
        "disposition": row.disposition,
        "documents_naming": row.named,
        "not_reviewed": row.unreviewed,
        "documents_tagged": row.documents,
        "worst_harm": None if row.worst is None else int(row.worst),
        "exposed": {
            kind: {"documents": t.documents, "pages": t.pages, "places": t.places}
            for kind, t in sorted(row.exposed.items())
        },
        "tagged": dict(row.cells),
    }
