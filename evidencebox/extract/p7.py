"""PKCS #7 and CMS: what was signed, stamped or packed is a child; what is enciphered is said so.

Signatures are not checked. The names in the certificates are text: they say who signed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.flow import Flow
from evidencebox.extract.headers import b64
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.kinds import ending
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_PKCS7: Final = bytes.fromhex("2a864886f70d0107")
_SMIME: Final = bytes.fromhex("2a864886f70d01091001")
_DATA, _SIGNED, _DIGESTED = _PKCS7 + b"\x01", _PKCS7 + b"\x02", _PKCS7 + b"\x05"
_COMPRESSED, _STAMPED = _SMIME + b"\x09", _SMIME + b"\x1f"
_ENCIPHERED: Final = (_PKCS7 + b"\x03", _PKCS7 + b"\x04", _PKCS7 + b"\x06", _SMIME + b"\x17")
_INTEGER: Final = 0x02
_ARMOUR: Final = re.compile(rb"\s*-----BEGIN [A-Z0-9 ]{3,30}-----\r?\n([^-]*)")
_OCTETS, _OID, _SEQUENCE, _CONTENT = 0x04, 0x06, 0x30, 0xA0
_STRINGS: Final = {0x0C: "utf-8", 0x13: "ascii", 0x14: "cp1252", 0x16: "ascii", 0x1E: "utf-16-be"}
_CHUNK: Final = 1 << 18
_MAX_DEPTH: Final = 60
_MAX_NODES: Final = 5_000_000
_MAX_NAMES: Final = 5_000
_ENDINGS: Final = ("p7m", "p7s", "p7", "p7z", "tsd")


@dataclass(frozen=True, slots=True)
class Node:
    """One element: its tag, where its content starts and ends, where the next begins."""

    tag: int
    start: int
    end: int
    next: int


class BrokenError(Exception):
    """The bytes are not the encoding they should be."""


def read(job: Job) -> None:
    """Emits the content, and the certificates' names as a page."""
    job.source.seek(0)
    tree = _Tree(_unarmoured(job.source.read()), job)
    try:
        kind, body = tree.content_info(tree.node(0, len(tree.data)))
        if kind in _ENCIPHERED:
            raise Stop(Status.ENCRYPTED, "It is enciphered for a recipient's key.")
        content = _content(tree, kind, body)
    except BrokenError as error:
        raise Stop(Status.FAILED, "Its structure is broken: nothing could be read.") from error
    names = list(dict.fromkeys(tree.names(body)))
    _page(job, names)
    if not content:
        job.warn("detached", "It holds a signature or certificates, not what was signed.")
    else:
        _child(job, tree.data, content, compressed=kind == _COMPRESSED)


def _unarmoured(data: bytes) -> bytes:
    """The bytes between `-----BEGIN PKCS7-----` and its end; all of them where it is not so."""
    found = _ARMOUR.match(data)
    return b64(found.group(1)) if found else data


def _content(tree: _Tree, kind: bytes, body: Node) -> list[Node] | None:
    """The pieces of the content, None where there is none."""
    if kind == _DATA:
        return tree.octets(body)
    parts = list(tree.kids(body))
    if kind == _STAMPED:
        held = [part for part in parts if part.tag & 0x1F == _OCTETS and part.tag < 0x80]
        return tree.octets(held[0]) if held else None
    if kind not in (_SIGNED, _DIGESTED, _COMPRESSED):
        raise Stop(Status.UNSUPPORTED, "It is of a kind that this version does not read.")
    inner = [part for part in parts if part.tag == _SEQUENCE]
    at = -1 if kind == _COMPRESSED else 0
    # an algorithm stands first in two of the three; in a signed one it is in a set
    at = 1 if kind == _DIGESTED else at
    if len(inner) <= max(at, 0):
        raise BrokenError
    wrapped = [part for part in tree.kids(inner[at]) if part.tag == _CONTENT]
    if not wrapped:
        return None
    held = list(tree.kids(wrapped[0]))
    return tree.octets(held[0]) if held else None


