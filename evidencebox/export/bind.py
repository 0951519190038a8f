"""PDFs of ours one behind the other, written object by object: a binding holds none of them.

pikepdf copies every picture into memory that goes from one file to another. Here each part is read
while it is written, so that a book may have any number of sheets. Only our own files come here,
with a page tree and no names, forms or scripts; what no page leads to stays behind.

Follows PDF/A-2b, and declares it: colours with a profile, metadata in XMP, the version, an ID.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name, Pdf
from PIL import ImageCms

from evidencebox.export.shelf import Writes

_CATALOG, _TREE = 1, 2
_REFERENCE: Final = re.compile(
    rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]+>|(?<![^\s\[])(\d+) 0 R\b", re.DOTALL
)
"""Strings as qpdf writes them, which are passed over, and references."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: a title, the number of the page's object, and those below it."""

    title: str
    page: int
    below: Sequence[Mark] = field(default=())


class Binding:
    """One PDF in the making: `add` its parts, then `finish` it.

    Pages are known by the numbers of their objects. What was added last may stand first.
    """

    def __init__(self, into: Writes) -> None:
        self._into = into
        self._digest = hashlib.sha256()
        self._at = 0
        self._offsets: dict[int, int] = {}
        self._last = _TREE
        self._trees: list[tuple[int, int]] = []
        self._write(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")

    def add(self, part: Pdf, more: Mapping[int, bytes] | None = None) -> list[int]:
        """Writes the pages of a part. Returns their numbers.

        `more`: what else stands in a page's dictionary, by its place from 0.
        """
        tree, numbers = part.Root.Pages, dict[int, int]()
        number = self._number(numbers, tree.objgen[0])
        pages = [self._number(numbers, page.obj.objgen[0]) for page in part.pages]
        extra = {pages[place]: words for place, words in (more or {}).items()}
        extra[number] = b"/Parent %d 0 R" % _TREE
        self._copy(part, numbers, extra)
        self._trees.append((number, len(pages)))
        return pages

    def object(self, words: bytes, number: int | None = None) -> int:
        """Writes one object of its own; `number` where it was reserved. Returns its number."""
        known = self.reserve() if number is None else number
        self._offsets[known] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (known, words))
        return known

    def reserve(self) -> int:
        """The number of an object that comes later."""
        self._last += 1
        return self._last

    def finish(self, *, last_first: bool = False, marks: Sequence[Mark] = ()) -> None:
        """Page tree, catalogue, cross references. `last_first`: the last part stands first."""
        trees = [self._trees[-1], *self._trees[:-1]] if last_first else self._trees
        kids = b" ".join(b"%d 0 R" % number for number, _ in trees)
        count = sum(count for _, count in trees)
        self.object(b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (count, kids), _TREE)
        said = b"<< /Type /Catalog /Pages %d 0 R %s" % (_TREE, self._declared())
        if marks:
            outline = self.reserve()
            self._outline(outline, b"/Type /Outlines", marks)
            said += b" /Outlines %d 0 R /PageMode /UseOutlines" % outline
        self.object(said + b" >>", _CATALOG)
        self._cross_references()

    # --- what a part brings along

    def _number(self, numbers: dict[int, int], old: int) -> int:
        if old not in numbers:
            numbers[old] = self.reserve()
        return numbers[old]

    def _copy(self, part: Pdf, numbers: dict[int, int], extra: Mapping[int, bytes]) -> None:
        """Writes what has a number, and all that it leads to."""
        done = 0
        while done < len(numbers):
            for old in list(numbers)[done:]:
                done += 1
                self._copied(part.get_object(old, 0), numbers, extra.get(numbers[old], b""), old)

    def _copied(self, found: Any, numbers: dict[int, int], extra: bytes, old: int) -> None:
        if isinstance(found, pikepdf.Stream):
            data = found.read_raw_bytes()
            head = Dictionary(dict(found.stream_dict.items()))
            head.Length = len(data)
            words = self._renumbered(head, numbers) + b"\nstream\n" + data + b"\nendstream"
        else:
            words = self._renumbered(found, numbers)
            if extra:
                words = words.removesuffix(b">>") + extra + b" >>"
        self.object(words, numbers[old])

    def _renumbered(self, found: Any, numbers: dict[int, int]) -> bytes:
        def put(match: re.Match[bytes]) -> bytes:
            old = match.group(1)
            return b"%d 0 R" % self._number(numbers, int(old)) if old else match.group()

        return _REFERENCE.sub(put, found.unparse(resolved=True))

    # --- the file's own

    def _declared(self) -> bytes:
        """What PDF/A asks of the catalogue."""
        said, numbers = _declaration(), dict[int, int]()
        names = ("OutputIntents", "Metadata")
        held = [self._number(numbers, said.Root[f"/{name}"].objgen[0]) for name in names]
        self._copy(said, numbers, {})
        return b" ".join(b"/%s %d 0 R" % (n.encode(), k) for n, k in zip(names, held, strict=True))

    def _outline(self, above: int, head: bytes, marks: Sequence[Mark]) -> None:
        """A bookmark, or the root of all, and those below it."""
        own = [self.reserve() for _ in marks]
        ends = b"/First %d 0 R /Last %d 0 R /Count %d" % (own[0], own[-1], len(own))
        self.object(b"<< " + head + b" " + ends + b" >>", above)
        for place, mark in enumerate(marks):
            title = mark.title.encode("utf-16-be", "replace").hex().encode()
            said = b"/Title <feff%s> /Parent %d 0 R" % (title, above)
            said += b" /Dest [ %d 0 R /Fit ]" % mark.page
            said += b" /Prev %d 0 R" % own[place - 1] if place else b""
            said += b" /Next %d 0 R" % own[place + 1] if place + 1 < len(own) else b""
            if mark.below:
                self._outline(own[place], said, mark.below)
            else:
                self.object(b"<< " + said + b" >>", own[place])

    def _cross_references(self) -> None:
        start, count = self._at, self._last + 1
        name = self._digest.hexdigest()[:32].encode()
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            self._write(b"%010d 00000 n \n" % self._offsets[number])
        trailer = b"trailer\n<< /Size %d /Root %d 0 R /ID [ <%s> <%s> ] >>\n"
        self._write(trailer % (count, _CATALOG, name, name))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._at += len(data)
        self._into.write(data)


@lru_cache(maxsize=1)
def _colours() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Bytes 24 to 35 are the moment at which it was made: always the same here.
    return profile[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + profile[36:]


def _declaration() -> Pdf:
    """A PDF of no pages whose catalogue says what the file claims to be."""
    made = Pdf.new()
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        DestOutputProfile=made.make_stream(_colours(), N=3),
    )
    made.Root.OutputIntents = made.make_indirect(pikepdf.Array([made.make_indirect(intent)]))
    with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
    return made
