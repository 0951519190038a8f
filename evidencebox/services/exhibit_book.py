"""Building exhibits: each as a stamped PDF, the book of all of them, and the list of exhibits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export import forms
from evidencebox.export import pages as paged
from evidencebox.export.book import Entry, book, stamp
from evidencebox.export.stamps import FAMILY, Profile, Stamp, read_profile
from evidencebox.export.tables import Cell, Column, Table, csv_bytes
from evidencebox.model import exhibits as model
from evidencebox.model.exhibits import Bates, Exhibit
from evidencebox.model.exports import Exported
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.redactions import Plan, Redacted, Region
from evidencebox.services import exhibits, exporting, redacting, stamping
from evidencebox.services.case import Case
from evidencebox.services.exporting import Making, Request, Scope, Tell, silent
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.redaction import Redactor
from evidencebox.services.redaction_words import PRIVILEGED, hidden

KIND: Final = "exhibits"
BOOK: Final = "exhibit-book.pdf"
LIST: Final = "exhibit-list.csv"
_COLUMNS: Final = (
    *("PLF. NO.", "DEF. NO.", "DATE OFFERED", "MARKED", "ADMITTED", "DESCRIPTION"),
    *("BEGBATES", "ENDBATES", "SHEETS", "DOCUMENT", "PAGES", "SHA256", "TREATMENT", "FILE_SHA256"),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A document of an exhibit as it is bound: its PDF, one page a sheet, and how it is treated."""

    document: DocumentId
    name: str
    pdf: bytes
    sheets: int
    treatment: str
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """An exhibit as it goes out."""

    exhibit: Exhibit
    bates: Bates
    pdf: bytes
    treatment: str
    parts: tuple[tuple[str, int], ...]
    burned: tuple[tuple[int, Region], ...] = ()
    reviewer: str = ""
    utc: str = ""


def build(case: Case, request: Request, tell: Tell = silent) -> Exported:
    """Writes the exhibits that stand into a new folder.

    Raises UserError where one cannot be built: an exhibit book has no holes that nobody explained.
    """
    named = forms.find(FAMILY, request.profile) if request.profile else None
    profile = read_profile(named) if named else stamping.profile(stamping.kept(case))
    known = exhibits.listed(case)
    wanted = [each for each in known if each.stands]
    if not wanted:
        raise UserError("There are no exhibits yet; `exhibit add CASE SHA256` makes one.")
    if clash := next((each for each in wanted if each.clash), None):
        exhibits.one(case, clash.number)
    scoped = exporting.scope(case, documents(case), request)
    shown = [each for each in wanted if each.document in scoped.allowed]
    if not shown:
        raise UserError("None of the exhibits may go out: all are sealed or reported.")
    with _Binder(case, profile, scoped) as binder:
        bound = list(_bound(case, profile, binder, shown, tell))
    gaps = _gaps(case, profile, known, wanted, bound)
    more = {"exhibits": len(bound), "profile": profile.bates_prefix}
    with exporting.making(case, request, scoped, more) as making:
        _write(case, making, profile, bound, gaps)
    return making.result


def documents(case: Case) -> list[DocumentId]:
    """What the book of the exhibits that stand is made of, each once."""
    standing = [each for each in exhibits.listed(case) if each.stands]
    return list(dict.fromkeys(d for each in standing for d in family(case, each)))


def family(case: Case, exhibit: Exhibit) -> list[DocumentId]:
    """The exhibit's document and, where its family follows it, what is attached to that."""
    if not exhibit.family:
        return [exhibit.document]
    found = case.catalogue.records([exhibit.document])
    return [exhibit.document, *(found[0].children if found else ())]


