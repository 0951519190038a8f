"""Word documents (DOCX, DOCM, DOTX): all that is written in them, also what Word does not show."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.docxtext import WordText
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Package, Relation, plain_texts

_BREAKS: Final = (b"lastRenderedPageBreak", b'type="page"', b"type='page'")
_DRAWN: Final = ("word/charts/chart", "word/diagrams/data")
_MAIN: Final = "word/document.xml"
_SIDE: Final = (
    ("header", "headers", "header"),
    ("footer", "footers", "footer"),
    ("footnotes", "footnotes", "note"),
    ("endnotes", "endnotes", "note"),
    ("comments", "comments", "comment"),
    ("glossaryDocument", "building blocks", "note"),
)


def read(job: Job) -> None:
    """The body on its pages; then headers, footers, notes and comments on labelled pages."""
    package = Package(job)
    main = package.main(_MAIN)
    relations = package.relations(main)
    links = _links(relations)
    paged = package.contains(main, *_BREAKS)
    flow = Flow(job, paged=paged)
    if not package.find(main):
        job.gap("broken_part", "The document's main part is missing.")
    _part(package, main, flow, "", links)
    flow.close()
    for kind, label, span in _SIDE:
        targets = sorted({r.target for r in relations if r.kind == kind})
        side = Flow(job, label)
        for target in targets:
            _part(package, target, side, span, _links(package.relations(target)))
            side.newline()
        side.close()
    drawn = Flow(job, "charts")
    for name in sorted(package.names):
        if name.lower().startswith(_DRAWN) and name.lower().endswith(".xml"):
            plain_texts(package, name, drawn, ("t", "v"))
    drawn.close()
    package.properties()
    chunks = tuple(r.target for r in relations if r.kind == "aFChunk")
    package.embedded(chunks)


def _part(package: Package, name: str, flow: Flow, kind: str, links: dict[str, str]) -> None:
    reader = WordText(flow, kind, links)
    package.parse(name, reader.start, reader.end, reader.text)


def _links(relations: list[Relation]) -> dict[str, str]:
    return {r.id: r.target for r in relations if r.external and r.kind == "hyperlink"}
