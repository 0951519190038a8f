"""HTML as text: blocks become lines, tables rows of tabs; nothing visible is dropped.

selectolax reads it; where tags nest so deep that its tree would take quadratic time, a flat
tokeniser of our own does, with the same events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from evidencebox.extract.flow import Flow
from evidencebox.extract.htmlflat import Event, flat_events

DEEPEST: Final = 1_000
_CHARSET: Final = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.I)
_XML_CHARSET: Final = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.I)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "param",
    ]
)
_CLOSES_ITSELF: Final = _VOID | frozenset(
    ["p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup"]
)
_SKIPPED: Final = frozenset(["script", "style", "template", "noframes"])
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "textarea",
        "title",
        "tr",
        "ul",
        "caption",
    ]
)
_PARAGRAPHS: Final = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre"]
)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.I,
)


def declared_charset(data: bytes) -> str:
    """The charset an HTML text says it is in, '' if it does not."""
    found = _CHARSET.search(data, 0, 8_192) or _XML_CHARSET.match(data)
    return found.group(1).decode("ascii") if found else ""


def too_deep(html: str) -> bool:
    """Whether elements that need an end tag are open more than 1,000 at a time."""
    depth = 0
    for match in _TAG.finditer(html):
        if match.group(2).lower() in _CLOSES_ITSELF:
            continue
        depth += -1 if match.group(1) else 1
        if depth > DEEPEST:
            return True
        depth = max(depth, 0)
    return False


def events(html: str) -> Iterator[Event]:
    """Start, end, text and comment events in document order."""
    if html.count("<") > DEEPEST and too_deep(html):
        return flat_events(html)
    return _tree_events(html)


def _tree_events(html: str) -> Iterator[Event]:
    node: LexborNode | None = LexborHTMLParser(html).root
    depth = 0
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            yield Event("text", node.text_content or "")
        elif tag in ("-comment", "_comment", "!--", "-cdata"):
            yield Event("comment", node.comment_content or "")
        elif not tag.startswith(("-", "!")):
            yield Event("start", tag, dict(node.attributes))
            if node.child is not None:
                node = node.child
                depth += 1
                continue
            yield Event("end", tag)
        while node.next is None and depth > 0:
            node = node.parent
            assert node is not None
            depth -= 1
            yield Event("end", node.tag or "")
        node = node.next if node.next is not None and depth >= 0 else None


class _Writer:
    """Turns events into lines of a flow."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._skipping = ""
        self._pre = 0
        self._hidden: list[str] = []
        self._space = False
        self._cells = 0
        self.title: list[str] = []
        self._in_title = False

    def take(self, event: Event) -> None:
        if self._skipping:
            if event.kind == "end" and event.value == self._skipping:
                self._skipping = ""
            return
        if event.kind == "text":
            self._text(event.value)
        elif event.kind == "start":
            self._start(event)
        elif event.kind == "end":
            self._end(event.value)
        elif text := " ".join(event.value.split()):
            self._flow.newline()
            self._flow.add(text + "\n", "comment")

    def _text(self, text: str) -> None:
        if self._in_title:
            self.title.append(text)
        if not self._pre:
            if text[:1].isspace():
                self._space = True
            core = _SPACE.sub(" ", text).strip(" ")
            if not core:
                return
            lead = " " if self._space and not self._flow.at_line_start else ""
            self._space = text[-1:].isspace()
            text = lead + core
        self._flow.add(text, "hidden" if self._hidden else "")

    def _start(self, event: Event) -> None:
        tag, attributes = event.value, event.attributes
        if tag in _SKIPPED:
            self._skipping = tag
            return
        self._in_title = self._in_title or tag == "title"
        self._break(tag, start=True)
        if tag == "pre" or tag == "textarea":
            self._pre += 1
        if self._hidden:
            self._hidden += [tag] if tag not in _VOID else []
        elif tag not in _VOID and (
            "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "")
        ):
            self._hidden.append(tag)
        self._attribute_text(tag, attributes)

    def _attribute_text(self, tag: str, attributes: dict[str, str | None]) -> None:
        for name in ("alt", "value", "placeholder"):
            value = attributes.get(name)
            if value and (name == "alt" or tag in ("input", "button")):
                self._flow.add(("" if self._flow.at_line_start else " ") + value)
                self._space = True

    def _end(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in ("pre", "textarea"):
            self._pre = max(self._pre - 1, 0)
        if self._hidden and tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                continue
        self._break(tag, start=False)

    def _break(self, tag: str, *, start: bool) -> None:
        if tag == "br":
            if start:
                self._flow.add("\n")
            self._space = False
        elif tag in ("td", "th"):
            if start and not self._flow.at_line_start:
                self._flow.add("\t")
            self._space = False
        elif tag in _BLOCKS:
            self._flow.newline()
            if tag in _PARAGRAPHS and not start and not self._flow.empty:
                self._flow.add("\n")
            self._space = False

    def link(self, href: str) -> None:
        self._flow.add(f" <{href}>", "link")


def into_flow(html: str, flow: Flow) -> str:
    """Writes the text of an HTML document into a flow; returns its title."""
    writer = _Writer(flow)
    links: list[str] = []
    for event in events(html):
        writer.take(event)
        if event.value == "a":
            _link(writer, event, links)
    return " ".join("".join(writer.title).split())


def _link(writer: _Writer, event: Event, links: list[str]) -> None:
    """After a link's text, where it leads, unless that is a place on the same page or a script."""
    if event.kind == "start":
        href = (event.attributes.get("href") or "").strip()
        shown = href and not href.startswith("#") and not href.lower().startswith("javascript:")
        links.append(href[:2_000] if shown else "")
    elif event.kind == "end" and links and (href := links.pop()):
        writer.link(href)


def html_text(html: str) -> str:
    """The visible text only, to compare with a plain-text twin."""
    said: list[str] = []
    inside = ""
    for event in events(html):
        if event.kind == "text" and not inside:
            said.append(event.value)
        elif event.kind == "start" and event.value in ("style", "script"):
            inside = inside or event.value
        elif event.kind == "end" and event.value == inside:
            inside = ""
    return " ".join(said)
