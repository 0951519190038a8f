"""What workers may be handed where a document turns out to be encrypted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from evidencebox.model.passwords import KnownPassword

Read = Callable[[], Sequence[KnownPassword]]


class Passwords:
    """The case's known passwords, those first that opened something lately. Thread-safe.

    They are read anew for each document, so that one which was added meanwhile is tried.
    """

    def __init__(self, read: Read = tuple) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._lately: list[str] = []

    def known(self) -> list[KnownPassword]:
        """All of them, in the order in which to try."""
        found = {each.id: each for each in self._read()}
        with self._lock:
            lately = [found.pop(name) for name in self._lately if name in found]
        return [*lately, *found.values()]

    def fitted(self, name: str) -> None:
        """A document was opened with the password of that id."""
        with self._lock:
            if name in self._lately:
                self._lately.remove(name)
            self._lately.insert(0, name)
