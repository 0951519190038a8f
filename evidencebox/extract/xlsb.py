"""Binary workbooks (XLSB): what `xlsx` reads, from records instead of XML."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Relation, plain_texts
from evidencebox.extract.xlsbrecords import BinaryPackage, double, string, u32
from evidencebox.extract.xlsbsheet import BinarySheet, comments
from evidencebox.extract.xlsx import ELSEWHERE, elsewhere, people_of, sources, target, threaded
from evidencebox.extract.xlsx import Sheet as Listed
from evidencebox.extract.xlsxformat import Formats, plain

_BOOK: Final = "xl/workbook.bin"
_SHEET, _BOOK_PROPERTIES, _STRING = 156, 153, 19
_FORMAT, _XF, _BEGIN_XFS, _END_XFS = 44, 47, 617, 618
_CACHED: Final = (
    ("xl/pivotcache/", "pivot cache", (24, 31), (21, 28), 0),
    ("xl/externallinks/external", "values from other workbooks", (584,), (581,), 4),
)
"""Folder, label, records of text, records of numbers, where in them the value stands."""


def read(job: Job) -> None:
    """All sheets in order, each with its comments, drawings, headers; then charts and caches."""
    package = BinaryPackage(job)
    main = package.main(_BOOK)
    relations = package.relations(main)
    sheets, from_1904 = _sheets(package, main, relations)
    formats = _formats(package, target(relations, "styles"))
    formats.from_1904 = from_1904
    shared = package.records(target(relations, "sharedStrings"))
    strings = [string(data, 1)[0] for kind, data in shared if kind == _STRING]
    people = people_of(package)
    for sheet in sheets:
        if not package.find(sheet.part):
            job.gap("broken_part", "A sheet of the workbook is missing.")
            continue
        BinarySheet(job, sheet.name, sheet.hidden, strings, formats).read(package, sheet.part)
        _beside(job, package, sheet, people)
    for start, label, tags in ELSEWHERE:
        elsewhere(job, package, start, label, tags)
    _cached(job, package)
    sources(job, package)
    for sheet in sheets:
        job.meta("sheet", sheet.name)
    package.properties()
    package.children()


def _sheets(
    package: BinaryPackage, main: str, relations: list[Relation]
) -> tuple[list[Listed], bool]:
    targets = {r.id: r.target for r in relations}
    sheets: list[Listed] = []
    from_1904 = False
    for kind, data in package.records(main):
        if kind == _SHEET:
            relation, name = _listed(data)
            sheets.append(Listed(name, targets.get(relation, ""), u32(data) != 0))
        elif kind == _BOOK_PROPERTIES:
            from_1904 = bool(u32(data) & 1)
    if not sheets:
        found = sorted(name for name in package.names if name.startswith("xl/worksheets/sheet"))
        sheets = [Listed(f"sheet {n}", name, False) for n, name in enumerate(found, 1)]
    return sheets, from_1904


def _listed(data: bytes) -> tuple[str, str]:
    """A sheet's relation and name; before 2007 was done they stood four bytes later."""
    for at in (8, 12):
        relation, middle = string(data, at)
        name, end = string(data, middle)
        if end == len(data):
            return relation, name
    return "", name


def _formats(package: BinaryPackage, part: str) -> Formats:
    formats = Formats()
    inside = False
    for kind, data in package.records(part):
        if kind == _FORMAT:
            formats.code(int.from_bytes(data[:2], "little"), string(data, 2)[0])
        elif kind in (_BEGIN_XFS, _END_XFS):
            inside = kind == _BEGIN_XFS
        elif kind == _XF and inside:
            formats.style(int.from_bytes(data[2:4], "little"))
    return formats


def _beside(job: Job, package: BinaryPackage, sheet: Listed, people: dict[str, str]) -> None:
    said = Flow(job, f"{sheet.name} comments")
    drawings = Flow(job, f"{sheet.name} drawings")
    for relation in package.relations(sheet.part):
        if relation.kind == "comments":
            comments(package, relation.target, said)
        elif relation.kind == "threadedComment":
            threaded(package, relation.target, said, people)
        elif relation.kind == "drawing":
            plain_texts(package, relation.target, drawings, ("t",))
        elif relation.external and relation.target.strip():
            drawings.add(f"<{relation.target}>\n", "link")
    said.close()
    drawings.close()


def _cached(job: Job, package: BinaryPackage) -> None:
    """What pivot tables and links to other workbooks keep of data that stands elsewhere."""
    for start, label, texts, numbers, at in _CACHED:
        flow = Flow(job, label)
        for name in sorted(package.names):
            if not name.lower().startswith(start) or not name.lower().endswith(".bin"):
                continue
            for kind, data in package.records(name):
                if kind in texts:
                    flow.add(string(data, at)[0] + "\n", "hidden")
                elif kind in numbers:
                    flow.add(plain(repr(double(data, at))) + "\n", "hidden")
        flow.close()