class _Tree:
    """The elements of some bytes, with lengths stated or open, one level at a time."""

    def __init__(self, data: bytes, job: Job) -> None:
        self.data = data
        self._job = job
        self._left = _MAX_NODES

    def node(self, at: int, end: int, depth: int = 0) -> Node:
        if at + 2 > end or depth > _MAX_DEPTH or self._left <= 0:
            raise BrokenError
        self._left -= 1
        if self._left % 1_024 == 0:
            self._job.beat()
        tag, first = self.data[at], self.data[at + 1]
        start = at + 2
        if first < 0x80:
            length = first
        elif first == 0x80:
            return self._open(tag, start, end, depth)
        else:
            start += first & 0x7F
            length = int.from_bytes(self.data[at + 2 : start], "big")
        # what breaks off is kept as far as it goes
        return Node(tag, start, min(start + length, end), min(start + length, end))

    def _open(self, tag: int, start: int, end: int, depth: int) -> Node:
        """An element of open length ends at two zero bytes among its own."""
        at = start
        while at < end:
            if self.data[at : at + 2] == b"\0\0":
                return Node(tag, start, at, at + 2)
            at = self.node(at, end, depth + 1).next
        return Node(tag, start, end, end)

    def kids(self, node: Node, depth: int = 0) -> Iterator[Node]:
        at = node.start
        while at + 2 <= node.end:
            kid = self.node(at, node.end, depth + 1)
            yield kid
            at = kid.next

    def content_info(self, node: Node) -> tuple[bytes, Node]:
        """The kind of content, and the content."""
        kids = list(self.kids(node)) if node.tag == _SEQUENCE else []
        if kids and kids[0].tag == _INTEGER:
            raise Stop(Status.ENCRYPTED, "It is a store of keys, locked with a password.")
        if len(kids) < 2 or kids[0].tag != _OID or kids[1].tag != _CONTENT:
            raise BrokenError
        inner = next(self.kids(kids[1]), None)
        if inner is None:
            raise BrokenError
        return self.data[kids[0].start : kids[0].end], inner

    def octets(self, node: Node) -> list[Node]:
        """The pieces of a string of bytes, which may be in pieces of pieces; else the whole."""
        if node.tag & 0x3F != 0x24:
            return [node]
        found: list[Node] = []
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one.tag & 0x20:
                waiting.extend(reversed(list(self.kids(one))))
            else:
                found.append(one)
        return found

    def names(self, node: Node) -> Iterator[str]:
        """The texts in names: all strings of text, but for what was signed itself."""
        waiting = [(node, 0)]
        count = 0
        while waiting and count < _MAX_NAMES:
            one, depth = waiting.pop()
            if one.tag in _STRINGS and one.end - one.start < 1_000:
                count += 1
                yield self.data[one.start : one.end].decode(_STRINGS[one.tag], "replace")
            elif one.tag & 0x20 and depth < _MAX_DEPTH:
                try:
                    waiting.extend((kid, depth + 1) for kid in reversed(list(self.kids(one))))
                except BrokenError:
                    continue


def _page(job: Job, names: list[str]) -> None:
    flow = Flow(job, "signature")
    for name in names:
        if name.strip() and name.isprintable():
            flow.add(name + "\n")
    flow.close()


def _child(job: Job, data: bytes, content: list[Node], *, compressed: bool) -> None:
    if not job.may_have_children():
        return
    first = data[content[0].start : min(content[0].end, content[0].start + 4_096)]
    head = _head(job.hint.name, b"" if compressed else first)
    budget = Budget(job, job.size)
    inflater = zlib.decompressobj() if compressed else None
    with job.child(head) as writer:
        for node in content:
            for at in range(node.start, node.end, _CHUNK):
                piece = data[at : min(at + _CHUNK, node.end)]
                try:
                    for out in _inflated(inflater, piece) if inflater else (piece,):
                        budget.charge(len(out))
                        writer.write(out)
                except zlib.error:
                    job.gap("compressed", "What it compresses is damaged.")
                    return
                except Overflow as overflow:
                    raise Stop(Status.LIMIT, overflow.reason) from overflow


def _inflated(inflater: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    while piece:
        yield inflater.decompress(piece, _CHUNK)
        piece = inflater.unconsumed_tail


def _head(name: str, first: bytes) -> ChildHead:
    """A signed message is called one; a signed file, as it was before it was signed."""
    start = first.lstrip(b"\r\n")[:64].lower()
    if start.startswith((b"content-type:", b"mime-version:", b"content-transfer-encoding:")):
        return ChildHead("message.eml", "member", "message/rfc822")
    stem = name.rsplit("/", 1)[-1]
    if ending(name) in _ENDINGS:
        stem = stem[: stem.rindex(".")]
    return ChildHead(stem or "content", "member")
