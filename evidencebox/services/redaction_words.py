"""Words that go out beside redacted pages: titles, descriptions, file names, a search's receipt.

What is blacked out on a page is not to stand in the index, on a slip-sheet or in an original that
holds the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from evidencebox.export.hunt import hunt, without
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Plan
from evidencebox.services import seals
from evidencebox.services.case import Case
from evidencebox.services.exporting import Scope
from evidencebox.services.redaction_text import GONE

PRIVILEGED: Final = "privileged"
_OURS: Final = ("unread",)
"""Of a receipt: paths of the whole trove, which are nobody's outside."""


def hidden(text: str, plans: Iterable[Plan]) -> str:
    """The text without what the plans black out; nothing of it where a plan shows only a part."""
    for plan in plans:
        if plan.inverse:
            return GONE
        found = hunt(text, [term.text for term in plan.terms])
        text = without(text, [(each.start, each.end) for each in found], GONE)
    return text


def hidden_receipt(proof: Mapping[str, Any], plans: Iterable[Plan]) -> dict[str, Any]:
    """A search's receipt for who gets redacted pages."""
    known = list(plans)
    shown = {name: value for name, value in proof.items() if name not in _OURS}
    for name in ("query", "parsed"):
        if name in shown:
            shown[name] = hidden(str(shown[name]), known)
    return shown


def holds_hidden(
    case: Case,
    document: DocumentId,
    scope: Scope,
    plans: Mapping[DocumentId, Plan],
    labels: Mapping[DocumentId, Iterable[str]],
) -> bool:
    """Whether a document's own bytes hold another that is redacted, privileged or sealed."""
    seen, waiting = {document}, [document]
    while waiting:
        below = {child for r in case.catalogue.records(waiting) for child in r.children} - seen
        shut = set(seals.covered(case, sorted(below))) - scope.allowed
        if shut or any(d in plans or PRIVILEGED in labels.get(d, ()) for d in below):
            return True
        seen |= below
        waiting = sorted(below)
    return False
