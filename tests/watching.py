"""What the watchdog saw in the journeys of a run, from all its processes, for the last lines.

Reported and never asserted: how long a handler takes is not for a busy machine to judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidencebox.ui.watchdog import Watchdog

KEY = "drawing thread"
_OURS, _WINDOW = "evidencebox.", "evidencebox.ui"


class Watched:
    """Milliseconds that the drawing thread took to answer, and who held it over the limit."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        self.held: list[tuple[str, float]] = []

    def take(self, watch: Watchdog) -> None:
        """Adds a journey's; but what a test itself called of the case's side is no handler."""
        own = [ms for where, ms in watch.held if _is_the_tests(where)]
        self.milliseconds += [ms for ms in watch.milliseconds if ms not in own]
        self.held += [each for each in watch.held if each[1] not in own]

    def told(self) -> dict[str, Any]:
        """As one process tells it to another."""
        return {"milliseconds": self.milliseconds, "held": self.held}

    def add(self, told: dict[str, Any]) -> None:
        """Takes what another process told."""
        self.milliseconds += told["milliseconds"]
        self.held += told["held"]

    def lines(self) -> Iterator[str]:
        """The summary; none where no journey was watched."""
        if not self.milliseconds:
            return
        ordered = sorted(self.milliseconds)
        at = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        yield (
            f"{len(ordered):,} answers of the drawing thread in the journeys: 99th of 100 "
            f"{at:.0f} ms, longest {ordered[-1]:.0f} ms, {len(self.held)} over 100 ms"
        )
        for where, ms in sorted(self.held, key=lambda each: -each[1])[:8]:
            yield f"    {ms:.0f} ms in {where}"


def _is_the_tests(where: str) -> bool:
    return where.startswith(_OURS) and not where.startswith(_WINDOW)


WATCHED = Watched()
