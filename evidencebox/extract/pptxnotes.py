"""Comments of presentations, old and modern, with who wrote them and when."""

from __future__ import annotations

from evidencebox.extract.opc import Package
from evidencebox.extract.pieces import Pieces


def authors(package: Package) -> dict[str, str]:
    """Names by author id, of both kinds of comments (their ids cannot clash: one is a GUID)."""
    names: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in ("cmAuthor", "author"):
            names[attributes.get("id", "")] = attributes.get("name", "")

    for part in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
        package.parse(part, start)
    return names


class _Comments:
    """Handlers for one part of comments: "Author date: words", a reply on a line of its own."""

    def __init__(self, out: Pieces, names: dict[str, str]) -> None:
        self._out = out
        self._names = names
        self._inside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("cm", "reply"):
            when = attributes.get("created", "") or attributes.get("dt", "")
            who = f"{self._names.get(attributes.get('authorId', ''), '')} {when}".strip()
            self._out.newline()
            self._out.add(f"{'reply, ' if tag == 'reply' else ''}{who}: ", "comment")
        elif tag in ("t", "text"):
            self._inside += 1
        elif tag == "br":
            self._out.add("\n", "comment")

    def end(self, tag: str) -> None:
        if tag in ("t", "text"):
            self._inside = max(self._inside - 1, 0)
        elif tag == "p":
            self._out.newline()

    def text(self, data: str) -> None:
        if self._inside:
            self._out.add(data, "comment")


def comments(package: Package, part: str, names: dict[str, str], out: Pieces) -> None:
    """Writes the comments of one part."""
    reader = _Comments(out, names)
    package.parse(part, reader.start, reader.end, reader.text)
    out.newline()
