"""Commands that read: search, documents, text, failures."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentRecord, Layer
from evidencebox.model.views import Found
from evidencebox.model.words import counted
from evidencebox.services import search as searching
from evidencebox.services.case import Case


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    search = commands.add_parser("search", help="find documents")
    add_case(search)
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--json", action="store_true")
    search.add_argument("--limit", type=int, default=100, metavar="N", help="0: all; default 100")
    search.add_argument("--receipt", type=Path, metavar="F", help="write what proves this search")
    search.set_defaults(run=_search)
    documents = commands.add_parser("documents", help="list every document")
    add_case(documents)
    documents.add_argument("--json", action="store_true")
    documents.set_defaults(run=_documents)
    text = commands.add_parser("text", help="a document's text")
    add_case(text)
    text.add_argument("document", metavar="SHA256")
    text.add_argument("--page", type=int, metavar="N")
    text.add_argument("--layer", choices=[layer.value for layer in Layer], default="text")
    text.set_defaults(run=_text)
    failures = commands.add_parser("failures", help="what could not be read, and why")
    add_case(failures)
    failures.add_argument("--json", action="store_true")
    failures.set_defaults(run=_failures)


def _search(options: argparse.Namespace) -> int:
    if options.limit < 0:
        raise UserError("--limit takes 0 for all, or a number of hits.")
    with opened(options) as case:
        found = searching.search(case, options.query)
        if options.receipt:
            _write_receipt(case, found, options.receipt)
        total, ms = len(found.documents), round(found.milliseconds, 3)
        if options.json:
            emit({"total": total, "ms": ms, "parsed": found.parsed})
        else:
            note(f"{counted(total, 'document')} in {ms:.1f} ms: {found.parsed}")
        for hit in searching.hits(case, found, options.limit):
            if options.json:
                emit(
                    {
                        "sha256": hit.document,
                        "path": hit.path,
                        "page": hit.page,
                        "score": round(hit.score, 6),
                        "snippet": hit.snippet,
                        "highlights": [list(h) for h in hit.highlights],
                    }
                )
            else:
                show(f"{hit.path}, p. {hit.page}")
                show(f"    {' '.join(hit.snippet.split())}")
    return 0


def _write_receipt(case: Case, found: Found, file: Path) -> None:
    text = json.dumps(searching.receipt(case, found), indent=1, ensure_ascii=False)
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None


def _documents(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for record in case.catalogue.each():
            if options.json:
                emit(document_json(record))
            else:
                path = record.locations[0].path if record.locations else ""
                show(f"{record.id:<10} {record.status.value:<12} {record.type.value:<9} {path}")
    return 0


def document_json(record: DocumentRecord) -> dict[str, Any]:
    """A document as `documents --json` gives it."""
    return {
        "sha256": record.sha256,
        "id": record.id or None,
        "locations": [_location_json(place) for place in record.locations],
        "type": record.type.value,
        "media_type": record.media_type,
        "status": record.status.value,
        "reason": record.reason,
        "pages": record.pages,
        "chars": record.chars,
        "parents": list(record.parents),
        "children": list(record.children),
        "size": record.size,
        "date": record.date,
        "title": record.title,
        "thread": record.thread,
    }


def _location_json(place: Any) -> dict[str, str]:
    found = {"path": place.path}
    if place.path_b64:
        found["path_b64"] = place.path_b64
    if place.custodian:
        found["custodian"] = place.custodian
    return found


def _text(options: argparse.Namespace) -> int:
    layer = Layer(options.layer)
    with opened(options) as case:
        document = document_id(case, options.document)
        if options.page is not None:
            page = case.index.page(document, options.page, layer)
            if page is None:
                raise UserError(f"That document has no page {options.page} in its {layer} layer.")
            pages = iter([page])
        else:
            if document not in case.index:
                raise UserError("There is no such document in the index.")
            pages = (page for page in case.index.pages(document) if page.layer is layer)
        # A form feed between pages, as text tools expect.
        first = True
        for page in pages:
            _write_page(page.text, first)
            first = False
    return 0


def _write_page(text: str, first: bool) -> None:
    import sys

    sys.stdout.write(("" if first else "\f") + text)
    if not text.endswith("\n"):
        sys.stdout.write("\n")


def _failures(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for failure in case.catalogue.failures():
            if options.json:
                emit(
                    {
                        "sha256": failure.document,
                        "path": failure.path,
                        "status": failure.status,
                        "stage": failure.stage,
                        "reason": failure.reason,
                    }
                )
            else:
                show(f"{failure.status:<12} {failure.path}: {failure.reason}")
    return 0
