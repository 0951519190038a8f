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

    def place(self, text: str) -> tuple[int, int] | None:
        """Where it stands in a text of its page, which may have been read anew since.

        Where it stood, if the words are there; else the one place where they stand between what
        stood around them. None where there is no such place, or more than one.
        """
        if text[self.start : self.end] == self.quote:
            return self.start, self.end
        around = self.before + self.quote + self.after
        at = text.find(around)
        if not self.quote or at < 0 or text.find(around, at + 1) >= 0:
            return None
        start = at + len(self.before)
        return start, start + len(self.quote)


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
