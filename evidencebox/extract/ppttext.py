"""The words of old presentations: in shapes, in the outline, in comments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from evidencebox.extract.oleart import Record, kids, records, words
from evidencebox.extract.pptrecords import (
    ACTION,
    ACTION_ATOM,
    COMMENT,
    COMMENT_ATOM,
    NARROW_TEXT,
    OUTLINE_REF,
    PERSIST_ATOM,
    PLACEHOLDER,
    TAG,
    TAG_DATA,
    TAGS,
    TEXT_HEAD,
    WIDE_TEXT,
    first,
    inner,
    number,
    strings,
)

_SHAPE: Final = 0xF004
_OPTIONS: Final = 0xF00B
_TITLES: Final = (0, 6)
_FLAGS: Final = 0x03BF


@dataclass(slots=True)
class Block:
    """One text: is it a title, its words, what it links to."""

    title: bool = False
    text: str = ""
    links: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Shape:
    """One shape: its placeholder's kind (-1 for none), its texts, where others stand."""

    holder: int = -1
    hidden: bool = False
    blocks: list[Block] = field(default_factory=list)
    outline: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def text_of(record: Record) -> str:
    """The words of a text record, with line ends as everywhere."""
    if record.kind == WIDE_TEXT:
        size = (record.end - record.start) // 2 * 2
        text = record.body[:size].decode("utf-16-le", "replace")
    else:
        text = record.body.decode("latin-1")
    return text.replace("\r", "\n").replace("\x0b", "\n")


def shapes(drawing: Record) -> Iterator[Shape]:
    """The shapes of a slide, in the order they were drawn."""
    for record in inner(drawing, _SHAPE):
        if record.kind == _SHAPE:
            yield _shape(record)


def _shape(record: Record) -> Shape:
    found = Shape()
    block = Block()
    for each in inner(record):
        if each.kind == PLACEHOLDER:
            found.holder = number(each, 4, "<B")
        elif each.kind == _OPTIONS:
            found.hidden = found.hidden or _hidden(each)
        elif each.kind == TEXT_HEAD:
            block = Block(number(each, 0) in _TITLES)
            found.blocks.append(block)
        elif each.kind in (WIDE_TEXT, NARROW_TEXT):
            if not found.blocks:
                found.blocks.append(block)
            block.text += text_of(each)
        elif each.kind == OUTLINE_REF:
            found.outline.append(number(each, 0))
        elif each.kind == ACTION:
            block.links.append(number(first(each, ACTION_ATOM), 4))
            if not found.blocks:
                found.blocks.append(block)
    found.said = [text for _, text in words(record.data, record.start, record.end)]
    return found


def _hidden(options: Record) -> bool:
    for at in range(options.start, options.start + 6 * options.instance, 6):
        if at + 6 > options.end:
            break
        what, value = struct.unpack_from("<HI", options.data, at)
        if what & 0x3FFF == _FLAGS:
            return bool(value & 0x20002 == 0x20002)
    return False


def outline(listed: Record) -> Iterator[tuple[Record, list[Block]]]:
    """Each slide that a list names, with the texts that stand in the list itself."""
    entry: Record | None = None
    blocks: list[Block] = []
    for record in kids(listed):
        if record.kind == PERSIST_ATOM:
            if entry:
                yield entry, blocks
            entry, blocks = record, []
        elif record.kind == TEXT_HEAD:
            blocks.append(Block(number(record, 0) in _TITLES))
        elif record.kind in (WIDE_TEXT, NARROW_TEXT) and blocks:
            blocks[-1].text += text_of(record)
        elif record.kind == ACTION and blocks:
            blocks[-1].links.append(number(first(record, ACTION_ATOM), 4))
    if entry:
        yield entry, blocks


def comments(slide: Record) -> Iterator[str]:
    """The comments of a slide: author, time, words."""
    for tags in kids(slide):
        if tags.kind != TAGS:
            continue
        for tag in (kid for kid in kids(tags) if kid.kind == TAG):
            data = first(tag, TAG_DATA)
            for each in records(data.data, data.start, data.end) if data else ():
                if each.kind == COMMENT:
                    yield _comment(each)


def _comment(record: Record) -> str:
    said = strings(record)
    atom = first(record, COMMENT_ATOM)
    when = ""
    if atom and atom.end - atom.start >= 20:
        year, month, _, day, hour, minute, second = struct.unpack_from(
            "<7H", atom.data, atom.start + 4
        )
        when = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    who = " ".join(filter(None, [said.get(0) or said.get(2, ""), when]))
    return f"{who}: {said.get(1, '')}".replace("\r", "\n")
