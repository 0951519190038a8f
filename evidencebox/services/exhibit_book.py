"""Building exhibits: each as a stamped PDF, the book of all of them, and the list of exhibits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export import forms
from evidencebox.export.book import Entry, bind, book, stamp
from evidencebox.export.folder import ExportFolder
from evidencebox.export.stamps import FAMILY, OWN, Profile, Stamp, read_profile
from evidencebox.export.tables import Cell, Column, Table, csv_bytes
from evidencebox.model import exhibits as model
from evidencebox.model.exhibits import Bates, Exhibit
from evidencebox.model.exports import Exported
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.redactions import Region
from evidencebox.services import exhibits, exporting, office, redacting, stamping
from evidencebox.services.case import Case
from evidencebox.services.exhibit_binding import Binder, Part, family
from evidencebox.services.exporting import Request, Tell, silent
from evidencebox.services.redaction_words import hidden
from evidencebox.vault.spool import SpoolRef

KIND: Final = "exhibits"
BOOK: Final = "exhibit-book.pdf"
LIST: Final = "exhibit-list.csv"
_COLUMNS: Final = (
    *("PLF. NO.", "DEF. NO.", "DATE OFFERED", "MARKED", "ADMITTED", "DESCRIPTION"),
    *("BEGBATES", "ENDBATES", "SHEETS", "DOCUMENT", "PAGES", "SHA256", "TREATMENT", "FILE_SHA256"),
)


@dataclass(frozen=True, slots=True)
class _Bound:
    """An exhibit as it goes out; `pdfs` are where it lies stamped, `digest` its file's SHA-256."""

    exhibit: Exhibit
    bates: Bates
    pdfs: tuple[SpoolRef, ...]
    digest: str
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
    more = {"exhibits": len(shown), "profile": profile.bates_prefix, "layout": _layout(profile)}
    with exporting.making(case, request, scoped, more) as making:
        folder = making.folder
        with Binder(case, scoped, folder.shelf(), profile.layout) as binder:
            bound = list(_bound(case, profile, binder, folder, shown, tell))
        _write(case, folder, profile, bound, _gaps(case, profile, known, wanted, bound))
    return making.result


def _layout(profile: Profile) -> str:
    """Who lays out what has pages of its own in an office program, with its version."""
    program = office.found() if profile.layout != OWN else None
    return "EvidenceBox" if program is None else program.name


def documents(case: Case) -> list[DocumentId]:
    """What the book of the exhibits that stand is made of, each once."""
    standing = [each for each in exhibits.listed(case) if each.stands]
    return list(dict.fromkeys(d for each in standing for d in family(case, each)))


def _bound(
    case: Case,
    profile: Profile,
    binder: Binder,
    folder: ExportFolder,
    shown: Sequence[Exhibit],
    tell: Tell,
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
        pdfs, digest = _stamped(profile, folder, exhibit, parts, bates)
        treatments = ", ".join(dict.fromkeys(part.treatment for part in parts))
        headings, burned = tuple(_headings(parts)), tuple(_burned(parts))
        who = binder.redacted_by(exhibit)
        yield _Bound(exhibit, bates, pdfs, digest, treatments, headings, burned, *who)
    tell(len(shown), len(shown))


def _stamped(
    profile: Profile, folder: ExportFolder, exhibit: Exhibit, parts: Sequence[Part], bates: Bates
) -> tuple[tuple[SpoolRef, ...], str]:
    """Writes the exhibit; what it is bound from stays on the shelf, for the book."""
    shelf, done = folder.shelf(), list[SpoolRef]()
    first = 1
    for pdf, sheets in (each for part in parts for each in part.pdfs):
        numbers = range(first, first + sheets)
        stamps = [Stamp(bates.number(n), exhibit.number if n == 1 else "") for n in numbers]
        done.append(shelf.put(stamp(profile, shelf.open(pdf).read(), stamps)))
        shelf.drop(pdf)
        first += sheets
    with folder.open(f"exhibits/{exhibit.number}.pdf") as file:
        bind(map(shelf.open, done), file)
    return tuple(done), file.sha256


def _headings(parts: Sequence[Part]) -> Iterator[tuple[str, int]]:
    first = 1
    for part in parts:
        if len(parts) > 1:
            yield f"{short_id(part.document)} {part.name}".strip(), first
        first += part.sheets


def _burned(parts: Sequence[Part]) -> Iterator[tuple[int, Region]]:
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
    naming = [plan for plan in redacting.plans(case).values() if not plan.inverse]
    said = [(number, hidden(why, naming)) for number, why in found]
    return said + model.bates_gaps(exhibits.ranges(case), profile.bates_prefix, used)


def _write(
    case: Case,
    folder: ExportFolder,
    profile: Profile,
    bound: Sequence[_Bound],
    gaps: Sequence[tuple[str, str]],
) -> None:
    shelf = folder.shelf()
    filled = ((_entry(each), map(shelf.open, each.pdfs)) for each in bound)
    facts = [
        "Every sheet was drawn or typeset by EvidenceBox; the files' SHA-256 stand in the list of "
        "exhibits and in manifest.json.",
        *(f"{numbers}: {why}" for numbers, why in gaps),
    ]
    with folder.open(BOOK) as file:
        book(profile, f"Exhibits of {case.name}", facts, filled, file)
    folder.add(LIST, list_csv(bound))
    folder.add("gaps.csv", _csv("gaps", ("NUMBERS", "REASON"), gaps))
    rows = [row for each in bound for row in _log_rows(each)]
    if rows:
        folder.add("redaction-log.csv", csv_bytes(redacting.log_table(rows)))


def _entry(each: _Bound) -> Entry:
    exhibit, bates = each.exhibit, each.bates
    return Entry(exhibit.number, exhibit.description, bates.ends, bates.count, each.parts)


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
        each.digest,
    )


def _csv(name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    return csv_bytes(Table(name, name, [Column(title) for title in columns], rows))
