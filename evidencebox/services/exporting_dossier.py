"""One person's dossier: the pages on which he is tagged, others blacked out, and the papers.

Nothing of a document stands in it but redacted pages: no path, quote or note, which may name
others. What is burned in is looked for again, as with every redaction.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export import report_forms
from evidencebox.export.report import Figure, Grid, Report, Section
from evidencebox.export.report_docx import to_docx
from evidencebox.export.report_forms import Form
from evidencebox.export.report_pdf import to_pdf
from evidencebox.export.tables import Cell, Column, Table, add_both, add_csv
from evidencebox.model.documents import DocumentRecord
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.people import Officer
from evidencebox.model.redactions import Plan, Region
from evidencebox.model.review import Tag
from evidencebox.model.words import counted, spans
from evidencebox.services import exhibits, officers
from evidencebox.services.case import Case
from evidencebox.services.exporting import TOOL, Making, Request, Tell
from evidencebox.services.printing import Printer
from evidencebox.services.redacted_copy import text_of
from evidencebox.services.redacting import Ask, Planner, plans
from evidencebox.services.redaction import Redactor

_ITEM: Final = Column("Item", 19)
_EXPOSURES: Final = (
    _ITEM,
    Column("Page", 8, "Of the original; empty where the whole document is tagged."),
    Column("Harm", 14),
    Column("Exposed", 40),
    Column("SHA256", 24, "Of the original."),
)
_LOG: Final = (
    _ITEM,
    Column("Sheet", 8),
    Column("X0", 9, "Points from the upper left corner."),
    Column("Y0", 9),
    Column("X1", 9),
    Column("Y1", 9),
    Column("Reason", 14),
)
_SHOWN: Final = {
    "item": Column("Item", 14),
    "page": Column("Page", 8),
    "harm": Column("Harm", 14),
    "exposed": Column("Exposed", 40),
    "sha256": Column("SHA-256", 66),
}
"""What a dossier's table of exposures can have; the list beside it has all of it."""
_DOCUMENTS: Final = (
    Column("Item", 16),
    Column("Kind", 12),
    Column("Date", 12),
    Column("Pages shown", 16),
    Column("Sheets", 9),
    Column("Places blacked out", 18),
)
_HASHES: Final = (Column("Item", 17), Column("Pages", 10), Column("SHA-256", 70))
_KNOWN: Final = re.compile(r"([A-Z]+-)(\d+)")


@dataclass(frozen=True, slots=True)
class _Item:
    """A document of the dossier: its name in it, the pages shown, both hashes, what was boxed."""

    name: str
    record: DocumentRecord
    pages: tuple[int, ...]
    sheets: int
    sha256: str
    regions: tuple[Region, ...]
    warnings: tuple[str, ...]

    @property
    def document(self) -> DocumentId:
        """Of the original."""
        return DocumentId(self.record.sha256 or "")


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """The redacted documents, the exposures, dossier and certificate as DOCX and PDF."""
    form = report_forms.load(request.profile)
    who = officers.one(case, request.officer or "")
    tags = [
        tag
        for tag in case.decided.tags()
        if tag.officer == who.id and tag.harm and tag.anchor.document in maker.scope.allowed
    ]
    if not tags:
        raise UserError(f"Nothing that may go out is tagged with harm for {who.name}.")
    documents = list(dict.fromkeys(tag.anchor.document for tag in tags))
    items = []
    standing, planner = plans(case), Planner(case)
    with Printer(case) as printer, Redactor(case, printer) as redactor:
        for number, document in enumerate(documents, start=1):
            mine = [tag for tag in tags if tag.anchor.document == document]
            more = standing.get(document, Plan())
            items.append(_redacted(case, who, mine, more, planner, printer, redactor, maker))
            tell(number, len(documents))
    items.sort(key=_order)
    names = {item.document: item.name for item in items}
    tags.sort(key=lambda tag: (list(names).index(tag.anchor.document), tag.anchor.page or 0))
    rows = [_exposure(tag, names) for tag in tags]
    add_both(maker.folder, Table("exposures", "Exposures", _EXPOSURES, rows))
    log = [_logged(item, region) for item in items for region in item.regions]
    add_csv(maker.folder, Table("redaction-log", "Redactions", _LOG, log))
    for name, made in (
        ("dossier", _dossier(who, tags, rows, items, form["dossier"])),
        ("certificate-902-14-draft", certificate(items, form["certificate"])),
    ):
        maker.folder.add(f"{name}.docx", to_docx(made))
        maker.folder.add(f"{name}.pdf", to_pdf(made))


