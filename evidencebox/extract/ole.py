"""OLE compound files, the container of old Office documents: streams in storages, all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.olefat import STORAGE, STREAM, DamagedError, Node, Sectors
from evidencebox.model.documents import Status

__all__ = ["Container", "DamagedError", "Entry", "Tree"]

Tree = dict[str, "bytes | Tree"]
"""A storage: streams as bytes, storages as trees, by name."""

_MAX_ENTRIES: Final = 100_000
_MAX_DEPTH: Final = 32


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
        """The job's own document, or one that it embeds. Raises `DamagedError`."""
        self._job = job
        self._budget = Budget(job, job.size)
        self._short = False
        self._plain: dict[tuple[str, ...], bytes] = {}
        self._file = Sectors(source or job.source)
        self._nodes: dict[tuple[str, ...], Node] = {}
        self._by_path: dict[tuple[str, ...], Entry] = {}
        for entry, node in self._walk():
            self._by_path.setdefault(_folded(entry.path), entry)
            self._nodes.setdefault(_folded(entry.path), node)
        self.entries = tuple(self._by_path.values())
        self._kids: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.entries:
            self._kids.setdefault(_folded(entry.path[:-1]), []).append(entry)

    def _walk(self) -> Iterator[tuple[Entry, Node]]:
        """All entries, each once: a hostile directory may loop or be as deep as it is long."""
        nodes = self._file.nodes
        seen: set[int] = set()
        todo: list[tuple[tuple[str, ...], Node]] = [((), nodes[0])]
        while todo and len(seen) < _MAX_ENTRIES:
            path, holder = todo.pop()
            for number in self._file.kids(holder):
                if number in seen:
                    continue
                seen.add(number)
                node = nodes[number]
                name = (*path, node.name)
                is_storage = node.kind == STORAGE
                yield Entry(name, 0 if is_storage else node.size, is_storage), node
                if is_storage and len(name) < _MAX_DEPTH:
                    todo.append((name, node))
        if not seen:
            # the root is broken: the streams are there all the same
            for node in nodes:
                if node.kind == STREAM and node.name:
                    yield Entry((node.name,), node.size, False), node

    def has(self, *path: str) -> bool:
        return _folded(path) in self._by_path

    def kids(self, *path: str) -> list[Entry]:
        """What stands right inside a storage; with no name, in the root."""
        return self._kids.get(_folded(path), [])

    def stream(self, *path: str) -> bytes:
        """A stream's bytes, b"" if there is none. Said once when one is shorter than it claims."""
        if (plain := self._plain.get(_folded(path))) is not None:
            return plain
        entry = self._by_path.get(_folded(path))
        if entry is None or entry.storage:
            return b""
        self._charge(min(entry.size, self._job.size))
        data = self._file.read(self._nodes[_folded(path)])
        self._job.beat()
        if len(data) < entry.size and not self._short:
            self._short = True
            self._job.gap("broken_container", "The document is cut off or damaged inside.")
        return data

    def put(self, data: bytes, *path: str) -> None:
        """Has a stream say what it says in plain text from here on."""
        self._plain[_folded(path)] = data

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

    def clsid(self, *path: str) -> bytes:
        """The class of a storage, sixteen zeros where none is set."""
        node = self._nodes.get(_folded(path)) if path else self._file.nodes[0]
        return node.clsid if node else bytes(16)


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in path)
