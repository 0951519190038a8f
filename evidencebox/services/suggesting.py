"""What the machine suggests for one document, and a reviewer's answers to it, each one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidencebox.errors import UserError
from evidencebox.model.coding import ProposedHarm, Suggested, by_officer
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.suggestions import Answer, Mention, form_key
from evidencebox.model.views import Done
from evidencebox.services import harms, mentions
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft

_QUOTE_MAX = 200
_WORDS = {
    Answer.SAME: "accepted",
    Answer.DIFFERENT: "rejected",
    Answer.UNSURE: "left as unsure",
}


def suggested(case: Case, document: DocumentId) -> list[Suggested]:
    """Whom a document seems to name, the surest first, with what was answered."""
    people: dict[str, Any] = {officer.id: officer for officer in case.decided.officers()}
    return by_officer(list(mentions.listed(case, [document])), people)


def answer(case: Case, found: Sequence[Mention], said: Answer, *, everywhere: bool = False) -> Done:
    """Answers mentions of one officer by one act. Raises UserError for none.

    `everywhere`: also all others that are written alike with the same evidence near.
    """
    if not found:
        raise UserError("There is no suggestion here to answer.")
    targets: list[dict[str, Any]] = [
        {
            "document": each.document,
            "page": each.page,
            "start": each.start,
            "end": each.end,
            "label": each.layer.value,
            "officer": each.officer,
        }
        for each in found
    ]
    quotes = [{"quote": each.text[:_QUOTE_MAX]} for each in found]
    if everywhere:
        rules = sorted({(each.officer, form_key(each.text, each.evidence)) for each in found})
        targets += [{"officer": officer, "label": rule} for officer, rule in rules]
        quotes += [{} for _ in rules]
    payload = {"answer": said.value, "quotes": quotes}
    act = case.decided.act(Draft(Kind.MENTION, targets, payload), case.signer)
    where = ", here and wherever written alike" if everywhere else ""
    return Done(act.id, f"Suggestion {_WORDS[said]}{where}")


def proposed(case: Case, document: DocumentId) -> list[ProposedHarm]:
    """What harm the scheme proposes for whom on a document, the worst first."""
    people = {officer.id: officer for officer in case.decided.officers()}
    made = []
    for each in harms.proposals(case, [document]):
        if each.officer in people:
            kinds = [CATEGORIES.get(name, name) for name in each.proposal.categories]
            pages = sorted({element.page for element in each.elements})
            where = f"p. {pages[0]}" if len(pages) == 1 else f"p. {pages[0]}–{pages[-1]}"
            summary = f"{', '.join(kinds).lower() or 'no category'}, {where}"
            why = tuple(f"{term.by:+d}  {term.why}" for term in each.proposal.terms)
            harm = Harm(each.proposal.level)
            made.append(ProposedHarm(people[each.officer], harm, summary, why))
    return made


def elsewhere(case: Case, found: Sequence[Mention]) -> int:
    """In how many other documents the same officer is written alike, and nobody has answered."""
    if not found:
        return 0
    here, officer = found[0].document, found[0].officer
    alike = {form_key(each.text, each.evidence) for each in found}
    return len(
        {
            each.document
            for each in mentions.listed(case, None, officer)
            if each.document != here
            and each.decision is None
            and form_key(each.text, each.evidence) in alike
        }
    )
