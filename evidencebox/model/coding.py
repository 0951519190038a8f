"""What coding many documents at once would do, and what is suggested for one: plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.model.suggestions import Answer, Mention
from evidencebox.model.views import Similar

LABELS = ("responsive", "privileged", "confidential", "second look")
"""Labels that are offered; a reviewer may add others, such as issue codes."""
SECOND_LOOK = "second look"


@dataclass(frozen=True, slots=True)
class Coding:
    """What a reviewer gives to a document as a whole, for one officer."""

    officer: Officer
    harm: Harm
    categories: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class BatchPreview:
    """What a batch would do before it is done.

    `fresh` have no tag of this reviewer for the officer, `same` have just this one, `differing`
    counts those that have another one, by its level. `sealed` are among all of these.
    """

    documents: int
    fresh: int
    same: int
    differing: tuple[tuple[Harm, int], ...]
    sealed: int

    @property
    def conflicts(self) -> int:
        """Documents where keeping and overwriting are not the same."""
        return sum(count for _, count in self.differing)

    def acts_on(self, overwrite: bool) -> int:
        """How many documents would be tagged."""
        return self.fresh + (self.conflicts if overwrite else 0)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody whom a document seems to name: where, and what was answered, if all were."""

    officer: Officer
    mentions: tuple[Mention, ...]

    @property
    def answer(self) -> Answer | None:
        """The answer to all of them; None while one has none or they differ."""
        said = {mention.decision for mention in self.mentions}
        return said.pop() if len(said) == 1 else None

    @property
    def open(self) -> bool:
        """Whether anything is still to be answered."""
        return any(mention.decision is None for mention in self.mentions)

    @property
    def best(self) -> Mention:
        """The surest of them."""
        return max(self.mentions, key=lambda mention: mention.confidence)

    @property
    def pages(self) -> str:
        """`p. 2` or `p. 1–3`."""
        numbers = sorted({mention.page for mention in self.mentions})
        first, last = numbers[0], numbers[-1]
        return f"p. {first}" if first == last else f"p. {first}–{last}"


@dataclass(frozen=True, slots=True)
class ProposedHarm:
    """What the scheme proposes for an officer on a document: `summary` on what, `why` its terms."""

    officer: Officer
    harm: Harm
    summary: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """What a decision about a document may also be right for: its family, and what is like it."""

    family: tuple[DocumentId, ...] = ()
    alike: tuple[Similar, ...] = ()


def by_officer(mentions: Sequence[Mention], people: dict[str, Officer]) -> list[Suggested]:
    """Mentions by whom they name, the surest first; who is on no roster any more is left out."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.officer in people:
            groups.setdefault(mention.officer, []).append(mention)
    made = [Suggested(people[officer], tuple(found)) for officer, found in groups.items()]
    return sorted(made, key=lambda one: (-one.best.confidence, one.officer.name))
