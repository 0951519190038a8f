"""What reviewers decide: tags with their anchors, labels, and the acts that carry them."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId, OfficerId

QUOTE_CONTEXT = 48
"""Code points of context kept on either side of a passage's quote."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page's text, in code points, with what is needed to find it again.

    `version` is the extraction version whose text the offsets count in.
    """

    start: int
    end: int
    version: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a tag stands on: a document, one of its pages, or a passage of a page."""

    document: DocumentId
    page: int | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """One reviewer's standing decision about one officer at one anchor."""

    act: ActId
    anchor: Anchor
    officer: OfficerId
    harm: Harm
    categories: tuple[str, ...]
    note: str
    author: str
    utc: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Tags of several reviewers for one officer at one anchor that do not say the same."""

    tags: tuple[Tag, ...]
