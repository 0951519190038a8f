"""What to redact, from what reviewers name; the acts; the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from evidencebox.errors import UserError
from evidencebox.export.hunt import hunt
from evidencebox.export.tables import Column, Table
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.ledger import Kind, rank, undone
from evidencebox.model.redactions import FULL_REASONS, Box, Plan, Redacted, Term
from evidencebox.model.redactions import Ask as Ask
from evidencebox.model.views import Done
from evidencebox.model.words import counted
from evidencebox.services import elements, mention_search
from evidencebox.services.case import Case
from evidencebox.services.redaction_people import of_elements, of_others, once
from evidencebox.services.redaction_text import check_terms
from evidencebox.services.redaction_words import hidden
from evidencebox.store.ledger import Draft

LOG_COLUMNS: Final = (
    *("RedactionID", "Bates", "Page", "X0", "Y0", "X1", "Y1"),
    *("Reason", "Reviewer", "TimestampUTC", "DocID"),
)


_CHUNK: Final = 500


class Planner:
    """Plans for any number of documents of a case, with mentions and elements brought up to date.

    People who were added since they were last looked for are looked for before the first plan that
    needs it: a name that nobody looked for would stay readable.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._fresh = False

    def plan(self, document: DocumentId, ask: Ask) -> tuple[Plan, list[str]]:
        """What is to be blacked out in a document, and what the asker should look at himself.

        A string that a mention or an element names goes wherever it stands in the document.
        Raises UserError, also while an import is running, which finds more every minute.
        """
        check_terms([*ask.texts, *(term.text for term in ask.terms)])
        if ask.elements or ask.everyone_but is not None:
            self._refresh()
        reason = ask.reason or FULL_REASONS["text"]
        terms = [Term(text, reason) for text in ask.texts] + list(ask.terms)
        named = {term.reason for term in ask.terms}
        warnings: list[str] = []
        if ask.elements:
            terms += of_elements(self._case, document, ask.elements)
        if ask.everyone_but is not None:
            others, kept = of_others(self._case, document, ask.everyone_but)
            terms += others
            if kept:
                warnings.append(
                    f"{counted(kept, 'name')} could mean the officer who is kept as well as "
                    "another, and was left as it is: look at those places."
                )
        boxes = tuple(box if box.reason else replace(box, reason=reason) for box in ask.boxes)
        for said in {reason, *named, *(box.reason for box in boxes)}:
            if next(hunt(said, [term.text for term in terms]), None) is not None:
                raise UserError(
                    "The reason names what is to be blacked out, and is printed on boxes: take "
                    "another one."
                )
        return Plan(tuple(once(terms)), boxes, ask.inverse, ask.lines), warnings

    def renewed(self, document: DocumentId, said: Standing) -> Plan:
        """A plan that stands, with what its words mean by now. One that shows only what is named
        stays as it is: newcomers are not shown anyway."""
        plan = said.plan
        if plan.inverse:
            return plan
        more, _ = self.plan(document, replace(said.ask, terms=()))
        return replace(plan, terms=tuple(once((*plan.terms, *more.terms))))

    def _refresh(self) -> None:
        if self._fresh:
            return
        case = self._case
        if mention_search.refresh_mentions(case) is None or elements.refresh_elements(case) is None:
            raise UserError("An import is running, and names may be missing yet; wait for its end.")
        self._fresh = True


# --- acts ----------------------------------------------------------------------------------------


def record(
    case: Case, document: DocumentId, ask: Ask, wanted: Plan, made: Redacted, digest: str
) -> str:
    """The act: what was asked for, what was burned in, and the file's SHA-256."""
    payload: dict[str, Any] = _payload(ask, wanted, made.pages) | {
        "regions": [
            [r.sheet, *(round(side * 100) for side in (r.left, r.top, r.right, r.bottom)), r.reason]
            for r in made.regions
        ],
        "checked": made.checked,
        "sha256": digest,
    }
    target = {"document": document}
    drafts = [
        Draft(Kind.REDACTION, [target], payload),
        Draft(
            Kind.HANDED,
            [{"label": "export redaction"}],
            {"kind": "redaction", "documents": 1, "payload": digest},
        ),
    ]
    return case.decided.act_all(drafts, case.signer)[0].id


def keep(case: Case, document: DocumentId, ask: Ask, pages: Sequence[int]) -> Done:
    """Records a plan of which no file is made yet; an empty one takes back what stood.

    `pages`: the document's, one for each sheet on which boxes were drawn. Raises UserError.
    """
    wanted, _ = Planner(case).plan(document, ask)
    payload = _payload(ask, wanted, pages) | {"regions": [], "checked": False, "sha256": ""}
    draft = Draft(Kind.REDACTION, [{"document": document}], payload)
    act = case.decided.act(draft, case.signer)
    said = "Redaction of %s kept" if wanted else "%s is not redacted any more"
    return Done(act.id, said % short_id(document))