def _redacted(
    case: Case,
    who: Officer,
    tags: Sequence[Tag],
    more: Plan,
    planner: Planner,
    printer: Printer,
    redactor: Redactor,
    maker: Making,
) -> _Item:
    document = tags[0].anchor.document
    wanted = {tag.anchor.page for tag in tags}
    pages = None if None in wanted else sorted(page for page in wanted if page is not None)
    others, warnings = planner.plan(document, Ask(everyone_but=who.id))
    paper = printer.paper(document, pages, named=False)
    # Where a plan shows only what it names, the others go from that, too.
    both = replace(more, always=others.terms)
    made = redactor.redact(paper, both)
    numbers = [e.number for e in exhibits.listed(case) if e.stands and e.document == document]
    name = numbers[0] if numbers else short_id(document)
    maker.folder.add(f"documents/{name}.pdf", made.pdf)
    maker.folder.add(f"documents/{name}.txt", text_of(made).encode())
    digest = hashlib.sha256(made.pdf).hexdigest()
    shown, sheets = tuple(dict.fromkeys(made.pages)), len(made.pages)
    return _Item(name, paper.record, shown, sheets, digest, made.regions, tuple(warnings))


def _order(item: _Item) -> tuple[bool, str, int, str]:
    """Exhibits by their numbers, then what is none."""
    match = _KNOWN.fullmatch(item.name)
    return (not match, match[1] if match else "", int(match[2]) if match else 0, item.name)


def _exposure(tag: Tag, names: dict[DocumentId, str]) -> list[Cell]:
    what = ", ".join(words for c, words in CATEGORIES.items() if c in tag.categories)
    document = tag.anchor.document
    level = f"{int(tag.harm)} {tag.harm.word}"
    return [names[document], tag.anchor.page, level, what, document]


def _logged(item: _Item, region: Region) -> list[Cell]:
    sides = (round(side, 1) for side in (region.left, region.top, region.right, region.bottom))
    return [item.name, region.sheet, *sides, region.reason]


# --- papers -------------------------------------------------------------------------------------


def _dossier(
    who: Officer,
    tags: Sequence[Tag],
    rows: Sequence[Sequence[Cell]],
    items: Sequence[_Item],
    form: Form,
) -> Report:
    parts: dict[str, Callable[[], list[Section]]] = {
        "summary": lambda: [_summary(tags, items)],
        "exposures": lambda: [Section("Exposures", (), [_exposures(rows, form)])],
        "documents": lambda: _documents(items),
        "hashes": lambda: [Section("Appendix: hashes", (), _hash_grids(items))],
    }
    sections = [section for name in form.sections for section in parts[name]()]
    facts = [
        *([("Prepared by", form.author)] if form.author else []),
        ("Person", who.name),
        ("Badge", who.badge),
        ("Rank and unit", ", ".join(filter(None, (who.rank, who.unit)))),
        ("Made with", TOOL),
    ]
    title, blanks = (form.title, who.name), form.signature
    return Report(*title, facts, sections, blanks, form.notice, firm=form.firm)


