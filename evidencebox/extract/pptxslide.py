"""PresentationML events as text: one slide, one page of notes, one layout."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.opc import local
from evidencebox.extract.pieces import Pieces

_RELATION: Final = "officeDocument/2006/relationships}"
_TITLES: Final = ("title", "ctrTitle")
_EDGES: Final = {"ftr": "footer", "hdr": "header", "dt": "footer"}
_SHAPES: Final = frozenset(["sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart"])


def named(key: str) -> str:
    """`id` and `r:id` stand side by side on one element: the latter keeps its prefix."""
    if _RELATION in key or key.startswith("http://purl.oclc.org/ooxml/officeDocument/relation"):
        return f"r:{local(key)}"
    return local(key)


class SlideText:
    """Handlers for one part. `kind` marks all of its text; `links` are targets by relation.

    `prompts` says whether placeholders hold text of their own (slides) or only what to type there
    (layouts and masters, where nothing but headers and footers is kept of them).
    """

    def __init__(
        self, out: Pieces, links: dict[str, str], kind: str = "", *, prompts: bool = False
    ) -> None:
        self.hidden = False
        self.title: list[str] = []
        self._out = out
        self._links = links
        self._kind = kind
        self._prompts = prompts
        self._holder = ""
        self._held = False
        self._unseen: list[bool] = []
        self._in_text = 0
        self._skip = 0
        self._choices: list[bool] = []
        self._cells: list[list[int]] = []
        self._pending: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skip:
            self._skip += 1
        elif tag == "Fallback" and self._choices and self._choices[-1]:
            self._skip = 1
        elif tag == "t":
            self._in_text += 1
        elif tag in _SHAPES:
            self._holder, self._held = "", False
            self._unseen.append(bool(self._unseen and self._unseen[-1]))
        elif tag in ("tbl", "tr", "tc", "p"):
            self._block(tag)
        else:
            self._inside(tag, attributes)

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sld":
            self.hidden = attributes.get("show", "1") in ("0", "false")
        elif tag == "ph":
            self._holder, self._held = attributes.get("type", "body"), True
        elif tag == "cNvPr":
            self._named(attributes)
        elif tag in ("hlinkClick", "hlinkHover", "hlinkMouseOver"):
            if target := self._links.get(attributes.get("r:id", "")):
                self._pending.append(target)
        elif tag == "br":
            self._add("\n")
        elif tag == "AlternateContent":
            self._choices.append(False)
        elif tag == "Choice" and self._choices:
            self._choices[-1] = True

    def _named(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden", "0") in ("1", "true") and self._unseen:
            self._unseen[-1] = True
        for name in ("title", "descr"):
            if text := attributes.get(name, "").strip():
                self._out.newline()
                self._add(text + "\n")

    def _block(self, tag: str) -> None:
        if tag == "tbl":
            self._out.newline()
            self._cells.append([0, 0])
        elif not self._cells:
            return
        elif tag == "tr":
            self._cells[-1] = [0, 0]
        elif tag == "tc":
            if self._cells[-1][0]:
                self._out.add("\t")
            self._cells[-1] = [self._cells[-1][0] + 1, 0]
        elif tag == "p":
            if self._cells[-1][1]:
                self._out.add("\n")
            self._cells[-1][1] += 1

    def end(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
        elif tag == "t":
            self._in_text = max(self._in_text - 1, 0)
        elif tag in ("r", "fld"):
            self._link()
        elif tag == "tr" or (tag == "p" and not self._cells):
            self._out.newline()
        elif tag == "tbl" and self._cells:
            self._cells.pop()
        elif tag == "AlternateContent" and self._choices:
            self._choices.pop()
        elif tag in _SHAPES:
            self._link()
            self._out.newline()
            self._holder, self._held = "", False
            if self._unseen:
                self._unseen.pop()

    def _link(self) -> None:
        for target in self._pending:
            self._out.add(f" <{target}>", "link")
        self._pending.clear()

    def text(self, data: str) -> None:
        if self._in_text and not self._skip:
            if self._holder in _TITLES:
                self.title.append(data)
            self._add(data)

    def _add(self, text: str) -> None:
        if self._holder in ("sldNum", "sldImg"):
            return
        if self._prompts and self._held and self._holder not in ("ftr", "hdr"):
            return
        unseen = self.hidden or (self._unseen and self._unseen[-1])
        self._out.add(text, "hidden" if unseen else _EDGES.get(self._holder, self._kind))
