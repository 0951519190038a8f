"""A flat HTML tokeniser: linear in the length of anything, blind to structure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_NAME: Final = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
_ATTRIBUTE: Final = re.compile(
    r"(href|alt|style|hidden|value|placeholder)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?",
    re.I,
)
_RAW: Final = ("script", "style")


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is start, end, text or comment; `value` the tag (lower case) or the text."""

    kind: str
    value: str
    attributes: dict[str, str | None] = field(default_factory=dict)


def flat_events(text: str) -> Iterator[Event]:
    """The events of a text, whatever its nesting; unclosed constructs end with the text."""
    low = text.lower()
    at = 0
    while at < len(text):
        opened = text.find("<", at)
        if opened < 0:
            opened = len(text)
        if opened > at:
            yield Event("text", html.unescape(text[at:opened]))
        if opened == len(text):
            return
        at, found = _markup(text, low, opened)
        yield from found


def _markup(text: str, low: str, at: int) -> tuple[int, list[Event]]:
    """One construct at a `<`: where it ends, and its events."""
    if text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        stop = len(text) if end < 0 else end
        return min(stop + 3, len(text)), [Event("comment", text[at + 4 : stop])]
    name = _NAME.match(text, at + 1)
    if name is None and text[at + 1 : at + 2] not in ("!", "?"):
        return at + 1, [Event("text", "<")]
    end = text.find(">", at) + 1
    if not end:
        return len(text), [Event("text", text[at:])]
    if name is None:
        return end, []
    tag = name.group(1).lower()
    if text[at + 1] == "/":
        return end, [Event("end", tag)]
    events = [Event("start", tag, _attributes(text[name.end() : end]))]
    if tag in _RAW:
        close = low.find(f"</{tag}", end)
        return (len(text) if close < 0 else close), events
    return end, events


def _attributes(inside: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside[:16_384]):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found
