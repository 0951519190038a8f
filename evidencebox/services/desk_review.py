"""The part of an open case that plans and measures the review."""

from __future__ import annotations

from collections.abc import Sequence

from evidencebox.model.reviewing import Agreement, Progress
from evidencebox.model.views import Done
from evidencebox.services import review
from evidencebox.services.case import Case


class ReviewDesk:
    """See `ui.review_port.ReviewPort`. What it needs is set by `Desk`."""

    _case: Case

    def assign(self, query: str, names: Sequence[str]) -> list[Done]:
        return review.assign(self._case, query, names)

    def draw_sample(self, name: str, query: str, count: int) -> Done:
        return review.draw(self._case, name, query, count)

    def samples(self) -> list[str]:
        return review.samples(self._case)

    def agreement(self, name: str) -> Agreement:
        return review.agreement(self._case, name)

    def progress(self, query: str) -> Progress:
        return review.progress(self._case, query)

    def own_queue(self) -> str:
        return review.queue_for(self._case)
