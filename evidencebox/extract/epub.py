"""Books (EPUB): the parts of the spine in their order, then what stands in no order."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from evidencebox.extract import decode
from evidencebox.extract.budget import Overflow
from evidencebox.extract.flow import Flow
from evidencebox.extract.htmltext import declared_charset, into_flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.opc import Package, RefusedError
from evidencebox.extract.zipparts import BROKEN
from evidencebox.model.documents import Status

_MAX_PART: Final = 64 << 20
_PAGES: Final = (".xhtml", ".html", ".htm", ".xml", ".xht")
_NOT_CHILDREN: Final = (
    *(".css", ".ncx", ".opf", ".otf", ".ttf", ".woff", ".woff2", ".js", ".smil", ".pls", "/"),
    *_PAGES,
)
_KEYS: Final = {
    "title": "title", "creator": "author", "date": "date", "language": "stated_language",
    "publisher": "publisher", "description": "description", "subject": "keywords",
    "identifier": "identifier", "contributor": "contributor", "rights": "rights",
}  # fmt: skip


@dataclass
class _Book:
    """What the package document says."""

    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    metadata: list[tuple[str, str]] = field(default_factory=list)


class EpubPackage(Package):
    """A package whose parts may name a document type, which XHTML is born with."""

    def doctype(self, name: str, system: str | None, public: str | None, inside: int) -> None:
        if inside:
            raise RefusedError("it declares entities")

    def whole(self, name: str) -> bytes:
        """A part's bytes as far as they go."""
        pieces: list[bytes] = []
        try:
            pieces.extend(self._chunks(name, _MAX_PART))
        except (*BROKEN, RefusedError):
            self.job.gap("broken_part", "A part of the book is damaged; the rest was read.")
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error
        return b"".join(pieces)

    def children(self) -> None:
        """Pictures and whatever else is not text, style or type."""
        for name in self.names:
            low = name.lower()
            if low.endswith(_NOT_CHILDREN) or low == "mimetype" or low.startswith("meta-inf/"):
                continue
            if not self.job.may_have_children():
                return
            self._child(name)


def read(job: Job) -> None:
    """Every part of the book on pages of its own; its metadata; its pictures as children."""
    package = EpubPackage(job)
    locked = _locked(package)
    book = _book(package)
    parts = [name for name in dict.fromkeys(book.spine) if package.find(name)]
    if parts and all(package.find(name) in locked for name in parts):
        raise Stop(Status.ENCRYPTED, "The book is encrypted.")
    if not parts:
        job.gap("broken_part", "The book does not say what its parts are; they were sought.")
    for number, name in enumerate(parts, 1):
        _part(job, package, name, f"part {number}", locked)
    shown = {package.find(name) for name in parts}
    rest = [name for name in sorted(package.names) if _is_page(name, book) and name not in shown]
    for name in rest:
        _part(job, package, name, f"outside the order: {posixpath.basename(name)}", locked)
    for key, value in book.metadata:
        job.meta(key, value)
    package.children()


def _is_page(name: str, book: _Book) -> bool:
    if name.lower().startswith("meta-inf/"):
        return False
    types = {part: media for part, media in book.items.values()}
    return "html" in types.get(name, "") or name.lower().endswith(_PAGES[:3])


def _part(job: Job, package: EpubPackage, name: str, label: str, locked: set[str]) -> None:
    found = package.find(name)
    if found in locked:
        job.gap("encrypted_part", "A part of the book is encrypted.")
        return
    data = package.whole(found)
    encoding = decode.of_bytes(data, declared_charset(data))
    flow = Flow(job, label)
    into_flow(decode.text_of(data, encoding.codec), flow)
    flow.close()


def _locked(package: EpubPackage) -> set[str]:
    """The parts that are encrypted; fonts mostly."""
    names: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "CipherReference":
            names.add(package.find(unquote(attributes.get("URI", ""))))

    if package.find("META-INF/encryption.xml"):
        package.parse("META-INF/encryption.xml", start)
    return names - {""}


def _book(package: EpubPackage) -> _Book:
    """The package document: metadata, manifest, and the spine as names of parts."""
    roots: list[str] = []

    def root(tag: str, attributes: dict[str, str]) -> None:
        if tag == "rootfile":
            roots.append(attributes.get("full-path", ""))

    book = _Book()
    if package.find("META-INF/container.xml"):
        package.parse("META-INF/container.xml", root)
    else:
        roots = [name for name in package.names if name.lower().endswith(".opf")]
    for name in roots[:8]:
        if package.find(name):
            _Opf(book, posixpath.dirname(name)).read(package, name)
    return book


class _Opf:
    """Handlers for one package document."""

    def __init__(self, book: _Book, folder: str) -> None:
        self._book = book
        self._folder = folder
        self._key = ""
        self._pieces: list[str] = []

    def read(self, package: EpubPackage, name: str) -> None:
        package.parse(name, self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "item":
            href = unquote(attributes.get("href", ""))
            part = posixpath.normpath(posixpath.join(self._folder, href))
            self._book.items[attributes.get("id", "")] = (part, attributes.get("media-type", ""))
        elif tag == "itemref":
            part, _ = self._book.items.get(attributes.get("idref", ""), ("", ""))
            self._book.spine += [part] if part else []
        self._key, self._pieces = _KEYS.get(tag, ""), []

    def _text(self, data: str) -> None:
        if self._key:
            self._pieces.append(data)

    def _end(self, _: str) -> None:
        if value := " ".join("".join(self._pieces).split()):
            self._book.metadata.append((self._key, value))
        self._key, self._pieces = "", []
