"""The answer key: what each page of each item says about whom, written down as it is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO


@dataclass(slots=True)
class PageTruth:
    """One page's truths.

    `mentions`: badge → the forms written. `elements`: (element, badge) → the values written.
    `others`: truths about people and traps that are not on the roster, as ready lines.
    """

    mentions: dict[str, list[str]] = field(default_factory=dict)
    elements: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    others: list[dict[str, str]] = field(default_factory=list)

    def mention(self, badge: str, form: str) -> None:
        _once(self.mentions.setdefault(badge, []), form)

    def element(self, element: str, badge: str, value: str) -> None:
        _once(self.elements.setdefault((element, badge), []), value)

    def other(self, kind: str, **values: str) -> None:
        line = {"kind": kind, **values}
        if line not in self.others:
            self.others.append(line)

    def merge(self, other: PageTruth) -> None:
        """Takes over what a quoted text says."""
        for badge, forms in other.mentions.items():
            for form in forms:
                self.mention(badge, form)
        for (element, badge), values in other.elements.items():
            for value in values:
                self.element(element, badge, value)
        self.others.extend(line for line in other.others if line not in self.others)


def _once(values: list[str], value: str) -> None:
    if value not in values:
        values.append(value)


@dataclass(slots=True)
class Item:
    """One item's bytes, the truths of its pages in order, and the items inside it.

    `name` is its last path part; `images` says that its pages hold no text, only pixels;
    `broken` says why nothing can be expected of it, and then it has no truths.
    """

    name: str
    data: bytes
    when: datetime
    pages: list[PageTruth] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    images: bool = False
    broken: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def family(self) -> Iterator[Item]:
        """This item and everything inside it."""
        yield self
        for child in self.children:
            yield from child.family()


class AnswerKey:
    """Writes `answers.jsonl`, once for each document however often its bytes occur."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._seen: set[str] = set()
        self.counts: dict[str, int] = {}

    @property
    def documents(self) -> int:
        return len(self._seen)

    def add(self, item: Item) -> None:
        """Writes the truths of an item and of all items inside it."""
        for member in item.family():
            sha256 = member.sha256
            if sha256 in self._seen:
                continue
            self._seen.add(sha256)
            for line in _lines(member, sha256):
                kind = str(line["kind"])
                self.counts[kind] = self.counts.get(kind, 0) + 1
                self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _lines(item: Item, sha256: str) -> Iterator[dict[str, object]]:
    if item.broken:
        yield {"kind": "broken", "sha256": sha256, "name": item.name, "reason": item.broken}
        return
    for number, page in enumerate(item.pages, start=1):
        place: dict[str, object] = {"sha256": sha256, "page": number}
        tail: dict[str, object] = {"ocr": True} if item.images else {}
        for badge, forms in page.mentions.items():
            yield {"kind": "mention", **place, "badge": badge, **tail, "forms": forms}
        for (element, badge), values in page.elements.items():
            yield {
                "kind": "element", **place, "element": element, "badge": badge, **tail,
                "values": values,
            }  # fmt: skip
        for line in page.others:
            yield {"kind": line["kind"], **place, **line, **tail}
