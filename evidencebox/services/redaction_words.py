"""Words that go out beside redacted pages: titles, descriptions, file names, a search's receipt.

What is blacked out on a page is not to stand in the index, on a slip-sheet or in an original that
holds the page.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rapidfuzz.distance import Levenshtein

from evidencebox.analysis.folding import fold
from evidencebox.export.hunt import hunt, without
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Plan
from evidencebox.services import seals
from evidencebox.services.case import Case
from evidencebox.services.exporting import Scope
from evidencebox.services.redaction_people import WORDS
from evidencebox.services.redaction_text import GONE

PRIVILEGED: Final = "privileged"
_PART: Final = 3
_NEAR: Final = 2
_PATTERN: Final = re.compile(r"[\w*?]*[*?~][\w*?~]*")
_OURS: Final = ("unread",)
"""Of a receipt: paths of the whole trove, which are nobody's outside."""


def hidden(text: str, plans: Iterable[Plan]) -> str:
    """The text without what the plans black out; nothing of it where a plan shows only a part.

    Each name of "Grace Hallberg" goes alone, too, unless it is a word of every day: these words
    are ours, and somebody put them as he liked.
    """
    for plan in plans:
        if plan.inverse:
            return GONE
        found = hunt(text, [term.text for term in plan.terms] + sorted(parts(plan) - WORDS))
        text = without(text, [(each.start, each.end) for each in found], GONE)
    return text


def parts(plan: Plan) -> set[str]:
    """The words of what a plan names, but for the shortest."""
    words = (word for term in plan.terms for word in re.findall(r"\w+", term.text))
    return {fold(word) for word in words if len(word) >= _PART}


def _hidden_query(query: str, plans: Sequence[Plan]) -> str:
    """A query without what it asks for by a part, a pattern, or nearly."""
    alone = sorted({part for plan in plans if not plan.inverse for part in parts(plan)})
    found = hunt(query, alone)
    query = without(query, [(each.start, each.end) for each in found], GONE)
    return hidden(_PATTERN.sub(lambda m: _unless_like(m[0], alone), query), plans)


def _unless_like(word: str, alone: Sequence[str]) -> str:
    sought = fold(word.partition("~")[0])
    like = any(
        fnmatch.fnmatchcase(part, sought)
        or ("~" in word and Levenshtein.distance(part, sought, score_cutoff=_NEAR) <= _NEAR)
        for part in alone
    )
    return GONE if like else word


def hidden_receipt(proof: Mapping[str, Any], plans: Iterable[Plan]) -> dict[str, Any]:
    """A search's receipt for who gets redacted pages."""
    known = list(plans)
    shown = {name: value for name, value in proof.items() if name not in _OURS}
    for name in ("query", "parsed"):
        if name in shown:
            shown[name] = _hidden_query(str(shown[name]), known)
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
