"""Who of the roster is named where, and what reviewers say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.suggestions import LIKELY, Answer, Answered, Mention, form_key
from evidencebox.services import seals
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft
from evidencebox.store.mentions import Mentions

PROPOSED_FROM = 2
"""In how many documents somebody unknown has to be named with a rank to be proposed."""

_QUOTE_MAX = 200


def listed(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
    least: float = LIKELY,
) -> Iterator[Mention]:
    """Mentions with the reviewers' answers, by document and place.

    Those from confidence `least` on, and doubtful ones that somebody said yes to.
    """
    answers = Answers(case.decided.answers(documents))
    floor = 0.0 if answers else least
    for mention in Mentions(case.catalogue).each(documents, officer, floor):
        said = answers.of(mention)
        if mention.confidence >= least or said is Answer.SAME:
            yield mention if said is None else replace(mention, decision=said)


def shown(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
    least: float = LIKELY,
) -> Iterator[Mention]:
    """The same for a list that people see: of sealed documents without the words on the page."""
    sealed = seals.everything(case) if documents is None else seals.covered(case, documents)
    for each in listed(case, documents, officer, least):
        covered = each.document in sealed
        yield replace(each, text=seals.COVERED, reason=seals.COVERED) if covered else each


class Answers:
    """The answers that stand, found for a mention: at its place first, then by rule."""

    def __init__(self, answers: Sequence[Answered]) -> None:
        self._places: dict[tuple[Any, ...], set[Answer]] = {}
        self._moved: dict[tuple[Any, ...], set[Answer]] = {}
        self._rules: dict[tuple[str, OfficerId], set[Answer]] = {}
        for each in answers:
            if each.document is None:
                self._rules.setdefault((each.label, each.officer), set()).add(each.answer)
                continue
            place = (each.document, each.page, each.label, each.start, each.end, each.officer)
            self._places.setdefault(place, set()).add(each.answer)
            moved = (each.document, each.page, each.label, each.quote, each.officer)
            self._moved.setdefault(moved, set()).add(each.answer)

    def __bool__(self) -> bool:
        return bool(self._places or self._rules)

    def of(self, m: Mention) -> Answer | None:
        """The answer; unsure where reviewers differ."""
        if not self:
            return None
        said = self._places.get((m.document, m.page, m.layer.value, m.start, m.end, m.officer))
        # The text may have been read anew, so that all stands a little further on.
        said = said or self._moved.get((m.document, m.page, m.layer.value, m.text, m.officer))
        said = said or self._rules.get((form_key(m.text, m.evidence), m.officer))
        if not said:
            return None
        return next(iter(said)) if len(said) == 1 else Answer.UNSURE


def answer(case: Case, mention: Mention, said: Answer, *, everywhere: bool = False) -> Act:
    """Records what the reviewer says of a mention, as an act of its own.

    `everywhere`: also of all mentions that are written alike with the same evidence near.
    """
    targets: list[dict[str, Any]] = [
        {
            "document": mention.document,
            "page": mention.page,
            "start": mention.start,
            "end": mention.end,
            "label": mention.layer.value,
            "officer": mention.officer,
        }
    ]
    if everywhere:
        rule = form_key(mention.text, mention.evidence)
        targets.append({"officer": mention.officer, "label": rule})
    quotes = [{"quote": mention.text[:_QUOTE_MAX]}, {}][: len(targets)]
    payload = {"answer": said.value, "quotes": quotes}
    return case.decided.act(Draft(Kind.MENTION, targets, payload), case.signer)


def one(
    case: Case, document: DocumentId, page: int, span: tuple[int, int], officer: OfficerId
) -> Mention:
    """The mention at a place. Raises UserError where there is none."""
    for mention in listed(case, [document], officer, 0.0):
        if (mention.page, mention.start, mention.end) == (page, *span):
            return mention
    raise UserError(
        f"There is no mention of that person at {span[0]}-{span[1]} of page {page}.",
        option="evidencebox mentions CASE --json --all lists them",
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who is named with a rank, often, and is on no roster."""

    name: str
    rank: str
    badge: str
    documents: int
    pages: int


def proposals(case: Case, least: int = PROPOSED_FROM) -> list[Proposal]:
    """Whom to look up, the most often named first."""
    return [Proposal(*row) for row in Mentions(case.catalogue).unknown(least)]
