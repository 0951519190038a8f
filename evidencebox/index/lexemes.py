"""What a query consists of, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a lexeme is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "W/"
    BOOST = "^"
    WORD = "word"
    PHRASE = "phrase"
    REGEX = "regular expression"
    STEM = "stem"
    NAME = "name"


OPERANDS = (Kind.WORD, Kind.PHRASE, Kind.REGEX, Kind.STEM, Kind.NAME)
"""What has a text and may have a field."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: code points `start` to `end`. Operands have text and field.

    `number`: the slop of a phrase, the distance of a NEAR, the edits of a fuzzy word (0: none).
    `prefix`: how many letters of a fuzzy word are right. `ordered`: a PRE/n. `boost`: of a BOOST.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    field: str | None = None
    number: int = 0
    prefix: int = 0
    ordered: bool = False
    boost: float = 1.0

    @property
    def typed(self) -> str:
        """The value as it was typed, in quotes where it was."""
        quotes = {Kind.PHRASE: '"{}"', Kind.REGEX: "/{}/", Kind.STEM: "stem({})"}
        quotes[Kind.NAME] = "name({})"
        return quotes.get(self.kind, "{}").format(self.text)
