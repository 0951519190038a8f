"""What the machine suggests of a page: who is named there, and what is exposed. No findings.

A suggestion becomes a finding when a reviewer accepts it. Both kinds are derived from text and
made again at any time; the reviewer's answer is an act of the ledger and is put beside them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from evidencebox.model.documents import Layer
from evidencebox.model.ids import DocumentId, OfficerId

LIKELY = 0.5
"""From this confidence on a suggestion is shown and counted; below it, it is doubtful."""


class Answer(StrEnum):
    """What a reviewer says of a suggestion: Y, X, or cannot say."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Mention:
    """The suggestion that a page names an officer.

    `start` and `end` are code points of the page's text in `layer`, `text` what stands there.
    `form` says which of the officer's name forms it is (`rank_last`, `badge`, `email` …),
    `evidence` what speaks for and against it, as words joined by spaces, `reason` both in a
    sentence. `confidence` is 0 to 1. Two officers who may both be meant have a mention each, with
    the same span. `decision` is None while nobody has answered.
    """

    document: DocumentId
    page: int
    layer: Layer
    start: int
    end: int
    officer: OfficerId
    form: str
    text: str
    confidence: float
    evidence: str
    reason: str
    decision: Answer | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """The suggestion that a page exposes a datum.

    `kind` is one of DESIGN.md, section 12; `masked` is what screens show of the value. `officer`
    is whose it is, None where that cannot be said; `belonging` says in words why his, and
    `belongs` is 0 to 1 how sure that is. `reason` says in words why it is such a datum.
    """

    document: DocumentId
    page: int
    layer: Layer
    start: int
    end: int
    kind: str
    masked: str
    confidence: float
    reason: str
    officer: OfficerId | None = None
    belongs: float = 0.0
    belonging: str = ""
    decision: Answer | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A reviewer's answer as the ledger keeps it.

    At a place: `document`, `page`, `start`, `end`, with the layer as `label`, and what stood there
    (`quote`, and `before` it) so that it is found again. By rule: no document, and `label` is the
    `form_key` of the mentions it speaks of.
    """

    document: DocumentId | None
    page: int | None
    start: int | None
    end: int | None
    label: str
    officer: OfficerId
    answer: Answer
    quote: str
    before: str
    author: str
    utc: str


def form_key(text: str, evidence: str) -> str:
    """What mentions have in common that are written alike, with the same evidence near.

    A digest, since it stands in the ledger for ever and a name must be purgeable.
    """
    words = " ".join(text.casefold().split())
    return hashlib.sha256(f"{words}\0{' '.join(sorted(evidence.split()))}".encode()).hexdigest()