def _summary(tags: Sequence[Tag], items: Sequence[_Item]) -> Section:
    worst = max(tag.harm for tag in tags)
    found: dict[str, set[DocumentId]] = defaultdict(set)
    for tag in tags:
        for category in tag.categories:
            found[category].add(tag.anchor.document)
    bars = [(words, len(found[c])) for c, words in CATEGORIES.items() if found[c]]
    levels = Counter(tag.harm for tag in tags)
    text = (
        f"{counted(len(tags), 'exposure')} in {counted(len(items), 'document')}, the worst of "
        f"level {int(worst)}, {worst.word.lower()}: "
        + ", ".join(f"{levels[h]:,} {h.word.lower()}" for h in reversed(Harm) if levels[h])
        + "."
    )
    return Section("Summary", [text], [Figure("Documents by what is exposed", bars)])


def _exposures(rows: Sequence[Sequence[Cell]], form: Form) -> Grid:
    lines = []
    for row in rows:
        said = dict(zip(("item", "page", "harm", "exposed", "sha256"), row, strict=True))
        lines.append([said[column] or "" for column in form.columns.values()])
    heads = [Column(title, _SHOWN[column].width) for title, column in form.columns.items()]
    return Grid("Exposures, by item and page", heads, lines)


def _documents(items: Sequence[_Item]) -> list[Section]:
    """What lies beside the dossier; and, whatever was chosen, what is to be looked at."""
    text = (
        "Only the pages on which something is tagged are shown. Names of everybody else on the "
        "roster, and data that were found and are not this person's, are blacked out; each page is "
        "a picture with nothing behind it, and was read again to see whether anything of them is "
        "left. Names of people who are on no roster are not known to the program: look at every "
        "page before it is handed out."
    )
    lines = [
        (
            *(item.name, item.record.type.value, (item.record.date or "")[:10]),
            *(spans(item.pages), item.sheets, len(item.regions)),
        )
        for item in items
    ]
    made = [Section("Documents", [text], [Grid("Redacted copies", _DOCUMENTS, lines)])]
    warnings = [f"{item.name}: {said}" for item in items for said in item.warnings]
    if warnings:
        made.append(Section("To be looked at before this is handed out", warnings))
    return made


def _hash_grids(items: Sequence[_Item]) -> list[Figure | Grid]:
    originals = [(item.name, spans(item.pages), item.document) for item in items]
    copies = [(f"{item.name}.pdf", spans(item.pages), item.sha256) for item in items]
    return [Grid("Originals", _HASHES, originals), Grid("Redacted copies", _HASHES, copies)]


def certificate(items: Sequence[_Item], form: Form) -> Report:
    """A draft under Federal Rule of Evidence 902(14): the signer fills in who he is, and signs."""
    blank = "_" * 30
    text = [
        "DRAFT. To be reviewed by counsel and completed by the person who signs.",
        f"I, {blank}, declare as follows:",
        f"1. I am employed by {blank} as {blank}. I am qualified by training and experience to "
        f"make this certification: {blank}{blank}.",
        "2. The items listed below were copied from an electronic storage medium or file, "
        f"identified as {blank}, which I received from {blank} on {blank}.",
        "3. When the copy was read, the SHA-256 hash value of each item was computed by "
        f"{TOOL}. A hash value is a number derived from the whole content of an item; if the hash "
        "values of original and copy are identical, so, for all practical purposes, are the items.",
        f"4. On {blank} I compared these values with hash values of the items on the medium named "
        "above and found each of them identical.",
        "5. The redacted copies listed below were made from those items. In them, information "
        "found on other persons was covered in pictures of their pages; their own hash values "
        "are given so that they can be recognised. They are not identical to the originals and are "
        "not certified as such.",
        "I declare under penalty of perjury under the laws of the United States of America that "
        "the foregoing is true and correct (28 U.S.C. § 1746).",
    ]
    body = Section("", text)
    hashes = Section("Items", (), _hash_grids(items))
    title = (form.title, form.subtitle)
    return Report(*title, (), [body, hashes], form.signature, plain=True, firm=form.firm)
