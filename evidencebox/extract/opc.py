"""Office packages, a ZIP of XML parts: DTDs are refused, sizes bounded, a fault costs one part."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat

from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.zipparts import BROKEN, Parts
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

MAX_XML: Final = 200 << 20
_CORE: Final = {
    "title": "title", "creator": "author", "lastModifiedBy": "last_author", "created": "created",
    "modified": "modified", "subject": "doc_subject", "description": "description",
    "keywords": "keywords", "category": "category", "lastPrinted": "printed",
    "Company": "company", "Manager": "manager", "Application": "application",
    "Template": "template",
}  # fmt: skip
_NOT_EMBEDDED: Final = (".xml", ".rels", ".vml", ".odttf", ".fntdata", "/")
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class RefusedError(Exception):
    """The part holds what is never read: a document type with its entities, or too many bytes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another (`target` is a part's name) or to the outside."""

    id: str
    kind: str
    target: str
    external: bool


def local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


def skip_text(_: str) -> None:
    """For parts whose text does not matter."""


def skip_end(_: str) -> None:
    """For parts whose end tags do not matter."""


class Package:
    """The parts of one document."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._parts = Parts(job.source)
        self.names = {member.name: member for member in self._parts.members()}
        if not self.names:
            raise Stop(Status.FAILED, "The document's container is broken.")
        if not self._parts.whole:
            job.gap("broken_archive", "The document's container is damaged; its parts were sought.")
        self._folded = {name.lower(): name for name in self.names}
        self._budget = Budget(job, job.size)

    def find(self, name: str) -> str:
        """The part of that name, whatever its case; '' if there is none."""
        return self._folded.get(name.lstrip("/").lower(), "")

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's bytes, by the name that it has in the package."""
        return self._parts.pieces(name)

    def parse(
        self,
        name: str,
        start: Start,
        end: End = skip_end,
        text: Text = skip_text,
        attribute: Callable[[str], str] = local,
        element: Callable[[str], str] = local,
    ) -> bool:
        """Streams one XML part through the handlers. False if it broke off.

        Names are local ones, unless `attribute` and `element` make others of `namespace}local`,
        for parts where two differ only in their namespace.
        """
        found = self.find(name)
        if not found:
            return False
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(
            element(tag), {attribute(key): value for key, value in attributes.items()}
        )
        parser.EndElementHandler = lambda tag: end(element(tag))
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self.doctype
        try:
            for chunk in self._chunks(found, MAX_XML):
                parser.Parse(chunk, False)
                self.job.beat()
            parser.Parse(b"", True)
        except (*BROKEN, expat.ExpatError, LookupError):  # the last: an encoding nobody knows
            self.job.gap("broken_part", "A part of the document is damaged; the rest was read.")
            return False
        except RefusedError as error:
            self.job.gap("refused", f"A part of the document was refused: {error}.")
            return False
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error
        return True

    def doctype(self, name: str, system: str | None, public: str | None, inside: int) -> None:
        """Refuses any document type; formats that were born with one override this."""
        raise RefusedError("it declares a document type")

    def _chunks(self, name: str, most: int) -> Iterator[bytes]:
        member = self.names[name]
        if member.locked:
            raise Stop(Status.ENCRYPTED, "The document's container is locked with a password.")
        self._budget.open_member(member.packed or self.job.size)
        total = 0
        for chunk in self.pieces(name):
            total += len(chunk)
            self._budget.charge(len(chunk))
            if total > most:
                raise RefusedError(f"it is longer than {most >> 20} MiB")
            yield chunk

    def contains(self, name: str, *marks: bytes) -> bool:
        """Whether a part holds any of these bytes."""
        found = self.find(name)
        tail = b""
        total = 0
        try:
            for chunk in self.pieces(found) if found else ():
                if any(mark in tail + chunk for mark in marks):
                    return True
                tail = chunk[-64:]
                total += len(chunk)
                if total > MAX_XML:
                    return False
        except BROKEN:
            return False
        return False

    def relations(self, part: str) -> list[Relation]:
        """What a part ('' is the package) refers to."""
        folder, base = posixpath.split(part)
        found: list[Relation] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag != "Relationship":
                return
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode") == "External"
            if not external:
                joined = target if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(unquote(joined)).lstrip("/")
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relation(attributes.get("Id", ""), kind, target, external))

        self.parse(posixpath.join(folder, "_rels", f"{base}.rels"), start)
        return found

    def main(self, otherwise: str) -> str:
        """The main part's name."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and self.find(relation.target):
                return relation.target
        return otherwise

    def properties(self) -> None:
        """Title, author, dates and the like, as metadata."""
        found: dict[str, str] = {}
        for part in ("docProps/core.xml", "docProps/app.xml"):
            self._simple(part, found)
        for name, key in _CORE.items():
            self.job.meta(key, found.get(name, ""))
        date = found.get("modified", "").strip() or found.get("created", "")
        self.job.meta("date", date)
        self._custom()

    def _simple(self, part: str, found: dict[str, str]) -> None:
        open_: list[str] = []

        def text(data: str) -> None:
            if open_ and open_[-1] in _CORE and len(found.get(open_[-1], "")) < 65_536:
                found[open_[-1]] = found.get(open_[-1], "") + data

        self.parse(part, lambda tag, _: open_.append(tag), lambda _: (open_.pop(), None)[1], text)

    def _custom(self) -> None:
        names: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "property":
                names.append(attributes.get("name", ""))

        def text(data: str) -> None:
            if names and data.strip():
                self.job.meta("property", f"{names[-1]}: {data.strip()}")

        self.parse("docProps/custom.xml", start, text=text)

    def embedded(self, extra: tuple[str, ...] = ()) -> None:
        """Pictures and embedded objects as children, with the names they have inside."""
        for name in self.names:
            low = name.lower()
            plain = low.endswith(_NOT_EMBEDDED) or "thumbnail" in low or "printersettings" in low
            if plain and name not in extra:
                continue
            if not self.job.may_have_children():
                return
            self._child(name)

    def _child(self, name: str) -> None:
        head = ChildHead(posixpath.basename(name), "embedded", "", name)
        try:
            chunks = self._chunks(name, 1 << 62)
            first = next(chunks, b"")
            with self.job.child(head) as writer:
                writer.write(first)
                for chunk in chunks:
                    writer.write(chunk)
        except BROKEN:
            self.job.gap("broken_part", "An embedded object or picture is damaged.")
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error


def plain_texts(package: Package, part: str, flow: Flow, tags: tuple[str, ...]) -> None:
    """The text in these tags, a line a paragraph; with no tags, the `v` attributes."""
    inside = [0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in tags:
            inside[0] += 1
        elif not tags and (value := attributes.get("v") or attributes.get("name", "")):
            flow.add(value + "\n", "hidden")
        elif tag == "cNvPr" and (described := attributes.get("descr", "")):
            flow.add(described + "\n")

    def end(tag: str) -> None:
        if tag in tags:
            inside[0] -= 1
        if tag in ("p", "v"):
            flow.newline()

    package.parse(part, start, end, lambda data: flow.add(data) if inside[0] else None)
    flow.newline()
