"""What the window needs to plan and measure the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from evidencebox.model.reviewing import Agreement, Progress
from evidencebox.model.views import Done


class ReviewPort(Protocol):
    """A part of `Desk`; the same holds for its calls."""

    def assign(self, query: str, names: Sequence[str]) -> list[Done]:
        """Divides what is found among reviewers, an act for each. Raises UserError."""
        ...

    def draw_sample(self, name: str, query: str, count: int) -> Done:
        """Draws reviewed documents for a second reviewer, by one act. Raises UserError."""
        ...

    def samples(self) -> list[str]: ...

    def agreement(self, name: str) -> Agreement:
        """How far two reviewers agree on a sample. Raises UserError."""
        ...

    def progress(self, query: str) -> Progress: ...

    def own_queue(self) -> str:
        """The query that finds what is assigned to this reviewer and to do."""
        ...
