"""WordprocessingML events as lines of a flow."""

from __future__ import annotations

import re
from typing import Final

from evidencebox.extract.flow import Flow

_TEXT: Final = frozenset({"t", "delText"})
_ELSEWHERE: Final = re.compile(r"\s*(?:INCLUDEPICTURE|INCLUDETEXT|LINK|DDE)\b", re.IGNORECASE)
"""Fields that show what stands in another file, whose path is told."""
_SKIPPED: Final = frozenset(
    {"pPr", "sectPr", "tblPr", "tcPr", "trPr", "tblGrid", "sdtPr", "instrText", "delInstrText"}
)
_REVISIONS: Final = {
    "ins": "inserted",
    "moveTo": "inserted",
    "del": "deleted",
    "moveFrom": "deleted",
}
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "",
}


class WordText:
    """Handlers for one part. `kind` marks all of its text (header, note, comment)."""

    def __init__(self, flow: Flow, kind: str, links: dict[str, str]) -> None:
        self._flow = flow
        self._kind = kind
        self._links = links
        self._skip = 0
        self._in_text = 0
        self._in_instruction = False
        self._revisions: list[tuple[str, str]] = []
        self._hidden = False
        self._in_run_style = 0
        self._cells: list[list[int]] = []
        self._choices: list[bool] = []
        self._hrefs: list[str] = []
        self._broke = True
        self._comment = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skip:
            self._skip += 1
            return
        if tag == "instrText":
            self._in_instruction = True
        if tag in _SKIPPED or (tag == "Fallback" and self._choices and self._choices[-1]):
            self._skip = 1
        elif tag in _TEXT:
            self._in_text += 1
        elif tag in _REVISIONS:
            self._open_revision(tag, attributes)
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag == "rPr":
            self._in_run_style += 1
        elif tag in ("vanish", "webHidden") and self._in_run_style:
            self._hidden = attributes.get("val", "1") not in ("0", "false", "off")
        else:
            self._structure(tag, attributes)

    def _structure(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("br", "lastRenderedPageBreak"):
            self._break(tag, attributes)
        elif tag in ("p", "tr", "tc", "tbl", "txbxContent"):
            self._open_block(tag)
        elif tag == "AlternateContent":
            self._choices.append(False)
        elif tag == "Choice" and self._choices:
            self._choices[-1] = True
        elif tag == "hyperlink":
            self._hrefs.append(self._links.get(attributes.get("id", ""), ""))
        elif tag in ("comment", "footnote", "endnote"):
            self._note(tag, attributes)
        elif tag in ("docPr", "textpath"):
            self._described(attributes)

    def _open_revision(self, tag: str, attributes: dict[str, str]) -> None:
        who = f"{attributes.get('author', '')} {attributes.get('date', '')}".strip()
        moved = "moved, " if tag.startswith("move") else ""
        self._revisions.append((_REVISIONS[tag], (moved + who).rstrip(", ")[:200]))

    def _break(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br" and attributes.get("type") != "page":
            self._add("\n")
        elif tag == "br":
            self._flow.page_break()
            self._broke = True
        elif not self._broke:
            # Word writes both: the break, and where it fell when last drawn
            self._flow.page_break()
            self._broke = True

    def _open_block(self, tag: str) -> None:
        if tag == "txbxContent":
            self._flow.newline()
            self._cells.append([-1, 0])
        elif tag == "tbl":
            self._flow.newline()
            self._cells.append([0, 0])
        elif tag == "tr" and self._cells:
            self._cells[-1] = [0, 0]
        elif tag == "tc" and self._cells:
            if self._cells[-1][0] > 0:
                self._add("\t")
            self._cells[-1] = [self._cells[-1][0] + 1, 0]
        elif tag == "p" and self._in_cell:
            if self._cells[-1][1]:
                self._add("\n")
            self._cells[-1][1] += 1

    @property
    def _in_cell(self) -> bool:
        return bool(self._cells) and self._cells[-1][0] > 0

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        number = attributes.get("id", "")
        if tag == "comment":
            who = f"{attributes.get('author', '')} {attributes.get('date', '')}".strip()
            self._add(f"[{number}] {who}: ")
        elif attributes.get("type", "normal") == "normal":
            self._add(f"[{number}] ")

    def _described(self, attributes: dict[str, str]) -> None:
        for name in ("title", "descr", "string"):
            if text := attributes.get(name, "").strip():
                self._add(f" {text} ")

    def end(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
            if tag == "instrText":
                self._in_instruction = False
            return
        if tag in _TEXT:
            self._in_text = max(self._in_text - 1, 0)
        elif tag in _REVISIONS and self._revisions:
            self._revisions.pop()
        elif tag == "rPr":
            self._in_run_style = max(self._in_run_style - 1, 0)
        elif tag == "r":
            self._hidden = False
        elif tag == "AlternateContent" and self._choices:
            self._choices.pop()
        elif tag == "hyperlink" and self._hrefs:
            if href := self._hrefs.pop():
                self._flow.add(f" <{href}>", "link")
        else:
            self._close_block(tag)

    def _close_block(self, tag: str) -> None:
        if tag == "p" and not self._in_cell:
            self._add("\n")
        elif tag == "tr":
            self._flow.newline()
        elif tag in ("tbl", "txbxContent") and self._cells:
            self._cells.pop()
            self._flow.newline()

    def text(self, data: str) -> None:
        if self._skip:
            if self._in_instruction:
                self._instruction(data)
        elif self._in_text:
            self._add(data)

    def _instruction(self, data: str) -> None:
        if '"' in data and "HYPERLINK" in data:
            self._flow.add(f" <{data.split(chr(34))[1]}>", "link")
        elif _ELSEWHERE.match(data):
            self._flow.add(f" <{data.strip()[:2_000]}>", "link")

    def _add(self, text: str) -> None:
        if text.strip():
            self._broke = False
        if self._revisions:
            kind, label = self._revisions[-1]
            self._flow.add(text, kind, label)
        elif self._hidden:
            self._flow.add(text, "hidden")
        else:
            self._flow.add(text, self._kind)
