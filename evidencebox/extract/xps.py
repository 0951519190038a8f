"""XPS: fixed pages, whose words stand at places."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.opc import Package
from evidencebox.extract.placed import Placed

_PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".wdp", ".jxr")
_HALF: Final = 50.0
_MOST_GLYPHS: Final = 100_000


def read(job: Job) -> None:
    """Every page with its words, then its pictures as children."""
    package = Package(job)
    pages = _pages(package)
    for part in pages or sorted(n for n in package.names if n.lower().endswith(".fpage")):
        _page(job, package, part)
        job.beat()
    package.properties()
    job.meta("pages", str(job.pages))
    # fonts and the parts that say where things stand are no children
    package.names = {n: m for n, m in package.names.items() if n.lower().endswith(_PICTURES)}
    package.embedded()


def _pages(package: Package) -> list[str]:
    """The pages' parts, in the order of the documents in the sequence."""
    start = next(
        (r.target for r in package.relations("") if r.kind == "fixedrepresentation"),
        "FixedDocSeq.fdseq",
    )
    documents = _sources(package, start, "DocumentReference")
    return [page for one in documents for page in _sources(package, one, "PageContent")]


def _sources(package: Package, part: str, wanted: str) -> list[str]:
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == wanted and (source := attributes.get("Source", "")):
            joined = posixpath.join("/" + posixpath.dirname(part), unquote(source))
            found.append(posixpath.normpath(joined).lstrip("/"))

    package.parse(part, start)
    return found


def _page(job: Job, package: Package, part: str) -> None:
    flow = Flow(job, f"page {job.pages + 1}", paged=True)
    placed = Placed(flow)
    links: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Glyphs":
            _glyphs(placed, attributes)
        target = attributes.get("FixedPage.NavigateUri", "")
        if ":" in target and target not in links:
            links.append(target)

    package.parse(part, start)
    placed.close()
    for link in links:
        flow.add(f"<{link}>\n", "link")
    flow.page_break()


def _glyphs(placed: Placed, attributes: dict[str, str]) -> None:
    text = attributes.get("UnicodeString", "").removeprefix("{}")
    x, y = _number(attributes.get("OriginX")), _number(attributes.get("OriginY"))
    size = _number(attributes.get("FontRenderingEmSize"))
    end = x + _width(text, attributes.get("Indices", "")) * size / 100
    if int(_number(attributes.get("BidiLevel"))) % 2:
        placed.add(text, x, y, None, size)
    else:
        placed.add(text, x, y, end, size)


def _width(text: str, indices: str) -> float:
    """The width of the glyphs in hundredths of their height; where it is not said, about half."""
    width = 0.0
    glyphs = indices.split(";") if indices else []
    for glyph in glyphs[:_MOST_GLYPHS]:
        parts = glyph.split(",")
        width += _number(parts[1]) if len(parts) > 1 and parts[1] else _HALF
    return width + _HALF * max(0, len(text) - len(glyphs))


def _number(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0
