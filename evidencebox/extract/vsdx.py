"""Visio drawings: the words on each page, data and links of shapes, comments, masters."""

from __future__ import annotations

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Package
from evidencebox.model.documents import Span


def read(job: Job) -> None:
    """A page for each page of the drawing; what is not drawn follows, marked."""
    package = Package(job)
    main = package.main("visio/document.xml")
    targets = {r.kind: r.target for r in package.relations(main)}
    pages = targets.get("pages", "visio/pages/pages.xml")
    for name, part, background in _listed(package, pages, "Page"):
        _sheet(job, package, part, f"{name} (background)" if background else name, "")
    _comments(job, package)
    masters = targets.get("masters", "visio/masters/masters.xml")
    for name, part, _ in _listed(package, masters, "Master"):
        _sheet(job, package, part, f"master {name}", "hidden")
    package.properties()
    package.embedded()


def _listed(package: Package, part: str, wanted: str) -> list[tuple[str, str, bool]]:
    """Name, part, and whether it is a background, of every page or master in order."""
    if not package.find(part):
        return []
    targets = {r.id: r.target for r in package.relations(part)}
    found: list[tuple[str, str, bool]] = []
    now = [("", False)]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == wanted:
            name = attributes.get("Name") or attributes.get("NameU", "")
            now[0] = (name, attributes.get("Background") == "1")
        elif tag == "Rel":
            found.append((now[0][0], targets.get(attributes.get("id", ""), ""), now[0][1]))

    package.parse(part, start)
    return found


class _Shapes:
    """Follows the elements of one page."""

    def __init__(self, flow: Flow, kind: str) -> None:
        self._flow = flow
        self._kind = kind
        self._inside = 0
        self._section = ""
        self._row: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Text":
            self._inside += 1
        elif tag == "Section":
            self._section = attributes.get("N", "")
        elif tag == "Row":
            self._row = {}
        elif tag == "Cell" and self._section in ("Property", "Hyperlink"):
            self._row[attributes.get("N", "")] = attributes.get("V", "")

    def end(self, tag: str) -> None:
        if tag == "Text":
            self._inside = max(0, self._inside - 1)
            self._flow.newline()
        elif tag == "Row":
            self._row_done()
        elif tag == "Section":
            self._section = ""

    def text(self, data: str) -> None:
        if self._inside:
            self._flow.add(data, self._kind)

    def _row_done(self) -> None:
        """Data of a shape, or a link; a master's are only blanks to fill in."""
        row, self._row = self._row, {}
        self._flow.newline()
        if self._section == "Property" and row.get("Value") and not self._kind:
            label = row.get("Label", "")
            text = f"{label}: {row['Value']}" if label else row["Value"]
            self._flow.add(text, "annotation", "shape data")
        elif self._section == "Hyperlink" and row.get("Address"):
            self._flow.add(row.get("Description", ""))
            self._flow.add(f" <{row['Address']}>", "link")
        self._flow.newline()


def _sheet(job: Job, package: Package, part: str, name: str, kind: str) -> None:
    if not package.find(part):
        job.gap("missing_part", "A page of the drawing is missing.")
        return
    flow = Flow(job, name, paged=True)
    shapes = _Shapes(flow, kind)
    package.parse(part, shapes.start, shapes.end, shapes.text)
    if kind and flow.empty:
        return  # a master with no words
    flow.page_break()


def _comments(job: Job, package: Package) -> None:
    part = package.find("visio/comments.xml")
    if not part:
        return
    authors: dict[str, str] = {}
    found: list[tuple[str, str, list[str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "AuthorEntry":
            authors[attributes.get("ID", "")] = attributes.get("Name", "")
        elif tag == "CommentEntry":
            found.append((attributes.get("AuthorID", ""), attributes.get("Date", ""), []))

    def text(data: str) -> None:
        if found:
            found[-1][2].append(data)

    package.parse(part, start, text=text)
    for author, date, words in found:
        line = " ".join(p for p in (authors.get(author, ""), date, "".join(words).strip()) if p)
        job.page(line + "\n", "comment", (Span(0, len(line), "comment", authors.get(author, "")),))
