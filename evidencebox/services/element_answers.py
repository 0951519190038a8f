"""What reviewers said of elements, found again at their places, also where a text was read anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import Answer, Answered, Element

_LABEL = "element"


class Answers:
    """The answers that stand about elements, found at their places."""

    def __init__(self, answers: Sequence[Answered]) -> None:
        self._said: dict[tuple[Any, ...], dict[OfficerId, set[Answer]]] = {}
        self._moved: dict[tuple[Any, ...], dict[OfficerId, set[Answer]]] = {}
        self.documents: set[DocumentId] = set()
        for each in answers:
            if each.document is None or not each.label.startswith(f"{_LABEL} "):
                continue
            self.documents.add(each.document)
            head = (each.document, each.page, each.label)
            for table, place in (
                (self._said, (*head, each.start, each.end)),
                (self._moved, (*head, each.quote)),
            ):
                table.setdefault(place, {}).setdefault(each.officer, set()).add(each.answer)

    def __bool__(self) -> bool:
        return bool(self._said)

    def applied(self, element: Element) -> Element:
        """The element with what reviewers said of it: unsure where they differ."""
        if element.document not in self.documents:
            return element
        head = (element.document, element.page, element_label(element))
        said = self._said.get((*head, element.start, element.end))
        # The text may have been read anew, so that all stands a little further on.
        said = said or self._moved.get((*head, element.masked)) or {}
        yes = [officer for officer, words in said.items() if words == {Answer.SAME}]
        if len(yes) == 1:
            owner = OfficerId(yes[0]) if yes[0] else None
            if owner == element.officer:
                return replace(element, decision=Answer.SAME)
            told = "A reviewer said so."
            return replace(
                element, decision=Answer.SAME, officer=owner, belongs=1.0, belonging=told
            )
        own = said.get(OfficerId(element.officer or ""))
        if yes or (own and len(own) > 1):
            return replace(element, decision=Answer.UNSURE)
        return replace(element, decision=next(iter(own))) if own else element


def element_label(element: Element) -> str:
    """What the ledger calls an element: its kind, and the layer it stands in."""
    return f"{_LABEL} {element.kind} {element.layer.value}"
