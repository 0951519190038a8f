"""The known passwords, tried on one document: asked for only when it turns out to be encrypted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from evidencebox.model.passwords import OPENED_WITH, KnownPassword
from evidencebox.model.words import counted

Ask = Callable[[], Sequence[KnownPassword]]
T = TypeVar("T")

SLOW: Final = 10_000_000
"""Rounds of a hash that a document may ask for; the Office formats allow no more either."""


class Unlocked(Exception):
    """What was encrypted is a whole document of its own: to be read in place of its envelope."""

    def __init__(self, plain: bytes) -> None:
        super().__init__()
        self.plain = plain


def nothing_known() -> Sequence[KnownPassword]:
    """For readers that were given no passwords."""
    return ()


class Keyring:
    """Tries passwords until one fits or the time for it is over; remembers the one that fitted."""

    def __init__(
        self,
        ask: Ask,
        seconds: float,
        say: Callable[[str, str], None],
        beat: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`say` takes metadata; `seconds` is for all attempts on the document together."""
        self._ask = ask
        self._say = say
        self._beat = beat
        self._clock = clock
        self._left = seconds
        self._known: list[KnownPassword] | None = None
        self._said: set[str] = set()
        self._tried = 0

    def find(self, attempt: Callable[[str], T | None]) -> T | None:
        """What `attempt` makes of the first password that fits; None where none does."""
        if self._known is None:
            self._known = list(self._ask())
        began = self._clock()
        try:
            return self._find(attempt, began + self._left)
        finally:
            self._left -= self._clock() - began

    def _find(self, attempt: Callable[[str], T | None], end: float) -> T | None:
        assert self._known is not None
        for at, each in enumerate(self._known):
            if self._clock() >= end:
                return None
            self._beat()
            found = attempt(each.text)
            self._tried = max(self._tried, at + 1)
            if found is not None:
                self._fitted(at)
                return found
        return None

    def _fitted(self, at: int) -> None:
        """The next part of the document is most probably locked with the same."""
        assert self._known is not None
        each = self._known.pop(at)
        self._known.insert(0, each)
        if each.id not in self._said:
            self._said.add(each.id)
            self._say(OPENED_WITH, each.id)

    @property
    def tried(self) -> str:
        """What to say after a sentence that ends in `protected by a password`, and its full stop.

        How many were tried, where any is known.
        """
        known = len(self._known or ())
        if not known:
            return "; none is known."
        if self._tried < known:
            return (
                f"; {self._tried:,} of {counted(known, 'known password')} were tried in the time "
                "for it and did not open it."
            )
        return f"; {counted(known, 'known password')} did not open it."


def protected(what: str, keyring: Keyring) -> str:
    """One sentence: `The PDF` … is protected by a password; 3 known passwords did not open it."""
    return f"{what} is protected by a password{keyring.tried}"
