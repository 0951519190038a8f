"""Papers one after the other, some of whose sheets are drawn ahead, over the ends of documents.

Most documents have one or two pages. Were each begun when the one before is done, the workers would
wait for this process, and this process for them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Generic, TypeVar

from evidencebox.services.drawing import Paper, Pending
from evidencebox.services.printing import Begun, Printer

T = TypeVar("T")
_BEGUN: Final = 3
"""Documents that are typeset, or looked at, before their sheets are asked for."""


def no_places(_sheet: int) -> tuple[tuple[int, int], ...]:
    """Of sheets whose text has a file of its own."""
    return ()


class Press(Generic[T]):
    """Gives each of `wanted` with its paper and its drafts, in order.

    `begin` starts a paper and says whether its sheets are to be drawn here (else there are no
    drafts). The drafts of one are to be taken before the next one is asked for.
    """

    def __init__(
        self,
        printer: Printer,
        wanted: Iterable[T],
        begin: Callable[[T], tuple[Begun, bool]],
        ink: int = 0,
    ) -> None:
        self._printer = printer
        self._begin = begin
        self._ink = ink
        self._papers: deque[tuple[T, Paper, bool]] = deque()
        self._drafts: deque[Pending | None] = deque()
        self._coming = self._walk(iter(wanted))

    def __iter__(self) -> Iterator[tuple[T, Paper, Iterator[Pending]]]:
        while True:
            self._fill()
            if not self._papers:
                return
            one, paper, drawn = self._papers.popleft()
            if not drawn:
                self._drafts.popleft()  # here, since nobody may ask for what is not there
            yield one, paper, self._taken(len(paper.pages) if drawn else 0)

    def _taken(self, count: int) -> Iterator[Pending]:
        for _ in range(count):
            self._fill()
            draft = self._drafts.popleft()
            assert draft is not None
            yield draft

    def _fill(self) -> None:
        while len(self._drafts) <= self._printer.ahead:
            try:
                self._drafts.append(next(self._coming))
            except StopIteration:
                return

    def _walk(self, wanted: Iterator[T]) -> Iterator[Pending | None]:
        """A draft for each sheet, None for a paper that has none here."""
        begun: deque[tuple[T, Begun, bool]] = deque()
        for one in wanted:
            begun.append((one, *self._begin(one)))
            if len(begun) > _BEGUN:
                yield from self._of(*begun.popleft())
        while begun:
            yield from self._of(*begun.popleft())

    def _of(self, one: T, begun: Begun, drawn: bool) -> Iterator[Pending | None]:
        paper = begun()
        self._papers.append((one, paper, drawn))
        if not drawn:
            yield None
        for place in range(len(paper.pages) if drawn else 0):
            yield self._printer.draw(paper, place, no_places, self._ink)
