"""OpenDocument and StarOffice 6: texts, sheets, slides, drawings; as ZIP or as one flat XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.parsers import expat

from evidencebox.extract.budget import Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import Unlocked, protected
from evidencebox.extract.odfbody import OdfBody
from evidencebox.extract.odfcrypt import CONTENT, Lock, UnknownCipherError, inflated, locks
from evidencebox.extract.odfmeta import OdfMeta
from evidencebox.extract.odfnames import prefixed
from evidencebox.extract.opc import Package, RefusedError, local
from evidencebox.extract.zipparts import BROKEN
from evidencebox.model.documents import Status

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_WHOLE: Final = "encrypted-package"
_MODES: Final = {"odt": "text", "ods": "sheet", "odp": "slides"}
_BREAKS: Final = (b"soft-page-break", b'break-before="page"')
_OBJECT: Final = re.compile(r"(.+)/content\.xml", re.I)
_NOT_CHILDREN: Final = ("thumbnails/", "configurations2/", "objectreplacements/", "meta-inf/")
_NOT_CHILD: Final = ("mimetype", "manifest.rdf", "layout-cache")
_INDEXES: Final = ("script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml")
_CHUNK: Final = 1 << 16
_MAX_FLAT: Final = 200 << 20


class OdfPackage(Package):
    """Parts with the namespace's prefix in their elements' names."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._locks: dict[str, Lock] = {}
        self._password = ""

    def unlock(self, locks: dict[str, Lock], password: str) -> None:
        """Has the locked parts come in plain text from here on."""
        self._locks, self._password = locks, password

    def stored(self, name: str) -> bytes:
        """A part as it lies in the package: what is enciphered cannot be packed as well."""
        most, found = self.names[name].packed or self.job.size, bytearray()
        for piece in super().pieces(name):
            found += piece
            if len(found) > most:
                raise ValueError("an enciphered part that is packed")
        return bytes(found)

    def pieces(self, name: str) -> Iterator[bytes]:
        lock = self._locks.get(name)
        if lock is None:
            yield from super().pieces(name)
            return
        try:
            plain = lock.plain(self._password, self.stored(name))
        except UnknownCipherError:
            plain = None
        self.job.beat()
        if plain is None:
            raise ValueError("a part that is enciphered otherwise than the content")
        yield from inflated(plain)

    def whole(self, name: str) -> bytes:
        """A part's bytes at once, inside the limits. Raises Stop."""
        try:
            return b"".join(self._chunks(name, 1 << 62))
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error

    def doctype(self, name: str, system: str | None, public: str | None, inside: int) -> None:
        """StarOffice named a document type; what it would define inside is refused."""
        if inside:
            raise RefusedError("it declares entities")

    def read_part(self, part: str, handlers: OdfBody | OdfMeta) -> None:
        """Streams one part, if it is there."""
        if self.find(part):
            self.parse(part, handlers.start, handlers.end, handlers.text, element=prefixed)

    def children(self) -> None:
        """Pictures, objects, macros: all but what only describes the document."""
        for name in self.names:
            low = name.lower()
            macro = low.startswith(("basic/", "scripts/")) and not low.endswith(_INDEXES)
            described = low.startswith(_NOT_CHILDREN) or low.endswith(_NOT_CHILD)
            if described or "/configurations2/" in low or (low.endswith(".xml") and not macro):
                continue
            if low.endswith((".rdf", "/")) or not self.job.may_have_children():
                continue
            self._child(name)


def read(job: Job) -> None:
    """The body on its pages; headers, notes, comments after it; then embedded documents."""
    job.source.seek(0)
    if job.source.read(2) == b"PK":
        _package(job)
    else:
        _flat(job)


def _package(job: Job) -> None:
    package = OdfPackage(job)
    _open_locked(package)
    body = OdfBody(job, _mode(job), paged=package.contains(_CONTENT, *_BREAKS))
    body.slide_word = "slide" if job.kind.key == "odp" else "page"
    package.read_part("styles.xml", body)
    if not package.find(_CONTENT):
        job.gap("broken_part", "The document's main part is missing.")
    package.read_part(_CONTENT, body)
    body.close()
    for name in sorted(package.names):
        if found := _OBJECT.fullmatch(name):
            inner = OdfBody(job, "text", f"embedded {found.group(1)}")
            package.read_part(name, inner)
            inner.close()
    meta = OdfMeta(job)
    package.read_part("meta.xml", meta)
    meta.close()
    package.children()


def _mode(job: Job) -> str:
    return _MODES.get(job.kind.key, "slides")


def _open_locked(package: OdfPackage) -> None:
    """Unlocks what is locked. Ends here if the content needs a password that nobody knows."""
    locked: dict[str, Lock] = {}
    if package.find(_MANIFEST):
        locked = locks(lambda start: package.parse(_MANIFEST, start))
    locked = {name: lock for name, lock in locked.items() if name in package.names}
    if not locked:
        return
    proof = next((name for name in CONTENT if name in locked), min(locked))
    keys = package.job.keys
    try:
        password = keys.find(lambda password: _fitting(package, locked[proof], proof, password))
    except UnknownCipherError:
        raise Stop(Status.ENCRYPTED, "The document is encrypted in an unknown way.") from None
    if password is not None:
        package.unlock(locked, password)
        if proof == _WHOLE:
            raise Unlocked(package.whole(proof))
    elif proof in CONTENT:
        raise Stop(Status.ENCRYPTED, protected("The document", keys))
    else:
        package.job.gap("encrypted_part", protected("A part of the document", keys))


def _fitting(package: OdfPackage, lock: Lock, name: str, password: str) -> str | None:
    try:
        return None if lock.plain(password, package.stored(name)) is None else password
    except BROKEN:
        return None


class _Flat:
    """Sends the events of a flat document to its metadata or to its body."""

    def __init__(self, body: OdfBody, meta: OdfMeta) -> None:
        self._body = body
        self._meta = meta
        self._now: OdfBody | OdfMeta = body

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = prefixed(tag)
        if name == "office:meta":
            self._now = self._meta
        self._now.start(name, {local(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        name = prefixed(tag)
        self._now.end(name)
        if name == "office:meta":
            self._now = self._body

    def text(self, data: str) -> None:
        self._now.text(data)


def _flat(job: Job) -> None:
    job.unbound_pages()
    paged = _holds(job, *_BREAKS)
    body = OdfBody(job, _mode(job), paged=paged)
    body.slide_word = "slide" if job.kind.key == "odp" else "page"
    meta = OdfMeta(job)
    events = _Flat(body, meta)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    parser.CharacterDataHandler = events.text
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        _feed(job, parser.Parse)
    except (expat.ExpatError, LookupError, ValueError):  # the last two: unknown encodings
        job.gap("broken_part", "The document is damaged; what comes before was read.")
    except RefusedError as error:
        job.gap("refused", f"The document was refused: {error}.")
    body.close()
    meta.close()


def _no_doctype(*_: object) -> None:
    raise RefusedError("it declares a document type")


def _feed(job: Job, parse: Callable[[bytes, bool], object]) -> None:
    job.source.seek(0)
    total = 0
    while chunk := job.source.read(_CHUNK):
        total += len(chunk)
        if total > _MAX_FLAT:
            raise RefusedError(f"it is longer than {_MAX_FLAT >> 20} MiB")
        parse(chunk, False)
        job.beat()
    parse(b"", True)


def _holds(job: Job, *marks: bytes) -> bool:
    job.source.seek(0)
    tail = b""
    while chunk := job.source.read(1 << 20):
        if any(mark in tail + chunk for mark in marks):
            return True
        tail = chunk[-64:]
        job.beat()
    return False
