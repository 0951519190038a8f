"""Exhibits as the window works on them: rows, a new one, their order, how a sheet will look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.stamps import Stamp
from evidencebox.model import exhibits as model
from evidencebox.model.exhibits import Exhibit
from evidencebox.model.filing import ExhibitRow, Proposal, StampedSheet, Stamping
from evidencebox.model.ids import ActId, DocumentId, short_id
from evidencebox.model.ledger import Kind
from evidencebox.model.views import Done
from evidencebox.services import exhibit_binding, exhibits, redacting, seals, stamping
from evidencebox.services.case import Case
from evidencebox.services.seals import Seals
from evidencebox.services.sheet_preview import Previews, Wanted, place_of
from evidencebox.services.tags import known_document
from evidencebox.store.ledger import Draft

_PRIVILEGED, _CONFIDENTIAL = "privileged", "confidential"
_WITHHELD: Final = "Withheld as privileged."


class Exhibits:
    """The exhibits of one open case. Calls may come from any background thread.

    Each raises UserError for what a person can put right.
    """

    def __init__(self, case: Case, seen: Seals, previews: Previews) -> None:
        self._case, self._seals, self._previews = case, seen, previews

    def rows(self) -> list[ExhibitRow]:
        """Every exhibit there ever was, in order."""
        case = self._case
        known = exhibits.listed(case)
        documents = list(dict.fromkeys(each.document for each in known))
        held = exhibits.shown(case)
        labels = case.decided.labels(documents)
        plans, covered = redacting.standing(case), set(seals.covered(case, documents))
        made = []
        for each in known:
            numbers = held.get(model.key_of(each.document, each.pages))
            names = labels.get(each.document, ())
            marks = (
                ("sealed", each.document in covered),
                ("privileged", _PRIVILEGED in names),
                ("confidential", _CONFIDENTIAL in names),
                ("redacted", each.document in plans),
            )
            made.append(
                ExhibitRow(
                    each.act,
                    each.number,
                    each.document,
                    short_id(each.document),
                    each.description,
                    numbers.ends if numbers else (),
                    each.pages,
                    numbers.count if numbers else 0,
                    each.family,
                    each.offered,
                    each.marked,
                    each.admitted,
                    _gone(each),
                    tuple(name for name, holds in marks if holds),
                    each.clash,
                )
            )
        return made

    def propose(self, document: DocumentId) -> Proposal:
        """What a new exhibit of it would be called."""
        case, known = self._case, exhibits.listed(self._case)
        record = known_document(case, document)
        heads = case.index.page_heads(document)
        return Proposal(
            document,
            short_id(document),
            model.next_number(known, stamping.kept(case).prefix),
            exhibits.described(case, record),
            max(1, record.pages, *(head.number for head in heads)),
            len(record.children),
            tuple(each.number for each in known if each.document == document and each.stands),
        )

    def add(
        self, document: DocumentId, pages: str, number: str, description: str, family: bool
    ) -> Done:
        """Makes an exhibit; `pages` as `1-3,7`, empty for all."""
        wanted = exhibits.page_numbers(pages) if pages.strip() else []
        return exhibits.add(
            self._case,
            document,
            pages=wanted,
            number=number,
            description=description,
            family=family,
        )

    def change(self, number: str, name: str, value: str) -> Done:
        """Says something of one: description, offered, marked, admitted, withdrawn."""
        return exhibits.change(self._case, number, {name: value})

    def reorder(self, numbers: Sequence[str]) -> Done:
        """Puts the exhibits that stand in this order, by one act, which one undo takes back."""
        standing = {each.number: each for each in exhibits.listed(self._case) if each.stands}
        if sorted(numbers) != sorted(standing):
            raise UserError("The exhibits are other ones by now; try again.")
        targets = [{"document": standing[n].document, "label": n} for n in numbers]
        orders = {number: at for at, number in enumerate(numbers, 1)}
        draft = Draft(Kind.EXHIBIT_SET, targets, {"orders": orders})
        act = self._case.decided.act(draft, self._case.signer)
        return Done(act.id, "Exhibits put in another order")

    # How a sheet will look

    def stamping(self) -> Stamping:
        """How sheets are stamped in this case."""
        return stamping.kept(self._case)

    def keep_stamping(self, choice: Stamping) -> None:
        """Keeps it for the next book."""
        stamping.keep(self._case, choice)

    def sheet(self, act: ActId, sheet: int, choice: Stamping) -> StampedSheet:
        """A sheet of an exhibit, from 1, as it would be bound with this choice."""
        profile = stamping.profile(choice)
        found = [each for each in exhibits.listed(self._case) if each.act == act]
        if not found:
            raise UserError("This exhibit is not there any more.")
        exhibit = found[0]
        wanted = self._wanted(exhibit)
        counts = [len(self._previews.paper(each).pages) for each in wanted]
        at, own = place_of(counts, sheet)
        bates, provisional = self._number(exhibit, choice, sheet)
        mark = Stamp(bates, exhibit.number if sheet == 1 else "")
        plan = redacting.plans(self._case).get(wanted[at].document)
        picture = self._previews.stamped(wanted[at], own, plan, profile, mark)
        return StampedSheet(picture, sheet, sum(counts), bates, provisional, wanted[at].why)

    def _wanted(self, exhibit: Exhibit) -> list[Wanted]:
        documents = exhibit_binding.family(self._case, exhibit)
        self._seals.refuse(documents)
        labels = self._case.decided.labels(documents)
        return [
            Wanted(
                document,
                exhibit.pages if document == exhibit.document else (),
                _WITHHELD if _PRIVILEGED in labels.get(document, ()) else "",
            )
            for document in documents
        ]

    def _number(self, exhibit: Exhibit, choice: Stamping, sheet: int) -> tuple[str, bool]:
        ranges = exhibits.ranges(self._case)
        key = model.key_of(exhibit.document, exhibit.pages)
        held = model.current(ranges, choice.bates_prefix).get(key)
        if held is not None and sheet <= held.count:
            return held.number(sheet), False
        mine = [each for each in ranges if each.prefix == choice.bates_prefix]
        free = max((each.first + each.count for each in mine), default=1)
        return f"{choice.bates_prefix}{free + sheet - 1:0{choice.bates_digits}d}", True


def _gone(exhibit: Exhibit) -> str:
    if exhibit.withdrawn:
        return f"Withdrawn: {exhibit.withdrawn}"
    return "Taken back" if exhibit.taken_back else ""
