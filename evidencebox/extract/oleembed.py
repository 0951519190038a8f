"""Objects embedded in old Office documents, as children with the bytes they had."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.job import Job
from evidencebox.extract.ole import Container, DamagedError, Entry
from evidencebox.extract.olecodes import decoded
from evidencebox.extract.olewrite import container
from evidencebox.model.extraction import ChildHead

_NATIVE: Final = "\x01Ole10Native"
_WHOLE: Final = ("Package", "CONTENTS", "EmbeddedOdf", "Quill96 Data")
_MAX_NAME: Final = 1_024


@dataclass(frozen=True, slots=True)
class Native:
    """A file that was dropped into a document: its name, where it came from, its bytes."""

    name: str
    source: str
    data: bytes


def native(data: bytes, codec: str = "cp1252") -> Native | None:
    """What an Ole10Native stream holds; None where it is broken."""
    if len(data) < 6:
        return None
    kind = struct.unpack_from("<H", data, 4)[0]
    if kind == 2 and (packed := _package(data, codec)):
        return packed
    size = min(struct.unpack_from("<I", data)[0], len(data) - 4)
    return Native("", "", data[4 : 4 + size]) if size else None


def _package(data: bytes, codec: str) -> Native | None:
    label, at = _ended(data, 6, codec)
    path, at = _ended(data, at, codec)
    at += 4
    if at + 4 > len(data):
        return None
    length = struct.unpack_from("<I", data, at)[0]
    at += 4
    if length > _MAX_NAME or at + length + 4 > len(data):
        return None
    command = decoded(data[at : at + length], codec).rstrip("\0")
    at += length
    size = struct.unpack_from("<I", data, at)[0]
    if size > len(data) - at - 4:
        return None
    name = label or path.replace("\\", "/").rsplit("/", 1)[-1]
    return Native(name, command or path, data[at + 4 : at + 4 + size])


def _ended(data: bytes, at: int, codec: str) -> tuple[str, int]:
    """The text up to the next zero byte, and where the byte after that stands."""
    end = data.find(b"\0", at, at + _MAX_NAME)
    return (decoded(data[at:end], codec), end + 1) if end >= 0 else ("", len(data))


def embed_file(job: Job, data: bytes, name: str) -> None:
    """Hands over an object that is an OLE document: the file in it, or else itself."""
    try:
        inner = Container(job, io.BytesIO(data))
    except DamagedError:
        job.whole(ChildHead(name, "embedded"), data)
        return
    if not _file_in(job, inner, (), name, "cp1252"):
        job.whole(ChildHead(f"{name}.ole", "embedded"), data)


def embed(job: Job, holder: Container, storage: Entry, codec: str = "cp1252") -> None:
    """Hands over the object that a storage holds: a file, or the storage as a document."""
    if _file_in(job, holder, storage.path, storage.name, codec):
        return
    part = "/".join(storage.path)
    tree = holder.tree(*storage.path)
    if tree:
        rebuilt = container(tree, holder.clsid(*storage.path))
        job.whole(ChildHead(f"{storage.name}.ole", "embedded", "", part), rebuilt)


def _file_in(job: Job, holder: Container, path: tuple[str, ...], name: str, codec: str) -> bool:
    """Whether a storage was no document but the wrapping of a file, which is a child then."""
    part = "/".join(path)
    if (data := holder.stream(*path, _NATIVE)) and (found := native(data, codec)):
        head = ChildHead(found.name or f"{name}.bin", "embedded", "", found.source or part)
        job.whole(head, found.data)
        return True
    for stream in _WHOLE:
        if data := holder.stream(*path, stream):
            job.whole(ChildHead(name, "embedded", "", part), data)
            return True
    return False
