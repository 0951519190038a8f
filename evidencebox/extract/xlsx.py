"""Workbooks (XLSX, XLSM): sheets as labelled blocks of rows, and what hangs on the cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Package, Relation, plain_texts
from evidencebox.extract.xlsxformat import Formats
from evidencebox.extract.xlsxsheet import SheetReader

_LINKS: Final = "xl/externalLinks/external"
_BOOK: Final = "xl/workbook.xml"
ELSEWHERE: Final = (
    ("xl/charts/", "charts", ("t", "v")),
    ("xl/diagrams/data", "diagrams", ("t",)),
    (_LINKS, "values from other workbooks", ("v",)),
    ("xl/pivotCache/", "pivot cache", ()),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the workbook names it."""

    name: str
    part: str
    hidden: bool


def read(job: Job) -> None:
    """All sheets in order, each with its comments, drawings, headers; then charts and caches."""
    package = Package(job)
    main = package.main(_BOOK)
    relations = package.relations(main)
    sheets, from_1904 = _sheets(package, main, relations)
    formats = Formats(package, target(relations, "styles"))
    formats.from_1904 = from_1904
    strings = _shared(package, target(relations, "sharedStrings"))
    for sheet in sheets:
        if not package.find(sheet.part):
            job.gap("broken_part", "A sheet of the workbook is missing.")
            continue
        reader = SheetReader(job, package, sheet.name, sheet.hidden, strings, formats)
        reader.read(sheet.part)
        _beside(job, package, sheet)
    for start, label, tags in ELSEWHERE:
        elsewhere(job, package, start, label, tags)
    sources(job, package)
    for sheet in sheets:
        job.meta("sheet", sheet.name)
    package.properties()
    package.embedded()


def target(relations: list[Relation], kind: str) -> str:
    return next((r.target for r in relations if r.kind == kind), "")


def _sheets(package: Package, main: str, relations: list[Relation]) -> tuple[list[Sheet], bool]:
    targets = {r.id: r.target for r in relations}
    sheets: list[Sheet] = []
    from_1904: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            part = targets.get(attributes.get("id", ""), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(Sheet(attributes.get("name", ""), part, hidden))
        elif tag == "workbookPr":
            from_1904.append(attributes.get("date1904", "0") in ("1", "true", "on"))

    package.parse(main, start)
    if not sheets:
        found = sorted(name for name in package.names if name.startswith("xl/worksheets/sheet"))
        sheets = [Sheet(f"sheet {n}", name, False) for n, name in enumerate(found, 1)]
    return sheets, any(from_1904)


def _shared(package: Package, part: str) -> list[str]:
    """The shared strings; phonetic guides are left out."""
    strings: list[str] = []
    pieces: list[str] = []
    inside = {"t": 0, "rPh": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag in inside:
            inside[tag] += 1

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] -= 1
        elif tag == "si":
            strings.append("".join(pieces))
            pieces.clear()

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(data)

    if part:
        package.parse(part, start, end, text)
    return strings


def _beside(job: Job, package: Package, sheet: Sheet) -> None:
    """The comments and drawings of a sheet, each on pages of their own."""
    relations = package.relations(sheet.part)
    people = people_of(package)
    comments = Flow(job, f"{sheet.name} comments")
    drawings = Flow(job, f"{sheet.name} drawings")
    for relation in relations:
        if relation.kind == "comments":
            _comments(package, relation.target, comments)
        elif relation.kind == "threadedComment":
            threaded(package, relation.target, comments, people)
        elif relation.kind == "drawing":
            plain_texts(package, relation.target, drawings, ("t",))
        elif relation.external and relation.target.strip():
            drawings.add(f"<{relation.target}>\n", "link")
    comments.close()
    drawings.close()


def people_of(package: Package) -> dict[str, str]:
    people: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "person":
            people[attributes.get("id", "")] = attributes.get("displayName", "")

    for name in package.names:
        if name.lower().startswith("xl/persons/") and name.endswith(".xml"):
            package.parse(name, start)
    return people


class _Comments:
    """Handlers for the comments of one sheet: "B2 Author: words"."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._authors: list[str] = []
        self._inside = ""
        self._head = ""
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "author":
            self._authors.append("")
        elif tag == "comment":
            number = attributes.get("authorId", "")
            who = dict(enumerate(self._authors)).get(int(number) if number.isdecimal() else -1)
            self._head = " ".join(filter(None, [attributes.get("ref", ""), who]))
        if tag in ("author", "t"):
            self._inside = tag

    def end(self, tag: str) -> None:
        if tag in ("author", "t"):
            self._inside = ""
        elif tag == "comment":
            self._flow.add(f"{self._head}: {''.join(self._pieces)}", "comment")
            self._flow.add("\n")
            self._pieces.clear()

    def text(self, data: str) -> None:
        if self._inside == "author" and self._authors:
            self._authors[-1] += data
        elif self._inside == "t":
            self._pieces.append(data)


def _comments(package: Package, part: str, flow: Flow) -> None:
    reader = _Comments(flow)
    package.parse(part, reader.start, reader.end, reader.text)


def threaded(package: Package, part: str, flow: Flow, people: dict[str, str]) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "threadedComment":
            who = people.get(attributes.get("personId", ""), "")
            date = attributes.get("dT", "")
            flow.newline()
            head = " ".join(filter(None, [attributes.get("ref", ""), who, date]))
            flow.add(f"{head}: ", "comment")

    package.parse(part, start, text=lambda data: flow.add(data, "comment"))
    flow.newline()


def elsewhere(job: Job, package: Package, start: str, label: str, tags: tuple[str, ...]) -> None:
    flow = Flow(job, label)
    for name in sorted(package.names):
        if name.startswith(start) and name.endswith(".xml"):
            plain_texts(package, name, flow, tags)
    flow.close()


def sources(job: Job, package: Package) -> None:
    """The files that cells take values from, and the programs that they ask for them."""
    flow = Flow(job, "linked files")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "ddeLink":
            asked = attributes.get("ddeService", ""), attributes.get("ddeTopic", "")
            flow.add(f"<{' '.join(asked)}>\n", "link")

    for name in sorted(package.names):
        if name.startswith(_LINKS):
            if name.endswith(".xml"):
                package.parse(name, start)
            for relation in package.relations(name):
                if relation.external:
                    flow.add(f"<{relation.target}>\n", "link")
    flow.close()
