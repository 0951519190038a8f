"""Presentations (PPTX, PPSX, POTX, with macros): page n is slide n; notes, comments follow."""

from __future__ import annotations

import re
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Package, Relation, plain_texts
from evidencebox.extract.pieces import Pieces
from evidencebox.extract.pptxnotes import authors, comments
from evidencebox.extract.pptxslide import SlideText, named

_MAIN: Final = "ppt/presentation.xml"
_SLIDE: Final = re.compile(r"ppt/slides/slide(\d+)\.xml", re.I)
_DRAWN: Final = {
    "chart": ("t", "v"),
    "chartEx": ("t", "v", "pt"),
    "diagramData": ("t",),
    "chartUserShapes": ("t",),
}
_TITLE: Final = 80


def read(job: Job) -> None:
    """All slides in order, hidden ones and those in no show too; then what belongs to them."""
    package = Package(job)
    main = package.main(_MAIN)
    relations = package.relations(main)
    _Reader(job, package).read(_slides(package, main, relations), relations)
    package.properties()
    package.embedded()


def _slides(package: Package, main: str, relations: list[Relation]) -> list[str]:
    """The slides' parts in the order of the show."""
    targets = {r.id: r.target for r in relations}
    parts: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sldId":
            parts.append(targets.get(attributes.get("r:id", ""), ""))

    package.parse(main, start, attribute=named)
    return parts


def _links(relations: list[Relation]) -> dict[str, str]:
    return {r.id: r.target for r in relations if r.external}


class _Reader:
    """One presentation: what is said beside the slides waits until all of them are pages."""

    def __init__(self, job: Job, package: Package) -> None:
        self._job = job
        self._package = package
        self._names = authors(package)
        self._beside: list[tuple[str, Pieces]] = []
        self._layouts: list[str] = []

    def read(self, parts: list[str], relations: list[Relation]) -> None:
        for number, part in enumerate(parts, 1):
            if self._package.find(part):
                self._slide(part, f"slide {number}")
            else:
                self._job.gap("broken_part", "A slide of the presentation is missing.")
        shown = {part.lower() for part in parts}
        found = ((int(m.group(1)), m.group()) for m in map(_SLIDE.fullmatch, self._parts()) if m)
        for number, part in sorted(found):
            if part.lower() not in shown:
                self._slide(part, f"slide in no show {number}", unseen=True)
        for label, pieces in self._beside:
            flow = Flow(self._job, label)
            pieces.pour(flow)
            flow.close()
        self._masters(relations)

    def _parts(self) -> list[str]:
        return list(self._package.names)

    def _slide(self, part: str, label: str, *, unseen: bool = False) -> None:
        relations = self._package.relations(part)
        pieces = Pieces()
        reader = SlideText(pieces, _links(relations), "hidden" if unseen else "")
        self._package.parse(part, reader.start, reader.end, reader.text, named)
        if reader.hidden:
            self._job.warn("hidden", "The presentation has a hidden slide.")
        title = " ".join("".join(reader.title).split())[:_TITLE]
        full = f"{label} (hidden)" if reader.hidden else label
        flow = Flow(self._job, f"{full}: {title}" if title else full, paged=True)
        pieces.pour(flow)
        self._drawn(relations, flow)
        # a blank slide is a page too, so that numbers agree
        flow.page_break()
        self._aside(relations, label)

    def _drawn(self, relations: list[Relation], flow: Flow) -> None:
        """Charts and SmartArt of a slide, and what it links to outside its text."""
        for relation in relations:
            if relation.kind in _DRAWN and not relation.external:
                flow.newline()
                plain_texts(self._package, relation.target, flow, _DRAWN[relation.kind])
                inner = self._package.relations(relation.target)
                for user in (r for r in inner if r.kind == "chartUserShapes"):
                    plain_texts(self._package, user.target, flow, ("t",))
            elif relation.external and relation.kind != "hyperlink":
                flow.newline()
                flow.add(f"<{relation.target}>\n", "link")

    def _aside(self, relations: list[Relation], label: str) -> None:
        notes, said = Pieces(), Pieces()
        for relation in relations:
            if relation.kind == "notesSlide":
                links = _links(self._package.relations(relation.target))
                reader = SlideText(notes, links, "note")
                self._package.parse(relation.target, reader.start, reader.end, reader.text, named)
            elif relation.kind == "comments":
                comments(self._package, relation.target, self._names, said)
            elif relation.kind == "slideLayout" and relation.target not in self._layouts:
                self._layouts.append(relation.target)
        self._beside += [(f"{label} notes", notes), (f"{label} comments", said)]

    def _masters(self, relations: list[Relation]) -> None:
        """What stands on the layouts and masters in use, once each: marks, headers, footers."""
        parts = list(self._layouts)
        for layout in self._layouts:
            inner = self._package.relations(layout)
            parts += [r.target for r in inner if r.kind == "slideMaster"]
        parts += [r.target for r in relations if r.kind in ("notesMaster", "handoutMaster")]
        flow = Flow(self._job, "layouts and masters")
        said: set[str] = set()
        for part in dict.fromkeys(parts):
            pieces = Pieces()
            reader = SlideText(pieces, {}, "header", prompts=True)
            self._package.parse(part, reader.start, reader.end, reader.text, named)
            if pieces.text not in said:
                said.add(pieces.text)
                flow.newline()
                pieces.pour(flow)
        flow.close()
