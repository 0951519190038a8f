"""Commands that read: documents, text, failures."""

from __future__ import annotations

import argparse
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, opened, show
from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentRecord, Layer
from evidencebox.services import seals


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    documents = commands.add_parser("documents", help="list every document")
    add_case(documents)
    documents.add_argument("--json", action="store_true")
    documents.set_defaults(run=_documents)
    text = commands.add_parser("text", help="a document's text")
    add_case(text)
    text.add_argument("document", metavar="SHA256")
    text.add_argument("--page", type=int, metavar="N")
    text.add_argument("--layer", choices=[layer.value for layer in Layer], default="text")
    text.add_argument("--unseal", metavar="REASON", help="show a sealed document; is recorded")
    text.set_defaults(run=_text)
    failures = commands.add_parser("failures", help="what could not be read, and why")
    add_case(failures)
    failures.add_argument("--json", action="store_true")
    failures.set_defaults(run=_failures)


def _documents(options: argparse.Namespace) -> int:
    with opened(options) as case:
        sealed = seals.everything(case)
        for record in case.catalogue.each():
            if options.json:
                found = document_json(record)
                # Paths stay: they are how an inventory and the drive are compared.
                emit(found | {"title": ""} if record.sha256 in sealed else found)
            else:
                path = record.locations[0].path if record.locations else ""
                path = seals.NAME if record.sha256 in sealed else path
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
    with opened(options, acts=options.unseal is not None) as case:
        document = document_id(case, options.document)
        seals.check_open(case, document, options.unseal, "text")
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