class _Binder:
    """Makes PDFs of documents: as they are, redacted as it was said, or withheld."""

    def __init__(self, case: Case, profile: Profile, scoped: Scope) -> None:
        self._case = case
        self._allowed = scoped.allowed
        self._plans, self._standing = redacting.plans(case), redacting.standing(case)
        self._printer = Printer(case)
        self._redactor: Redactor | None = None

    def __enter__(self) -> _Binder:
        return self

    def __exit__(self, *error: object) -> None:
        if self._redactor is not None:
            self._redactor.__exit__(*error)
        self._printer.__exit__(*error)

    def parts(self, exhibit: Exhibit) -> Iterator[_Part]:
        """The documents of an exhibit, one after the other."""
        labels = self._case.decided.labels(family(self._case, exhibit))
        for document in family(self._case, exhibit):
            pages = exhibit.pages or None if document == exhibit.document else None
            paper = self._printer.paper(document, pages)
            if document not in self._allowed:
                paper = self._unnamed(paper, "Sealed and not produced.")
            elif PRIVILEGED in labels.get(document, ()):
                paper = self._unnamed(paper, "Withheld as privileged.")
            yield self._part(document, paper)

    def _unnamed(self, paper: Paper, why: str) -> Paper:
        """A slip-sheet without the file's name, which may be what is hidden."""
        return self._printer.slip(paper.record, paper.pages, why, named=False)

    def described(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit with a description that says nothing of what is blacked out in it."""
        held = (self._plans.get(document) for document in family(self._case, exhibit))
        words = hidden(exhibit.description, [plan for plan in held if plan])
        return replace(exhibit, description=words)

    def _part(self, document: DocumentId, paper: Paper) -> _Part:
        plan = self._plans.get(document)
        if plan is not None and paper.why:
            paper = self._unnamed(paper, paper.why)
        elif plan is not None:
            made = self._redacted(paper, plan)
            sheets = len(paper.pages)
            return _Part(document, "", made.pdf, sheets, "Redacted", made.regions)
        if paper.pdf is not None:
            pdf, treatment = paper.pdf, "Slip-sheet" if paper.why else "Typeset"
        else:
            pdf, treatment = paged.pictures_pdf(self._printer.sheets(paper)), "Drawn"
        shown = "" if paper.why else paper.record.name
        return _Part(document, shown, pdf, len(paper.pages), treatment)

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


def _bound(
    case: Case, profile: Profile, binder: _Binder, shown: Sequence[Exhibit], tell: Tell
) -> Iterator[_Bound]:
    """Sheets are counted before numbers are assigned: all bodies first, then all stamps."""
    bodies = []
    for done, exhibit in enumerate(shown):
        tell(done, len(shown))
        bodies.append((binder.described(exhibit), list(binder.parts(exhibit))))
    numbers = exhibits.numbered(
        case,
        profile.bates_prefix,
        profile.bates_digits,
        [(e.document, e.pages, sum(part.sheets for part in parts)) for e, parts in bodies],
    )
    for (exhibit, parts), bates in zip(bodies, numbers, strict=True):
        stamps = [
            Stamp(bates.number(n), exhibit.number if n == 1 else "")
            for n in range(1, bates.count + 1)
        ]
        made = stamp(profile, paged.joined([part.pdf for part in parts]), stamps)
        treatments = ", ".join(dict.fromkeys(part.treatment for part in parts))
        headings, burned = tuple(_headings(parts)), tuple(_burned(parts))
        who = binder.redacted_by(exhibit)
        yield _Bound(exhibit, bates, made, treatments, headings, burned, *who)
    tell(len(shown), len(shown))


def _headings(parts: Sequence[_Part]) -> Iterator[tuple[str, int]]:
    first = 1
    for part in parts:
        if len(parts) > 1:
            yield f"{short_id(part.document)} {part.name}".strip(), first
        first += part.sheets


def _burned(parts: Sequence[_Part]) -> Iterator[tuple[int, Region]]:
    """Each box with its sheet of the exhibit."""
    before = 0
    for part in parts:
        yield from ((before + region.sheet, region) for region in part.regions)
        before += part.sheets


def _gaps(
    case: Case,
    profile: Profile,
    known: Sequence[Exhibit],
    wanted: Sequence[Exhibit],
    bound: Sequence[_Bound],
) -> list[tuple[str, str]]:
    """Every number that one might miss, with the reason."""
    found = model.gaps(known)
    shown = {each.exhibit.act for each in bound}
    found += [(e.number, "Sealed; not produced.") for e in wanted if e.act not in shown]
    used = [model.key_of(each.exhibit.document, each.exhibit.pages) for each in bound]
    return found + model.bates_gaps(exhibits.ranges(case), profile.bates_prefix, used)


def _write(
    case: Case,
    making: Making,
    profile: Profile,
    bound: Sequence[_Bound],
    gaps: Sequence[tuple[str, str]],
) -> None:
    folder = making.folder
    for each in bound:
        folder.add(f"exhibits/{each.exhibit.number}.pdf", each.pdf)
    filled = [
        (
            Entry(
                each.exhibit.number,
                each.exhibit.description,
                each.bates.ends,
                each.bates.count,
                each.parts,
            ),
            each.pdf,
        )
        for each in bound
    ]
    facts = [
        "Every sheet was drawn or typeset by EvidenceBox; the files' SHA-256 stand in the list of "
        "exhibits and in manifest.json.",
        *(f"{numbers}: {why}" for numbers, why in gaps),
    ]
    folder.add(BOOK, book(profile, f"Exhibits of {case.name}", facts, filled))
    folder.add(LIST, list_csv(bound))
    folder.add("gaps.csv", _csv("gaps", ("NUMBERS", "REASON"), gaps))
    rows = [row for each in bound for row in _log_rows(each)]
    if rows:
        folder.add("redaction-log.csv", csv_bytes(redacting.log_table(rows)))


def _log_rows(each: _Bound) -> Iterator[dict[str, object]]:
    """The redaction log's rows: what was burned in, and on which number. Points, from the
    upper left corner of the page inside its stamped sheet."""
    for count, (sheet, region) in enumerate(each.burned, 1):
        yield {
            "RedactionID": f"{each.exhibit.number}-{count}",
            "Bates": each.bates.number(sheet),
            "Page": sheet,
            "X0": round(region.left, 1),
            "Y0": round(region.top, 1),
            "X1": round(region.right, 1),
            "Y1": round(region.bottom, 1),
            "Reason": region.reason,
            "Reviewer": each.reviewer,
            "TimestampUTC": each.utc,
        }


def list_csv(bound: Sequence[_Bound]) -> bytes:
    """The list of exhibits, after form AO 187, with what says which bytes they are."""
    return _csv("exhibits", _COLUMNS, [_list_row(each) for each in bound])


def _list_row(each: _Bound) -> tuple[Cell, ...]:
    exhibit = each.exhibit
    plaintiff = not exhibit.number.startswith("DX-")
    return (
        exhibit.number if plaintiff else "",
        "" if plaintiff else exhibit.number,
        exhibit.offered,
        exhibit.marked,
        exhibit.admitted,
        exhibit.description,
        *each.bates.ends,
        each.bates.count,
        short_id(exhibit.document),
        " ".join(map(str, exhibit.pages)),
        exhibit.document,
        each.treatment,
        hashlib.sha256(each.pdf).hexdigest(),
    )


def _csv(name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    return csv_bytes(Table(name, name, [Column(title) for title in columns], rows))
