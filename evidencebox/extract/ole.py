"""OLE compound files, the container of old Office documents: streams in storages, all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import olefile

from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.model.documents import Status

Tree = dict[str, "bytes | Tree"]
"""A storage: streams as bytes, storages as trees, by name."""

_MAX_ENTRIES: Final = 100_000
_BLOCK: Final = 1 << 20


class DamagedError(Exception):
    """The container's own tables are broken: no stream can be had."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or storage by the names that lead to it."""

    path: tuple[str, ...]
    size: int
    storage: bool

    @property
    def name(self) -> str:
        return self.path[-1]


class Container:
    """The streams of one document. Names are found whatever their case.

    What is read is charged against the document's size: a directory whose many entries share the
    same sectors is a bomb.
    """

    def __init__(self, job: Job, source: BinaryIO | None = None) -> None:
        """The job's own document, or one that it embeds."""
        source = source or job.source
        self._job = job
        self._budget = Budget(job, job.size)
        self._short = False
        source.seek(0)
        try:
            self._file: Any = olefile.OleFileIO(source)
            self.entries = tuple(_walk(self._file))
        except Exception as error:  # any exception may come of a hostile directory
            raise DamagedError from error
        self._by_path = {_folded(entry.path): entry for entry in self.entries}

    def has(self, *path: str) -> bool:
        return _folded(path) in self._by_path

    def kids(self, *path: str) -> list[Entry]:
        """What stands right inside a storage; with no name, in the root."""
        depth = len(path) + 1
        folded = _folded(path)
        return [e for e in self.entries if len(e.path) == depth and _folded(e.path[:-1]) == folded]

    def stream(self, *path: str) -> bytes:
        """A stream's bytes, b"" if there is none. Said once when one is shorter than it claims."""
        entry = self._by_path.get(_folded(path))
        if entry is None or entry.storage:
            return b""
        data = self._read(entry)
        if len(data) < entry.size and not self._short:
            self._short = True
            self._job.gap("broken_container", "The document is cut off or damaged inside.")
        return data

    def _read(self, entry: Entry) -> bytes:
        self._charge(min(entry.size, self._job.size))
        pieces = []
        try:
            with self._file.openstream(list(entry.path)) as stream:
                while piece := stream.read(_BLOCK):
                    pieces.append(piece)
                    self._job.beat()
        except (OSError, ValueError, IndexError, TypeError):
            return b"".join(pieces)
        return b"".join(pieces)

    def _charge(self, size: int) -> None:
        self._budget.open_member(self._job.size)
        try:
            self._budget.charge(size)
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error

    def tree(self, *path: str) -> Tree:
        """A storage with all it holds."""
        found: Tree = {}
        for entry in self.kids(*path):
            found[entry.name] = (
                self.tree(*entry.path) if entry.storage else self.stream(*entry.path)
            )
        return found

    def clsid(self, *path: str) -> str:
        """The class of a storage as text, '' where none is set."""
        try:
            return str(self._file.getclsid(list(path)) if path else self._file.root.clsid)
        except (OSError, AttributeError):
            return ""


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in path)


def _walk(file: Any) -> Iterator[Entry]:
    """All entries, each once: a hostile directory may loop or be as deep as it is long."""
    seen: set[int] = set()
    todo: list[tuple[tuple[str, ...], Any]] = [((), file.root)]
    while todo and len(seen) < _MAX_ENTRIES:
        path, storage = todo.pop()
        for kid in storage.kids:
            if kid.sid in seen:
                continue
            seen.add(kid.sid)
            name = (*path, str(kid.name))
            is_storage = kid.entry_type == olefile.STGTY_STORAGE
            yield Entry(name, 0 if is_storage else max(int(kid.size), 0), is_storage)
            if is_storage and len(name) < 32:
                todo.append((name, kid))
