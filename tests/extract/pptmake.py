"""Presentations of PowerPoint 97 to 2003 made by hand, record by record."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from evidencebox.extract.ole import Tree
from evidencebox.extract.olewrite import container


def atom(kind: int, body: bytes = b"", instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(body)) + body


def holder(kind: int, *inner: bytes, instance: int = 0) -> bytes:
    body = b"".join(inner)
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(body)) + body


def said(text: str, instance: int = 0) -> bytes:
    return atom(4026, text.encode("utf-16-le"), instance)


def text(words: str, kind: int = 4) -> bytes:
    """One text; what fits in eight bits is written so."""
    head = atom(3999, struct.pack("<I", kind))
    if all(ord(char) < 256 for char in words):
        return head + atom(4008, words.encode("latin-1"))
    return head + atom(4000, words.encode("utf-16-le"))


def options(*pairs: tuple[int, int | str]) -> bytes:
    """A shape's properties; words are kept after the table."""
    table = extra = b""
    for number, value in pairs:
        if isinstance(value, str):
            raw = (value + "\0").encode("utf-16-le")
            table += struct.pack("<HI", number | 0x8000, len(raw))
            extra += raw
        else:
            table += struct.pack("<HI", number, value)
    return struct.pack("<HHI", len(pairs) << 4 | 3, 0xF00B, len(table + extra)) + table + extra


def shape(*texts: bytes, placeholder: int = -1, looks: bytes = b"") -> bytes:
    data = b""
    if placeholder >= 0:
        data = holder(0xF011, atom(3011, struct.pack("<iBBH", 0, placeholder, 0, 0)))
    return holder(0xF004, looks, data, holder(0xF00D, *texts))


def drawing(*shapes: bytes) -> bytes:
    return holder(1036, holder(0xF002, holder(0xF003, *shapes)))


def slide(*inner: bytes, hidden: bool = False) -> bytes:
    info = atom(1017, struct.pack("<IIBBHI", 0, 0, 0, 0, 4, 0)) if hidden else b""
    return holder(1006, atom(1007, bytes(24)), info, *inner)


def notes(of: int, *inner: bytes) -> bytes:
    return holder(1008, atom(1009, struct.pack("<II", of, 0)), *inner)


def comment(author: str, words: str) -> bytes:
    when = struct.pack("<I8H2i", 1, 2021, 4, 2, 27, 9, 30, 15, 0, 0, 0)
    inner = holder(12000, said(author, 0), said(words, 1), said("RR", 2), atom(12001, when))
    return holder(5000, holder(5002, said("___PPT10"), atom(5003, inner)))


@dataclass
class Entry:
    """An object of the presentation and, for slides, the texts that stand in the outline."""

    record: bytes
    outline: bytes = b""


def listed(which: int, entries: list[tuple[int, int, bytes]]) -> bytes:
    """A list of slides (0), masters (1) or notes (2): (number, id, outline)."""
    inner = [atom(1011, struct.pack("<IIIII", n, 0, 0, id_, 0)) + more for n, id_, more in entries]
    return holder(4080, *inner, instance=which)


def show(
    slides: list[Entry],
    masters: list[bytes] | None = None,
    pages: list[bytes] | None = None,
    more: bytes = b"",
    objects: list[bytes] | None = None,
    old: bytes = b"",
    user: bytes = b"",
    streams: Tree | None = None,
) -> bytes:
    """A presentation. Slide n has the id 255 + n. `more` stands in the document; `objects` are
    further objects; `old` is what an earlier save left in the stream."""
    masters, pages = masters or [], pages or []
    every = [*(entry.record for entry in slides), *masters, *pages, *(objects or [])]
    first = 2
    at_masters, at_pages = first + len(slides), first + len(slides) + len(masters)
    document = holder(
        1000,
        atom(1001, bytes(40)),
        listed(1, [(at_masters + n, 1 << 31, b"") for n in range(len(masters))]),
        listed(0, [(first + n, 256 + n, entry.outline) for n, entry in enumerate(slides)]),
        listed(2, [(at_pages + n, 1, b"") for n in range(len(pages))]),
        more,
    )
    stream = old
    places = []
    for record in [document, *every]:
        places.append(len(stream))
        stream += record
    directory = len(stream)
    packed = struct.pack(f"<I{len(places)}I", len(places) << 20 | 1, *places)
    stream += atom(6002, packed)
    edit = len(stream)
    stream += atom(4085, struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, 0, directory, 1, 99, 1, 0))
    name = user or struct.pack("<II", 0x14, 0xE391C05F)
    current = atom(4086, name + struct.pack("<IHHBBH", edit, 0, 0x3F4, 3, 0, 0))
    tree: Tree = {"PowerPoint Document": stream, "Current User": current, **(streams or {})}
    return container(tree)
