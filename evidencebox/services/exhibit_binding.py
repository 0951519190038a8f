"""What an exhibit is bound from: its documents as they are, redacted as was said, or withheld.

Each is laid aside as PDFs of ours, some sheets at a time: no exhibit is too large for memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from evidencebox.export import pages as paged
from evidencebox.export.shelf import Shelf
from evidencebox.export.stamps import OWN
from evidencebox.model.documents import Layer, Page
from evidencebox.model.exhibits import Exhibit
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Plan, Redacted, Region
from evidencebox.services import redacting
from evidencebox.services.case import Case
from evidencebox.services.exporting import Scope
from evidencebox.services.office_printing import laid_out, signed
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.redaction import Redactor
from evidencebox.services.redaction_words import PRIVILEGED, hidden
from evidencebox.vault.spool import SpoolRef

_AT_ONCE: Final = 32
"""Drawn sheets of one PDF: some 20 megabytes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A document of an exhibit as it is bound: where its PDFs lie, each with the number of its
    sheets, how many these are together, and how it is treated."""

    document: DocumentId
    name: str
    pdfs: tuple[tuple[SpoolRef, int], ...]
    sheets: int
    treatment: str
    regions: tuple[Region, ...] = ()


def family(case: Case, exhibit: Exhibit) -> list[DocumentId]:
    """The exhibit's document and, where its family follows it, what is attached to that."""
    if not exhibit.family:
        return [exhibit.document]
    found = case.catalogue.records([exhibit.document])
    return [exhibit.document, *(found[0].children if found else ())]


class Binder:
    """Makes PDFs of documents: as they are, redacted as it was said, or withheld."""

    def __init__(self, case: Case, scoped: Scope, shelf: Shelf, layout: str = OWN) -> None:
        self._case, self._layout = case, layout
        self._allowed, self._shelf = scoped.allowed, shelf
        self._plans, self._standing = redacting.plans(case), redacting.standing(case)
        self._printer = Printer(case)
        self._redactor: Redactor | None = None

    def __enter__(self) -> Binder:
        return self

    def __exit__(self, *error: object) -> None:
        if self._redactor is not None:
            self._redactor.__exit__(*error)
        self._printer.__exit__(*error)

    def parts(self, exhibit: Exhibit) -> Iterator[Part]:
        """The documents of an exhibit, one after the other."""
        labels = self._case.decided.labels(family(self._case, exhibit))
        for document in family(self._case, exhibit):
            pages = exhibit.pages or None if document == exhibit.document else None
            named = document not in self._plans
            paper = self._printer.paper(document, pages, named=named)
            if document not in self._allowed:
                paper = self._unnamed(paper, "Sealed and not produced.")
            elif PRIVILEGED in labels.get(document, ()):
                paper = self._unnamed(paper, "Withheld as privileged.")
            elif self._layout != OWN and pages is None and document not in self._plans:
                paper = laid_out(self._printer, paper, self._read(document))
            yield self._part(document, paper)

    def _read(self, document: DocumentId) -> list[Page]:
        return [p for p in self._case.index.pages(document) if p.layer is Layer.TEXT]

    def _unnamed(self, paper: Paper, why: str) -> Paper:
        """A slip-sheet without the file's name, which may be what is hidden."""
        return self._printer.slip(paper.record, paper.pages, why, named=False)

    def described(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit with a description that says nothing of what is blacked out in it."""
        held = (self._plans.get(document) for document in family(self._case, exhibit))
        plans = [plan for plan in held if plan]
        # What the court wrote on it may name a witness; a plan that shows but a part says no names.
        naming = [plan for plan in plans if not plan.inverse]
        return replace(
            exhibit,
            description=hidden(exhibit.description, plans),
            offered=hidden(exhibit.offered, naming),
            marked=hidden(exhibit.marked, naming),
            admitted=hidden(exhibit.admitted, naming),
        )

    def _part(self, document: DocumentId, paper: Paper) -> Part:
        plan, sheets = self._plans.get(document), len(paper.pages)
        if plan is not None and paper.why:
            paper = self._unnamed(paper, paper.why)
            sheets = len(paper.pages)
        elif plan is not None:
            made = self._redacted(paper, plan)
            burned = ((self._shelf.put(made.pdf), sheets),)
            return Part(document, "", burned, sheets, "Redacted", made.regions)
        if paper.pdf is not None:
            pdfs: tuple[tuple[SpoolRef, int], ...] = ((self._shelf.put(paper.pdf), sheets),)
            treatment = "Slip-sheet" if paper.why else "Typeset"
        else:
            pdfs = tuple(self._drawn(paper))
            treatment = f"Laid out by {paper.by}" if paper.laid else "Drawn"
        shown = "" if paper.why else paper.record.name
        return Part(document, shown, pdfs, sheets, treatment)

    def _drawn(self, paper: Paper) -> Iterator[tuple[SpoolRef, int]]:
        sheets, left = self._printer.sheets(paper), len(paper.pages)
        if paper.laid:
            sheets = (signed(sheet, paper) for sheet in sheets)
        while left:
            count = min(_AT_ONCE, left)
            yield self._shelf.put(paged.pictures_pdf(islice(sheets, count))), count
            left -= count

    def redacted_by(self, exhibit: Exhibit) -> tuple[str, str]:
        """Who said what is blacked out, and when; empty where nothing is."""
        for document in family(self._case, exhibit):
            if standing := self._standing.get(document):
                return standing.reviewer, standing.utc
        return "", ""

    def _redacted(self, paper: Paper, plan: Plan) -> Redacted:
        if self._redactor is None:
            self._redactor = Redactor(self._case, self._printer)
        return self._redactor.redact(paper, plan)
