"""One person's dossier: the pages on which he is tagged, others blacked out, and the papers.

Nothing of a document stands in it but redacted pages: no path, quote or note, which may name
others. What is burned in is looked for again, as with every redaction.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.report import Figure, Grid, Report, Section
from evidencebox.export.report_docx import to_docx
from evidencebox.export.report_pdf import to_pdf
from evidencebox.export.tables import Cell, Column, Table, add_both, add_csv
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.people import Officer
from evidencebox.model.redactions import Plan, Region
from evidencebox.model.review import Tag
from evidencebox.model.words import counted
from evidencebox.services import exhibits, officers
from evidencebox.services.case import Case
from evidencebox.services.exporting import TOOL, Making, Request, Tell
from evidencebox.services.printing import Printer
from evidencebox.services.redacting import Ask, Planner, plans, text_of
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
_HASHES: Final = (Column("Item", 16), Column("Pages", 8), Column("SHA-256", 66))


@dataclass(frozen=True, slots=True)
class _Item:
    """A document of the dossier: its name in it, the pages shown, both hashes, what was boxed."""

    name: str
    document: DocumentId
    pages: tuple[int, ...]
    sha256: str
    regions: tuple[Region, ...]
    warnings: tuple[str, ...]


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """The redacted documents, the exposures, dossier and certificate as DOCX and PDF."""
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
    names = {item.document: item.name for item in items}
    rows = [_exposure(tag, names) for tag in tags]
    add_both(maker.folder, Table("exposures", "Exposures", _EXPOSURES, rows))
    log = [_logged(item, region) for item in items for region in item.regions]
    add_csv(maker.folder, Table("redaction-log", "Redactions", _LOG, log))
    for name, made in (
        ("dossier", _dossier(who, tags, rows, items)),
        ("certificate-902-14-draft", certificate(items)),
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
    paper = printer.paper(document, pages)
    both = replace(more, terms=(*others.terms, *more.terms))
    made = redactor.redact(paper, both)
    numbers = [e.number for e in exhibits.listed(case) if e.stands and e.document == document]
    name = numbers[0] if numbers else short_id(document)
    maker.folder.add(f"documents/{name}.pdf", made.pdf)
    maker.folder.add(f"documents/{name}.txt", text_of(made).encode())
    digest = hashlib.sha256(made.pdf).hexdigest()
    shown = tuple(dict.fromkeys(made.pages))
    return _Item(name, document, shown, digest, made.regions, tuple(warnings))


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
    who: Officer, tags: Sequence[Tag], rows: Sequence[Sequence[Cell]], items: Sequence[_Item]
) -> Report:
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
    grid = [tuple("" if cell is None else cell for cell in row[:4]) for row in rows]
    warnings = [f"{item.name}: {said}" for item in items for said in item.warnings]
    sections = [
        Section("Summary", [text], [Figure("Documents by what is exposed", bars)]),
        Section("Exposures", (), [Grid("", _EXPOSURES[:4], grid)]),
        Section(
            "Documents",
            [
                "Only the pages on which something is tagged are shown. Names of everybody else on "
                "the roster, and data that were found and are not this person's, are blacked out; "
                "each page is a picture with nothing behind it, and was read again to see whether "
                "anything of them is left. Names of people who are on no roster are not known to "
                "the program: look at every page before it is handed out."
            ],
        ),
        *([Section("To be looked at before this is handed out", warnings)] if warnings else []),
        Section("Appendix: hashes", (), _hash_grids(items)),
    ]
    facts = [
        ("Person", who.name),
        ("Badge", who.badge),
        ("Rank and unit", ", ".join(filter(None, (who.rank, who.unit)))),
        ("Made with", TOOL),
    ]
    notice = "Confidential. For the person named and counsel."
    return Report("Dossier", who.name, facts, sections, ("Prepared by", "Date"), notice)


def _hash_grids(items: Sequence[_Item]) -> list[Figure | Grid]:
    def pages(item: _Item) -> str:
        return ", ".join(map(str, item.pages))

    originals = [(item.name, pages(item), item.document) for item in items]
    copies = [(f"{item.name}.pdf", pages(item), item.sha256) for item in items]
    return [Grid("Originals", _HASHES, originals), Grid("Redacted copies", _HASHES, copies)]


def certificate(items: Sequence[_Item]) -> Report:
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
    body = Section("Certification of data copied from an electronic device or file", text)
    hashes = Section("Items", (), _hash_grids(items))
    return Report(
        "Certification under Fed. R. Evid. 902(14)",
        "Draft",
        (),
        [body, hashes],
        ("Name", "Title", "Date", "Signature"),
        plain=True,
    )
