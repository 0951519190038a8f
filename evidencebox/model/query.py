"""What the query language asks of the ledger, and what it suggests."""

from __future__ import annotations

from dataclasses import dataclass

HAS_IN_LEDGER = ("exhibit", "label", "note", "officer", "tag")
"""What `has:` of the query language asks of the ledger, not of the index."""


@dataclass(frozen=True, slots=True)
class LedgerClause:
    """Ledger fields that stood together in one AND. None asks nothing.

    `officer`, `category`, `reviewer`, `note` and the harm range (inclusive) speak of **one tag**.
    `label`, `exhibit`, `thread`, `has` (one of `HAS_IN_LEDGER`) and `reviewed` speak of the
    document and each stand in a clause of its own.
    Texts are as typed: the ledger decides what they match (an officer by id, badge or name).
    """

    officer: str | None = None
    harm_min: int | None = None
    harm_max: int | None = None
    category: str | None = None
    label: str | None = None
    reviewer: str | None = None
    note: str | None = None
    exhibit: str | None = None
    reviewed: bool | None = None
    thread: str | None = None
    has: str | None = None

    @property
    def words(self) -> str:
        """The clause in words."""
        if self.reviewed is not None:
            return "reviewed"
        if self.has is not None:
            return f"has {self.has}"
        if self.thread is not None:
            return f"thread “{self.thread}”"
        if self.label is not None:
            return f"labelled “{self.label}”"
        if self.exhibit is not None:
            return f"exhibit “{self.exhibit}”"
        named = ("officer", "category", "reviewer", "note")
        said = [f"{name} “{value}”" for name in named if (value := getattr(self, name)) is not None]
        if self.harm_min is not None or self.harm_max is not None:
            low, high = self.harm_min or 0, 4 if self.harm_max is None else self.harm_max
            said.insert(
                1 if self.officer else 0, f"harm {low}" + ("" if low == high else f"–{high}")
            )
        return f"one tag with {', '.join(said)}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`word` stands in no document: `instead` does, in so many `documents`.

    `start` to `end` is the piece of the query it stands in; `query` is all of it with the other
    word, empty where it cannot simply be replaced.
    """

    word: str
    instead: str
    documents: int
    start: int
    end: int
    query: str

    @property
    def words(self) -> str:
        """The suggestion as a sentence."""
        return f"“{self.word}” is in no document; did you mean “{self.instead}”?"
