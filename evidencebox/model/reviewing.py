"""How far a review is, and how well two reviewers agree: plain rows."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the documents a query finds: how many are reviewed, by whom, and one's own pace.

    `pace`: documents of the present reviewer in the last hour; `severe`: documents that he tagged
    high or very high since his midnight (UTC).
    """

    documents: int
    reviewed: int
    by: tuple[tuple[str, int], ...]
    pace: int
    severe: int

    @property
    def left(self) -> int:
        """Documents still to review."""
        return self.documents - self.reviewed


@dataclass(frozen=True, slots=True)
class Difference:
    """A document of a sample that two reviewers coded otherwise for an officer."""

    document: DocumentId
    officer: str
    levels: tuple[tuple[str, Harm | None], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of a sample: how many were reviewed by two, how many of these they coded alike."""

    documents: int
    twice: int
    alike: int
    differences: tuple[Difference, ...]

    @property
    def share(self) -> float | None:
        """Coded alike, 0 to 1; None where nobody looked twice."""
        return self.alike / self.twice if self.twice else None
