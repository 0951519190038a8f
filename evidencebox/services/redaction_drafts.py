"""Redactions that are still worked on: kept beside the ledger, so that no lock or crash takes them.

A draft is one reviewer's, of one document, and no act: nothing goes by it until it is kept as plan.
"""

from __future__ import annotations

import json
from dataclasses import astuple

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.redactions import Ask, Box, Term
from evidencebox.services.case import Case


def _name(case: Case, document: DocumentId) -> str:
    return f"redaction draft:{case.signer.author}:{document}"


def keep(case: Case, document: DocumentId, ask: Ask | None) -> None:
    """Keeps a draft; None forgets it."""
    text = ""
    if ask is not None:
        said = {
            "terms": [astuple(term) for term in ask.terms],
            "boxes": [astuple(box) for box in ask.boxes],
            "elements": ask.elements,
            "everyone_but": ask.everyone_but,
            "inverse": ask.inverse,
            "lines": ask.lines,
        }
        text = json.dumps(said)
    if text or case.decided.meta(_name(case, document)):
        case.decided.set_meta(_name(case, document), text)


def kept(case: Case, document: DocumentId) -> Ask | None:
    """The draft of a document; None where there is none."""
    text = case.decided.meta(_name(case, document))
    if not text:
        return None
    said = json.loads(text)
    but = said["everyone_but"]
    return Ask(
        elements=tuple(said["elements"]),
        everyone_but=None if but is None else OfficerId(but),
        boxes=tuple(Box(*each) for each in said["boxes"]),
        inverse=said["inverse"],
        lines=said["lines"],
        terms=tuple(Term(*each) for each in said["terms"]),
    )
