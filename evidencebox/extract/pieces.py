"""Marked text held back until its page may be written: notes, headers, one slide."""

from __future__ import annotations

from typing import Protocol


class Writer(Protocol):
    """What takes text with its marks: a `Flow` at once, `Pieces` for later."""

    @property
    def at_line_start(self) -> bool: ...

    def add(self, text: str, kind: str = "", label: str = "") -> None: ...

    def newline(self) -> None: ...


class Pieces:
    """Remembers what is added, in order, with its kinds and labels."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, str, str]] = []
        self._ends_with = "\n"

    @property
    def at_line_start(self) -> bool:
        return self._ends_with == "\n"

    @property
    def text(self) -> str:
        return "".join(text for text, _, _ in self._pieces)

    def add(self, text: str, kind: str = "", label: str = "") -> None:
        """Appends text; `kind` and `label` as in `Flow.add`."""
        if text:
            self._pieces.append((text, kind, label))
            self._ends_with = text[-1]

    def newline(self) -> None:
        """Starts a new line unless one has just begun."""
        if not self.at_line_start:
            self.add("\n")

    def pour(self, into: Writer) -> None:
        """Adds all of it to another writer, and forgets it."""
        for text, kind, label in self._pieces:
            into.add(text, kind, label)
        self._pieces, self._ends_with = [], "\n"
