"""Harm proposals of a case: for one officer and document, with terms, second axis and rationale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidencebox.analysis.harm import Proposal, propose
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import Answer, Element
from evidencebox.services import elements, schemes
from evidencebox.services.case import Case
from evidencebox.services.matrix import counts


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the scheme proposes for an officer on a document.

    `accepted`: how many of the elements behind it a reviewer said yes to; the rest are
    suggestions.
    """

    document: DocumentId
    officer: OfficerId
    proposal: Proposal
    elements: tuple[Element, ...]
    accepted: int


def proposals(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
) -> list[Proposed]:
    """A proposal for every officer and document with elements of his, the worst first."""
    scheme = schemes.harm_scheme(case)
    by_pair: dict[tuple[DocumentId, OfficerId], list[Element]] = defaultdict(list)
    for element in elements.listed(case, documents, officer):
        if element.officer is not None and counts(element):
            by_pair[element.document, element.officer].append(element)
    found = [
        Proposed(
            document,
            owner,
            propose(scheme, {each.kind for each in listed}),
            tuple(listed),
            sum(each.decision is Answer.SAME for each in listed),
        )
        for (document, owner), listed in by_pair.items()
    ]
    return sorted(found, key=lambda p: (*(-n for n in p.proposal.rank), p.document, p.officer))


def harm_json(proposed: Proposed) -> dict[str, Any]:
    """A proposal as `harm --json` and `officer --json` show it, without document and officer."""
    proposal = proposed.proposal
    return {
        "level": proposal.level,
        "dpc": proposal.dpc,
        "se": proposal.se,
        "terms": [{"by": term.by, "why": term.why} for term in proposal.terms],
        "axis": dict(proposal.axis),
        "kinds": list(proposal.kinds),
        "categories": list(proposal.categories),
        "rationale": proposal.rationale,
        "scheme": proposal.scheme,
        "elements": len(proposed.elements),
        "accepted": proposed.accepted,
    }