def _payload(ask: Ask, wanted: Plan, pages: Sequence[int]) -> dict[str, Any]:
    named = [Term(text, ask.reason or FULL_REASONS["text"]) for text in ask.texts]
    return {
        "terms": [[term.text, term.reason] for term in wanted.terms],
        "named": [[term.text, term.reason] for term in (*named, *ask.terms)],
        "boxes": [
            [box.sheet, box.left, box.top, box.right, box.bottom, box.reason]
            for box in wanted.boxes
        ],
        "inverse": wanted.inverse,
        "elements": list(ask.elements),
        "everyone_but": ask.everyone_but,
        "lines": wanted.lines,
        "pages": list(pages),
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan that stands, as it was recorded, by whom and since when."""

    plan: Plan
    ask: Ask
    reviewer: str
    utc: str


def plans(case: Case) -> dict[DocumentId, Plan]:
    """Each document's redaction that stands, and what else its words mean by now.

    "Everyone but this one" means people too who were added since. What holds a redacted document
    loses its file's name where that says something hidden: a message lists its attachments.
    Raises UserError, as `Planner`.
    """
    planner = Planner(case)
    made = {document: planner.renewed(document, each) for document, each in standing(case).items()}
    for holder, name in list(_names_in_holders(case, made)):
        plan = made.get(holder, Plan())
        if not plan.inverse:
            terms = once((*plan.terms, Term(name, FULL_REASONS["officer"])))
            made[holder] = replace(plan, terms=tuple(terms))
    return made


def _names_in_holders(
    case: Case, made: Mapping[DocumentId, Plan]
) -> Iterator[tuple[DocumentId, str]]:
    """Names of redacted files that say something hidden, with the documents that hold them."""
    wanted = sorted(made)
    for start in range(0, len(wanted), _CHUNK):
        for record in case.catalogue.records(wanted[start : start + _CHUNK]):
            plan = made[DocumentId(record.sha256 or "")]
            for name in {place.path.rsplit("/", 1)[-1] for place in record.locations}:
                if hidden(name, [plan]) != name:
                    yield from ((parent, name) for parent in record.parents)


def standing(case: Case) -> dict[DocumentId, Standing]:
    """Each document's redaction as it was recorded: the last one, by whoever made it."""
    found: dict[DocumentId, Standing] = {}
    names = case.decided.reviewers()
    for act, payload in _standing(case):
        if payload:
            document = DocumentId(act.targets[0]["document"])
            plan = Plan(
                tuple(Term(*item) for item in payload["terms"]),
                tuple(Box(*item) for item in payload["boxes"]),
                bool(payload["inverse"]),
                bool(payload.get("lines", False)),
                tuple(payload["pages"]),
            )
            but = payload.get("everyone_but")
            if not plan:
                found.pop(document, None)
                continue
            ask = Ask(
                terms=tuple(Term(*item) for item in payload.get("named", payload["terms"])),
                elements=tuple(payload.get("elements", ())),
                everyone_but=None if but is None else OfficerId(but),
            )
            found[document] = Standing(plan, ask, names.get(act.author, ""), act.utc)
    return found


def _standing(case: Case) -> list[tuple[Any, dict[str, Any]]]:
    said = case.decided.acts_of((Kind.REDACTION, Kind.UNDO))
    gone = undone(act for act, _ in said)
    kept = [(a, p) for a, p in said if a.kind is Kind.REDACTION and a.id not in gone]
    return sorted(kept, key=lambda pair: rank(pair[0]))


def log_rows(case: Case, document: DocumentId | None = None) -> Iterator[dict[str, Any]]:
    """The redaction log: a row for every box that was burned in, by the acts that stand.

    `Page` is the sheet of the redacted copy, which has so many `Sheets`; sides are in points.
    """
    names = case.decided.reviewers()
    for act, payload in _standing(case):
        which = DocumentId(act.targets[0]["document"])
        if document is not None and which != document:
            continue
        for number, (sheet, *sides, reason) in enumerate(payload.get("regions", ()), 1):
            left, top, right, bottom = (side / 100 for side in sides)
            yield {
                "RedactionID": f"{act.id[:10]}-{number}",
                "Bates": "",
                "DocID": short_id(which),
                "Page": sheet,
                "Sheets": len(payload.get("pages", ())),
                "X0": left,
                "Y0": top,
                "X1": right,
                "Y1": bottom,
                "Reason": reason,
                "Reviewer": names.get(act.author, ""),
                "TimestampUTC": act.utc,
            }


def log_table(rows: Iterable[dict[str, Any]]) -> Table:
    """The log's rows as a list to be written; without the columns that none of them has."""
    known = list(rows)
    titles = [t for t in LOG_COLUMNS if not known or any(t in row for row in known)]
    columns = [Column(title, 18) for title in titles]
    cells = [[row.get(title, "") for title in titles] for row in known]
    return Table("redaction-log", "Redactions", columns, cells)
